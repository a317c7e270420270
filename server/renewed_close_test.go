package server

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestAFolderIsClosedUnderARequest closes a folder while a request uses it, which then
// looks whether there is a newer generation: it gets none, and both come to an end.
func TestAFolderIsClosedUnderARequest(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.html"), []byte("home"), 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := openRenewed(dir)
	if err != nil {
		t.Fatal(err)
	}
	g, err := f.current()
	if err != nil {
		t.Fatal(err)
	}
	closed := make(chan error)
	go func() { closed <- f.Close() }()
	for ended := false; !ended; {
		select {
		case <-closed:
			t.Fatal("it was closed under the request")
		case <-time.After(time.Millisecond):
		}
		f.mu.Lock()
		ended = f.ended
		f.mu.Unlock()
	}
	if _, newer := f.newer(g); newer {
		t.Error("there is a newer generation of a folder that is closed")
	}
	if _, _, err := g.read(""); err != nil {
		t.Errorf("the request cannot read any more: %v", err)
	}
	g.use.Done()
	select {
	case err := <-closed:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it is not closed after the request")
	}
	if _, err := f.current(); err == nil {
		t.Error("a closed folder answers")
	}
	if err := f.Close(); err != nil {
		t.Errorf("closed again: %v", err)
	}
}
