package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// editionOf finds what edition of the data an answer was made from: the name and the
// amount both say it.
var editionOf = regexp.MustCompile(`Nangula-(\d+)|\$([\d,]+)`)

// TestReloadsUnderLoad asks for everything while the data is replaced over and over,
// now and then by a file that is broken: no answer fails, none is made of two editions,
// and nobody who has seen an edition sees an earlier one.
func TestReloadsUnderLoad(t *testing.T) {
	const editions = 12
	w := newWorld(t)
	edition := func(n int) string {
		var b strings.Builder
		for id := range 200 {
			fmt.Fprintf(&b, `{"id":%d,"name":"Nangula-%d","status":"fundraising","loan_amount":%d,"funded_amount":0,"sector":"Food","location":{"country_code":"NA","country":"Namibia"},"posted_date":"2026-02-03T00:00:00Z"}`+"\n", 500+id, 1000+25*n, 1000+25*n)
		}
		return b.String()
	}
	data := w.write("loans.jsonl", edition(0))
	web := w.serve("--data", data, "--store", w.path("store"), "--costly-limit", "search=0") // its clock stands still
	paths := []string{"/lend/501", "/embed/502", "/services/oembed?format=json&url=http://127.0.0.1:8080/lend/503", "/services/oembed?url=http://127.0.0.1:8080/lend/504", "/country/na/", "/feeds/newest.json", "/embed/newest", "/search?q=nangula"}
	var done atomic.Bool
	var asked atomic.Int64
	var clients sync.WaitGroup
	for client := range 3 {
		clients.Go(func() {
			seen := map[string]string{}
			for n := client; !done.Load(); n++ {
				path := paths[n%len(paths)]
				got, err := fetch(web, path)
				if err != nil || got.code != http.StatusOK {
					t.Errorf("%s: answered %d, %v: %.200s", path, got.code, err, got.body)
					return
				}
				made := ""
				for _, found := range editionOf.FindAllStringSubmatch(got.body, -1) {
					says := strings.ReplaceAll(found[1]+found[2], ",", "")
					if says == "0" { // raised so far
						continue
					}
					if made != "" && says != made {
						t.Errorf("%s is made of the editions %s and %s", path, made, says)
						return
					}
					made = says
				}
				if made == "" || made < seen[path] {
					t.Errorf("%s is of edition %q after %q", path, made, seen[path])
					return
				}
				seen[path] = made
				asked.Add(1)
			}
		})
	}
	for n := 1; n <= editions && !t.Failed(); n++ {
		body, says := edition(n), "msg=reloaded loans=200"
		if n%4 == 0 {
			body, says = body[:len(body)/2]+"\x00", "reload failed, the old data stays"
		}
		next := w.write("next.jsonl", body)
		if err := os.Rename(next, data); err != nil {
			t.Fatal(err)
		}
		w.err.take()
		w.hangup <- syscall.SIGHUP
		for deadline := time.Now().Add(20 * time.Second); !strings.Contains(w.err.String(), says); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("it does not say %q, but %s", says, w.err.String())
			}
		}
	}
	done.Store(true)
	clients.Wait()
	t.Logf("%d answers during %d reloads", asked.Load(), editions)
	if asked.Load() < 5*editions {
		t.Errorf("%d answers during %d reloads are too few to prove anything", asked.Load(), editions)
	}
	if got := web.get("/lend/501"); !strings.Contains(got.body, fmt.Sprintf("Nangula-%d", 1000+25*(editions-1))) {
		t.Errorf("the last edition that is whole is not shown")
	}
	if code := web.stop(); code != 0 {
		t.Errorf("serve ended with %d", code)
	}
}

// fetch is get for goroutines that may not end the test.
func fetch(web *served, path string) (answer, error) {
	response, err := web.client.Get("http://127.0.0.1:8080" + path)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(body)}, err
}

// TestAReloadThatCannotBeStoredKeepsTheOldData puts something in the way of each file
// that an import writes. What is served goes on, and the reload comes when nothing is
// in the way any more.
func TestAReloadThatCannotBeStoredKeepsTheOldData(t *testing.T) {
	w := newWorld(t)
	data := w.write("loans.jsonl", twoLoans)
	web := w.serve("--data", data, "--store", w.path("store"), "--costly-limit", "search=0") // its clock stands still
	reload := func(says string) {
		t.Helper()
		w.err.take()
		w.hangup <- syscall.SIGHUP
		for deadline := time.Now().Add(20 * time.Second); !strings.Contains(w.err.String(), says); time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("it does not say %q, but %s", says, w.err.String())
			}
		}
	}
	name := "Sophea"
	for n, file := range []string{".loans.sqlite.importing", "report.jsonl.new", "report.jsonl", "summary.json.new", "summary.json", "loans.sqlite"} {
		path := w.path("store/" + file)
		aside := path + "-aside"
		if err := os.Rename(path, aside); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		w.write("store/"+file+"/in-the-way", "somebody's")
		next := fmt.Sprint("Sophea", n)
		w.write("loans.jsonl", strings.Replace(twoLoans, "Sophea", next, 1))
		reload("reload failed, the old data stays")
		if got := web.get("/lend/501"); got.code != 200 || !strings.Contains(got.body, name) || strings.Contains(got.body, next) {
			t.Errorf("with a folder at %s it answers %d, and not with the old data", file, got.code)
		}
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		os.Rename(aside, path) // where there was none there is none
		reload("msg=reloaded loans=2")
		if got := web.get("/lend/501"); !strings.Contains(got.body, next) {
			t.Errorf("with nothing at %s any more it does not show the new data", file)
		}
		name = next
	}
	if code := web.stop(); code != 0 {
		t.Errorf("serve ended with %d", code)
	}
}
