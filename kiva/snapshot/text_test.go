package snapshot

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestLines(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"white space at the ends is dropped":    {" \tRicky\t\t ", "Ricky"},
		"white space inside is folded":          {"to  buy \t two\n\ncows", "to buy two cows"},
		"a no-break space stays alone":          {"10\u00a0000 riel", "10\u00a0000 riel"},
		"no-break spaces fold with others":      {"10\u00a0 000", "10 000"},
		"an ideographic space stays":            {"一\u3000二", "一\u3000二"},
		"entities are decoded":                  {"Rosa &amp; Ana&#39;s &eacute;&#x27;&hellip;", "Rosa & Ana's é'…"},
		"entities are decoded once":             {"&amp;lt;b&amp;gt; &amp;amp;", "&lt;b&gt; &amp;"},
		"an entity without semicolon is text":   {"R&D, &copy=1, &aposs Group", "R&D, &copy=1, &aposs Group"},
		"an entity nobody knows is text":        {"&nothing; &notit; &;&#; &#x;", "&nothing; &notit; &;&#; &#x;"},
		"an entity of a control is dropped":     {"a&#0;b&#1;c&#8238;d&#8203;e", "a\ufffdbcde"},
		"a decoded tag is text":                 {"&lt;script&gt;", "<script>"},
		"a heart is a heart":                    {"We <3 ducks", "We <3 ducks"},
		"a comparison is a comparison":          {"a < b > c, 5<6", "a < b > c, 5<6"},
		"a word in angle brackets is text":      {"I <love> ducks <ada@example.org>", "I <love> ducks <ada@example.org>"},
		"tags are taken out":                    {"<i>very</i> <B class='x'>good</B> <a href=\"http://x.example/?a>b\">ducks</a>", "very good b\">ducks"},
		"line breaks are spaces in a line":      {"one<br>two<BR/>three<br />four</p><p>five", "one two three four five"},
		"a script is plain text":                {"<script>alert(1)</script>", "alert(1)"},
		"comments are taken out":                {"a<!-- hidden -->b", "ab"},
		"a tag that never ends is text":         {"<b class=", "<b class="},
		"a tag in a tag is text without it":     {"<scr<b>ipt>alert(1)</scr</b>ipt>", "<script>alert(1)</script>"},
		"invisible characters are dropped":      {"R\u200bo\ufeffs\u00ada\u202e\u2066", "Rosa"},
		"joiners and marks stay":                {"می\u200cخواهم \u200f👨\u200d👩", "می\u200cخواهم \u200f👨\u200d👩"},
		"controls are dropped":                  {"a\x00b\x1bc\x7fd", "abcd"},
		"C1 controls are Windows-1252":          {"Rosa\u0092s \u0093shop\u0094 \u0081", "Rosa’s “shop”"},
		"separators are spaces":                 {"a\u2028b\u2029c\u0085d\ve\ff", "a b c d e f"},
		"bytes that are no UTF-8 become U+FFFD": {"caf\xe9 \xc3", "caf\ufffd \ufffd"},
		"noncharacters are dropped":             {"a\ufffe\uffff\U0001ffffb", "ab"},
		"other scripts stay as they are":        {"ណារី, محمد, Nguyễn", "ណារី, محمد, Nguyễn"},
		"nothing but white space is nothing":    {" \u00a0\u200b\n<br>", ""},
		"nothing is nothing":                    {"", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var c cleaner
			if got := string(c.clean([]byte(test.text), false)); got != test.want {
				t.Errorf("%q\ncame out as %q\nwant        %q", test.text, got, test.want)
			}
		})
	}
}

func TestStories(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"blank lines part paragraphs":              {"one\r\n\r\ntwo\n\nthree", "one\n\ntwo\n\nthree"},
		"a line of spaces is blank":                {"one\n \t\ntwo", "one\n\ntwo"},
		"many blank lines are one":                 {"one\n\n\n\n\ntwo\r\n\r\n", "one\n\ntwo"},
		"a single line break stays":                {"ducks:\r\n- two\n- three", "ducks:\n- two\n- three"},
		"an old Macintosh's line breaks too":       {"one\rtwo\r\rthree", "one\ntwo\n\nthree"},
		"a <br> is a line break":                   {"one<br>two<br/>three", "one\ntwo\nthree"},
		"two are a paragraph":                      {"one<br /><br />two<BR><BR>three", "one\n\ntwo\n\nthree"},
		"a <br> written before its newline is one": {"one<br />\r\ntwo<br />\nthree<br />\n<br />\nfour", "one\ntwo\nthree\n\nfour"},
		"<p> is a paragraph":                       {"<p>one</p>\r\n\r\n<p>two</p><p>three</p>", "one\n\ntwo\n\nthree"},
		"a list has its lines":                     {"buys:<ul><li>ducks</li><li>hens</li></ul>and sells", "buys:\n\nducks\nhens\n\nand sells"},
		"spaces around line breaks go":             {"one  \n  two", "one\ntwo"},
		"spaces are folded":                        {"in Managua,  Nicaragua", "in Managua, Nicaragua"},
		"tags and entities as in a line":           {"<i>Rosa</i> &amp; Ana &lt;3", "Rosa & Ana <3"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var c cleaner
			if got := string(c.clean([]byte(test.text), true)); got != test.want {
				t.Errorf("%q\ncame out as %q\nwant        %q", test.text, got, test.want)
			}
		})
	}
}

// mustBeClean holds a text to what every exit may rely on.
func mustBeClean(t *testing.T, text string, story bool) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Fatalf("no UTF-8: %q", text)
	}
	for _, r := range text {
		if unicode.IsControl(r) && !(story && r == '\n') || strings.ContainsRune("\ufeff\u200b\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufffe\uffff", r) {
			t.Fatalf("%U in %q", r, text)
		}
	}
	for _, odd := range []string{"  ", "\n\n\n", " \n", "\n "} {
		if strings.Contains(text, odd) {
			t.Fatalf("%q in %q", odd, text)
		}
	}
	if strings.TrimSpace(text) != text {
		t.Fatalf("white space at an end of %q", text)
	}
}

// FuzzText: whatever is written, what comes out is clean, no more than was
// written (U+FFFD, three bytes, may stand for one), and clean for good where
// nothing in it looks like markup.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"Ricky\t", "one<br />\r\n<br />two", "&amp;lt;b&gt;", "<3 a < b", "<scr<b>ipt>", "R\u200bosa\u202e", "caf\xe9",
		"&#8238;&#x;&notit;&CounterClockwiseContourIntegral;", "<!-- a --><p", "a\u00a0 b\u3000\u2003c", "\u0092\u0085", "ណារី  محمد",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var c cleaner
		for _, story := range []bool{false, true} {
			got := string(c.clean([]byte(text), story))
			mustBeClean(t, got, story)
			if len(got) > 3*len(text) {
				t.Fatalf("%d bytes became %d", len(text), len(got))
			}
			if strings.ContainsAny(got, "<&") {
				continue
			}
			if again := string(c.clean([]byte(got), story)); again != got {
				t.Fatalf("%q\nbecame %q\nthen   %q", text, got, again)
			}
		}
	})
}
