package public

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func source(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func readExample(t *testing.T, name string) []byte {
	t.Helper()
	return source(t, filepath.Join("examples", name+".html"))
}

var (
	schemeBlock = map[string]*regexp.Regexp{
		"light": regexp.MustCompile(`color-scheme:light[^}]*`),
		"dark":  regexp.MustCompile(`(?:color-scheme:dark\)\{:root|color-scheme:dark;)[^}]*`),
	}
	colourToken = regexp.MustCompile(`--([a-z0-9-]+):(#[0-9a-f]{3,6})\b`)
)

// colours are the colour tokens of a scheme: the first block of the style that
// declares them.
func colours(t *testing.T, css, scheme string) map[string]string {
	t.Helper()
	tokens := map[string]string{}
	for _, match := range colourToken.FindAllStringSubmatch(schemeBlock[scheme].FindString(css), -1) {
		tokens[match[1]] = match[2]
	}
	if len(tokens) < 15 {
		t.Fatalf("only %d colours of the %s scheme are found", len(tokens), scheme)
	}
	return tokens
}

// Text needs 4.5 to 1 on what is behind it, and a drawing or a border that
// means something 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
func TestColoursAreReadable(t *testing.T) {
	pairs := []struct {
		front, back string
		least       float64
	}{
		{"fg", "page", 4.5}, {"fg", "bg", 4.5}, {"fg", "bg2", 4.5},
		{"fg2", "page", 4.5}, {"fg2", "bg", 4.5}, {"fg2", "bg2", 4.5},
		{"brand", "page", 4.5}, {"brand", "bg", 4.5}, {"brand", "bg2", 4.5},
		{"hover", "page", 4.5}, {"hover", "bg", 4.5}, {"on", "brand", 4.5}, {"on", "hover", 4.5},
		{"go", "go-bg", 4.5}, {"ok", "ok-bg", 4.5}, {"info", "info-bg", 4.5}, {"warn", "warn-bg", 4.5}, {"off", "off-bg", 4.5},
		{"go", "track", 3}, {"ok", "track", 3}, {"info", "track", 3}, {"warn", "track", 3}, {"off", "track", 3},
		{"edge", "bg", 3}, {"edge", "bg2", 3}, {"edge", "page", 3},
	}
	for _, scheme := range []string{"light", "dark"} {
		tokens := colours(t, string(source(t, SiteStyle)), scheme)
		for _, p := range pairs {
			front, back := tokens[p.front], tokens[p.back]
			if front == "" || back == "" {
				t.Errorf("%s: no colour %s or %s", scheme, p.front, p.back)
				continue
			}
			if got := contrast(t, front, back); got < p.least {
				t.Errorf("%s: %s on %s has %.2f to 1, needs %.1f", scheme, p.front, p.back, got, p.least)
			}
		}
	}
}

func TestContrastOfKnownColours(t *testing.T) {
	for pair, want := range map[[2]string]string{{"#000", "#fff"}: "21.00", {"#fff", "#ffffff"}: "1.00", {"#777777", "#fff"}: "4.48"} {
		if got := fmt.Sprintf("%.2f", contrast(t, pair[0], pair[1])); got != want {
			t.Errorf("%s on %s: %s, want %s", pair[0], pair[1], got, want)
		}
	}
}

// contrast is WCAG's contrast ratio.
func contrast(t *testing.T, a, b string) float64 {
	light, dark := luminance(t, a), luminance(t, b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	digits := strings.TrimPrefix(colour, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(digits[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return sum
}
