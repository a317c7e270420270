package oembed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"loanleaf/kiva"
	"loanleaf/templates"
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
	for kind := Failed; kind <= Limited; kind++ {
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

// BenchmarkAnswer is what an answer costs once its view is there. "fragment" is
// the widget's inline fragment in JSON: at most 20 µs and 10 allocations.
func BenchmarkAnswer(b *testing.B) {
	s, loan := newSite(b), mai(b)
	for name, r := range map[string]Request{
		"json": {Format: JSON}, "xml": {Format: XML}, "jsonp": {Format: JSONP, Callback: "show"}, "fragment": {Format: JSON, HTML: Inline},
	} {
		b.Run(name, func(b *testing.B) {
			var body []byte
			b.ReportAllocs()
			for b.Loop() {
				body = For(s, loan, r).Append(body[:0], r.Format, r.Callback)
			}
			b.SetBytes(int64(len(body)))
		})
	}
}

// TestAnswersAreMadeWithFewAllocations keeps what the benchmark measures.
func TestAnswersAreMadeWithFewAllocations(t *testing.T) {
	s := newSite(t)
	loan := mai(t, func(l *kiva.Loan) {
		l.Story[0].Body = strings.Repeat("Mai keeps ducks beside the river and sells their eggs. ", 30)
	})
	var body []byte
	for _, r := range []Request{{Format: JSON}, {Format: XML}, {Format: JSON, HTML: Inline}, {Format: JSONP, Callback: "show"}, {Format: Preview}} {
		n := testing.AllocsPerRun(20, func() { body = For(s, loan, r).Append(body[:0], r.Format, r.Callback) })
		t.Logf("%s, html %d: %.0f allocations", r.Format, r.HTML, n)
		if n > 10 {
			t.Errorf("%s, html %d: %.0f allocations, want at most 10", r.Format, r.HTML, n)
		}
	}
}
