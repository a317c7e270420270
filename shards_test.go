package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"loanleaf/sample"
)

// randomLoans are loans with ids far apart, and among them records that are doubled, not
// public, anonymous, or nothing that can be read.
func randomLoans(t *testing.T, random *rand.Rand, n int) string {
	t.Helper()
	var good bytes.Buffer
	if err := sample.Write(&good, n, random.Uint64()); err != nil {
		t.Fatal(err)
	}
	bad := []string{"{", "[]", `{"id":0}`, `{"id":"x"}`, `{"id":7,"status":"dancing"}`, `{"id":8,"name":"Bopha","status":"paid","loan_amount":-4}`, ""}
	var lines []string
	for line := range strings.Lines(good.String()) {
		head, rest, ok := strings.Cut(line, ",")
		if !ok || !strings.HasPrefix(head, `{"id":`) {
			t.Fatalf("a line that begins with %.40q", line)
		}
		lines = append(lines, fmt.Sprintf(`{"id":%d,%s`, 1+random.IntN(400*n), rest))
		switch random.IntN(12) {
		case 0:
			lines = append(lines, bad[random.IntN(len(bad))]+"\n")
		case 1:
			lines = append(lines, lines[random.IntN(len(lines))])
		case 2:
			lines = append(lines, strings.Replace(line, `"status":"`, `"status":"inactive","old":"`, 1))
		}
	}
	return strings.Join(lines, "")
}

func body(t *testing.T, path string) string {
	t.Helper()
	read, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(read)
}

// sameSite compares two sites, their manifests and memos too.
func sameSite(t *testing.T, what, got, want string) {
	t.Helper()
	a, b := filesIn(t, got), filesIn(t, want)
	for name, file := range b {
		if a[name].body != file.body {
			t.Errorf("%s: %s differs", what, name)
		}
	}
	if len(a) != len(b) {
		t.Errorf("%s: %d files, want %d", what, len(a), len(b))
	}
}

// TestSharesOfSeveralProcessesAreOneBuild has random data with bad records built in 1, 2,
// 3 and 7 shares at the same time, each by a program of its own, with nothing imported
// before: the site, the report and the exit code are those of one build.
func TestSharesOfSeveralProcessesAreOneBuild(t *testing.T) {
	for i, n := range []int{1, 2, 3, 7} {
		t.Run(fmt.Sprint(n, " shares"), func(t *testing.T) {
			w := newWorld(t)
			random := rand.New(rand.NewPCG(uint64(n), 11))
			data := w.write("loans.jsonl", randomLoans(t, random, 60))
			args := []string{"build", "--data", data, "--base-url", "https://loans.example", "--workers", "2"}
			if i%2 == 0 {
				args = append(args, "--languages", "en,ar")
			}
			args = slices.Clip(args) // the shares append to it at the same time
			whole := append(args, "--out", w.path("whole"), "--report", w.path("whole.jsonl"), "--store", w.path("store"))
			if code := w.run(whole...); code != 3 {
				t.Fatalf("one build ended with %d: %s", code, w.err.String())
			}
			var all sync.WaitGroup
			for share := range n {
				all.Go(func() {
					var said words
					p := w.program(append(args, "--out", w.path("dist"), "--shard", fmt.Sprintf("%d/%d", share+1, n)))
					p.Out, p.Err = &said, &said
					if code := p.Run(t.Context()); code != 0 {
						t.Errorf("share %d ended with %d: %s", share+1, code, said.String())
					}
				})
			}
			all.Wait()
			if code := w.run(append(args, "--out", w.path("dist"), "--merge", "--report", w.path("report.jsonl"))...); code != 3 {
				t.Fatalf("the merge ended with %d: %s", code, w.err.String())
			}
			sameSite(t, "merged", w.path("dist"), w.path("whole"))
			if a, b := body(t, w.path("report.jsonl")), body(t, w.path("whole.jsonl")); a != b || a == "" {
				t.Errorf("the report is\n%s\nof one build\n%s", a, b)
			}
		})
	}
}
