package oembed

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"testing"

	"loanleaf/site"
)

var frameSize = regexp.MustCompile(`^<iframe src="[^"]+" title="[^"]+" width="(\d+)" height="(\d+)" `)

// asked is an answer and the bounds it was asked for with, 0 for none.
type asked struct {
	width, height int
	Answer
}

// check holds what oEmbed 2.3.4 says of an answer and its bounds, and that the
// frame says the same as the answer.
func (b *asked) check(t *testing.T) {
	t.Helper()
	within := func(size, bound int) bool { return bound == 0 || size <= bound }
	if !within(b.Width, b.width) || !within(b.Height, b.height) {
		t.Errorf("%d×%d: %d×%d is larger than asked for", b.width, b.height, b.Width, b.Height)
	}
	if p := b.Thumbnail; !within(p.Width, b.width) || !within(p.Height, b.height) || (p.URL == "") != (p.Width == 0) || (p.URL == "") != (p.Height == 0) {
		t.Errorf("%d×%d: a thumbnail %q of %d×%d", b.width, b.height, p.URL, p.Width, p.Height)
	}
	if b.Type == Link {
		if b.Width != 0 || b.Height != 0 || b.HTML != "" {
			t.Errorf("%d×%d: a link has a size", b.width, b.height)
		}
		return
	}
	m := frameSize.FindStringSubmatch(b.HTML)
	if b.Type != Rich || m == nil || m[1] != strconv.Itoa(b.Width) || m[2] != strconv.Itoa(b.Height) || b.Width <= 0 || b.Height <= 0 {
		t.Errorf("%d×%d: %s of %d×%d, but %s", b.width, b.height, b.Type, b.Width, b.Height, b.HTML)
	}
}

// wider tells whether none of the other's bounds is larger.
func (b *asked) wider(other *asked) bool {
	holds := func(large, small int) bool { return large == 0 || small != 0 && small <= large }
	return holds(b.width, other.width) && holds(b.height, other.height)
}

// growsFrom holds that a larger bound never makes anything smaller.
func (b *asked) growsFrom(t *testing.T, small *asked) {
	t.Helper()
	if small.Width > b.Width || small.Height > b.Height || small.Thumbnail.Width > b.Thumbnail.Width || small.Thumbnail.Height > b.Thumbnail.Height {
		t.Errorf("%d×%d gives %d×%d with a thumbnail of %d×%d, but %d×%d gives %d×%d with one of %d×%d",
			small.width, small.height, small.Width, small.Height, small.Thumbnail.Width, small.Thumbnail.Height,
			b.width, b.height, b.Width, b.Height, b.Thumbnail.Width, b.Thumbnail.Height)
	}
}

// sites are those whose pictures differ in what is known of their measure.
var sites = map[string]func(*site.Config){
	"pictures that the site measures": func(*site.Config) {},
	"pictures by a pattern":           func(c *site.Config) { c.Images = "https://pictures.example/<size>/<id>.jpg" },
	"pictures of one size":            func(c *site.Config) { c.Images = "https://pictures.example/<id>.jpg" },
	"no pictures":                     func(c *site.Config) { c.Images = site.NoImages },
}

// TestSizes holds, for every pair of bounds around every edge and for as many
// drawn at random, that an answer is within them, that its frame says the same,
// and that a larger bound never makes it smaller. Nothing here knows the tiers.
func TestSizes(t *testing.T) {
	edges := []int{1, 2, 150, 200, 343, 999999999, 0}
	for _, edge := range []int{20, 60, 80, 88, 96, 200, 244, 250, 280, 300, 325, 338, 450, 1000} {
		edges = append(edges, edge-1, edge, edge+1)
	}
	for name, pictures := range sites {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, pictures)
			loan := told(t, s)
			ask := func(width, height int) *asked {
				b := &asked{width, height, For(s, loan, Request{Format: JSON, MaxWidth: width, MaxHeight: height})}
				b.check(t)
				return b
			}
			var all []*asked
			for _, width := range edges {
				for _, height := range edges {
					all = append(all, ask(width, height))
				}
			}
			pairs := 0
			compare := func(a, b *asked) {
				if a.wider(b) {
					pairs++
					a.growsFrom(t, b)
				}
			}
			for _, small := range all {
				for _, large := range all {
					compare(large, small)
				}
			}
			chance := rand.New(rand.NewPCG(7, 11))
			const drawn = 10_000
			for range drawn {
				a, b := ask(chance.IntN(600), chance.IntN(600)), ask(chance.IntN(600), chance.IntN(600))
				compare(a, b)
				compare(b, a)
			}
			t.Logf("%d boxes, %d pairs of them compared", len(all)+2*drawn, pairs)
		})
	}
}

func TestTiers(t *testing.T) {
	for _, test := range []struct {
		tier          string
		width, height int
		want          box
	}{
		{"full without bounds", 0, 0, box{450, 300}},
		{"full within WordPress' own bounds", 500, 750, box{450, 300}},
		{"full at its size", 450, 300, box{450, 300}},
		{"compact below it", 449, 300, box{449, 300}},
		{"compact with a width alone", 343, 0, box{343, 300}},
		{"compact at its narrowest", 280, 0, box{280, 300}},
		{"strip below that, whatever the height", 279, 0, box{279, 299}},
		{"strip with a height alone", 0, 299, box{450, 299}},
		{"strip at its smallest", 250, 96, box{250, 96}},
		{"no widget below its width", 249, 0, box{}},
		{"no widget below its height", 0, 95, box{}},
		{"no widget in a badge's room", 88, 20, box{}},
	} {
		if got := fit(test.width, test.height); got != test.want {
			t.Errorf("%s: %d×%d gives %v, want %v", test.tier, test.width, test.height, got, test.want)
		}
	}
}
