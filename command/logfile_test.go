package command

import (
	"os"
	"path/filepath"
	"testing"
)

// TestALogGoesOnWhereItsNameIs moves a log away as programs do that keep logs
// short.
func TestALogGoesOnWhereItsNameIs(t *testing.T) {
	dir := t.TempDir()
	name, moved := filepath.Join(dir, "access.log"), filepath.Join(dir, "access.log.1")
	log, err := openLog(name)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		t.Helper()
		if _, err := log.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(path, want string) {
		t.Helper()
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v; want %q", path, got, err, want)
		}
	}
	write("one\n")
	if err := os.Rename(name, moved); err != nil {
		t.Fatal(err)
	}
	write("two\n")
	if err := log.reopen(); err != nil {
		t.Fatal(err)
	}
	write("three\n")
	holds(moved, "one\ntwo\n")
	holds(name, "three\n")
	if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o007 != 0 {
		t.Errorf("others may read it: %v %v", info.Mode(), err)
	}

	// Where its name cannot be opened it goes on where it was.
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(name, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := log.reopen(); err == nil {
		t.Error("a folder is taken for a log")
	}
	write("four\n")
	if err := log.Close(); err != nil {
		t.Error(err)
	}
}
