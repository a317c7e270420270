package command

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

var benchPages = flag.Int("pages", 200, "how many documents in each of 12 languages the benchmark of documents builds")

// BenchmarkDocuments is the whole of `build --content` of a generated tree in 12
// languages, four of them the program's, all of it translated:
//
//	go test ./command -run '^$' -bench 'Documents$' -benchtime 1x -pages 2000
//
// BenchmarkPartnerDocuments is that of a real tree, of 11 documents in three
// languages. Both report processor time, user and system, and the most memory
// that the process held.
func BenchmarkDocuments(b *testing.B) {
	dir := b.TempDir()
	for _, language := range strings.Fields("en es fr ar km vi pt uk hi sw id ru") {
		for i := range *benchPages {
			name := filepath.Join(dir, "tree", "docs", language, fmt.Sprintf("%02d-part/page-%d.md", i/50, i))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(benchDocument(language, i, *benchPages)), 0o644); err != nil {
				b.Fatal(err)
			}
		}
	}
	buildDocuments(b, filepath.Join(dir, "tree"), "en,es,fr,ar")
}

func BenchmarkPartnerDocuments(b *testing.B) {
	const tree = "../../shared/data/docs-kiva-partner"
	if _, err := os.Stat(tree); err != nil {
		b.Skip("../shared/data is absent: there is no real tree to build")
	}
	buildDocuments(b, tree, "en,es,fr")
}

func buildDocuments(b *testing.B, tree, languages string) {
	b.ResetTimer()
	began := processorTime(b)
	for i := range b.N {
		p := &Program{
			Args: []string{"build", "--content", tree, "--languages", languages, "--base-url", "https://docs.example", "--out", filepath.Join(b.TempDir(), strconv.Itoa(i))},
			Out:  io.Discard, Err: io.Discard, LookupEnv: func(string) (string, bool) { return "", false }, Now: time.Now,
			CacheDir: os.UserCacheDir,
		}
		if code := p.Run(b.Context()); code != exitClean {
			b.Fatal("exit code", code)
		}
	}
	b.ReportMetric((processorTime(b)-began).Seconds()/float64(b.N), "cpu-s/op")
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(usage.Stime.Nano())/1e9, "sys-s/all") // of the tree's writing too: files that are made cost the system, not us
	b.ReportMetric(float64(usage.Maxrss)/1024, "peak-MB")        // Maxrss counts kB on Linux
}

// benchDocument is a page of some 3 kB, as manuals have them.
func benchDocument(language string, i, of int) string {
	return fmt.Sprintf(`---
title: Page %[1]d in %[2]s
description: What page %[1]d is about.
sidebar_position: %[1]d
---

# Page %[1]d in %[2]s

How loans are sent, and what comes back. See [the next page](../%02[3]d-part/page-%[4]d.md#answers) and
[the one in this part](./page-%[1]d.md), or https://docs.example/ for the rest.

:::tip[Before you begin]
Ask for a **client id** and a *secret*; keep both out of your repository.
:::

## Sending

1. Collect what is new since the last time.
2. Make a draft of each loan, with `+"`client_id`"+` and `+"`amount`"+`.
   - a photo of at least 800 pixels
   - the story, in your own language
3. Send them, at most 20 at a time.

`+"```json title=\"draft.json\" {2-3}\n{\n  \"client_id\": \"%[1]d\",\n  \"amount\": 550.00,\n  \"currency\": \"KES\",\n  \"schedule\": [{\"date\": \"2026-03-01\", \"principal\": 50}]\n}\n```"+`

## Answers

| Code | Meaning | What to do |
|-----:|---------|------------|
| 200 | All of them were taken | Note the numbers that came back |
| 400 | Some of them were not | Mend them, and send those again |
| 403 | The token is too old | Ask for another one |
| 429 | Too many at a time | Wait for the seconds that the answer names |

### When nothing comes back

> An answer may take a minute. Do not send again before that.

%[5]s

## Afterwards {#after-%[1]d}

Repayments are reported once a month, journals whenever there is one to tell. A report names
the loan by its number, the date, and what was paid; see [Answers](#answers).
`, i, language, min(i+1, of-1)/50, min(i+1, of-1), strings.Repeat("The program reads what it can, tells of the rest with its line, and goes on. ", 12))
}
