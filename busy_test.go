package main

import (
	"os"
	"strings"
	"sync"
	"testing"

	"loanleaf/generator/output"
	"loanleaf/store"
)

const wait = "hint: wait until the other loanleaf has ended, then try again\n"

func TestABuildIntoAFolderThatAnotherIsWriting(t *testing.T) {
	w := newWorld(t)
	data := w.write("loans.jsonl", twoLoans)
	other, err := output.Open(w.path("dist"), output.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Abort()
	args := []string{"build", "--data", data, "--base-url", "https://loans.example", "--out", w.path("dist")}
	if code := w.run(args...); code != 1 || !strings.Contains(w.err.String(), wait) {
		t.Errorf("it ended with %d and said %s", code, w.err.String())
	}
	if err := other.Abort(); err != nil {
		t.Fatal(err)
	}
	if code := w.run(args...); code != 0 {
		t.Errorf("after the other had ended it ended with %d: %s", code, w.err.String())
	}
}

func TestAnImportWhereAnotherIsImporting(t *testing.T) {
	w := newWorld(t)
	data := w.write("loans.jsonl", twoLoans)
	args := []string{"build", "--data", data, "--base-url", "https://loans.example", "--out", w.path("dist"), "--store", w.path("store")}
	if code := w.run(args...); code != 0 {
		t.Fatalf("it ended with %d: %s", code, w.err.String())
	}
	other, err := store.Create(w.path("store/loans.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Abort()
	w.err.take()
	if code := w.run(args...); code != 0 || !strings.Contains(w.err.String(), "data unchanged") {
		t.Errorf("a run that needs no import ended with %d and said %s", code, w.err.String())
	}
	w.write("loans.jsonl", twoLoans+twoLoans)
	w.err.take()
	if code := w.run(args...); code != 1 || !strings.Contains(w.err.String(), wait) {
		t.Errorf("it ended with %d and said %s", code, w.err.String())
	}
	if _, err := os.Stat(w.path("store/report.jsonl")); err != nil {
		t.Errorf("it took the report of the store that stands there away: %v", err)
	}
}

// TestManyRunsAtOnce lets builds of changing data race for one store and one
// folder: each ends well or says that it was not alone, and the site is whole.
func TestManyRunsAtOnce(t *testing.T) {
	w := newWorld(t)
	good := w.write("one.jsonl", twoLoans)
	broken := w.write("two.jsonl", twoLoans+`{"id":503,"name":"Veasna","status":"paid","loan_amount":-3}`+"\n")
	var runs sync.WaitGroup
	for i := range 8 {
		data, want := good, 0
		if i%2 == 1 {
			data, want = broken, 3
		}
		runs.Go(func() {
			var said words
			p := w.program([]string{"build", "--data", data, "--base-url", "https://loans.example", "--out", w.path("dist"), "--store", w.path("store")})
			p.Out, p.Err = &said, &said
			code := p.Run(t.Context())
			if code != want && (code != 1 || !strings.Contains(said.String(), wait)) {
				t.Errorf("a run ended with %d: %s", code, said.String())
			}
		})
	}
	runs.Wait()
	manifest, err := output.ReadManifest(w.path("dist"))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range manifest.Entries {
		if info, err := os.Stat(w.path("dist/" + entry.Name)); err != nil || info.Size() != entry.Size {
			t.Errorf("%s: %v, want %d bytes", entry.Name, err, entry.Size)
		}
	}
}
