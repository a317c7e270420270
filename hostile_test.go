package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Bounds of whatever a hostile file costs. The most that any here takes is for a page
// of 700,000 headings; the others stay below a third of these.
const (
	mostMemory    = 1 << 30
	mostProcessor = 20 * time.Second
)

// heavy begins the names of what takes seconds, and is looked at with CI set.
const heavy = "heavy: "

// TestHostileData gives the real program archives, files and folders that are made to
// do harm, and one good loan where there can be one: it ends in time and in little
// memory, with a line that says why, and nothing is written but the site.
func TestHostileData(t *testing.T) {
	for _, c := range []struct {
		name string
		code int
		says string
		make func(t *testing.T, dir string)
	}{
		{"names that climb out of a zip", 0, "", func(t *testing.T, dir string) {
			writeZip(t, dir+"/data/d.zip", "../../../climbed.jsonl", twoLoans, "/absolute.jsonl", "", `..\..\windows.jsonl`, "", "c:/x.jsonl", "")
		}},
		{"a link in a zip", 0, "is a link or device inside a zip, which is not followed", func(t *testing.T, dir string) {
			writeZip(t, dir+"/data/d.zip", "loans.jsonl", twoLoans, "link:passwd", "/etc/passwd")
		}},
		{heavy + "files of a zip that are all the same bytes", 1, "unpacks to more than 400 times its size", func(t *testing.T, dir string) { overlapped(t, dir+"/data/d.zip", 3000) }},
		{heavy + "a zip of 65,000 files", 0, "", func(t *testing.T, dir string) {
			names := []string{"loans.jsonl", twoLoans}
			for n := range 65_000 {
				names = append(names, fmt.Sprintf("f/%d", n), "[]")
			}
			writeZip(t, dir+"/data/d.zip", names...)
		}},
		{heavy + "a gzip that goes on and on", 1, "unpacks to more than 400 times its size", func(t *testing.T, dir string) {
			bomb(t, dir+"/data/d.json.gz", `{"loans":[`, 1<<30)
		}},
		{"a gzip of gzips", 1, "compressed twice", func(t *testing.T, dir string) {
			bomb(t, dir+"/inner", "", 1<<20)
			body, err := os.ReadFile(dir + "/inner")
			if err != nil {
				t.Fatal(err)
			}
			bomb(t, dir+"/data/d.gz", string(body), 1<<20)
		}},
		{"a million brackets", 3, "set aside", func(t *testing.T, dir string) {
			put(t, dir+"/data/d.jsonl", twoLoans+`{"id":7,"terms":`+strings.Repeat(`[`, 1_000_000)+"\n")
		}},
		{heavy + "a million keys", 3, "set aside", func(t *testing.T, dir string) {
			var b strings.Builder
			b.WriteString(twoLoans + `{"id":7`)
			for n := range 1_000_000 {
				fmt.Fprintf(&b, `,"k%d":{}`, n)
			}
			put(t, dir+"/data/d.jsonl", b.String()+"}\n")
		}},
		{"a table of nothing but quotation marks", 3, "set aside", func(t *testing.T, dir string) {
			put(t, dir+"/data/d.csv", "LOAN_ID,LOAN_NAME,LOAN_AMOUNT,STATUS\n501,Sophea,5,paid\n5,\"a"+strings.Repeat(`""",`, 5_000_000)+"\n")
		}},
		{"a pipe, a socket and links in a circle", 0, "is a link, pipe or device, which is not followed", func(t *testing.T, dir string) {
			put(t, dir+"/data/loans.jsonl", twoLoans)
			for _, err := range []error{syscall.Mkfifo(dir+"/data/pipe.jsonl", 0o644), os.Symlink("b.jsonl", dir+"/data/a.jsonl"), os.Symlink("a.jsonl", dir+"/data/b.jsonl"), os.Symlink("..", dir+"/data/round")} {
				if err != nil {
					t.Fatal(err)
				}
			}
			if socket, err := net.Listen("unix", dir+"/data/s"); err == nil { // its path may be too long
				t.Cleanup(func() { socket.Close() })
			}
		}},
		{"a device", 1, "is neither a file nor a folder (a pipe or device)", func(t *testing.T, dir string) {
			if err := errors.Join(os.Remove(dir+"/data"), os.Symlink("/dev/zero", dir+"/data")); err != nil {
				t.Fatal(err)
			}
		}},
		{"a link to itself", 1, "data: ", func(t *testing.T, dir string) {
			if err := errors.Join(os.Remove(dir+"/data"), os.Symlink("data", dir+"/data")); err != nil {
				t.Fatal(err)
			}
		}},
		{"folders 300 deep", 0, "", func(t *testing.T, dir string) {
			put(t, dir+"/data/"+strings.Repeat("d/", 300)+"loans.jsonl", twoLoans)
		}},
	} {
		if strings.HasPrefix(c.name, heavy) && os.Getenv("CI") == "" {
			continue // the tests of package snapshot have their kind
		}
		t.Run(c.name, func(t *testing.T) {
			dir := memoryDir(t)
			if err := errors.Join(os.Mkdir(dir+"/data", 0o755), os.Mkdir(dir+"/site", 0o755)); err != nil {
				t.Fatal(err)
			}
			c.make(t, dir)
			r := &ruin{t: t, dir: dir}
			before := r.names(".")
			ended := r.measured("build", "--data", dir+"/data", "--base-url", "https://loans.example", "--out", dir+"/site/dist", "--store", dir+"/site/store")
			if ended.code != c.code || !strings.Contains(ended.said, c.says) {
				t.Errorf("it ended with %d and said %.2000s", ended.code, ended.said)
			}
			if after := r.names("."); !slices.Equal(after, before) || slices.Contains(r.names(".."), "climbed.jsonl") {
				t.Errorf("beside it lie %q, and before %q", after, before)
			}
			if _, err := os.Stat(dir + "/site/dist/lend/501.html"); (err == nil) != (c.code != 1) {
				t.Errorf("it ended with %d, and the page of the good loan: %v", c.code, err)
			}
		})
	}
}

