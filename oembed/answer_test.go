package oembed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// TestAnswers holds the bytes of whole answers: the name of a file is the
// query it answers. {fragment} stands for what templates.Inline makes, which
// has goldens of its own.
func TestAnswers(t *testing.T) {
	const file = "testdata/answers.txtar"
	golden, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s, loan := newSite(t), mai(t)
	for i := range golden.Files {
		g := &golden.Files[i]
		r, err := Parse("url="+loan.Page+"&"+g.Name, "")
		if err != nil {
			t.Errorf("%s: %v", g.Name, err)
			continue
		}
		// The caller sets it for WordPress' client alone.
		r.WordPress = r.DNT
		got := append(For(s, loan, r).Append(nil, r.Format, r.Callback), '\n')
		fragment := []byte(templates.Inline(loan, "#4338a8"))
		switch r.Format {
		case JSON, JSONP:
			fragment = appendJSONText(nil, string(fragment))
		case XML:
			fragment = appendXMLText(nil, string(fragment))
		}
		got = bytes.ReplaceAll(got, fragment, []byte("{fragment}"))
		if *update {
			g.Data = got
		} else if !bytes.Equal(got, g.Data) {
			t.Errorf("%s:\ngot  %s\nwant %s", g.Name, got, g.Data)
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(golden), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var frameSize = regexp.MustCompile(`^<iframe src="[^"]+" title="[^"]+" width="(\d+)" height="(\d+)" `)

// TestSizes holds, for every pair of bounds around every edge, that an answer
// is within them, that its frame says the same, and that a larger bound never
// makes it smaller.
func TestSizes(t *testing.T) {
	var bounds []int
	for _, edge := range []int{20, 88, stripHeight, stripWidth, compactWidth, fullHeight, fullWidth, 338, 1000} {
		bounds = append(bounds, edge-1, edge, edge+1)
	}
	bounds = append(bounds, 1, 150, 200, 343, 999999999, 0)
	s, loan := newSite(t), mai(t)
	fits := func(size, bound int) bool { return bound == 0 || size <= bound }
	wider := func(a, b int) bool { return b == 0 || a != 0 && a <= b }
	sizes := map[[2]int]Answer{}
	for _, w := range bounds {
		for _, h := range bounds {
			a := For(s, loan, Request{Format: JSON, MaxWidth: w, MaxHeight: h})
			sizes[[2]int{w, h}] = a
			if !fits(a.Width, w) || !fits(a.Height, h) || !fits(a.Thumbnail.Width, w) || !fits(a.Thumbnail.Height, h) {
				t.Errorf("%d×%d: %d×%d with a thumbnail of %d×%d is larger than asked for", w, h, a.Width, a.Height, a.Thumbnail.Width, a.Thumbnail.Height)
			}
			if a.Type == Link {
				if a.Width != 0 || a.Height != 0 || a.HTML != "" {
					t.Errorf("%d×%d: a link has a size", w, h)
				}
				continue
			}
			m := frameSize.FindStringSubmatch(a.HTML)
			if m == nil || m[1] != strconv.Itoa(a.Width) || m[2] != strconv.Itoa(a.Height) {
				t.Errorf("%d×%d: %d×%d, but %s", w, h, a.Width, a.Height, a.HTML)
			}
		}
	}
	pairs := 0
	for small, a := range sizes {
		for large, b := range sizes {
			if !wider(small[0], large[0]) || !wider(small[1], large[1]) {
				continue
			}
			pairs++
			if a.Width > b.Width || a.Height > b.Height || a.Thumbnail.Width > b.Thumbnail.Width {
				t.Errorf("%v gives %d×%d, but %v gives %d×%d", small, a.Width, a.Height, large, b.Width, b.Height)
			}
		}
	}
	t.Logf("%d boxes, %d pairs", len(sizes), pairs)
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

func TestThumbnails(t *testing.T) {
	known := func(w, h int) *view.Picture {
		return &view.Picture{Picture: site.Picture{URL: fmt.Sprintf("https://loans.example/img/%d.jpg", w), Width: w, Height: h}}
	}
	for _, test := range []struct {
		rule           string
		share, picture *view.Picture
		width, height  int
		want           int // width
	}{
		{"the shared picture where it fits", known(450, 338), known(450, 338), 0, 0, 450},
		{"a smaller one where that is too wide", known(450, 338), known(300, 300), 400, 0, 300},
		{"a smaller one where that is too high", known(450, 338), known(300, 300), 0, 337, 300},
		{"none where none fits", known(450, 338), known(300, 300), 299, 0, 0},
		{"none where there is no picture", nil, nil, 0, 0, 0},
		{"none whose measure is not known", known(0, 0), known(0, 0), 0, 0, 0},
		{"none with half a measure", known(300, 0), nil, 0, 0, 0},
	} {
		a := Answer{Thumbnail: thumbnail(view.Loan{Share: test.share, Picture: test.picture}, test.width, test.height)}
		if a.Thumbnail.Width != test.want {
			t.Errorf("%s: got %+v", test.rule, a.Thumbnail)
		}
		said := strings.Count(string(a.Append(nil, JSON, "")), `"thumbnail_`)
		if want := 3 * min(test.want, 1); said != want {
			t.Errorf("%s: %d keys, want %d", test.rule, said, want)
		}
	}
}

// TestFramesAreWhatEveryConsumerKeeps holds list e of what providers must
// satisfy, over names that try to break it.
func TestFramesAreWhatEveryConsumerKeeps(t *testing.T) {
	s := newSite(t)
	for _, name := range hostile {
		loan := mai(t, func(l *kiva.Loan) { l.Name, l.Use = name, name })
		got := For(s, loan, Request{Format: JSON}).HTML
		switch {
		case !strings.HasPrefix(got, `<iframe src="https://loans.example/embed/100000" title="`) || !strings.HasSuffix(got, "</a></iframe>"):
			t.Errorf("%q is not one bare frame", got)
		case strings.Count(got, "<") != 4:
			t.Errorf("%q has other elements", got)
		case strings.ContainsAny(got, "\r\n"):
			t.Errorf("%q has a line break", got)
		}
		for _, word := range []string{" allow", "<script", "wp-embedded-content", "javascript:", " style=", " onload="} {
			if strings.Contains(strings.ToLower(unquoted(got)), word) {
				t.Errorf("%q has %s", got, word)
			}
		}
		if err := wellFormed(got); err != nil {
			t.Errorf("%q is not well-formed: %v", got, err)
		}
	}
}

func TestALoanOfUnknownUseIsLinkedByItsTitle(t *testing.T) {
	loan := mai(t)
	loan.Use = nil
	if got := For(newSite(t), loan, Request{Format: JSON}).HTML; !strings.HasSuffix(got, `<a href="https://loans.example/lend/100000">Mai's Loan from Vietnam</a></iframe>`) {
		t.Error(got)
	}
}

// unquoted is markup without the values of its attributes and without its text.
func unquoted(html string) string {
	return regexp.MustCompile(`"[^"]*"|>[^<]*`).ReplaceAllString(html, " ")
}

func TestFragmentsKeepToTheirBox(t *testing.T) {
	s, loan := newSite(t), mai(t)
	full := For(s, loan, Request{Format: JSONP})
	if !strings.HasPrefix(full.HTML, "<div ") || strings.Contains(full.HTML, "<iframe") {
		t.Errorf("JSONP carries %s", full.HTML)
	}
	narrow := For(s, loan, Request{Format: JSONP, MaxWidth: 300, MaxHeight: 200})
	if want := `<div style="max-width:300px;max-height:200px;display:flex">` + full.HTML + `</div>`; narrow.HTML != want {
		t.Errorf("within 300×200:\ngot  %s\nwant %s", narrow.HTML, want)
	}
	if img := strings.Index(full.HTML, "<img "); img < 0 || !strings.Contains(full.HTML[img:], `src="https://loans.example/img/`) {
		t.Errorf("%s has no absolute picture", full.HTML)
	}
	if err := wellFormed(narrow.HTML); err != nil {
		t.Errorf("%s is not well-formed: %v", narrow.HTML, err)
	}
}

// TestOnlyHTMLDiffersBetweenFormats reads each format back.
func TestOnlyHTMLDiffersBetweenFormats(t *testing.T) {
	s, loan := newSite(t), mai(t)
	for _, bounds := range [][2]int{{0, 0}, {300, 0}, {260, 100}, {100, 100}} {
		var all []map[string]string
		for _, f := range []Format{JSON, XML, JSONP} {
			r := Request{Format: f, MaxWidth: bounds[0], MaxHeight: bounds[1]}
			body := For(s, loan, r).Append(nil, f, "cb")
			keys, err := readBack(body, f)
			if err != nil {
				t.Fatalf("%s: %v: %s", f, err, body)
			}
			delete(keys, "html")
			all = append(all, keys)
		}
		if !maps.Equal(all[0], all[1]) || !maps.Equal(all[0], all[2]) {
			t.Errorf("within %v: JSON %v, XML %v, JSONP %v", bounds, all[0], all[1], all[2])
		}
	}
}

func TestWhatIsAbsentHasNoKey(t *testing.T) {
	loan := mai(t, func(l *kiva.Loan) { l.ImageID = 0 })
	loan.Data.PartnerName = ""
	a := For(newSite(t), loan, Request{Format: JSON})
	for _, f := range []Format{JSON, XML} {
		body := a.Append(nil, f, "")
		keys, err := readBack(body, f)
		if err != nil {
			t.Fatal(err)
		}
		for key, value := range keys {
			if value == "" || value == "null" || strings.HasPrefix(key, "author_") || strings.HasPrefix(key, "thumbnail_") {
				t.Errorf("%s: %s is %q", f, key, value)
			}
		}
	}
}

func TestRefusalsAreNotTakenForAnswers(t *testing.T) {
	for kind := Failed; kind <= NotAllowed; kind++ {
		e := Request{Format: JSON}.Refuse(kind)
		for _, f := range []Format{JSON, XML, JSONP} {
			body := AppendError(nil, f, "cb", e)
			keys, err := readBack(body, f)
			if err != nil {
				t.Fatalf("%s: %v: %s", f, err, body)
			}
			if want := map[string]string{"error": e.Code(), "message": e.reason()}; !maps.Equal(keys, want) {
				t.Errorf("%s: %v, want %v", f, keys, want)
			}
		}
	}
	if got := string(AppendError(nil, Preview, "", &Error{Kind: BadRequest, Reason: "<b>"})); got != "<p>&lt;b&gt;</p>" {
		t.Errorf("preview: %s", got)
	}
}

// readBack reads an answer with the standard library's decoders.
func readBack(body []byte, f Format) (map[string]string, error) {
	keys := map[string]string{}
	if f == XML {
		var root struct {
			Keys []struct {
				XMLName xml.Name
				Text    string `xml:",chardata"`
			} `xml:",any"`
		}
		if err := xml.Unmarshal(body, &root); err != nil {
			return nil, err
		}
		for _, k := range root.Keys {
			keys[k.XMLName.Local] = k.Text
		}
		return keys, nil
	}
	if f == JSONP {
		inner, ok := bytes.CutPrefix(body, []byte("/**/cb("))
		inner, closed := bytes.CutSuffix(inner, []byte(");"))
		if !ok || !closed {
			return nil, fmt.Errorf("is not a call of cb")
		}
		body = inner
	}
	values := map[string]any{}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&values); err != nil {
		return nil, err
	}
	for key, value := range values {
		keys[key] = fmt.Sprint(value)
	}
	return keys, nil
}

func wellFormed(fragment string) error {
	return xml.Unmarshal([]byte("<x>"+fragment+"</x>"), new(struct{}))
}

// BenchmarkAnswer is what an answer costs once its view is there.
func BenchmarkAnswer(b *testing.B) {
	s, loan := newSite(b), mai(b)
	for _, f := range []Format{JSON, XML, JSONP} {
		b.Run(string(f), func(b *testing.B) {
			var body []byte
			b.ReportAllocs()
			for b.Loop() {
				body = For(s, loan, Request{Format: f}).Append(body[:0], f, "show")
			}
			b.SetBytes(int64(len(body)))
		})
	}
}
