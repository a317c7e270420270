package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loanleaf/sample"
)

// TestLoansAreNumberedAndChangedAsTheRowsSay takes a sample through the first steps of
// the suite.
func TestLoansAreNumberedAndChangedAsTheRowsSay(t *testing.T) {
	const loans = 1000
	dir := t.TempDir()
	var lines bytes.Buffer
	if err := sample.Write(&lines, loans, 1); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, loansFile), lines.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, partnersFile), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := numberLoans(t.Context(), []string{dir}); err != nil {
		t.Fatal(err)
	}
	read := func(dir string) []string {
		body, err := os.ReadFile(filepath.Join(dir, loansFile))
		if err != nil {
			t.Fatal(err)
		}
		return strings.SplitAfter(strings.TrimSuffix(string(body), "\n"), "\n")
	}
	before := read(dir)
	if len(before) != loans || len(strings.Join(before, "")) != lines.Len()-1 {
		t.Fatalf("%d loans of %d bytes, of %d", len(before), len(strings.Join(before, "")), lines.Len()-1)
	}
	last, lastID := "", ""
	for i, line := range before {
		id, _, _ := strings.Cut(line, ",")
		_, posted, _ := strings.Cut(line, postedKey)
		if posted = posted[:postedLength]; posted < last || id <= lastID {
			t.Errorf("loan %d, %s, was posted at %s, and %s before it at %s", i, id, posted, lastID, last)
		}
		last, lastID = posted, id
	}
	for which, isMeant := range map[string]func(i int) bool{
		"newest": func(i int) bool { return i >= loans-loans/100 },
		"spread": func(i int) bool { return i%100 == 99 },
	} {
		to := filepath.Join(dir, which)
		if err := changeLoans(t.Context(), []string{dir, to, which}); err != nil {
			t.Fatal(which, err)
		}
		for i, line := range read(to) {
			if (line != before[i]) != isMeant(i) {
				t.Errorf("%s: loan %d changed: %v", which, i, line != before[i])
			}
		}
	}
}
