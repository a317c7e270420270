package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	testsNamed = regexp.MustCompile(`\b(?:Test|Fuzz)[A-Z][A-Za-z0-9]*\b`)
	testsMade  = regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)[A-Z][A-Za-z0-9]*)\(`)
)

// TestReliabilityNamesTestsThatThereAre holds RELIABILITY.md to the tree: every test
// that it names is there, and every fuzz target is named.
func TestReliabilityNamesTestsThatThereAre(t *testing.T) {
	page, err := os.ReadFile("RELIABILITY.md")
	if err != nil {
		t.Fatal(err)
	}
	made, named := map[string]bool{}, map[string]bool{}
	err = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		body, err := os.ReadFile(path)
		for _, found := range testsMade.FindAllSubmatch(body, -1) {
			made[string(found[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range testsNamed.FindAllString(string(page), -1) {
		named[name] = true
		if !made[name] {
			t.Errorf("it names %s, which there is not", name)
		}
	}
	for name := range made {
		if strings.HasPrefix(name, "Fuzz") && !named[name] {
			t.Errorf("it does not name %s", name)
		}
	}
	if len(named) < 80 || len(made) < 500 {
		t.Errorf("%d tests are named of %d: this test looks at nothing", len(named), len(made))
	}
}
