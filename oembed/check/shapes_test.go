package check

import (
	"slices"
	"strings"
	"testing"
)

// The shapes of html that providers are known to send, and who keeps them.
func TestWhoKeepsTheShapesOfKnownProviders(t *testing.T) {
	const src = `src="https://loans.example/frame/5"`
	for _, test := range []struct {
		name, html string
		lost       []Consumer
	}{
		{"a bare frame, as PeerTube sends it",
			`<iframe title="Mai" width="WIDTH" height="HEIGHT" ` + src + ` style="border: 0px" allow="fullscreen" sandbox="allow-same-origin allow-scripts allow-popups allow-forms"></iframe>`,
			nil},
		{"a frame with many permissions, as YouTube sends it",
			`<iframe width="WIDTH" height="HEIGHT" ` + src + ` frameborder="0" allow="accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; picture-in-picture; web-share" allowfullscreen title="Mai"></iframe>`,
			nil},
		{"a frame with a link in it",
			`<iframe ` + src + ` title="Mai" width="WIDTH" height="HEIGHT"><a href="https://loans.example/loan/5">Mai</a></iframe>`, nil},
		{"a quotation and a script, as Mastodon and Bluesky send it",
			`<blockquote class="embed"><a href="https://loans.example/loan/5">Mai</a></blockquote><script async src="https://loans.example/embed.js"></script>`,
			[]Consumer{WordPress, Discourse, Misskey}},
		{"a quotation, a frame and a script, as WordPress sends it",
			`<blockquote class="wp-embedded-content" data-secret="a1b2c3d4e5"><a href="https://loans.example/loan/5">Mai</a></blockquote>` +
				`<iframe sandbox="allow-scripts" security="restricted" src="https://loans.example/frame/5#?secret=a1b2c3d4e5" width="WIDTH" height="HEIGHT" title="Mai" data-secret="a1b2c3d4e5" frameborder="0" marginwidth="0" marginheight="0" scrolling="no" class="wp-embedded-content"></iframe><script>a()</script>`,
			[]Consumer{Discourse, Iframely, Misskey}},
		{"a card without a frame, as Kiva sent it in 2010",
			`<div style="width:450px"><img src="https://loans.example/pic.png" alt=""/><p>Mai</p></div>`, []Consumer{WordPress, Discourse, Misskey}},
		{"a frame in a wrapper that keeps its shape",
			`<div style="position:relative;padding-bottom:56.25%"><iframe ` + src + ` title="Mai" width="WIDTH" height="HEIGHT"></iframe></div>`, []Consumer{Misskey}},
		{"a frame with a line end behind it",
			`<iframe ` + src + ` title="Mai" width="WIDTH" height="HEIGHT"></iframe>` + "\n", []Consumer{Misskey}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newProvider(t)
			p.html(test.html)
			p.frame.body += "<script>parent.postMessage({secret:location.hash},'*')</script>"
			var lost []Consumer
			for _, v := range run(t, p).Consumers {
				if !v.Survives {
					lost = append(lost, v.Consumer)
					t.Logf("%s: %s", v.Name, strings.Join(v.Broken, ", "))
				}
			}
			if !slices.Equal(lost, test.lost) {
				t.Errorf("lost in %q, want %q", lost, test.lost)
			}
		})
	}
}
