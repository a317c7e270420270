package snapshot

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// FuzzArchive: whatever bytes a zip or a gzip has, opening it refuses it with its
// words, or reading it ends, with loans that are loans and at most one final error;
// nothing is written anywhere.
func FuzzArchive(f *testing.F) {
	good := namedFile{"loans.json", "[" + loanWith("1") + "," + loanWith("2") + "]"}
	table := namedFile{"kiva_ds_csv/loans.csv", "LOAN_ID,LOAN_AMOUNT,STATUS\n5,500,funded\n"}
	whole := zipped(f, zip.Deflate, good, table, namedFile{"../../climbs.json", good.content}, namedFile{"deep/", ""})
	f.Add(whole)
	f.Add(zipped(f, zip.Store, good, good))
	f.Add(zipped(f, zip.Deflate, namedFile{"in.zip", string(whole)}, namedFile{"loans.jsonl.gz", string(gzipped(f, []byte(loanWith("7"))))}))
	f.Add(gzipped(f, []byte(good.content)))
	f.Add(append(gzipped(f, []byte(loanWith("1")+"\n")), gzipped(f, []byte(loanWith("2")))...))
	f.Add(whole[:len(whole)-30])
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(dir, "kiva_ds.zip")
		if err := os.WriteFile(path, content, 0o644); err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		s, err := Open(path)
		if err != nil {
			if why, ok := errors.AsType[*RefusedError](err); !ok || why.What == "" || why.Hint == "" {
				t.Fatalf("failed without the words of a refusal: %v", err)
			}
			return
		}
		defer s.Close()
		ended := false
		for r, err := range s.Records() {
			if ended {
				t.Fatal("something came after the final error")
			}
			if err != nil {
				ended = true
				continue
			}
			if r.Loan != nil {
				mustBeLoan(t, r.Loan)
			}
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Fatalf("%d bytes took %s", len(content), took)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
			t.Fatalf("something was written: %v %v", entries, err)
		}
		if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, content) {
			t.Fatal("the archive was written to")
		}
	})
}
