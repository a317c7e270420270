package snapshot

import (
	"archive/zip"
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// zipOfMany is a zip of so many files of one loan each.
func zipOfMany(t *testing.T, files int) string {
	t.Helper()
	var all []namedFile
	for n := range files {
		all = append(all, namedFile{fmt.Sprintf("loans/%d.json", n), sampleDetail(n + 1)})
	}
	return writeFile(t, "many.zip", zipped(t, zip.Deflate, all...))
}

// TestAZipOfManyFilesCostsLittleForEach reads some files and ten times as many, and
// holds what is allocated for each to a bound.
func TestAZipOfManyFilesCostsLittleForEach(t *testing.T) {
	const most = 48 << 10 // bytes for one file, its record among them; room for its beginning alone is more
	for _, files := range []int{300, 3000} {
		path := zipOfMany(t, files)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got := readPath(t, path)
		runtime.ReadMemStats(&after)
		if got.err != nil || len(got.loans) != files {
			t.Fatalf("%d loans of %d: %v", len(got.loans), files, got.err)
		}
		// What is made once is room for one file, twice.
		if each := (after.TotalAlloc - before.TotalAlloc - 2*startBuffer) / uint64(files); each > most {
			t.Errorf("%d files took %d bytes each, at most %d are right", files, each, most)
		}
	}
}

// TestAZipWhoseListOfFilesIsTooLongIsRefused makes that list long by comments, which
// stand in nothing else.
func TestAZipWhoseListOfFilesIsTooLongIsRefused(t *testing.T) {
	for _, test := range []struct {
		name    string
		files   int
		refused bool
	}{
		{"just as long as is read", longestDirectory/(64<<10) - 8, false},
		{"longer", longestDirectory/(64<<10) + 8, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "data.zip")
			file, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			defer file.Close()
			buffer := bufio.NewWriter(file)
			w := zip.NewWriter(buffer)
			comment := strings.Repeat("c", 1<<16-1)
			for n := range test.files {
				part, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d.json", n), Comment: comment})
				if err != nil {
					t.Fatal(err)
				}
				fmt.Fprint(part, sampleDetail(n+1))
			}
			for _, end := range []func() error{w.Close, buffer.Flush} {
				if err := end(); err != nil {
					t.Fatal(err)
				}
			}
			if !test.refused {
				if got := readPath(t, path); got.err != nil || len(got.loans) != test.files {
					t.Errorf("%d loans of %d: %v", len(got.loans), test.files, got.err)
				}
				return
			}
			if why := refused(t, path); !strings.Contains(why.What, "list of files is longer than 32 MiB") || why.Hint != "unpack it and give the folder" {
				t.Errorf("refused with %q and %q", why.What, why.Hint)
			}
		})
	}
}
