package hosting

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"loanleaf/generator/page"
	"loanleaf/site"
)

var update = flag.Bool("update", false, "write the goldens")

// hash is that of the widget's style or script, which is no matter of this package.
var hash = regexp.MustCompile(`'sha256-[A-Za-z0-9+/=]+'`)

// TestFiles compares the settings with testdata/hosting.txtar. Whether hosts
// understand them is tested in package server, by running the hosts.
func TestFiles(t *testing.T) {
	s, err := site.New(site.Config{
		BaseURL: "https://example.org/our.loans", Name: "Our loans", Languages: []string{"en"}, OEmbed: site.Static,
		Images: "https://pictures.example/<size>/<id>.jpg",
	})
	if err != nil {
		t.Fatal(err)
	}
	var got txtar.Archive
	for _, file := range Files(page.New(s, nil, time.Time{}, nil)) {
		body := bytes.ReplaceAll(file.Body, []byte("\t"), []byte("  "))
		got.Files = append(got.Files, txtar.File{Name: file.Name, Data: hash.ReplaceAll(body, []byte("'sha256-…'"))})
	}
	golden := filepath.Join("testdata", "hosting.txtar")
	if *update {
		if err := os.WriteFile(golden, txtar.Format(&got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, txtar.Format(&got)) {
		t.Errorf("differs from %s; run with -update and read the difference\n%s", golden, txtar.Format(&got))
	}
}
