package output

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	for name, accepted := range map[string]bool{
		"index.html":                    true,
		"lend/84.html":                  true,
		"ar/مثال/index.html":            true,
		"a..b/..c/d..":                  true,
		".well-known/security.txt":      true,
		"sub/.loanleaf":                 true,
		strings.Repeat("n", 255):        true,
		"":                              false,
		"/etc/passwd":                   false,
		".":                             false,
		"..":                            false,
		"../beside":                     false,
		"lend/../../beside":             false,
		"./index.html":                  false,
		"lend//84.html":                 false,
		"lend/":                         false,
		`lend\84.html`:                  false,
		"nul\x00byte":                   false,
		"two\nlines":                    false,
		"c1\u0085control":               false,
		"not\xffutf8":                   false,
		".loanleaf":                     false,
		".loanleaf/manifest":            false,
		".LoanLeaf/manifest":            false,
		strings.Repeat("n", 256):        false,
		strings.Repeat("long/", 205):    false,
		strings.Repeat("d/", 512) + "f": false,
	} {
		if err := checkName(name); (err == nil) != accepted {
			t.Errorf("checkName(%.40q) = %v, want accepted %v", name, err, accepted)
		}
	}
}

func FuzzName(f *testing.F) {
	for _, name := range []string{"lend/84.html", "../x", "a/./b", "/", "a\\b", ".loanleaf/x", "x/"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if checkName(name) != nil {
			return
		}
		if !fs.ValidPath(name) || !filepath.IsLocal(name) || filepath.Clean(name) != name {
			t.Errorf("accepted %q, which leaves the folder or has another spelling", name)
		}
		entry, err := parseEntry(strings.TrimSuffix(string(appendEntry(nil, entryOf(name, "body"))), "\n"))
		if err != nil || entry != entryOf(name, "body") {
			t.Errorf("accepted %q, which its manifest line gives back as %q, %v", name, entry.Name, err)
		}
	})
}