// measured runs the program to its end and holds it to the bounds.
func (r *ruin) measured(args ...string) *started {
	r.t.Helper()
	s := r.start("loanleaf", args...)
	stuck := time.AfterFunc(100*time.Second, func() { s.cmd.Process.Kill() })
	defer stuck.Stop()
	s.wait()
	usage := s.cmd.ProcessState.SysUsage().(*syscall.Rusage)
	memory := usage.Maxrss
	if runtime.GOOS == "linux" {
		memory *= 1024
	}
	took := s.cmd.ProcessState.UserTime() + s.cmd.ProcessState.SystemTime()
	r.t.Logf("%s of a processor, %d MB", took.Round(10*time.Millisecond), memory>>20)
	if took > mostProcessor || memory > mostMemory {
		r.t.Errorf("it took %s of a processor and %d MB", took, memory>>20)
	}
	return s
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// writeZip writes files: a name, its content, and so on. A name that begins with
// "link:" is one.
func writeZip(t *testing.T, path string, files ...string) {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		h := &zip.FileHeader{Name: files[i], Method: zip.Deflate}
		h.SetMode(0o644)
		if name, link := strings.CutPrefix(files[i], "link:"); link {
			h.Name = name
			h.SetMode(0o777 | os.ModeSymlink)
		}
		into, err := w.CreateHeader(h)
		if err == nil {
			_, err = io.WriteString(into, files[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	put(t, path, b.String())
}

// bomb writes a gzip of a beginning and so many spaces.
func bomb(t *testing.T, path, begin string, spaces int) {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, 9)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, begin) // a buffer takes everything
	blank := bytes.Repeat([]byte{' '}, 1<<20)
	for range spaces >> 20 {
		w.Write(blank)
	}
	w.Close()
	put(t, path, b.String())
}

// overlapped writes a zip in which so many files of the directory are one and the same
// stream, which unpacks to 10 MB.
func overlapped(t *testing.T, path string, files int) {
	t.Helper()
	var stream, out bytes.Buffer
	w, err := flate.NewWriter(&stream, 9)
	if err != nil {
		t.Fatal(err)
	}
	const size = 10 << 20
	body := append([]byte(strings.TrimSpace(twoLoans)+"\n"), bytes.Repeat([]byte{'\n'}, size-len(strings.TrimSpace(twoLoans))-1)...)
	w.Write(body)
	w.Close()
	local := make([]byte, 30)
	copy(local, "PK\x03\x04\x14\x00\x00\x00\x08\x00")
	sum := crc32.ChecksumIEEE(body)
	binary.LittleEndian.PutUint32(local[14:], sum)
	binary.LittleEndian.PutUint32(local[18:], uint32(stream.Len()))
	binary.LittleEndian.PutUint32(local[22:], size)
	binary.LittleEndian.PutUint16(local[26:], 1)
	out.Write(local)
	out.WriteString("x")
	out.Write(stream.Bytes())
	begin := out.Len()
	for n := range files {
		central := make([]byte, 46)
		copy(central, "PK\x01\x02\x14\x00\x14\x00\x00\x00\x08\x00")
		copy(central[16:], local[14:26])
		name := fmt.Sprintf("%d.jsonl", n)
		binary.LittleEndian.PutUint16(central[28:], uint16(len(name)))
		out.Write(central)
		out.WriteString(name)
	}
	end := make([]byte, 22)
	copy(end, "PK\x05\x06")
	binary.LittleEndian.PutUint16(end[8:], uint16(files))
	binary.LittleEndian.PutUint16(end[10:], uint16(files))
	binary.LittleEndian.PutUint32(end[12:], uint32(out.Len()-begin))
	binary.LittleEndian.PutUint32(end[16:], uint32(begin))
	out.Write(end)
	put(t, path, out.String())
}
