package httpscript

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Test runs every script that pattern, as filepath.Glob reads it, finds, each
// as a test of its own named like the file. handler makes a fresh handler for
// each, so that no script depends on another.
func Test(t *testing.T, pattern string, handler func(t *testing.T) http.Handler) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts at %s: %v", pattern, err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			script, err := Parse(filepath.ToSlash(file), string(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, failure := range script.Run(handler(t)) {
				t.Error(failure)
			}
		})
	}
}
