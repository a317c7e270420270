package check

import "testing"

func TestWhatWordPressDiscovers(t *testing.T) {
	const json = `type="application/json+oembed"`
	for _, test := range []struct{ name, page, want string }{
		{"a link in the head", `<head><link rel="alternate" ` + json + ` href="https://a.example/o?u=1&amp;f=2"></head>`, "https://a.example/o?u=1&amp;f=2"},
		{"whatever the order of attributes", `<link href='https://a.example/o' ` + json + ` />`, "https://a.example/o"},
		{"without quotation marks", `<link href=https://a.example/o type=application/json+oembed>`, "https://a.example/o"},
		{"without rel", `<link ` + json + ` href="https://a.example/o"/>`, "https://a.example/o"},
		{"JSON before XML, wherever it stands", `<link type="text/xml+oembed" href="x"><link ` + json + ` href="j">`, "j"},
		{"XML alone, of either type", `<link type="application/xml+oembed" href="x">`, "x"},
		{"the first JSON", `<link ` + json + ` href="a"><link ` + json + ` href="b">`, "a"},
		{"nothing behind the head", `<head></head><link ` + json + ` href="a">`, ""},
		{"no type in other letters", `<link type="Application/JSON+oEmbed" href="a">`, ""},
		{"no type with an entity", `<link type="application/json&#43;oembed" href="a">`, ""},
		{"no tag that a bare > cuts", `<link ` + json + ` title="a > b" href="a">`, ""},
		{"one in a comment too", `<!-- <link ` + json + ` href="old"> --><link ` + json + ` href="new">`, "old"},
		{"none without an address", `<link ` + json + `>`, ""},
		{"nothing in an empty page", "", ""},
	} {
		if got := wordpressDiscovers([]byte(test.page)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	late := append(make([]byte, wordpressReads), `<link `+json+` href="a">`...)
	if got := wordpressDiscovers(late); got != "" {
		t.Errorf("behind the first 150 KiB: %q", got)
	}
}

func TestWhatWordPressKeeps(t *testing.T) {
	for _, test := range []struct {
		name, html, frame string
		quote             bool
	}{
		{name: "a bare frame", html: `<iframe src="https://a.example/" width="4" height="3" title="A"></iframe>`,
			frame: `<iframe src="https://a.example/" width="4" height="3" title="A"></iframe>`},
		{name: "a frame with a link in it", html: `<iframe src="https://a.example/"><a href="https://a.example/5" target="_top">A</a></iframe>`,
			frame: `<iframe src="https://a.example/"><a href="https://a.example/5">A</a></iframe>`},
		{name: "a frame without its style, sandbox, class and permissions",
			html:  `<iframe class="x" style="width:100%" sandbox="allow-scripts" allow="fullscreen" src='https://a.example/' allowfullscreen></iframe>`,
			frame: `<iframe src="https://a.example/"></iframe>`},
		{name: "a frame without what is around it", html: `<div><iframe src="https://a.example/"></iframe></div><script>a()</script>`,
			frame: `<iframe src="https://a.example/"></iframe>`},
		{name: "a quotation before a frame", html: `<blockquote class="q"><a href="https://a.example/">A</a></blockquote><iframe src="https://a.example/"></iframe>`,
			frame: `<iframe src="https://a.example/"></iframe>`, quote: true},
		{name: "nothing of a card", html: `<div style="border:1px solid"><p>Mai</p></div>`},
		{name: "nothing of a quotation with a script", html: `<blockquote>A</blockquote><script src="https://a.example/x.js"></script>`},
		{name: "nothing of the short form", html: `<iframe src="https://a.example/" />`},
		{name: "nothing of a frame that ends in text", html: `<iframe src="https://a.example/">no frames</iframe>`},
		{name: "nothing of a frame that a bare > cuts", html: `<iframe data-a="a > b" src="https://a.example/"></iframe>`},
		{name: "a frame without src", html: `<iframe srcdoc="A"></iframe>`, frame: `<iframe></iframe>`},
		{name: "nothing of nothing"},
	} {
		got := wordpressKeeps(test.html)
		if got.frame != test.frame || got.quote != test.quote {
			t.Errorf("%s: %+v", test.name, got)
		}
	}
}
