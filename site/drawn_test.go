package site

import "testing"

func TestCardsAreWhereSomebodyServesThem(t *testing.T) {
	five := Address{Kind: CardPNG, ID: 5}
	for _, c := range []struct {
		name, endpoint, want string
		built                func(int64) bool
	}{
		{"no file, no endpoint: none", Static, "", nil},
		{"not the file of another loan", Static, "", func(id int64) bool { return id == 6 }},
		{"a file", Static, "https://loans.example/of/ours/card/5.png", func(id int64) bool { return id == 5 }},
		{"our own endpoint", "https://loans.example/of/ours/services/oembed", "https://loans.example/of/ours/card/5.png", nil},
		{"an endpoint on another host", "https://api.example/services/oembed", "https://api.example/card/5.png", nil},
		{"a file goes before an endpoint", "https://api.example/services/oembed", "https://loans.example/of/ours/card/5.png", func(int64) bool { return true }},
		{"an endpoint whose other addresses are not known", "https://api.example/answers", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, func(config *Config) { config.OEmbed, config.Cards = c.endpoint, c.built })
			if got, ok := s.Card(five); ok != (c.want != "") || ok && got != c.want {
				t.Errorf("%q, %v", got, ok)
			}
		})
	}
}
