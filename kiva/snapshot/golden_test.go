package snapshot

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestReaders reads each archive of testdata: its files under in/ are the
// source, the comment's last line says how they are packed (plain, gzip, zip,
// folder), and read and report are what must come out: each record in a line,
// and the lines of the report for those set aside.
func TestReaders(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := readPath(t, pack(t, archive))
			made := map[string]string{"read": shownRecords(got), "report": report(t, got)}
			for i, f := range archive.Files {
				want, golden := made[f.Name]
				if !golden {
					continue
				}
				delete(made, f.Name)
				if *update {
					archive.Files[i].Data = []byte(want)
				} else if string(f.Data) != want {
					t.Errorf("%s:\n%swant:\n%s", f.Name, want, f.Data)
				}
			}
			for _, name := range []string{"read", "report"} {
				data, missing := made[name]
				if missing && !*update {
					t.Errorf("%s has no %s", path, name)
				} else if missing {
					archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(data)})
				}
			}
			if *update {
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// pack writes the files under in/ as the archive's comment says.
func pack(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	var files []namedFile
	for _, f := range archive.Files {
		if name, in := strings.CutPrefix(f.Name, "in/"); in {
			files = append(files, namedFile{name, string(f.Data)})
		}
	}
	comment := strings.Fields(string(archive.Comment))
	switch packing := comment[len(comment)-1]; packing {
	case "plain":
		return writeFile(t, files[0].name, []byte(files[0].content))
	case "gzip":
		return writeFile(t, files[0].name+".gz", gzipped(t, []byte(files[0].content)))
	case "zip":
		return writeFile(t, "data.zip", zipped(t, zip.Deflate, files...))
	case "folder":
		root := filepath.Join(t.TempDir(), "data")
		for _, f := range files {
			path := filepath.Join(root, filepath.FromSlash(f.name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(f.content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return root
	default:
		t.Fatalf("no such packing: %s", packing)
	}
	return ""
}

// shownRecords is what was read, a line each.
func shownRecords(got read) string {
	var b strings.Builder
	fmt.Fprintf(&b, "format %s\n", got.format)
	for _, f := range got.files {
		if f.Note != "" {
			fmt.Fprintf(&b, "file %s: %s\n", f.Name, f.Note)
		}
	}
	for _, r := range got.records {
		fmt.Fprintf(&b, "%s: ", r.Place)
		switch {
		case r.Loan != nil:
			fmt.Fprintf(&b, "loan %d %q %v, %v\n", r.Loan.ID, r.Loan.Name, r.Loan.Status, r.Loan.Amount)
		case r.Partner != nil:
			fmt.Fprintf(&b, "partner %d %q\n", r.Partner.ID, r.Partner.Name)
		case r.Header != nil:
			fmt.Fprintf(&b, "header of %s, %d records\n", r.Header.Date.Format("2006-01-02"), r.Header.Total)
		default:
			b.WriteString("set aside\n")
		}
	}
	if got.err != nil {
		fmt.Fprintf(&b, "error %v\n", got.err)
	}
	return b.String()
}

// report is the lines of the report, and each as people read it.
func report(t *testing.T, got read) string {
	t.Helper()
	var b strings.Builder
	for _, p := range got.problems {
		line, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n# %s\n", line, p)
	}
	return b.String()
}
