package docs

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"syscall"
	"testing"
	"time"

	"loanleaf/site"
)

// What the worst of texts may cost.
const (
	mostTime = 5 * time.Second // of a processor
	mostHeap = 300 << 20       // bytes alive besides what there was before
)

// numbered is a text made of parts that differ in a number.
func numbered(size int, part string) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strings.ReplaceAll(part, "#", fmt.Sprint(i)))
	}
	return b.String()
}

// TestTheWorstTextsHaveBounds reads texts as long as they may be, and of 5 MB, of
// every kind that readers of Markdown are known to fall over: each is read, or set
// aside with a reason, within bounds of time and of memory. Those that are set aside
// say why.
func TestTheWorstTextsHaveBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute; runs without -short")
	}
	row := func(cell string, n int) string { return strings.Repeat("|"+cell, n) + "|\n" }
	in := func(begin string, n int, end string) string {
		return strings.Repeat(begin, n) + strings.Repeat(end, n) + " "
	}
	stairs := func(size int, _ string) string {
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			b.WriteString(strings.Repeat("  ", i) + "- x\n")
		}
		return b.String()
	}
	over := func(size int, part string) string { return strings.Repeat(part, size/len(part)+1) }
	for _, kind := range []struct {
		name  string
		make  func(size int, part string) string
		begin string // before what is made
		part  string
		aside string // why it is set aside; empty: it is read
	}{
		{"items of a list", over, "", "- a\n", ""},
		{"lists in lists, on each line", over, "", strings.Repeat("- ", 30) + "a\n", ""},
		{"lists in lists, without end", stairs, "", "", ""},
		{"lists in lists, on one line", over, "", "- ", "is nested 8192 deep"},
		{"quotes in quotes", over, "", strings.Repeat("> ", 30) + "a\n\n", ""},
		{"quotes in quotes, on one line", over, "", "> ", "is nested 8192 deep"},
		{"brackets", over, "", "[", "brackets that have no end"},
		{"brackets in pairs", over, "", strings.Repeat(in("[", 499, "]"), 15) + "\n\n", ""},
		{"links in links", over, "", in("[", 499, "](a)") + "\n\n", ""},
		{"links without end", over, "", strings.Repeat("[a](", 999) + "\n\n", ""},
		{"links without end, in one paragraph", over, "", "[a](", "in a paragraph of more than 1000 links"},
		{"links that lead nowhere", over, "", "[a](b.md)\n\n", ""},
		{"emphasis", over, "", strings.Repeat("*a **b_ ", 2000) + "\n\n", ""},
		{"emphasis in one paragraph", over, "", "**a", "is in a paragraph of more than 16 kB"},
		{"a table of 10,000 columns", over, row("a", 10_000) + row("-", 10_000), row("b", 10_000), "a table of more than 64"},
		{"a table of 10,000 columns in short rows", over, row("a", 10_000) + row("-", 10_000), "|b|\n", "a table of more than 64"},
		{"tables", over, "", "|a|b|\n|-|-|\n|c|d|\n\n", ""},
		{"a block of code without end", over, "```go\n", "x := 1\n", ""},
		{"blocks of code, each another", numbered, "", "```json\n{\"a\": #}\n```\n\n", ""},
		{"blocks of code in languages that there are not", numbered, "", "```l#\na\n```\n\n", ""},
		{"entities", over, "", strings.Repeat("&amp;&#x41;&nothing", 500) + "\n\n", ""},
		{"elements without end", over, "", "<div>\n\n", ""},
		{"elements in a row", over, "", "<b>", "is in a paragraph of more than 16 kB"},
		{"comments without end", over, "", "<!-- a\n\n{/* b\n\n", ""},
		{"tabs", over, "", "<Tabs>\n<TabItem value=\"a\">\n\na\n\n</TabItem>\n</Tabs>\n\n", ""},
		{"components that nobody knows", over, "", "<Foo>\n\n", ""},
		{"components of code without end", over, "", "<CodeBlock>\n\n", ""},
		{"a component of code full of backticks", over, "<CodeBlock>\n", "````````\n", ""},
		{"footnotes", numbered, "", "a[^#]\n\n[^#]: b\n\n", "more than 4000 footnotes"},
		{"headings", over, "", "# a\n", "more than 5000 headings"},
		{"headings, underlined", over, "", "a\n=\n\n", ""},
		{"admonitions", over, "", ":::note\n\n", ""},
	} {
		for _, size := range []int{maxSize - 80<<10, 5 << 20} {
			text := kind.begin + kind.make(size, kind.part)
			took, held, read, findings := costs(t, text)
			if took > mostTime || held > mostHeap {
				t.Errorf("%s: %d bytes take %v of a processor and %d MB", kind.name, len(text), took, held>>20)
			}
			aside := kind.aside
			if len(text) > maxSize {
				aside = "has more than 1 MB"
			}
			switch {
			case aside == "" && !read:
				t.Errorf("%s: %d bytes are set aside: %v", kind.name, len(text), findings)
			case aside != "" && (read || len(findings) != 1 || findings[0].Severity != Error || !strings.Contains(findings[0].Reason, aside)):
				t.Errorf("%s: %d bytes are read (%t), want them set aside since each %s; %d findings", kind.name, len(text), read, aside, len(findings))
			}
			t.Logf("%-50s %8d bytes: %7.2f s %4d MB", kind.name, len(text), took.Seconds(), held>>20)
		}
	}
}

// costs reads a text and makes its page, and tells what that took.
func costs(t *testing.T, text string) (took time.Duration, held uint64, read bool, findings []Finding) {
	t.Helper()
	files, s := folder("docs/en/index.md", text), newSite(t, "en")
	runtime.GC()
	// Garbage is collected as in a small container, or it would count.
	was := debug.SetMemoryLimit(mostHeap)
	defer debug.SetMemoryLimit(was)
	alive := func() uint64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	before, most := alive(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			most = max(most, alive())
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	began := processed(t)
	tree, findings := Read(files, s, site.Doc)
	_, read = tree.Page(site.Address{Kind: site.Doc})
	tree.Markdown(site.Address{Kind: site.Doc})
	took = processed(t) - began
	close(stop)
	<-stopped
	return took, max(most, before) - before, read, findings
}

// processed is the time of processors that the tests have had.
func processed(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
