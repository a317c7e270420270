package main

import (
	"io"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

const twoLoans = `{"id":501,"name":"Sophea","status":"fundraising","loan_amount":400,"funded_amount":5,"posted_date":"2026-02-03T00:00:00Z"}
{"id":502,"name":"Rosaura","status":"in_repayment","loan_amount":400,"posted_date":"2026-01-03T00:00:00Z"}
`

// TestHangupOpensTheLogOfAServedFolderAnew moves the log of a running serve --dir away,
// as programs do that keep logs from filling a disk.
func TestHangupOpensTheLogOfAServedFolderAnew(t *testing.T) {
	w := newWorld(t)
	w.write("dist/index.html", "home")
	log := w.path("requests.log")
	web := w.serve("--dir", w.path("dist"), "--access-log", log)
	if got := web.get("/"); got.code != 200 {
		t.Fatal(got)
	}
	if err := os.Rename(log, log+".1"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		select {
		case w.hangup <- syscall.SIGHUP:
		case <-time.After(20 * time.Second):
			t.Fatal("nobody hears the signal, so it ends the program")
		}
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		web.get("/")
		if lines, err := os.ReadFile(log); err == nil && strings.Contains(string(lines), `"family":"file"`) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("no line comes into a new file")
		}
	}
	if code := web.stop(); code != 0 {
		t.Errorf("it ends with %d: %s", code, w.err.String())
	}
}

// TestHangupTakesDataAndListsInAgain changes the files of a running serve.
func TestHangupTakesDataAndListsInAgain(t *testing.T) {
	w := newWorld(t)
	data := w.write("loans.jsonl", twoLoans)
	excluded, private := w.write("taken-down.txt", ""), w.write("private.txt", "")
	config := w.write("site.yaml", "exclude: "+excluded+"\nprivate: "+private+"\n")
	web := w.serve("--config", config, "--data", data, "--metrics-addr", "127.0.0.1:9090")
	measures := "http://" + (<-web.opened).Addr().String() + "/metrics"
	expect := func(path string, code int) {
		t.Helper()
		if got := web.get(path); got.code != code {
			t.Errorf("%s: answered %d, want %d", path, got.code, code)
		}
	}
	finds := func(name string, id string) {
		t.Helper()
		if got := web.get("/search?q=" + name); got.code != 200 || strings.Contains(got.body, "/lend/"+id) != (id != "") {
			t.Errorf("%s: answered %d, and %q is not what it finds", name, got.code, id)
		}
	}
	reload := func(says string) {
		t.Helper()
		w.err.take()
		w.hangup <- syscall.SIGHUP
		for deadline := time.Now().Add(20 * time.Second); !strings.Contains(w.err.String(), says); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("it does not say %q, but %s", says, w.err.String())
			}
		}
	}
	const embed = "/services/oembed?format=json&url=http://127.0.0.1:8080/lend/"
	expect("/lend/501", 200)
	expect(embed+"501", 200)
	finds("sophea", "501")

	w.write("taken-down.txt", "501 # asked today\n")
	reload("msg=reloaded loans=1")
	expect("/lend/501", 404)
	expect("/embed/501", 404)
	expect(embed+"501", 404)
	finds("sophea", "")
	finds("501", "")
	expect("/lend/502", 200)

	w.write("taken-down.txt", "# nobody\n")
	w.write("private.txt", "502\n")
	reload("msg=reloaded loans=1")
	expect("/lend/501", 200)
	expect(embed+"502", 401)

	w.write("loans.jsonl", twoLoans+`{"id":503,"name":"Veasna","status":"paid","loan_amount":300}`+"\n")
	reload("msg=reloaded loans=2")
	expect("/lend/503", 200)
	finds("veas", "503")

	// What cannot be read leaves what is served as it is, and shows.
	w.write("loans.jsonl", "no loans at all")
	reload("reload failed, the old data stays")
	expect("/lend/503", 200)
	if got := web.get("/healthz"); got.code != 200 || got.body != `{"status":"ok","loans":2,"data":"2026-02-03","reload":"failed"}`+"\n" {
		t.Errorf("its health: %s", got)
	}
	told, err := http.Get(measures)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(told.Body)
	told.Body.Close()
	for _, line := range []string{"loanleaf_last_reload_ok 0\n", `loanleaf_reloads_total{result="failed"} 1` + "\n", `loanleaf_reloads_total{result="ok"} 3` + "\n", "loanleaf_loans 2\n"} {
		if err != nil || !strings.Contains(string(body), "\n"+line) {
			t.Errorf("the measures do not say %s (%v)", line, err)
		}
	}
	w.write("loans.jsonl", twoLoans)
	w.write("taken-down.txt", "five hundred\n")
	reload("reload failed, the old data stays")
	expect("/lend/503", 200)

	if code := web.stop(); code != 0 {
		t.Errorf("serve ended with %d", code)
	}
}
