package docs

import (
	"strings"
	"testing"
	"time"

	"loanleaf/site"
)

// TestHostileTextsAreReadInTime holds that no text of 40 kB takes longer than a
// second or so, which a text does that something reads the square of.
func TestHostileTextsAreReadInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds; runs without -short")
	}
	for _, pattern := range []string{
		"> ", "- ", "1. ", "[", "![", "*", "_", "`", "``` ", "<b>", "<b> ", "</b>", "<details>\n", "</details>\n", "{/*", "<!--", "<script></script>", "<a href=x>", "[a](", "[a](<",
		"[a]: b\n", "[^a]", "[^a]: b\n", "~", "| a ", "|-", ":::note\n", ":", "\\", "&amp;", "<", "a@b.c ", "www.a.b ", ":tada:", "*a_", "<x a=\"", "<x {", "- a\n", "# a {#a}\n", "> a\n\n",
		"<Tabs>\n", "a\n:::note\n", "import a from 'b'\n", "\t", "* a\n  ", "`a``b```c", "<b\n", "**a [b](c) ",
	} {
		long := strings.Repeat(pattern, 40_000/len(pattern))
		short := strings.Repeat(pattern, 8_000/len(pattern)) + "\n\n"
		for name, text := range map[string]string{"": long, " in paragraphs": strings.Repeat(short, len(long)/len(short))} {
			began := time.Now()
			Read(folder("docs/en/index.md", text), newSite(t, "en"), site.Doc)
			if took := time.Since(began); took > 3*time.Second {
				t.Errorf("%q over and over%s takes %v", pattern, name, took)
			} else if took > 500*time.Millisecond {
				t.Logf("%q over and over%s takes %v", pattern, name, took)
			}
		}
	}
}
