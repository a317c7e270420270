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

// What is in a folder beside the data may be anything; a file that bears the name
// of data and is something else ends the reading, since whoever goes on would
// publish a site without its loans.
func TestAFileNamedAsDataThatIsNoneIsDamage(t *testing.T) {
	good := namedFile{"partners.json", `{"partners":[{"id":1,"name":"One"}]}`}
	for name, test := range map[string]struct {
		beside namedFile
		want   string // "": it is passed over
	}{
		"loans that are garbage":      {namedFile{"loans.json", "garbage{{{"}, "loans.json is text, but neither JSON nor anything else"},
		"loans that are empty":        {namedFile{"loans_1.jsonl", ""}, "loans_1.jsonl is empty"},
		"a table without its columns": {namedFile{"Loans.csv", "a,b\n1,2\n"}, "Loans.csv looks like a CSV table"},
		"garbage of another name":     {namedFile{"notes.json", "garbage{{{"}, ""},
		"lenders under loans' name":   {namedFile{"loans.csv", "PERMANENT_NAME,DISPLAY_NAME\n"}, ""},
	} {
		folder := filepath.Dir(writeFile(t, good.name, []byte(good.content)))
		if err := os.WriteFile(filepath.Join(folder, test.beside.name), []byte(test.beside.content), 0o600); err != nil {
			t.Fatal(err)
		}
		for form, path := range map[string]string{
			"a folder": folder, "a zip": writeFile(t, "ds.zip", zipped(t, zip.Deflate, good, test.beside)),
		} {
			got := readPath(t, path)
			if (got.err == nil) != (test.want == "") || got.err != nil && !strings.Contains(got.err.Error(), test.want) {
				t.Errorf("%s in %s: %v, want %q", name, form, got.err, test.want)
			}
		}
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

// TestZipsThatAreRefusedWhole: with nothing else in them, they say why.
func TestZipsThatAreRefusedWhole(t *testing.T) {
	good := namedFile{"loans.csv", "LOAN_ID,LOAN_AMOUNT,STATUS\n5,500,funded\n"}
	locked := zipped(t, zip.Store, good)
	lock(t, locked, good.name)
	for name, test := range map[string]struct {
		zip        []byte
		what, hint string
	}{
		"with a password": {locked, "has no public loans: its one file, loans.csv, is locked with a password", "unpack it and give the folder"},
		"a zip in a zip":  {zipped(t, zip.Deflate, namedFile{"in.zip", string(zipped(t, zip.Deflate, good))}), "has no public loans: its one file, in.zip, is a zip inside a zip or gzip", "unpack the outer one first"},
	} {
		if why := refused(t, writeFile(t, "kiva_ds.zip", test.zip)); why.What != test.what || why.Hint != test.hint {
			t.Errorf("%s: refused: it %s; %s", name, why.What, why.Hint)
		}
	}
	if why := refused(t, writeFile(t, "loans.csv.gz", gzipped(t, zipped(t, zip.Deflate, good)))); why.What != "is a zip inside a zip or gzip" {
		t.Errorf("a zip in a gzip: %v", why)
	}
}

// TestZip64 reads archives whose directory needs 64-bit offsets: one file
// stands behind a hole of five gigabytes, which takes no room on the disk.
func TestZip64(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kiva_ds.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	const hole = 5 << 30
	if _, err := f.WriteString("PK\x03\x04"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seek(hole, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	w.SetOffset(hole)
	for name, text := range map[string]string{"loans.csv": "LOAN_ID,LOAN_AMOUNT,STATUS\n5,500,funded\n", "loans.json": "[" + loanWith("6") + "]"} {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	tail := make([]byte, 22+20+56) // the ends of a zip64 and a zip
	if _, err := f.ReadAt(tail, mustSize(t, f)-int64(len(tail))); err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(tail, []byte("PK\x06\x06")) {
		t.Error("the archive is no zip64: the test looks at nothing")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	got := readPath(t, path)
	if !slices.Equal(got.ids(), []int64{5, 6}) || got.err != nil {
		t.Errorf("the loans %d, then %v", got.ids(), got.err)
	}
}

func mustSize(t *testing.T, f *os.File) int64 {
	t.Helper()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// TestEveryShapeInEveryPacking: the forms a snapshot of loans has been given
// out in, each as a file, gzipped, in a zip and in a folder.
func TestEveryShapeInEveryPacking(t *testing.T) {
	page := func(n, id string) string {
		return `{"header":{"total":3,"page":` + n + `,"date":"2015-05-18T07:00:00Z","page_size":1},"loans":[` + loanWith(id) + `]}`
	}
	const head = "LOAN_ID,LOAN_NAME,LOAN_AMOUNT,STATUS\n"
	for name, test := range map[string]struct {
		files  []namedFile
		format string
	}{
		"an array":              {[]namedFile{{"loans.json", "[" + loanWith("1") + ",\n" + loanWith("2") + "," + loanWith("3") + "]"}}, "JSON array"},
		"an object with loans":  {[]namedFile{{"loans.json", `{"loans":[` + loanWith("1") + "," + loanWith("2") + "," + loanWith("3") + "]}"}}, "API v1 listing"},
		"one object a line":     {[]namedFile{{"loans.json", loanWith("1") + "\n" + loanWith("2") + "\n" + loanWith("3") + "\n"}}, "JSON lines"},
		"a page with header":    {[]namedFile{{"1.json", strings.Replace(page("1", "1"), "]}", ","+loanWith("2")+","+loanWith("3")+"]}", 1)}}, "JSON snapshot"},
		"pages with header":     {[]namedFile{{"loans/10.json", page("10", "3")}, {"loans/1.json", page("1", "1")}, {"loans/2.json", page("2", "2")}}, "JSON snapshot"},
		"a table":               {[]namedFile{{"kiva_ds_csv/loans.csv", head + "1,Rosa,500,funded\n2,Ana,500,funded\n3,Luz,500,funded\n"}}, "CSV snapshot"},
		"a table in two files":  {[]namedFile{{"loans2.csv", head + "2,Ana,500,funded\n3,Luz,500,funded\n"}, {"loans1.csv", head + "1,Rosa,500,funded\n"}}, "CSV snapshot"},
		"a header and nothing":  {[]namedFile{{"loans.csv", head}, {"loans.json", "[" + loanWith("1") + "," + loanWith("2") + "," + loanWith("3") + "]"}}, "CSV snapshot, JSON array"},
		"the columns of Kaggle": {[]namedFile{{"kiva_loans.csv", "id,funded_amount,loan_amount,funded_time\n1,5,5,2014-01-15\n2,5,5,\n3,1,5,\n"}}, kaggleKind},
	} {
		t.Run(name, func(t *testing.T) {
			paths := map[string]string{"zip": writeFile(t, "kiva_ds.zip", zipped(t, zip.Deflate, test.files...))}
			root := t.TempDir()
			packed := t.TempDir()
			for _, f := range test.files {
				for path, content := range map[string][]byte{filepath.Join(root, f.name): []byte(f.content), filepath.Join(packed, f.name+".gz"): gzipped(t, []byte(f.content))} {
					if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(path, content, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
			paths["folder"], paths["folder of gzips"] = root, packed
			if len(test.files) == 1 {
				paths["plain"], paths["gzip"] = filepath.Join(root, test.files[0].name), filepath.Join(packed, test.files[0].name+".gz")
			}
			for packing, path := range paths {
				got := readPath(t, path)
				if !slices.Equal(got.ids(), []int64{1, 2, 3}) || got.err != nil || len(got.problems) > 0 {
					t.Errorf("%s: the loans %d, problems %v, error %v", packing, got.ids(), got.problems, got.err)
				}
				if !strings.Contains(strings.ReplaceAll(got.format, ", gzip", ""), test.format) {
					t.Errorf("%s is read as %s", packing, got.format)
				}
			}
		})
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
