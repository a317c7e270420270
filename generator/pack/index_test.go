package pack

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzReadIndex: an index is refused, or every shard that it names lies in the folder
// of shards, and it is written as it is read.
func FuzzReadIndex(f *testing.F) {
	f.Add(appendIndex(nil, map[string]place{"loans/0": {folder + "00ff.zip", 3}, "site": {folder + "11.zip", 1}}))
	f.Add([]byte("loanleaf-packs 1 0\n"))
	f.Add([]byte("loanleaf-packs 1 1\nsite\t../../x.zip\t1\n"))
	f.Add([]byte("loanleaf-packs 1 2\na\tb\t1\na\tc\t1\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		places, err := readIndex(text)
		if err != nil {
			return
		}
		for section, p := range places {
			name, inside := strings.CutPrefix(p.file, folder)
			if !inside || strings.ContainsAny(name, "/\\") || name == ".." || name == "." || name == "" || p.entries < 1 {
				t.Errorf("section %q is in %+v", section, p)
			}
		}
		written := appendIndex(nil, places)
		again, err := readIndex(written)
		if err != nil || !bytes.Equal(appendIndex(nil, again), written) {
			t.Errorf("%q is read, written as %q, and then: %v", text, written, err)
		}
	})
}
