package pack

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestASectionIsTakenOverOnlyAsItWasLeft(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	s := site{"lend/5.html": "five", "lend/6.html": "six", "index.html": "home"}
	build(t, dir, s, nil)
	shard := func() string {
		text, err := os.ReadFile(dir + "/packs/index")
		if err != nil {
			t.Fatal(err)
		}
		places, err := readIndex(text)
		if err != nil {
			t.Fatal(err)
		}
		return filepath.Join(dir, places["loans/0"].file)
	}
	for i, edit := range []struct {
		edit  func(path string) error
		taken bool
	}{
		{func(string) error { return nil }, true},
		{func(p string) error { return os.Truncate(p, 40) }, false},
		{func(string) error { return nil }, true},
		{os.Remove, false},
	} {
		time.Sleep(20 * time.Millisecond)
		if err := edit.edit(shard()); err != nil {
			t.Fatal(err)
		}
		w := begin(t, dir)
		taken, err := w.TakeSection(0)
		if taken != edit.taken || err != nil {
			t.Errorf("step %d: taken %v, %v", i, taken, err)
		}
		if other, err := w.TakeSection(1); other || err != nil {
			t.Errorf("step %d: a section that was not there is taken: %v, %v", i, other, err)
		}
		for name, body := range s {
			if taken && SectionOf(name) == "loans/0" {
				continue
			}
			if kept, err := w.Keep(name); kept != (edit.taken || name == "index.html") || err != nil {
				t.Errorf("step %d: keep %s: %v, %v", i, name, kept, err)
			} else if !kept {
				if err := w.Write(name, []byte(body)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, err := w.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		unpacked, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range s {
			e, err := unpacked.Find(name)
			if body, err2 := e.AppendContent(nil); err != nil || err2 != nil || string(body) != want {
				t.Errorf("step %d: %s holds %q (%v, %v)", i, name, body, err, err2)
			}
		}
		unpacked.Close()
	}
}
