package output

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSmoke(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	for range 3 {
		f, err := Open(dir, Options{Version: "v"})
		if err != nil {
			t.Fatal(err)
		}
		f.Write("a/b.html", []byte("b"))
		f.Write("index.html", []byte("b"))
		r, err := f.Commit(t.Context())
		t.Logf("%+v %v", r, err)
		os.WriteFile(dir+"/mine", nil, 0o600)
	}
	f, _ := Open(dir, Options{Version: "v"})
	f.Write("a/b.html", []byte("b2"))
	r, err := f.Commit(t.Context())
	t.Logf("%+v %v", r, err)
	m, err := ReadManifest(dir)
	t.Log(m, err)
	x, _ := filepath.Glob(dir + "/../.*")
	t.Log(x)
}
