package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestThousandsOfFilesAtOnce makes, changes and removes files while nobody takes a
// change, with CI set 10,000: more reports than the system may keep. What is told in the end is
// what there is, and what comes later is told as well.
func TestThousandsOfFilesAtOnce(t *testing.T) {
	t.Parallel()
	const folders = 50
	files := 2000
	if os.Getenv("CI") != "" {
		files = 10_000
	}
	f := newField(t)
	f.must(os.Mkdir(f.path("data"), 0o755))
	f.Watch([]string{f.path("data")}, nil)
	for i := range folders {
		f.must(os.Mkdir(f.path(fmt.Sprint("data/", i)), 0o755))
	}
	name := func(i int) string { return fmt.Sprintf("data/%d/%d.json", i%folders, i) }
	for i := range files {
		f.must(os.WriteFile(f.path(name(i)), []byte("first"), 0o644))
	}
	for i := range files {
		if i%3 == 0 {
			f.must(os.WriteFile(f.path(name(i)), []byte("second"), 0o644))
		}
		if i%10 == 0 {
			f.must(os.Remove(f.path(name(i))))
		}
	}
	f.must(os.RemoveAll(f.path("data/7")))
	f.write("data/last", "x")
	told := map[string]bool{} // whether it is there
	for !told["data/last"] {
		for _, path := range f.next().Paths {
			_, err := os.Stat(f.path(path))
			told[path] = err == nil
		}
	}
	there := 0
	f.must(filepath.WalkDir(f.path("data"), func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			there++
			if way := filepath.ToSlash(strings.TrimPrefix(path, f.dir+"/")); !told[way] {
				t.Errorf("%s is there and was not told", way)
			}
		}
		return err
	}))
	if want := files*9/10 - files/folders*9/10; there < want-files/folders || t.Failed() {
		t.Fatalf("%d files are there, want some %d", there, want)
	}
	f.write(name(1), "third")
	for told := false; !told; {
		for _, path := range f.next().Paths {
			told = told || path == name(1)
		}
	}
	if len(f.notes) > 0 {
		t.Errorf("it says %s", <-f.notes)
	}
}
