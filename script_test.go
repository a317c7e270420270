package main

import (
	"compress/gzip"
	"errors"
	"flag"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the program says into the goldens of the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"loanleaf": main})
}

// TestScripts runs testdata/script: each file is a scene in which the program
// is run as a person runs it, with the files that the scene needs. Beside the
// commands of testscript there are:
//
//	exits CODE COMMAND…   runs a command that has to end with this code
//	get CODE URL          asks for an address, again and again until something
//	                      listens there and has its data, and prints the body
//	await CODE URL TEXT   asks again and again until the answer has that code and
//	                      that text in it
//	free NAME             sets NAME to an address of this machine that is free
//	gzipped FROM TO       packs a file
//	cut FILE BYTES        shortens a file
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			env.Setenv("HOME", filepath.Join(env.WorkDir, ".home"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "get": get, "await": await, "free": free, "gzipped": gzipped, "cut": cut,
		},
		UpdateScripts:       *update,
		RequireExplicitExec: true,
	})
}

func need(ts *testscript.TestScript, neg bool, args []string, n int, how string) {
	if neg || len(args) < n {
		ts.Fatalf("use it so: %s", how)
	}
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 2, "exits CODE COMMAND…")
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		failed, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		code = failed.ExitCode()
	}
	if code != want {
		ts.Fatalf("it ended with %d, want %d", code, want)
	}
}

// listens is how long a server may take to listen.
const listens = 20 * time.Second

func get(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 2, "get CODE URL")
	client := http.Client{Timeout: listens, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	var response *http.Response
	var err error
	for deadline := time.Now().Add(listens); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if response, err = client.Get(args[1]); err == nil {
			if response.StatusCode != http.StatusServiceUnavailable || args[0] == "503" {
				break
			}
			response.Body.Close()
		}
	}
	ts.Check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	ts.Check(err)
	if strconv.Itoa(response.StatusCode) != args[0] {
		ts.Fatalf("answered %d, want %s: %s", response.StatusCode, args[0], body)
	}
	_, err = ts.Stdout().Write(body)
	ts.Check(err)
}

func await(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 3, "await CODE URL TEXT")
	// An answer that goes on and on is looked at for a second.
	client := http.Client{Timeout: time.Second}
	said := ""
	for deadline := time.Now().Add(listens); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		response, err := client.Get(args[1])
		if err != nil {
			said = err.Error()
			continue
		}
		var body strings.Builder
		for part := make([]byte, 4096); err == nil && !strings.Contains(body.String(), args[2]); {
			n := 0
			n, err = response.Body.Read(part)
			body.Write(part[:n])
		}
		response.Body.Close()
		if strconv.Itoa(response.StatusCode) == args[0] && strings.Contains(body.String(), args[2]) {
			return
		}
		said = response.Status + "\n" + body.String()
	}
	ts.Fatalf("it does not come to that; the last answer was %s", said)
}

func free(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 1, "free NAME")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], l.Addr().String())
	ts.Check(l.Close())
}

func gzipped(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 2, "gzipped FROM TO")
	var b strings.Builder
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, ts.ReadFile(args[0]))
	ts.Check(errors.Join(err, w.Close()))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
}

func cut(ts *testscript.TestScript, neg bool, args []string) {
	need(ts, neg, args, 2, "cut FILE BYTES")
	length, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), length))
}
