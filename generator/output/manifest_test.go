package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func entryOf(name, body string) Entry {
	return Entry{Name: name, Size: int64(len(body)), Sum: sha256.Sum256([]byte(body))}
}

func TestManifestIsSortedTextThatSha256sumWouldAgreeWith(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, site{"b.html": "bee", "a/x": "", "a-b": "dash", "Z": "zed"})
	got, err := os.ReadFile(filepath.Join(dir, ".loanleaf", "manifest"))
	if err != nil {
		t.Fatal(err)
	}
	// The hashes are sha256sum's.
	want := `loanleaf-manifest 1 4 test
ae8f5080a348fbfeb2c776957979728034cdf3eee0160c8667ee66daa8440a48  3  Z
af9d2c92ddc38ca77b3cd29e944c9b61928032808d3a3cb6c3a3c8965067291e  4  a-b
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  0  a/x
62cb81b5904a262ffaeed02abef36bfc540b09f964b8b0b636662f77ffce6714  3  b.html
`
	if string(got) != want {
		t.Errorf("manifest is\n%s\nwant\n%s", got, want)
	}
}

func TestManifestDamage(t *testing.T) {
	line := func(name string) string { return string(appendEntry(nil, entryOf(name, name))) }
	for what, c := range map[string]struct{ text, want string }{
		"an empty file":             {"", "it is empty"},
		"another kind of file":      {"hello\n", "line 1: this is not a manifest of ours"},
		"a later format":            {"loanleaf-manifest 2 0 v\n", `line 1: format "2"`},
		"a count that is no number": {"loanleaf-manifest 1 x v\n", `line 1: count "x"`},
		"cut at a line break":       {"loanleaf-manifest 1 2 v\n" + line("a"), "1 files listed, its first line says 2"},
		"cut inside a line":         {"loanleaf-manifest 1 2 v\n" + line("a") + line("b")[:50], "line 3: want a SHA-256"},
		"lines out of order":        {"loanleaf-manifest 1 2 v\n" + line("b") + line("a"), `line 3: "a" is out of order`},
		"a name twice":              {"loanleaf-manifest 1 2 v\n" + line("b") + line("b"), `line 3: "b" is out of order`},
		"a name that climbs out":    {"loanleaf-manifest 1 1 v\n" + line("../a"), `line 2: output name "../a"`},
		"a negative size":           {"loanleaf-manifest 1 1 v\n" + strings.Replace(line("a"), "  1  ", "  -1  ", 1), `line 2: size "-1"`},
		"a hash that is not hex":    {"loanleaf-manifest 1 1 v\nzz" + line("a")[2:], "line 2: hash"},
		"a line without end":        {"loanleaf-manifest 1 1 v\n" + strings.Repeat("f", 1<<20), "line 2: bufio.Scanner: token too long"},
	} {
		t.Run(what, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dist")
			put(t, filepath.Join(dir, ".loanleaf", "manifest"), c.text)
			if _, err := ReadManifest(dir); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("ReadManifest: %v, want …%s…", err, c.want)
			}
			if _, err := Open(dir, Options{}); err == nil || !strings.Contains(err.Error(), "move the folder away") {
				t.Errorf("Open: %v, want a refusal that says what to do", err)
			}
			alone(t, dir, "dist")
		})
	}
	if _, err := ReadManifest(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("without a manifest: %v, want fs.ErrNotExist", err)
	}
}

func FuzzManifest(f *testing.F) {
	f.Add([]byte("loanleaf-manifest 1 1 v\n" + string(appendEntry(nil, entryOf("a", "a")))))
	f.Add([]byte("loanleaf-manifest 1 0 \n"))
	f.Add([]byte("loanleaf-manifest 1 2 v\n"))
	dir := f.TempDir()
	path := filepath.Join(dir, ".loanleaf", "manifest")
	f.Fuzz(func(t *testing.T, text []byte) {
		put(t, path, string(text))
		m, err := ReadManifest(dir)
		if err != nil {
			return
		}
		var again bytes.Buffer
		writeHeader(&again, m.Version, len(m.Entries))
		for _, e := range m.Entries {
			again.Write(appendEntry(nil, e))
		}
		put(t, path, again.String())
		back, err := ReadManifest(dir)
		if err != nil || back.Version != m.Version || len(back.Entries) != len(m.Entries) {
			t.Errorf("read %d entries of version %q, wrote them, read %d of %q: %v", len(m.Entries), m.Version, len(back.Entries), back.Version, err)
		}
	})
}
