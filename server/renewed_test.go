package server_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"loanleaf/generator/output"
	"loanleaf/generator/pack"
	"loanleaf/server"
)

// numbered makes generation n of a site, in which every page says n; packed or not.
func numbered(t *testing.T, dir string, n int, packed bool) {
	t.Helper()
	folder, err := output.Open(dir, output.Options{SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Abort()
	write, commit := folder.Write, func() error { _, err := folder.Commit(t.Context()); return err }
	if packed {
		w, err := pack.Begin(folder)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Abort()
		write, commit = w.Write, func() error { _, err := w.Commit(t.Context()); return err }
	}
	body := fmt.Appendf(nil, "generation %06d %s", n, strings.Repeat(".", 2000))
	for _, name := range pagesOfNumbered() {
		if err := write(name, body); err != nil {
			t.Fatal(err)
		}
	}
	if err := commit(); err != nil {
		t.Fatal(err)
	}
}

func pagesOfNumbered() []string {
	names := []string{"index.html", "404.html", "docs/index.html", "country/ke/index.html"}
	for id := range 40 {
		names = append(names, fmt.Sprintf("lend/%d.html", id*300+1))
	}
	return names
}

// TestAFolderIsServedWhileItIsBuiltAnew swaps generation after generation in while
// readers ask, packed ones and plain ones: every request is answered, and none from a
// generation older than one that the same reader has seen.
func TestAFolderIsServedWhileItIsBuiltAnew(t *testing.T) {
	for _, c := range []struct {
		name   string
		packed func(n int) bool
	}{
		{"packed", func(int) bool { return true }},
		{"plain", func(int) bool { return false }},
		{"now packed, now plain", func(n int) bool { return n%2 == 0 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dist")
			numbered(t, dir, 0, c.packed(0))
			host, err := server.Folder(dir, "")
			if err != nil {
				t.Fatal(err)
			}
			defer host.Close()
			web := httptest.NewServer(host)
			defer web.Close()
			targets := []string{"/", "/docs/", "/country/ke/"}
			for _, name := range pagesOfNumbered()[4:] {
				targets = append(targets, "/"+strings.TrimSuffix(name, ".html"))
			}
			var stop atomic.Bool
			var asked, failed atomic.Int64
			var readers sync.WaitGroup
			for reader := range 4 {
				readers.Go(func() {
					last := 0
					for i := reader; !stop.Load(); i++ {
						target := targets[i%len(targets)]
						n, err := generationOf(web.URL + target)
						asked.Add(1)
						if err == nil && n < last {
							err = fmt.Errorf("generation %d after %d", n, last)
						}
						if err != nil && failed.Add(1) < 5 {
							t.Errorf("%s: %v", target, err)
						}
						last = n
					}
				})
			}
			const generations = 25
			for n := 1; n <= generations; n++ {
				numbered(t, dir, n, c.packed(n))
				if got, err := generationOf(web.URL + "/"); err != nil || got != n {
					t.Errorf("after generation %d was built, %d is served (%v)", n, got, err)
				}
			}
			stop.Store(true)
			readers.Wait()
			if asked.Load() < 10*generations {
				t.Errorf("only %d requests while it was built", asked.Load())
			}
		})
	}
}

func generationOf(url string) (n int, err error) {
	answer, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("status %d, %w", answer.StatusCode, errors.Join(err))
	}
	_, err = fmt.Sscanf(string(body), "generation %d", &n)
	return n, err
}

// TestAnUnfinishedGenerationIsNotServed copies another generation into the folder file by
// file, as cp does: the old one is served until the new one is all there.
func TestAnUnfinishedGenerationIsNotServed(t *testing.T) {
	dir, next := filepath.Join(t.TempDir(), "dist"), filepath.Join(t.TempDir(), "next")
	numbered(t, dir, 1, true)
	numbered(t, next, 2, true)
	host, err := server.Folder(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close()
	web := httptest.NewServer(host)
	defer web.Close()
	is := func(when string, want int) {
		t.Helper()
		for _, target := range []string{"/", "/lend/301", "/lend/9001"} {
			if n, err := generationOf(web.URL + target); err != nil || n != want {
				t.Errorf("%s: %s is of generation %d (%v), want %d", when, target, n, err, want)
			}
		}
	}
	shards, err := filepath.Glob(next + "/packs/*.zip")
	if err != nil || len(shards) < 3 {
		t.Fatal(shards, err)
	}
	bodies := map[string][]byte{}
	for _, shard := range shards {
		body, err := os.ReadFile(shard)
		if err != nil {
			t.Fatal(err)
		}
		bodies[dir+"/packs/"+filepath.Base(shard)] = body
	}
	index, err := os.ReadFile(next + "/" + pack.IndexName)
	if err != nil {
		t.Fatal(err)
	}
	put := func(name string, body []byte) {
		t.Helper()
		if err := os.WriteFile(name, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put(dir+"/"+pack.IndexName, index)
	is("the index came first", 1)
	for name, body := range bodies {
		put(name, body[:len(body)/2])
	}
	time.Sleep(1100 * time.Millisecond) // it looks again
	is("half of every shard is there", 1)
	for name, body := range bodies {
		put(name, body)
	}
	time.Sleep(1100 * time.Millisecond)
	is("all is there", 2)
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	is("the folder is away", 2)
}
