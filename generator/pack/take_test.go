package pack

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"loanleaf/generator/output"
)

// packInto makes a packed site of files in a folder.
func packInto(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	out, err := output.Open(dir, output.Options{SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	w, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for name, text := range files {
		if err := w.Write(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestTakeOfPartsWithPictures takes parts whose pictures are in sections that several of
// them have. The shards of the parts are given back long before the new ones are written.
func TestTakeOfPartsWithPictures(t *testing.T) {
	dir := t.TempDir()
	whole := map[string]string{}
	var parts []*output.Generation
	for part := range 3 {
		files := map[string]string{"assets/site.css": "body { margin: 0 }"} // the same in all
		for i := range 40 {
			id := 1000*part + i
			files[fmt.Sprintf("lend/%d.html", id)] = fmt.Sprintf("<p>loan %d", id)
			files[fmt.Sprintf("img/s300/%d.jpg", 100*i+part)] = strings.Repeat(fmt.Sprint("picture ", id), 100+i)
		}
		for name, text := range files {
			whole[name] = text
		}
		of := filepath.Join(dir, fmt.Sprint("part", part))
		packInto(t, of, files)
		generation, err := output.OpenGeneration(of)
		if err != nil {
			t.Fatal(err)
		}
		defer generation.Close()
		parts = append(parts, generation)
	}
	at := filepath.Join(dir, "whole")
	out, err := output.Open(at, output.Options{SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	w, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	if err := w.Take(t.Context(), parts); err != nil {
		t.Fatal(err)
	}
	report, err := w.Commit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if report.Files != len(whole) {
		t.Errorf("%d files of %d", report.Files, len(whole))
	}
	site, err := Open(at)
	if err != nil {
		t.Fatal(err)
	}
	defer site.Close()
	for name, want := range whole {
		e, err := site.Find(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := e.AppendContent(nil); err != nil || string(got) != want {
			t.Errorf("%s: %v, %d bytes of %d", name, err, len(got), len(want))
		}
	}
}

// TestTakeOfPartsThatDiffer has two parts with a file of one name.
func TestTakeOfPartsThatDiffer(t *testing.T) {
	dir := t.TempDir()
	var parts []*output.Generation
	for i, text := range []string{"one", "another"} {
		of := filepath.Join(dir, fmt.Sprint("part", i))
		packInto(t, of, map[string]string{"img/s300/7.jpg": text})
		generation, err := output.OpenGeneration(of)
		if err != nil {
			t.Fatal(err)
		}
		defer generation.Close()
		parts = append(parts, generation)
	}
	out, err := output.Open(filepath.Join(dir, "whole"), output.Options{SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	w, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	if err := w.Take(t.Context(), parts); err == nil || !strings.Contains(err.Error(), "different files img/s300/7.jpg") {
		t.Error(err)
	}
}
