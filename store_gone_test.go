package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestAStoreThatGoesUnderARunningServer takes the store's folder away from a server, or
// puts another store in its place: it goes on answering from what it had, of every kind,
// also what it was never asked for; and takes data in again when it is told to.
func TestAStoreThatGoesUnderARunningServer(t *testing.T) {
	data := volume(t, 400)
	for _, how := range []struct {
		name string
		do   func(t *testing.T, w *world, dir string)
	}{
		{"removed", func(t *testing.T, w *world, dir string) {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}},
		{"put elsewhere", func(t *testing.T, w *world, dir string) {
			if err := os.Rename(dir, dir+".away"); err != nil {
				t.Fatal(err)
			}
		}},
		{"imported into by a build of other data", func(t *testing.T, w *world, dir string) {
			other := newWorld(t)
			if code := other.run("build", "--data", w.write("other.jsonl", twoLoans), "--base-url", "https://loans.example", "--store", dir, "--out", w.path("dist")); code != 0 {
				t.Fatal(other.err.String())
			}
		}},
	} {
		t.Run(how.name, func(t *testing.T) {
			w := newWorld(t)
			file, dir := w.write("loans.jsonl", data[0]), w.path("store")
			web := w.serve("--data", file, "--store", dir, "--costly-limit", "search=0,cards=0")
			var ids []string
			for line := range strings.Lines(data[0]) {
				id, _, _ := strings.Cut(strings.TrimPrefix(line, `{"id":`), ",")
				ids = append(ids, id)
			}
			paths := func(from int) []string {
				all := []string{"/", "/page/1", "/search?q=a", "/search?q=" + ids[from], "/feeds/newest.rss", "/sitemap.xml", "/embed/newest"}
				for _, id := range ids[from : from+100] {
					all = append(all, "/lend/"+id, "/embed/"+id, "/services/oembed?format=json&url=http://127.0.0.1:8080/lend/"+id, "/badge/"+id+".svg")
				}
				return all
			}
			before := map[string]string{}
			for _, path := range paths(0) {
				before[path] = web.get(path).body
			}
			how.do(t, w, dir)
			for _, path := range append(paths(0), paths(200)...) {
				got := web.get(path)
				if got.code != 200 {
					t.Fatalf("%s is answered with %d", path, got.code)
				}
				if was, asked := before[path]; asked && was != got.body {
					t.Errorf("%s is not what it was", path)
				}
			}
			w.err.take()
			w.write("loans.jsonl", data[1])
			w.hangup <- syscall.SIGHUP
			for deadline := time.Now().Add(30 * time.Second); !strings.Contains(w.err.String(), "msg=reloaded"); time.Sleep(5 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatalf("it does not take data in again: %s", w.err.String())
				}
			}
			want := fmt.Sprintf(`"loans":%d`, strings.Count(data[1], "\n"))
			if got := web.get("/healthz"); !strings.Contains(got.body, want) {
				t.Errorf("its health is %s, want %s", got.body, want)
			}
			if code := web.stop(); code != 0 {
				t.Errorf("it ended with %d", code)
			}
		})
	}
}

// TestAStoreThatIsDamagedUnderARunningServer overwrites the store of a server in its
// place, which nothing of ours does: it may fail to answer, and stays alive. Once the
// damaged file is removed it takes data in again.
func TestAStoreThatIsDamagedUnderARunningServer(t *testing.T) {
	for name, damage := range map[string]func(path string) error{
		"cut to nothing":    func(path string) error { return os.Truncate(path, 0) },
		"written over":      func(path string) error { return os.WriteFile(path, []byte(strings.Repeat("no store ", 1<<16)), 0o600) },
		"cut in its middle": func(path string) error { return os.Truncate(path, 64<<10) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			file := w.write("loans.jsonl", volume(t, 400)[0])
			web := w.serve("--data", file, "--store", w.path("store"))
			if err := damage(w.path("store/loans.sqlite")); err != nil {
				t.Fatal(err)
			}
			for id := 621_000; id < 621_200; id++ {
				if got := web.get(fmt.Sprint("/lend/", id)); got.code != 200 && got.code != 404 && got.code != 500 {
					t.Fatalf("loan %d is answered with %d", id, got.code)
				}
			}
			if got := web.get("/healthz"); got.code != 200 {
				t.Errorf("its health is %s", got)
			}
			// What is no store any more is in the way of the next one, as every foreign file is.
			if err := os.RemoveAll(w.path("store")); err != nil {
				t.Fatal(err)
			}
			w.err.take()
			w.write("loans.jsonl", twoLoans)
			w.hangup <- syscall.SIGHUP
			for deadline := time.Now().Add(30 * time.Second); !strings.Contains(w.err.String(), "msg=reloaded"); time.Sleep(5 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatalf("it does not take data in again: %s", w.err.String())
				}
			}
			if got := web.get("/lend/501"); got.code != 200 {
				t.Errorf("afterwards it answers with %d", got.code)
			}
		})
	}
}
