package command

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// FuzzReadIDs: a file of loan ids is refused, or every number that stands on a line of
// its own is held back: none is read over.
func FuzzReadIDs(f *testing.F) {
	for _, seed := range []string{"501\n502 # asked\n", "\ufeff501\r\n\r\n# nobody\n", "50two\n", "-1\n", "0x1f5\n", "9223372036854775808\n", "501 502\n", "501\x00\n", "٥٠١\n", "+501\n"} {
		f.Add(seed)
	}
	path := filepath.Join(f.TempDir(), "ids.txt")
	f.Fuzz(func(t *testing.T, text string) {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		ids, err := readIDs("", path)
		if err != nil {
			if len(ids) > 0 || !strings.Contains(err.Error(), "ids.txt") {
				t.Errorf("refused with %d ids: %v", len(ids), err)
			}
			return
		}
		for line := range strings.Lines(text) {
			line, _, _ = strings.Cut(line, "#")
			if id, err := strconv.ParseInt(strings.TrimSpace(line), 10, 64); err == nil && !ids[id] {
				t.Errorf("%d is not held back", id)
			}
		}
		for id := range ids {
			if id < 1 {
				t.Errorf("%d is held back", id)
			}
		}
	})
}
