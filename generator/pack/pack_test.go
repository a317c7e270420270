package pack

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loanleaf/generator/output"
)

// site is a whole generation: name to content.
type site map[string]string

// sample is a site of every kind of section, with names that are not ASCII and contents
// that are empty, long, and not to be compressed.
func sample() site {
	s := site{
		"index.html": "home", "empty.txt": "", "docs/début/über.html": strings.Repeat("ü", 3000),
		"img/s300/5.jpg": string(noise(5000)), "assets/site.1234abcd.css": strings.Repeat("a{b:c}", 500),
	}
	for n := range 2500 {
		if n%3 == 0 {
			s[fmt.Sprintf("lend/%d.html", n)] = strings.Repeat(fmt.Sprintf("loan %d ", n), 1+n%70)
			s[fmt.Sprintf("es/embed/%d.html", n)] = fmt.Sprint("tarjeta ", n)
		}
	}
	for n := range 30 {
		s[fmt.Sprintf("country/ke/page/%d.html", n)] = fmt.Sprint("page ", n)
	}
	return s
}

func noise(n int) []byte {
	b, x := make([]byte, n), uint32(7)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

func begin(t testing.TB, dir string) *Writer {
	t.Helper()
	out, err := output.Open(dir, output.Options{SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	w, err := Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Abort() })
	return w
}

// build packs a site, its loans section after section.
func build(t testing.TB, dir string, s site, keep func(name string) bool) Report {
	t.Helper()
	w := begin(t, dir)
	sections := map[string][]string{}
	for name := range s {
		sections[SectionOf(name)] = append(sections[SectionOf(name)], name)
	}
	for section, names := range sections {
		for _, name := range names {
			if keep != nil && keep(name) {
				if kept, err := w.Keep(name); err != nil {
					t.Fatal(err)
				} else if kept {
					continue
				}
			}
			if err := w.Write(name, []byte(s[name])); err != nil {
				t.Fatal(err)
			}
		}
		var n int64
		if _, err := fmt.Sscanf(section, "loans/%d", &n); err == nil {
			if err := w.EndSection(n); err != nil {
				t.Fatal(err)
			}
		}
	}
	r, err := w.Commit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSectionsFollowFromNames(t *testing.T) {
	for name, want := range map[string]string{
		"lend/5.html": "loans/0", "lend/999.html": "loans/0", "lend/1000.html": "loans/1", "es/lend/1234567.html": "loans/1234",
		"embed/5.html": "loans/0", "ar/embed/2000.html": "loans/2", "services/oembed/lend/77.json": "loans/0",
		"fr/services/oembed/lend/1077.xml": "loans/1", "card/1005-600.png": "loans/1", "badge/5.svg": "loans/0",
		"embed/index.html": "embed", "services/oembed/providers.json": "services", "page/3.html": "page/0", "es/page/1003.html": "es/page/1",
		"country/ke/page/7.html": "country/ke/page/0", "country/ke/index.html": "country", "partners/58/index.html": "partners",
		"img/s300/1200002.jpg": "img/s300/1200", "sitemap/12.xml": "sitemap/0", "index.html": "site", "404.html": "site", "_headers": "site",
		"docs/lend/12-steps.html": "docs/lend/0", "docs/a/b.html": "docs", "es/docs/a.html": "es", "card/site.png": "card",
		"lend/99999999999999999999.html": "lend",
	} {
		if got := SectionOf(name); got != want {
			t.Errorf("%s is in %q, want %q", name, got, want)
		}
	}
}

// TestAFileThatIsNamedLikeALoansIsFound packs pages of the operator's own whose names
// look like those of loans: one where there are such loans, and one where there are none.
func TestAFileThatIsNamedLikeALoansIsFound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	loans := site{"lend/5.html": "loan 5", "es/lend/5.html": "préstamo 5"}
	strays := site{"xx/lend/5.html": "ours", "xx/lend/77000.html": "far", "loans/12.html": "of ours", "index.html": "home"}
	for round := range 2 {
		w := begin(t, dir)
		for name, body := range loans {
			if err := w.Write(name, []byte(body)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.EndSection(0); err != nil {
			t.Fatal(err)
		}
		w.EndLoans()
		for name, body := range strays {
			kept, err := w.Keep(name)
			if err != nil || kept != (round == 1) {
				t.Fatalf("round %d: %s is kept: %t (%v)", round, name, kept, err)
			}
			if kept {
				continue
			}
			if err := w.Write(name, []byte(body)); err != nil {
				t.Fatal(err)
			}
		}
		if r, err := w.Commit(t.Context()); err != nil || r.Shards != 2 || r.Swapped != (round == 0) {
			t.Fatalf("round %d: %+v (%v)", round, r, err)
		}
	}
	packed, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	for _, s := range []site{loans, strays} {
		for name, want := range s {
			e, err := packed.Find(name)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if body, err := e.AppendContent(nil); err != nil || string(body) != want {
				t.Errorf("%s holds %q (%v), want %q", name, body, err, want)
			}
		}
	}
	if _, err := packed.Find("xx/lend/6.html"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is not there: %v", err)
	}
}

func TestAPackedSiteHoldsItsFiles(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "dist"), sample()
	if r := build(t, dir, s, nil); r.Files != len(s) || r.Packed != len(s) || r.Shards != 8 || r.Made != r.Shards+1 {
		t.Errorf("report %+v", r)
	}
	packed, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	for name, want := range s {
		e, err := packed.Find(name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		body, err := e.AppendContent([]byte("before "))
		if err != nil || string(body) != "before "+want || e.Name != name || e.Size != len(want) {
			t.Errorf("%s holds %.40q (%v), want %.40q", name, body, err, want)
		}
		framed, ok := e.AppendGzip([]byte{})
		if deflated := e.method == deflated; ok != deflated {
			t.Errorf("%s: framed %v, deflated %v", name, ok, deflated)
		}
		if !ok {
			continue
		}
		in, err := gzip.NewReader(bytes.NewReader(framed))
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(in); err != nil || string(body) != want {
			t.Errorf("%s unzips to %.40q (%v), want %.40q", name, body, err, want)
		}
	}
	for _, name := range []string{"", "lend/1.html", "lend/0.htm", "lend/3.html/", "nowhere/5.html", "packs/index"} {
		if _, err := packed.Find(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestAnyUnzipReadsAShard reads shards with the standard library, and with
// Info-ZIP where it is there.
func TestAnyUnzipReadsAShard(t *testing.T) {
	dir, s := filepath.Join(t.TempDir(), "dist"), sample()
	build(t, dir, s, nil)
	shards, err := filepath.Glob(dir + "/packs/*.zip")
	if err != nil || len(shards) == 0 {
		t.Fatal(shards, err)
	}
	unzip, _ := exec.LookPath("unzip")
	for _, path := range shards {
		archive, err := zip.OpenReader(path)
		if err != nil {
			t.Fatal(err)
		}
		defer archive.Close()
		for _, f := range archive.File {
			in, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(in)
			if err != nil || string(body) != s[f.Name] || f.Mode() != 0o644 {
				t.Errorf("%s holds %.40q (%v)", f.Name, body, err)
			}
			delete(s, f.Name)
		}
		if unzip == "" {
			continue
		}
		if out, err := exec.Command(unzip, "-t", path).CombinedOutput(); err != nil || bytes.Contains(out, []byte("warning")) {
			t.Errorf("unzip -t: %v: %s", err, out)
		}
	}
	if len(s) > 0 {
		t.Errorf("%d files are in no shard: %q", len(s), slices.Sorted(maps.Keys(s))[:1])
	}
}

func TestUnpackedFilesAreThoseThatWerePacked(t *testing.T) {
	top, s := t.TempDir(), sample()
	build(t, top+"/dist", s, nil)
	for range 2 {
		out, err := output.Open(top+"/files", output.Options{SkipSync: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Unpack(t.Context(), top+"/dist", out); err != nil {
			t.Fatal(err)
		}
		manifest, err := output.ReadManifest(top + "/files")
		if err != nil || len(manifest.Entries) != len(s) {
			t.Fatalf("%d files, %v, want %d", len(manifest.Entries), err, len(s))
		}
		for name, want := range s {
			if body, err := os.ReadFile(top + "/files/" + name); err != nil || string(body) != want {
				t.Errorf("%s holds %.40q (%v)", name, body, err)
			}
		}
	}
}

func TestWhatDidNotChangeIsNotPackedAgain(t *testing.T) {
	top, s := t.TempDir(), sample()
	dir := top + "/dist"
	build(t, dir, s, nil)
	time.Sleep(20 * time.Millisecond)
	before := files(t, dir)
	s["lend/1500.html"] = "changed"
	delete(s, "country/ke/page/29.html")
	r := build(t, dir, s, func(name string) bool { return name != "lend/1500.html" })
	if r.Packed != 1 || r.Files != len(s) || r.Made != 2 || r.Removed != 2 || r.Changed != 1 {
		t.Errorf("report %+v", r)
	}
	build(t, top+"/fresh", s, nil)
	after, fresh := files(t, dir), files(t, top+"/fresh")
	if !maps.EqualFunc(after, fresh, func(a, b file) bool { return a.body == b.body }) {
		t.Error("the site is another than when it is built from nothing")
	}
	same := 0
	for name, f := range after {
		if old, ok := before[name]; ok && name != "packs/index" && name != ".loanleaf/manifest" {
			same++
			if !os.SameFile(f.info, old.info) || !f.info.ModTime().Equal(old.info.ModTime()) {
				t.Errorf("%s was touched", name)
			}
		}
	}
	if same != r.Shards-2 {
		t.Errorf("%d shards stay of %d", same, r.Shards)
	}
}

// file is one on the disk.
type file struct {
	body string
	info fs.FileInfo
}

func files(t *testing.T, dir string) map[string]file {
	t.Helper()
	all := map[string]file{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		info, err := d.Info()
		all[name] = file{string(body), info}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAFileComesOnceAndInTime(t *testing.T) {
	w := begin(t, filepath.Join(t.TempDir(), "dist"))
	if err := errors.Join(w.Write("lend/5.html", nil), w.EndSection(0), w.EndSection(7)); err != nil {
		t.Fatal(err)
	}
	if err := w.Write("lend/6.html", nil); err == nil || !strings.Contains(err.Error(), "loans/0") {
		t.Errorf("after the end of its section: %v", err)
	}
	for _, name := range []string{"", "/a.html", "../a.html", ".loanleaf/manifest", "a\tb.html"} {
		if err := w.Write(name, nil); err == nil {
			t.Errorf("%q was written", name)
		}
	}
	if err := errors.Join(w.Write("a.html", nil), w.Write("a.html", nil)); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(t.Context()); err == nil || !strings.Contains(err.Error(), "a.html is written twice") {
		t.Errorf("written twice: %v", err)
	}
}

func TestADamagedIndexIsRefused(t *testing.T) {
	whole := appendIndex(nil, map[string]place{"site": {"packs/a.zip", 1}, "loans/5": {"packs/b.zip", 20}})
	if places, err := readIndex(whole); err != nil || len(places) != 2 || places["loans/5"] != (place{"packs/b.zip", 20}) {
		t.Fatalf("%v, %v", places, err)
	}
	for name, text := range map[string]string{
		"empty": "", "of another version": strings.Replace(string(whole), " 1 ", " 2 ", 1), "cut": string(whole[:len(whole)-12]),
		"without a number": strings.Replace(string(whole), "20", "x", 1), "out of the folder": strings.Replace(string(whole), "b.zip", "../b.zip", 1),
	} {
		if places, err := readIndex([]byte(text)); err == nil {
			t.Errorf("%s: %v", name, places)
		}
	}
}
