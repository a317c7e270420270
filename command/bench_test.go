package command

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"loanleaf/sample"
)

var benchLoans = flag.Int("loans", 2000, "how many loans the benchmark of build imports and builds")

// BenchmarkImportAndBuild is the whole of `build --outputs page --languages en`
// from a file of JSON lines to a swapped-in folder, lists and sitemap included:
//
//	go test ./command -run '^$' -bench ImportAndBuild -benchtime 1x -loans 20000
//
// It reports loan pages per second of processor time, user and system.
func BenchmarkImportAndBuild(b *testing.B) {
	dir := b.TempDir()
	data := filepath.Join(dir, "loans.jsonl")
	var lines bytes.Buffer
	if err := sample.Write(&lines, *benchLoans, 1); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(data, lines.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	lines = bytes.Buffer{}
	b.ResetTimer()
	began := processorTime(b)
	for i := range b.N {
		p := &Program{
			Args: []string{"build", "--data", data, "--outputs", "page", "--languages", "en", "--base-url", "https://loans.example",
				"--out", filepath.Join(dir, "dist"+strconv.Itoa(i)), "--store", filepath.Join(dir, "store"+strconv.Itoa(i))},
			Out: io.Discard, Err: io.Discard, LookupEnv: func(string) (string, bool) { return "", false }, Now: time.Now,
			CacheDir: os.UserCacheDir,
		}
		if code := p.Run(b.Context()); code != exitClean {
			b.Fatal("exit code", code)
		}
	}
	b.ReportMetric(float64(*benchLoans*b.N)/(processorTime(b)-began).Seconds(), "pages/cpu-s")
}

var benchPack = flag.Bool("packed", false, "the benchmarks of building from the store pack the site")

// BenchmarkBuild is `build --outputs page --languages en` of loans that are in the
// store already:
//
//	go test ./command -run '^$' -bench 'Build$' -benchtime 1x -loans 20000 [-packed]
func BenchmarkBuild(b *testing.B) {
	dir := b.TempDir()
	data := filepath.Join(dir, "loans.jsonl")
	var lines bytes.Buffer
	if err := sample.Write(&lines, *benchLoans, 1); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(data, lines.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	lines = bytes.Buffer{}
	build(b, dir, data, "none", "--dry-run")
	var took time.Duration
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		took += build(b, dir, data, "dist"+strconv.Itoa(i), packed()...)
	}
	b.ReportMetric(float64(*benchLoans*b.N)/took.Seconds(), "pages/cpu-s")
}

// build builds the pages of data in English into a folder of dir, and tells what
// processor time it took.
func build(b *testing.B, dir, data, out string, more ...string) time.Duration {
	began := processorTime(b)
	p := &Program{
		Args: append([]string{"build", "--data", data, "--outputs", "page", "--languages", "en", "--base-url", "https://loans.example",
			"--out", filepath.Join(dir, out), "--store", data + "-store"}, more...),
		Out: io.Discard, Err: io.Discard, LookupEnv: func(string) (string, bool) { return "", false }, Now: time.Now,
		CacheDir: os.UserCacheDir,
	}
	if code := p.Run(b.Context()); code != exitClean {
		b.Fatal("exit code", code)
	}
	return processorTime(b) - began
}

func packed() []string {
	if *benchPack {
		return []string{"--pack"}
	}
	return nil
}

var benchChange = flag.String("change", "newest", "the loans that changed in the benchmark of building again: newest, hundredth (every) or nothing")

// BenchmarkBuildAgain is `build --outputs page --languages en` over data of which
// one loan in a hundred changed, the newest unless -change says otherwise, as a share
// of the processor time of building all of it. Both begin with imported loans:
//
//	go test ./command -run '^$' -bench BuildAgain -benchtime 1x -loans 20000 [-packed] [-change hundredth]
func BenchmarkBuildAgain(b *testing.B) {
	dir := b.TempDir()
	var lines bytes.Buffer
	if err := sample.Write(&lines, *benchLoans, 1); err != nil {
		b.Fatal(err)
	}
	records := numberedAsPosted(bytes.SplitAfter(lines.Bytes(), []byte("\n"))[:*benchLoans])
	before, after := filepath.Join(dir, "before.jsonl"), filepath.Join(dir, "after.jsonl")
	if err := os.WriteFile(before, bytes.Join(records, nil), 0o644); err != nil {
		b.Fatal(err)
	}
	for i := range records {
		if !changes(b, i) {
			continue
		}
		records[i] = bytes.Replace(records[i], []byte(`"use":"`), []byte(`"use":"once more `), 1)
	}
	if err := os.WriteFile(after, bytes.Join(records, nil), 0o644); err != nil {
		b.Fatal(err)
	}
	build(b, dir, before, "none", "--dry-run")
	build(b, dir, after, "none", "--dry-run")
	whole, again := build(b, dir, before, "dist", packed()...), time.Duration(0)
	b.ResetTimer()
	for i := range b.N {
		again += build(b, dir, []string{after, before}[i%2], "dist", packed()...)
	}
	again /= time.Duration(b.N)
	b.ReportMetric(whole.Seconds(), "whole-cpu-s")
	b.ReportMetric(again.Seconds(), "again-cpu-s")
	b.ReportMetric(100*again.Seconds()/whole.Seconds(), "percent")
}

// changes tells whether the i-th loan is one of those that change.
func changes(b *testing.B, i int) bool {
	switch *benchChange {
	case "newest":
		return i >= *benchLoans-*benchLoans/100
	case "hundredth":
		return i%100 == 99
	case "nothing":
		return false
	}
	b.Fatalf("-change %s: newest, hundredth or nothing", *benchChange)
	return false
}

// numberedAsPosted gives the sample's loans ids in the order in which they were
// posted, as a platform does.
func numberedAsPosted(records [][]byte) [][]byte {
	const key, end = `"posted_date":"`, len(`2026-11-22T00:00:00Z`)
	posted := func(record []byte) []byte {
		_, date, _ := bytes.Cut(record, []byte(key))
		return date[:min(end, len(date))]
	}
	ids := make([][]byte, len(records))
	for i, record := range records {
		ids[i] = record[:bytes.IndexByte(record, ',')]
	}
	slices.SortStableFunc(records, func(a, b []byte) int { return bytes.Compare(posted(a), posted(b)) })
	for i, record := range records {
		records[i] = slices.Concat(ids[i], record[bytes.IndexByte(record, ','):])
	}
	return records
}

func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
