package view

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"loanleaf/locale"
)

// TestEveryWordIsSaidSomewhere keeps translators from work that no reader sees:
// each field of locale.Words is asked for in a file of the program that is
// neither a test nor made by a generator.
func TestEveryWordIsSaidSomewhere(t *testing.T) {
	said := map[string]bool{}
	// Words are held in a variable w, or asked for where they are.
	use := regexp.MustCompile(`\b(?:w|words|Words)\.([A-Z]\w*)`)
	module := filepath.Join("..", "..")
	err := filepath.WalkDir(module, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != module && (strings.HasPrefix(name, ".") || name == "locale" || name == "dist" || name == "testdata"):
			return fs.SkipDir
		case d.IsDir() || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go"):
			return nil
		case strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".templ"):
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, found := range use.FindAllSubmatch(source, -1) {
				said[string(found[1])] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	words := reflect.TypeFor[locale.Words]()
	for i := range words.NumField() {
		if name := words.Field(i).Name; !said[name] {
			t.Errorf("locale.Words.%s is said nowhere", name)
		}
	}
}
