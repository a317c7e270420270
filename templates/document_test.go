package templates

import (
	"strings"
	"testing"
	"time"

	"loanleaf/locale"
)

func withDocuments(f Frame) Frame {
	f.Sections = []Way{{Label: "Documentation", URL: "/docs/", Here: true}}
	f.Extra = []Way{{Label: "About", Lang: "en", URL: "/about"}}
	return f
}

// richBody is the rest of what package docs writes.
const richBody = `<div class="callout warn" role="note"><p class="callout-title">Careful</p><p>With <a href="/docs/">it</a>.</p></div>` +
	`<div class="tabs"><details name="tabs-1" open><summary>One</summary><div><p>1</p></div></details><details name="tabs-1"><summary>Two</summary><div><p>2</p></div></details></div>` +
	`<figure class="code"><figcaption>a.go</figcaption><pre tabindex="0" class="numbered"><code><mark class="line"><span class="x-k">var</span> <span class="x-f">a</span> = ` +
	`<span class="x-n">1</span> <span class="x-c">// b</span></mark><span class="line"><span class="x-s">"c"</span><span class="x-d">d</span><span class="x-i">e</span></span></code></pre></figure>` +
	`<div class="copyable"><pre tabindex="0"><code>as copy.js leaves it</code></pre><button class="button quiet" type="button">Copy</button></div>` +
	`<ul class="below"><li><a href="/docs/a">A</a><p>About it.</p></li></ul><div class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>There.</p></li></ol></div>`

func documentView(l *locale.Language) Document {
	return Document{
		Title: "First <steps>", Description: "How to begin.", Language: l, Style: "/assets/docs.00000000.css",
		HeadingID: "first-steps", Heading: "First <em>steps</em>", Code: true,
		Body: `<p>Text with <code>code</code>.</p><h2 id="a">A</h2><h3 id="b">B</h3><h2 id="c">C</h2><div class="wide" tabindex="0"><table><thead><tr>` +
			`<th scope="col" class="middle">n</th><th scope="col" class="end">m</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table></div>` + richBody,
		Contents: []DocumentHeading{{"a", "A", false}, {"b", "B", true}, {"c", "C", false}},
		Find:     &Find{Index: "/search/docs.json", Script: "/assets/find.00000000.js"},
		Crumbs:   []Way{{Label: "Documentation", URL: "/docs/"}, {Label: "Guides"}},
		Menu:     menuIn(l), Here: "/docs/guides/first",
		Updated: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Author: "Ana <Ruiz>", EditURL: "https://github.com/us/site/edit/main/docs/en/first.md",
		Twin: "/docs/guides/first.md", Changes: "/feeds/docs.rss", Script: "/assets/docs.00000000.js",
		Prev: &Way{Label: "Overview", Lang: "en", URL: "/docs/"}, Next: &Way{Label: "Second", Lang: "en", URL: "/docs/guides/second"},
	}
}

// menuIn is a menu around which the words of a language stand.
func menuIn(l *locale.Language) *Menu {
	m, err := NewMenu(frameIn(l, ""), []MenuEntry{
		{Way: Way{Label: "Overview", Lang: "en", URL: "/docs/", Here: true}},
		{Way: Way{Label: "Guides"}, Below: []MenuEntry{{Way: Way{Label: "First", Lang: "en", URL: "/docs/guides/first", Here: true}}}},
	})
	if err != nil {
		panic(err) // of a buffer that has none
	}
	return m
}

func untranslatedView(l *locale.Language) Document {
	d := documentView(l)
	d.Untranslated, d.Reader, d.Menu = true, languageOf("ar"), menuIn(languageOf("ar"))
	d.Hidden, d.HeadingHidden, d.Contents, d.Prev = true, true, d.Contents[:2], nil
	d.EditURL, d.TranslateURL = "", "https://github.com/us/site/new/main?filename=docs%2Far%2Ffirst.md"
	return d
}

func TestADocumentInAnotherLanguageSaysSoAndIsKeptOutOfSearchEngines(t *testing.T) {
	arabic := languageOf("ar")
	text := render(t, DocumentPage(withDocuments(frameIn(arabic, "/ar/docs/guides/first")), untranslatedView(languageOf("en"))))
	for _, want := range []string{
		`<html lang="ar" dir="rtl">`, `<article dir="ltr" lang="en">`, `<meta name="robots" content="noindex">`,
		"لم تُترجم هذه الصفحة إلى العربية بعد، وهي هنا باللغة الإنجليزية.", `<a href="/docs/guides/second" rel="next" lang="en">`,
		`href="/docs/guides/first" lang="en" aria-current="page"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not there", want)
		}
	}
	own := render(t, DocumentPage(frameIn(arabic, "/ar/docs/"), documentView(arabic)))
	for _, not := range []string{"noindex", "untranslated", "<article lang"} {
		if strings.Contains(own, not) {
			t.Errorf("a document in the reader's language has %q", not)
		}
	}
}

func TestAShortDocumentHasNoTableOfContents(t *testing.T) {
	d := documentView(languageOf("en"))
	d.Contents = d.Contents[:2]
	if text := render(t, DocumentPage(frameIn(languageOf("en"), "/docs/"), d)); strings.Contains(text, `class="toc"`) {
		t.Error("two headings have a table of contents")
	}
}
