package command

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
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

func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
