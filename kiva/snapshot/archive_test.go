package snapshot

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// many is a body of so many loans, with ids from 1.
func many(loans int) string {
	var b strings.Builder
	b.WriteString(`{"loans":[`)
	for i := range loans {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(sampleDetail(i + 1))
	}
	b.WriteString("]}")
	return b.String()
}

func TestTruncatedGzipYieldsWhatItHas(t *testing.T) {
	whole := gzipped(t, []byte(many(200)))
	for _, part := range []int{len(whole) - 1, len(whole) - 8, len(whole) / 2} {
		got := readPath(t, writeFile(t, "loans.json.gz", whole[:part]))
		if got.err == nil || got.err.Error() != "loans.json.gz: the compressed data ends too early: the file was cut short; get it again" {
			t.Errorf("%d of %d bytes: %v", part, len(whole), got.err)
		}
		if n := len(got.loans); n == 0 || part >= len(whole)-8 && n != 200 || len(got.problems) > 0 {
			t.Errorf("%d of %d bytes: %d loans, problems %v", part, len(whole), n, got.problems)
		}
	}
	for _, part := range []int{2, 5, 9} {
		if why := refused(t, writeFile(t, "loans.json.gz", whole[:part])); !strings.Contains(why.What, "cut short") {
			t.Errorf("%d bytes: %v", part, why)
		}
	}
}

func TestDamagedGzip(t *testing.T) {
	whole := gzipped(t, []byte(many(200)))
	whole[len(whole)-6] ^= 0xff // in the checksum
	got := readPath(t, writeFile(t, "loans.json.gz", whole))
	if len(got.loans) != 200 || got.err == nil || !strings.Contains(got.err.Error(), "checksum") {
		t.Errorf("%d loans, then %v", len(got.loans), got.err)
	}
}

func TestTruncatedZipIsRefused(t *testing.T) {
	whole := zipped(t, zip.Deflate, namedFile{"loans.json", many(50)})
	for _, part := range []int{10, len(whole) / 2, len(whole) - 1} {
		why := refused(t, writeFile(t, "ds.zip", whole[:part]))
		if why.What != "is a zip whose end is missing or damaged: the file was cut short" {
			t.Errorf("%d of %d bytes: %v", part, len(whole), why)
		}
	}
}

func TestZipWithAWrongChecksum(t *testing.T) {
	body := zipped(t, zip.Store, namedFile{"1.json", many(3)}, namedFile{"2.json", many(2)})
	at := bytes.LastIndex(body, []byte("Edda Example"))
	body[at] = 'X' // within a member that is not read: only the checksum can tell
	got := readPath(t, writeFile(t, "ds.zip", body))
	if len(got.loans) != 5 || got.err == nil || got.err.Error() != "ds.zip/2.json: the checksum does not fit: the compressed data is damaged; get the file again" {
		t.Errorf("%d loans, then %v", len(got.loans), got.err)
	}
}

// TestBombs: an archive that unpacks to very much more than its size ends with
// an error, however it hides that, and memory stays flat on the way.
func TestBombs(t *testing.T) {
	bomb := func(begin string) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, 9) })
		f, err := w.Create("loans.json")
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, begin)
		zeros := bytes.Repeat([]byte{' '}, 1<<20)
		for range 2 * bombFree >> 20 {
			f.Write(zeros)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, begin := range map[string]string{
		"white space between records": `{"loans":[` + loanWith("1") + `,`,
		"white space in a text":       `{"loans":[` + loanWith("1") + `,{"id":2,"use":"`,
		"white space in a key":        `{"loans":[` + loanWith("1") + `],"`,
		"a line without end":          loanWith("1") + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := writeFile(t, "ds.zip", bomb(begin))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got := readPath(t, path)
			runtime.ReadMemStats(&after)
			if !slices.Equal(got.ids(), []int64{1}) || got.err == nil || !strings.Contains(got.err.Error(), "unpacks to more than 400 times its size") {
				t.Errorf("the loans %d, then %v", got.ids(), got.err)
			}
			if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 80 {
				t.Errorf("%d MB allocated", took)
			}
		})
	}
}

