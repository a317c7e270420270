package locale

import "testing"

func TestMoneyInEnglish(t *testing.T) {
	en, _ := Get("en")
	for _, c := range []struct {
		amount int64
		code   string
		want   string
	}{
		{5500000, "USD", "$550"},
		{483400, "USD", "$48.34"},
		{-483400, "USD", "-$48.34"},
		{12345678900, "KHR", "KHR\u00a01,234,567.89"},
	} {
		if got := en.Money(c.amount, c.code); got != c.want {
			t.Errorf("Money(%d, %s) = %q, want %q", c.amount, c.code, got, c.want)
		}
	}
}
