package pack

import (
	"path/filepath"
	"strings"
	"testing"
)

// FuzzReadShard reads damaged shards: they are refused, or each entry that they
// have is found under its name, and no byte outside of them is read.
func FuzzReadShard(f *testing.F) {
	w := &Writer{}
	w.packers.New = begin(f, filepath.Join(f.TempDir(), "dist")).packers.New
	var entries []pending
	for _, name := range []string{"lend/5.html", "lend/6.html", "lend/7.html"} {
		entries = append(entries, pending{Entry: w.compress(name, []byte(strings.Repeat(name, 9)))})
	}
	body, err := w.assemble(entries)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add(body[:len(body)-3])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := readShard(data)
		if err != nil {
			return
		}
		for i := range s.Len() {
			e := s.Entry(i)
			found, ok := s.Find(e.Name)
			if !ok || found.Name != e.Name || found.CRC != e.CRC {
				t.Errorf("%q is not found", e.Name)
			}
			if e.Size > 1<<20 {
				continue // what a deflate stream may come to is bounded by Size alone
			}
			if body, err := e.AppendContent(nil); err == nil && len(body) != e.Size {
				t.Errorf("%q has %d bytes, want %d", e.Name, len(body), e.Size)
			}
		}
	})
}
