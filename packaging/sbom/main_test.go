package main

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

func TestABillSaysWhatTheLinkerRecorded(t *testing.T) {
	info := &debug.BuildInfo{
		GoVersion: "go1.26.8",
		Main:      debug.Module{Path: "loanleaf", Version: "v1.2.3+dirty"},
		Deps: []*debug.Module{
			{Path: "example.com/Books", Version: "v0.1.0", Sum: "h1:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo="},
			{Path: "example.com/old", Version: "v1.0.0", Replace: &debug.Module{Path: "example.com/new", Version: "v1.0.1", Sum: "h1:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo="}},
		},
		Settings: []debug.BuildSetting{{Key: "GOARCH", Value: "amd64"}, {Key: "vcs.time", Value: "2026-11-22T10:00:00Z"}},
	}
	b, err := billOf(info, [32]byte{1, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	var refs []string
	for _, c := range b.Components {
		refs = append(refs, c.PURL)
	}
	want := []string{"pkg:golang/std@1.26.8", "pkg:golang/example.com/books@v0.1.0", "pkg:golang/example.com/new@v1.0.1"}
	if !slices.Equal(refs, want) {
		t.Errorf("it has %q, want %q", refs, want)
	}
	program := b.Metadata.Component
	if program.PURL != "pkg:golang/loanleaf@v1.2.3%2Bdirty" || !strings.HasPrefix(program.Hashes[0].Content, "010203") {
		t.Errorf("the program is %+v", program)
	}
	if got := b.Components[1].Hashes[0].Content; got != strings.Repeat("aa", 32) {
		t.Errorf("a module's hash is %s", got)
	}
	if b.Metadata.Timestamp != "2026-11-22T10:00:00Z" || len(b.Dependencies) != 4 || !slices.Equal(b.Dependencies[0].DependsOn, want) {
		t.Errorf("time %q, dependencies %+v", b.Metadata.Timestamp, b.Dependencies)
	}
	if !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(b.SerialNumber) {
		t.Errorf("the serial number is %s", b.SerialNumber)
	}
}

func TestAModuleWithoutASumIsNotPassedOver(t *testing.T) {
	for _, sum := range []string{"", "h1:", "h1:abcd", "h2:qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo="} {
		info := &debug.BuildInfo{Deps: []*debug.Module{{Path: "example.com/a", Version: "v1.0.0", Sum: sum}}}
		if _, err := billOf(info, [32]byte{}); err == nil {
			t.Errorf("sum %q: no error", sum)
		}
	}
}

// The program at hand is the one that runs this test.
func TestABillOfAProgramIsTheSameAgain(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var once, again bytes.Buffer
	for _, out := range []*bytes.Buffer{&once, &again} {
		if err := run([]string{program}, out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(once.Bytes(), again.Bytes()) {
		t.Error("two bills of one program differ")
	}
	var b bill
	if err := json.Unmarshal(once.Bytes(), &b); err != nil || b.Format != "CycloneDX" || len(b.Components) == 0 {
		t.Errorf("%v: %s", err, once.Bytes())
	}
	if err := run([]string{"main_test.go"}, &once); err == nil {
		t.Error("a file that is no program has a bill")
	}
}
