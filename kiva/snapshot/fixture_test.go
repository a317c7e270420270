package snapshot

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loanleaf/kiva"
)

var update = flag.Bool("update", false, "write the golden files anew")

// read is everything that came out of a source.
type read struct {
	format   string
	files    []File
	records  []Record
	loans    []*kiva.Loan
	partners []*kiva.Partner
	headers  []*Header
	problems []*Problem
	err      error // the final one
}

// readPath reads a source whole; it must open.
func readPath(tb testing.TB, path string) read {
	tb.Helper()
	s, err := Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	}()
	got := read{format: s.Format(), files: s.Files()}
	for r, err := range s.Records() {
		if got.err != nil {
			tb.Fatal("something came after the final error")
		}
		if err != nil {
			got.err = err
			continue
		}
		set := 0
		if r.Loan != nil {
			got.loans = append(got.loans, r.Loan)
			set++
		}
		if r.Partner != nil {
			got.partners = append(got.partners, r.Partner)
			set++
		}
		if r.Header != nil {
			got.headers = append(got.headers, r.Header)
			set++
		}
		if r.Problem != nil {
			got.problems = append(got.problems, r.Problem)
			set++
			if r.Problem.Place != r.Place {
				tb.Errorf("the problem stands at %v, its record at %v", r.Problem.Place, r.Place)
			}
		}
		if set != 1 {
			tb.Fatalf("a record with %d things in it: %+v", set, r)
		}
		got.records = append(got.records, r)
	}
	return got
}

// readText reads a text saved as a file.
func readText(tb testing.TB, text string) read {
	tb.Helper()
	return readPath(tb, writeFile(tb, "data", []byte(text)))
}

// ids are the ids of the loans that were read.
func (r read) ids() []int64 {
	var ids []int64
	for _, l := range r.loans {
		ids = append(ids, l.ID)
	}
	return ids
}

func writeFile(tb testing.TB, name string, content []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		tb.Fatal(err)
	}
	return path
}

// refusal opens what must be refused.
func refused(t *testing.T, path string) *RefusedError {
	t.Helper()
	s, err := Open(path)
	if err == nil {
		s.Close()
		t.Fatalf("was read as %s", s.Format())
	}
	why, ok := errors.AsType[*RefusedError](err)
	if !ok {
		t.Fatalf("failed, but is no refusal: %v", err)
	}
	if why.Path != path || why.What == "" || why.Hint == "" {
		t.Errorf("the refusal lacks its words: %+v", why)
	}
	return why
}

func gzipped(tb testing.TB, content []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(content); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// namedFile is a file of a zip.
type namedFile struct {
	name    string
	content string
}

func zipped(tb testing.TB, method uint16, files ...namedFile) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		part, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: method})
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := io.WriteString(part, f.content); err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// loanWith is a small good loan with more members, parted by commas.
func loanWith(id string, more ...string) string {
	members := append([]string{`"id":` + id, `"name":"Rosa"`, `"status":"funded"`, `"loan_amount":500`}, more...)
	return "{" + strings.Join(members, ",") + "}"
}
