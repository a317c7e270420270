package locale

import (
	"slices"
	"strings"
	"testing"
)

func TestLabelsAreOrderedByTheirLetters(t *testing.T) {
	for _, want := range []string{
		"Équateur Espagne États-Unis Zambie",
		"Algeria algeria Ávila Ñuñoa Orán",
		"إثيوبيا الأردن بيرو كينيا",
	} {
		got := strings.Fields(want)
		slices.Reverse(got)
		slices.SortFunc(got, Compare)
		if strings.Join(got, " ") != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if Compare("Perú", "Perú") != 0 || Compare("Perú", "Peru") == 0 {
		t.Error("only the same is the same")
	}
}
