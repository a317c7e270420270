package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
)

// hostileTexts are pages of one thing over and over, of kinds that readers of Markdown,
// YAML and HTML have taken the square of their size for.
var hostileTexts = map[string]func(size int) string{
	"block quotes":              over(">"),
	"brackets":                  over("["),
	"links":                     over("[a]("),
	"pictures":                  over("!["),
	"pictures that are missing": over("![](b)\n\n"),
	"emphasis":                  over("*a_ "),
	"backticks":                 func(size int) string { return backticks(size) },
	"entities":                  over("&amp;&#x10FFFF;"),
	"open tags":                 over("<b a=\""),
	"comments":                  over("<!-- "),
	"expressions":               over("{/*"),
	"lists in lists":            func(size int) string { return nested("- ", size) },
	"a table of one line":       over("| a "),
	"a table of many lines":     func(size int) string { return "|a|b|\n|-|-|\n" + strings.Repeat("|c|d|\n", size/6) },
	"headings of one name":      over("# a\n"),
	"notes without a note":      over("[^a] "),
	"definitions":               over("[a]: b\n"),
	"admonitions in each other": over(":::note\n"),
	"details in each other":     over("<details>\n"),
	"tabs in each other":        over("<Tabs>\n<TabItem label=\"a\">\n"),
	"mail addresses":            over("a@b.c "),
	"one line of nothing":       over("x"),
	"code without an end":       func(size int) string { return "```go\n" + strings.Repeat("func f(){}\n", size/11) },
	"front matter of aliases": func(int) string {
		return "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\ntitle: *g\n---\n"
	},
	"front matter of many keys":  func(size int) string { return "---\n" + keys(size) + "---\n# A\n" },
	"front matter without end":   func(size int) string { return "---\n" + keys(size) },
	"front matter of deep lists": func(size int) string { return "---\ntitle: " + strings.Repeat("[", size) + "\n---\n" },
	"bytes that are no text":     over("\xff\xfe\x00"),
}

func over(pattern string) func(int) string {
	return func(size int) string { return strings.Repeat(pattern, size/len(pattern)) }
}

func backticks(size int) string {
	var b strings.Builder
	for n := 1; b.Len() < size; n = n%200 + 1 {
		b.WriteString("e" + strings.Repeat("`", n))
	}
	return b.String()
}

func nested(mark string, size int) string {
	var b strings.Builder
	for n := 0; b.Len() < size; n = (n + 1) % 400 {
		b.WriteString(strings.Repeat(" ", 2*n) + mark + "a\n")
	}
	return b.String()
}

func keys(size int) string {
	var b strings.Builder
	for n := 0; b.Len() < size; n++ {
		fmt.Fprintf(&b, "k%d: [a, {b: c}]\n", n)
	}
	return b.String()
}

// TestHostileTexts builds a site with a hostile page beside a good one: it ends in time
// and in little memory, and the good one is there.
func TestHostileTexts(t *testing.T) {
	sizes := []int{60 << 10, 1<<20 - 1<<10, 5 << 20} // as much as front matter may be, as a page may be, and more
	if os.Getenv("CI") == "" {
		sizes = []int{200 << 10} // all kinds, in a few seconds
	}
	dir := memoryDir(t)
	put(t, dir+"/content/docs/en/good.md", "# Good\n\nA good page.\n")
	r := &ruin{t: t, dir: dir}
	build := func(t *testing.T) {
		t.Helper()
		r.t = t
		ended := r.measured("build", "--content", dir+"/content", "--base-url", "https://loans.example", "--out", dir+"/dist", "--store", dir+"/store")
		if ended.code != 0 && ended.code != 3 {
			t.Errorf("it ended with %d and said %.2000s", ended.code, ended.said)
		}
		if good, err := os.ReadFile(dir + "/dist/docs/good.html"); err != nil || !strings.Contains(string(good), "A good page.") {
			t.Errorf("the good page: %v", err)
		}
	}
	if len(sizes) == 1 { // together, since each is small
		for name, text := range hostileTexts {
			put(t, dir+"/content/docs/en/"+strings.ReplaceAll(name, " ", "-")+".md", text(sizes[0]))
		}
		build(t)
		return
	}
	for name, text := range hostileTexts {
		for _, size := range sizes {
			t.Run(fmt.Sprint(name, ", ", size>>10, " kB"), func(t *testing.T) {
				put(t, dir+"/content/docs/en/bad.md", text(size))
				build(t)
			})
		}
	}
}

// TestHostileContent has files that are none among documents.
func TestHostileContent(t *testing.T) {
	dir := memoryDir(t)
	put(t, dir+"/content/docs/en/good.md", "# Good\n\n![b](b.png) ![c](c.svg)\n")
	en := dir + "/content/docs/en/"
	if err := errors.Join(syscall.Mkfifo(en+"pipe.md", 0o644), syscall.Mkfifo(en+"b.png", 0o644), os.Symlink("/dev/zero", en+"zero.md"), os.Symlink("round.md", en+"round.md"),
		os.Symlink("..", en+"up"), os.Symlink("/etc/hostname", en+"out.md"), os.Symlink("/etc/hostname", en+"c.svg"), os.Mkdir(en+"folder.md", 0o755)); err != nil {
		t.Fatal(err)
	}
	r := &ruin{t: t, dir: dir}
	ended := r.measured("build", "--content", dir+"/content", "--base-url", "https://loans.example", "--out", dir+"/dist", "--store", dir+"/store")
	if ended.code != 3 {
		t.Errorf("it ended with %d and said %s", ended.code, ended.said)
	}
	for _, file := range []string{"pipe.md", "zero.md", "round.md", "out.md"} {
		if !strings.Contains(ended.said, "docs/en/"+file) {
			t.Errorf("it does not speak of %s: %s", file, ended.said)
		}
	}
	if _, err := os.Stat(dir + "/dist/docs/good.html"); err != nil {
		t.Error(err)
	}
}
