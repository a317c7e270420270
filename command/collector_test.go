package command

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

// TestABuildMakesRoomForItsDocuments holds that what a folder of documents takes is
// added to what the heap may grow to, whichever comes first: without it garbage was
// collected without end, and took half of the time.
func TestABuildMakesRoomForItsDocuments(t *testing.T) {
	limit, percent := debug.SetMemoryLimit(-1), debug.SetGCPercent(100)
	t.Cleanup(func() { debug.SetMemoryLimit(limit); debug.SetGCPercent(percent) })
	text := "# A\n\n" + strings.Repeat("Words of a page.\n\n", 30_000)
	content := filepath.Join(t.TempDir(), "docs", "en")
	if err := os.MkdirAll(content, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(content, "a.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	build := func(environment map[string]string) int64 {
		debug.SetMemoryLimit(limit)
		p := &Program{
			Args: []string{"build", "--content", filepath.Dir(filepath.Dir(content)), "--base-url", "https://docs.example", "--out", filepath.Join(t.TempDir(), "dist")},
			Out:  io.Discard, Err: io.Discard, Now: time.Now, CacheDir: os.UserCacheDir,
			LookupEnv: func(name string) (string, bool) { value, ok := environment[name]; return value, ok },
		}
		if code := p.Run(context.Background()); code != exitClean {
			t.Fatal("exit code", code)
		}
		return debug.SetMemoryLimit(-1)
	}
	if got, want := build(nil), int64(buildHeap+heldOfText*len(text)); got != want {
		t.Errorf("the heap may grow to %d bytes, want %d", got, want)
	}
	if got := build(map[string]string{"GOMEMLIMIT": "1GiB"}); got != limit {
		t.Errorf("somebody's own limit was replaced by %d", got)
	}
}
