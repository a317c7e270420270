package templates

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/tools/txtar"
)

// update writes the goldens of this package anew: go test ./templates -update
var update = flag.Bool("update", false, "write the golden files of this package anew")

// render is the page as it is served.
func render(t testing.TB, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestPagesAreAsTheyWere(t *testing.T) {
	compareGolden(t, "pages.txtar", "Every page of the fixtures, a line a tag. Written by go test ./templates -update\n", pages())
}

// compareGolden holds pages against a file of testdata, or writes it with -update.
func compareGolden(t *testing.T, file, comment string, list []testPage) {
	t.Helper()
	got := txtar.Archive{Comment: []byte(comment)}
	for _, p := range list {
		// A line a tag, so that a difference is seen where it is.
		text := strings.ReplaceAll(render(t, p.page), "><", ">\n<")
		got.Files = append(got.Files, txtar.File{Name: p.name + ".html", Data: []byte(text + "\n")})
	}
	golden := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(golden, txtar.Format(&got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Files) != len(got.Files) {
		t.Fatalf("%s has %d pages, the fixtures %d", golden, len(want.Files), len(got.Files))
	}
	for i, w := range want.Files {
		compareLines(t, w.Name, string(w.Data), string(got.Files[i].Data))
	}
}

// compareLines reports the first line in which two pages differ.
func compareLines(t *testing.T, name, want, got string) {
	t.Helper()
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			t.Errorf("%s:%d\n got %s\nwant %s", name, i+1, g[i], w[i])
			return
		}
	}
	if len(w) != len(g) {
		t.Errorf("%s has %d lines, want %d", name, len(g), len(w))
	}
}

func TestPagesAreTheSameBytesEveryTime(t *testing.T) {
	first := pages()
	for i, p := range pages() {
		if render(t, p.page) != render(t, first[i].page) {
			t.Errorf("%s differs between two renderings", p.name)
		}
	}
}
