package output

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var long = flag.Bool("long", false, "kill and fail builds at every change of the disk, not at a few")

// A test that needs a process of its own starts this binary again with the name
// of one of these in the environment.
var children = map[string]func(){
	"build":        buildChild,
	"limit":        limitChild,
	"unprivileged": unprivilegedChild,
}

const childVariable = "LOANLEAF_OUTPUT_TEST_CHILD"

func TestMain(m *testing.M) {
	if child, ok := children[os.Getenv(childVariable)]; ok {
		child()
		return
	}
	os.Exit(m.Run())
}

// site is a whole generation: name to content.
type site map[string]string

// build commits a site to dir and returns what was reported.
func build(t testing.TB, dir string, s site) Report {
	t.Helper()
	f := begin(t, dir)
	write(t, f, s)
	return commit(t, f)
}

func begin(t testing.TB, dir string) *Folder {
	t.Helper()
	f, err := Open(dir, Options{Version: "test", SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Abort() })
	return f
}

func write(t testing.TB, f *Folder, s site) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if err := f.Write(name, []byte(s[name])); err != nil {
			t.Fatal(err)
		}
	}
}

func commit(t testing.TB, f *Folder) Report {
	t.Helper()
	r, err := f.Commit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// read gives every file below dir but the marker's. It checks on the way that the
// manifest names just these files, when it is told that none is foreign.
func read(t testing.TB, dir string) site {
	t.Helper()
	s := site{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		if d.IsDir() {
			if name == markerFolder {
				return fs.SkipDir
			}
			return nil
		}
		body, err := os.ReadFile(path)
		s[filepath.ToSlash(name)] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// whole fails the test unless dir holds the site and its manifest says so.
func whole(t testing.TB, dir string, want site) {
	t.Helper()
	if got := read(t, dir); !maps.Equal(got, want) {
		t.Fatalf("%s holds %s, want %s", filepath.Base(dir), describe(got), describe(want))
	}
	m, err := ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range m.Entries {
		if _, ok := want[e.Name]; !ok || e != entryOf(e.Name, want[e.Name]) {
			t.Fatalf("manifest line %+v does not fit the file", e)
		}
	}
}

func describe(s site) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d files", len(s))
	for i, name := range slices.Sorted(maps.Keys(s)) {
		if i == 8 {
			b.WriteString(" …")
			break
		}
		fmt.Fprintf(&b, " %s=%.12q", name, s[name])
	}
	return b.String()
}

// scratch is a folder in memory where the system has such a place: the tests that
// use it make some 50,000 files, and what they ask does not depend on the drive.
func scratch(t testing.TB) string {
	dir, err := os.MkdirTemp("/dev/shm", "loanleaf-output-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// alone fails the test if anything but these names lies beside the folder.
func alone(t testing.TB, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	slices.Sort(names)
	if !slices.Equal(got, names) {
		t.Errorf("beside the folder lie %q, want %q", got, names)
	}
}

func put(t testing.TB, path, body string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		t.Fatal(err)
	}
}
