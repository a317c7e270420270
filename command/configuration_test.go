package command

import (
	"strings"
	"testing"
)

// TestAByteOrderMarkIsNoPartOfASetting: editors on Windows put one before the first.
func TestAByteOrderMarkIsNoPartOfASetting(t *testing.T) {
	s := defaultSettings()
	if err := parseSettings("site.yaml", []byte("\ufeffname: Loans of ours\r\nout: site\r\n"), &s); err != nil {
		t.Fatal(err)
	}
	if s.Name != "Loans of ours" || s.Out != "site" {
		t.Errorf("the name is %q, out %q", s.Name, s.Out)
	}
}

// FuzzParseSettings: whatever stands in a configuration file, it is read or refused
// with the file's name, and never ends the program.
func FuzzParseSettings(f *testing.F) {
	for _, seed := range []string{
		"name: Loans\nbase_url: https://loans.example\n", "languages: [en, es]\ncolours: {light: {brand: '#123456'}}\n", "nmae: x\n", "- a\n", "name: [\n", "a: &a [*a]\n", "data: {a: b}\n", "name: x\n---\nname: y\n", "oembed: {endpoint: static}\n", "\ufeffname: x\n", "name: !!binary x\n", "? [a]\n: b\n", "name: x\nname: y\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		s := defaultSettings()
		if err := parseSettings("site.yaml", body, &s); err != nil && !strings.HasPrefix(err.Error(), "site.yaml") {
			t.Errorf("refused with %v", err)
		}
	})
}