func TestMembersOfZipsThatAreNotRead(t *testing.T) {
	good := namedFile{"loans.json", "[" + loanWith("1") + "]"}
	inner := string(zipped(t, zip.Deflate, good))
	locked := zipped(t, zip.Store, good, namedFile{"locked.json", "[]"})
	lock(t, locked, "locked.json")
	for name, test := range map[string]struct {
		zip  []byte
		note string
	}{
		"a zip inside":          {zipped(t, zip.Deflate, good, namedFile{"x.zip", inner}), "is a zip inside a zip or gzip"},
		"a member with a lock":  {locked, "is locked with a password"},
		"a gzip in a gzip":      {zipped(t, zip.Deflate, good, namedFile{"x.gz", string(gzipped(t, gzipped(t, []byte("[]"))))}), "is compressed twice"},
		"a name that climbs":    {zipped(t, zip.Deflate, good, namedFile{"../../x.json", "text"}), "is text, but neither JSON nor anything else this program knows"},
		"an empty member":       {zipped(t, zip.Deflate, good, namedFile{"x.json", ""}), "is empty"},
		"the private user API":  {zipped(t, zip.Deflate, good, namedFile{"my/loans.json", good.content}), "is named as the answer of a private address (my/…), which belongs to one user alone"},
		"a workbook's contents": {zipped(t, zip.Deflate, good, namedFile{"xl/workbook.xml", "<?xml version='1.0'?><workbook/>"}), "is an XML or HTML document"},
	} {
		t.Run(name, func(t *testing.T) {
			got := readPath(t, writeFile(t, "ds.zip", test.zip))
			if !slices.Equal(got.ids(), []int64{1}) || got.err != nil {
				t.Errorf("the loans %d, then %v", got.ids(), got.err)
			}
			notes := ""
			for _, f := range got.files {
				notes += f.Note
			}
			if notes != test.note {
				t.Errorf("noted %q, want %q", notes, test.note)
			}
		})
	}
}

// lock sets the flag of encryption on a member of a zip.
func lock(t *testing.T, archive []byte, name string) {
	t.Helper()
	found := false
	for _, header := range []struct {
		magic        string
		flags, begin int
	}{{"PK\x03\x04", 6, 30}, {"PK\x01\x02", 8, 46}} {
		for at := 0; ; {
			i := bytes.Index(archive[at:], []byte(header.magic))
			if i < 0 {
				break
			}
			at += i
			if bytes.HasPrefix(archive[at+header.begin:], []byte(name)) {
				flags := binary.LittleEndian.Uint16(archive[at+header.flags:])
				binary.LittleEndian.PutUint16(archive[at+header.flags:], flags|1)
				found = true
			}
			at++
		}
	}
	if !found {
		t.Fatal("no such member")
	}
}

func TestGzipInsideAZipIsRead(t *testing.T) {
	body := zipped(t, zip.Store, namedFile{"loans.jsonl.gz", string(gzipped(t, []byte(loanWith("1")+"\n"+loanWith("2"))))})
	got := readPath(t, writeFile(t, "ds.zip", body))
	if !slices.Equal(got.ids(), []int64{1, 2}) || got.err != nil || got.format != "zip of 1 file: JSON lines, gzip" {
		t.Errorf("%s: the loans %d, then %v", got.format, got.ids(), got.err)
	}
}

func TestFoldersHoldOnlyTheirOwnFiles(t *testing.T) {
	outside := writeFile(t, "outside.jsonl", []byte(loanWith("99")))
	root := filepath.Dir(writeFile(t, "2.jsonl", []byte(loanWith("2"))))
	for name, content := range map[string]string{"10.jsonl": loanWith("10"), "sub/1.jsonl": loanWith("1"), ".git/x.jsonl": loanWith("98"), "z.zip": string(zipped(t, zip.Store, namedFile{"7.json", "[" + loanWith("7") + "]"}))} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(root, "link.jsonl")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(root, filepath.Join(root, "loop")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(root, "pipe"), 0o644); err != nil {
		t.Fatal(err)
	}
	got := readPath(t, root)
	if !slices.Equal(got.ids(), []int64{2, 10, 1, 7}) || got.err != nil {
		t.Errorf("the loans %d, then %v", got.ids(), got.err)
	}
	noted := 0
	for _, f := range got.files {
		if strings.Contains(f.Note, "not followed") {
			noted++
		}
	}
	if noted != 3 {
		t.Errorf("%d of 3 links and pipes are noted: %v", noted, got.files)
	}
	if why := refused(t, filepath.Join(root, "pipe")); !strings.Contains(why.What, "pipe") {
		t.Errorf("the pipe alone: %v", why)
	}
	if got := readPath(t, filepath.Join(root, "link.jsonl")); !slices.Equal(got.ids(), []int64{99}) {
		t.Errorf("a link that was named is not followed: %d", got.ids())
	}
}

func TestAnUnreadableFileIsAFinalError(t *testing.T) {
	if os.Geteuid() == 0 {
		// Root reads everything; a file that vanishes fails for root too.
		root := filepath.Dir(writeFile(t, "1.jsonl", []byte(loanWith("1"))))
		if err := os.WriteFile(filepath.Join(root, "2.jsonl"), []byte(loanWith("2")), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := Open(root)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := os.Remove(filepath.Join(root, "2.jsonl")); err != nil {
			t.Fatal(err)
		}
		loans, failed := 0, false
		for r, err := range s.Records() {
			if err != nil {
				failed = true
			} else if r.Loan != nil {
				loans++
			}
		}
		if loans != 1 || !failed {
			t.Errorf("%d loans, failed: %v", loans, failed)
		}
		return
	}
	path := writeFile(t, "1.jsonl", []byte(loanWith("1")))
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if why := refused(t, path); !strings.Contains(why.What, "cannot be read") {
		t.Errorf("refused: %v", why)
	}
}
