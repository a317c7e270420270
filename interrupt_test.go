package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAnInterruptedBuildLeavesWhatWasThere stops builds at all kinds of moments:
// the site that stood there stays whole, and nothing lies about beside it.
func TestAnInterruptedBuildLeavesWhatWasThere(t *testing.T) {
	w := newWorld(t)
	if code := w.run("sample", "--loans", "1500", "--out", w.path("snapshot")); code != 0 {
		t.Fatal(w.err.String())
	}
	args := []string{"build", "--data", w.path("snapshot"), "--base-url", "https://loans.example", "--out", w.path("site/dist")}
	if code := w.run("build", "--data", "sample", "--base-url", "https://loans.example", "--out", w.path("site/dist")); code != 1 {
		t.Fatalf("a folder whose parent is missing: it ended with %d", code)
	}
	if err := os.Mkdir(w.path("site"), 0o755); err != nil {
		t.Fatal(err)
	}
	if code := w.run("build", "--data", "sample", "--base-url", "https://loans.example", "--out", w.path("site/dist")); code != 0 {
		t.Fatal(w.err.String())
	}
	before := filesIn(t, w.path("site/dist"))
	stopped := 0
	for _, after := range []time.Duration{0, time.Millisecond, 20 * time.Millisecond, 60 * time.Millisecond, 150 * time.Millisecond, 300 * time.Millisecond} {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(after, cancel)
		var said words
		p := w.program(args)
		p.Out, p.Err = &said, &said
		code := p.Run(ctx)
		cancel()
		if code == 0 {
			break // it was faster than that
		}
		stopped++
		if code != 1 || !strings.Contains(said.String(), "loanleaf: stopped before it was done; what stood there is unharmed\n") {
			t.Errorf("stopped after %s it ended with %d and said %s", after, code, said.String())
		}
		now := filesIn(t, w.path("site/dist"))
		for name, file := range before {
			if now[name].body != file.body {
				t.Fatalf("stopped after %s: %s is not what it was", after, name)
			}
		}
		if len(now) != len(before) {
			t.Fatalf("stopped after %s: %d files stand there, %d stood there", after, len(now), len(before))
		}
		left, err := filepath.Glob(w.path("site/.dist*"))
		if err != nil || len(left) > 1 { // the lock stays
			t.Errorf("stopped after %s: left beside it is %q: %v", after, left, err)
		}
		staged, err := filepath.Glob(w.path("cache/loanleaf/*/.*"))
		if err != nil || len(staged) > 0 {
			t.Errorf("stopped after %s: left in the cache is %q: %v", after, staged, err)
		}
	}
	if stopped < 3 {
		t.Errorf("%d builds were stopped: too few to prove anything", stopped)
	}
}
