package oembed

import (
	"strings"
	"testing"
	"unicode/utf8"

	"loanleaf/site"
)

// hostile are texts that try to end the string, the element, the script or the
// page that they stand in.
var hostile = []string{
	`"`, `'`, `\`, `<`, `>`, `&`, `&amp;`, `]]>`, `</iframe><script>alert(1)</script>`, `" onload="alert(1)`,
	`</script>`, `<!--`, `${x}`, "a\u2028b\u2029c", "a\x00b\x07c\x7fd", "a\tb\r\nc", "\xff\xfe", "\ufffe\uffff", "\xed\xa0\x80",
	"ម៉ៃ", "محمد", "Nguyễn Thị Mai", "👩‍🌾", "%3Cb%3E", "&#60;b&#62;", "javascript:alert(1)",
}

func TestTextReadsBackFromEveryFormat(t *testing.T) {
	for _, text := range append(hostile, strings.Join(hostile, " ")) {
		checkAnswer(t, text, text, text, 450, 300)
	}
}

func TestCleanTextIsOneLineOfLegalCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", "a\tb\r\nc": "a b  c", "a\x00b\x1fc": "abc", "\ufffeé\uffff": "é",
		"\xffé": "\ufffdé", " \n\t ": "", "\x01\x02": "", "": "", "\x7f": "\x7f", "\u2028": "",
	} {
		if got := clean(text); got != want {
			t.Errorf("%q is cleaned to %q, want %q", text, got, want)
		}
	}
}

func TestNothingInAnAnswerEndsAScript(t *testing.T) {
	a := Answer{Type: Rich, Title: strings.Join(hostile, " ")}
	for _, f := range []Format{JSON, JSONP} {
		body := string(a.Append(nil, f, "cb"))
		if strings.ContainsAny(body, "<>&\u2028\u2029\r\n") {
			t.Errorf("%s: %s", f, body)
		}
	}
	if body := string(a.Append(nil, XML, "")); strings.Contains(body, "&#") || !strings.Contains(body, `" onload="`) {
		t.Errorf("XML escapes more than three signs: %s", body)
	}
}

// checkAnswer writes an answer in each format and reads it back.
func checkAnswer(t *testing.T, title, name, html string, width, height int) {
	t.Helper()
	a := Answer{
		Type: Rich, Title: title, AuthorName: name, ProviderName: name, CacheAge: CacheAge, HTML: html, Width: width, Height: height,
		Thumbnail: site.Picture{URL: name, Width: height, Height: width},
	}
	want := map[string]string{}
	var room [mostFields]field
	for _, f := range a.fields(room[:0]) {
		if f.text == "" && f.units <= 0 {
			t.Errorf("%s has no value", f.key)
		}
		if !utf8.ValidString(f.text) || strings.ContainsAny(f.text, "\r\n\t\x00") {
			t.Errorf("%s is %q", f.key, f.text)
		}
		want[f.key] = f.text
	}
	if title == clean(title) && title != want["title"] {
		t.Errorf("title %q became %q", title, want["title"])
	}
	for _, f := range []Format{JSON, XML, JSONP} {
		body := a.Append([]byte("before"), f, "cb")
		if !strings.HasPrefix(string(body), "before") {
			t.Fatalf("%s does not append", f)
		}
		body = body[len("before"):]
		got, err := readBack(body, f)
		if err != nil {
			t.Fatalf("%s: %v: %q", f, err, body)
		}
		if len(got) != len(want) {
			t.Errorf("%s has %d keys, want %d: %q", f, len(got), len(want), body)
		}
		for key, text := range want {
			if text != "" && got[key] != text {
				t.Errorf("%s: %s is %q, want %q", f, key, got[key], text)
			}
		}
	}
}

func FuzzAnswer(f *testing.F) {
	for i, text := range hostile {
		f.Add(text, hostile[(i+1)%len(hostile)], "<iframe title=\""+text+"\"></iframe>", 450-i, 300)
	}
	f.Fuzz(func(t *testing.T, title, name, html string, width, height int) {
		checkAnswer(t, title, name, html, width, height)
		link := string(appendLink(nil, name, title))
		if err := wellFormed(link); err != nil {
			t.Fatalf("%q is not well-formed: %v", link, err)
		}
		if strings.Count(link, "<") != 2 || strings.Count(link, `"`) != 2 {
			t.Fatalf("%q is more than a link", link)
		}
	})
}
