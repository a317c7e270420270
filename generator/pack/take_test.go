package pack

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"loanleaf/generator/output"
)

// parts packs sites into folders of their own, to be taken by another.
func parts(t *testing.T, sites ...site) []*output.Generation {
	t.Helper()
	var all []*output.Generation
	for _, s := range sites {
		dir := filepath.Join(t.TempDir(), "part")
		build(t, dir, s, nil)
		part, err := output.OpenGeneration(dir)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { part.Close() })
		all = append(all, part)
	}
	return all
}

// TestTakeOfPartsWithPictures takes parts whose pictures are in sections that several of
// them have. The shards of the parts are given back long before the new ones are written.
func TestTakeOfPartsWithPictures(t *testing.T) {
	whole := site{}
	var sites []site
	for part := range 3 {
		s := site{"assets/site.css": "body { margin: 0 }"} // the same in all
		for i := range 40 {
			id := 1000*part + i
			s[fmt.Sprintf("lend/%d.html", id)] = fmt.Sprintf("<p>loan %d", id)
			s[fmt.Sprintf("img/s300/%d.jpg", 100*i+part)] = strings.Repeat(fmt.Sprint("picture ", id), 100+i)
		}
		maps.Copy(whole, s)
		sites = append(sites, s)
	}
	dir := filepath.Join(t.TempDir(), "whole")
	w := begin(t, dir)
	if err := w.Take(t.Context(), parts(t, sites...)); err != nil {
		t.Fatal(err)
	}
	report, err := w.Commit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if report.Files != len(whole) {
		t.Errorf("%d files of %d", report.Files, len(whole))
	}
	packed, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	for name, want := range whole {
		e, err := packed.Find(name)
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
	w := begin(t, filepath.Join(t.TempDir(), "whole"))
	err := w.Take(t.Context(), parts(t, site{"img/s300/7.jpg": "one"}, site{"img/s300/7.jpg": "another"}))
	if err == nil || !strings.Contains(err.Error(), "different files img/s300/7.jpg") {
		t.Error(err)
	}
}
