package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestReadDocument(t *testing.T) {
	got := readDocument([]byte(`<!doctype html><html><head><title>Mai &amp; co</title>
<meta property="og:title" content=" Mai "><meta property="og:title" content="second"><meta name="Description" content="Ducks">
<link rel="canonical" href="https://a.example/5"><link rel="stylesheet" href="/a.css">
<script>document.write('<link type="application/json+oembed" href="script">')</script>
<link rel="alternate" type="application/json&#43;oembed" href="https://a.example/o?u=1&amp;f=2" title="A &gt; B">
<LINK TYPE=text/xml+oembed HREF=/x></head><body><svg><title>Picture</title></svg>
<link rel=alternative type="Application/JSON+oEmbed" href="late"></body></html>`))
	want := &document{
		title:  "Mai & co",
		metas:  map[string]string{"og:title": "Mai", "description": "Ducks"},
		others: map[string]string{"canonical": "https://a.example/5", "stylesheet": "/a.css"},
		links: []Link{
			{Href: "https://a.example/o?u=1&f=2", Type: typeJSON, Rel: "alternate", Title: "A > B", InHead: true},
			{Href: "/x", Type: typeXML, InHead: true},
			{Href: "late", Type: "Application/JSON+oEmbed", Rel: "alternative"},
		},
	}
	options := cmp.Options{cmp.AllowUnexported(document{}), cmpopts.IgnoreFields(Link{}, "Offset", "raw")}
	if diff := cmp.Diff(want, got, options); diff != "" {
		t.Error(diff)
	}
}

func TestReadLinkHeaders(t *testing.T) {
	const json = "application/json+oembed"
	for _, test := range []struct {
		name, header string
		want         []Link
	}{
		{"one", `<https://a.example/o?u=1&f=2>; rel="alternate"; type="application/json+oembed"; title="A, B; \"C\""`,
			[]Link{{Href: "https://a.example/o?u=1&f=2", Rel: "alternate", Type: json, Title: `A, B; "C"`, Offset: -1}}},
		{"among others", `</a.css>; rel=preload; as=style, <o>; type=application/json+oembed;rel=alternate , <b>`,
			[]Link{{Href: "o", Rel: "alternate", Type: json, Offset: -1}}},
		{"with commas in its address", `<https://a.example/1,2>; type="application/json+oembed"`,
			[]Link{{Href: "https://a.example/1,2", Type: json, Offset: -1}}},
		{"with parameters without a value", `<o>; crossorigin; type="text/xml+oembed"`, []Link{{Href: "o", Type: typeXML, Offset: -1}}},
		{"none of another type", `<o>; type="application/json"`, nil},
		{"none that is not closed", `<o; type="application/json+oembed"`, nil},
		{"none of nonsense", `;;,=",<>,`, nil},
	} {
		if diff := cmp.Diff(test.want, readLinkHeaders([]string{test.header}), cmpopts.IgnoreUnexported(Link{})); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// Any page can be read; what is found lies in it, where it is said to lie, and
// nothing that WordPress finds is longer than the page.
func FuzzReadDocument(f *testing.F) {
	f.Add([]byte(`<head><link rel="alternate" type="application/json+oembed" href="/o?a=1&amp;b=2"></head>`))
	f.Add([]byte(`<!-- <link type=text/xml+oembed href=x --><title>a</title><body><iframe><link></iframe><meta property=og:title content=t>`))
	f.Add([]byte("<plaintext><link type='application/json+oembed' href=\xff\x00>"))
	f.Fuzz(func(t *testing.T, page []byte) {
		d := readDocument(page)
		last := -1
		for _, l := range d.links {
			if l.Offset <= last || l.Offset+len(l.raw) > len(page) {
				t.Fatalf("a link at %d of %d bytes, behind one at %d", l.Offset, len(page), last)
			}
			if got := string(page[l.Offset : l.Offset+len(l.raw)]); got != l.raw || !strings.HasPrefix(strings.ToLower(got), "<link") {
				t.Fatalf("at %d stands %q, not %q", l.Offset, got, l.raw)
			}
			last = l.Offset
		}
		if found := wordpressDiscovers(page); len(found) > len(page) {
			t.Fatalf("found %q", found)
		}
		m := readMarkup(string(page))
		if m.frame() == nil && m.src() != "" {
			t.Fatal("an address without a frame")
		}
		if kept := wordpressKeeps(string(page)); kept.frame != "" && !strings.HasPrefix(kept.frame, "<iframe") {
			t.Fatalf("kept %q", kept.frame)
		}
	})
}

// Any answer can be read, and whatever was read has fields or a reason.
func FuzzReadAnswer(f *testing.F) {
	f.Add("application/json", []byte(`{"type":"rich","version":1.0,"width":null,"a":[{}]}`))
	f.Add("text/xml", []byte(`<?xml version="1.0"?><oembed><type>rich</type><html>&lt;b&gt;</html><a/><b><c/></b></oembed>`))
	f.Add("", []byte("\ufeff  <!DOCTYPE x [<!ENTITY a \"b\">]><oembed>&a;</oembed>"))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		a := readAnswer("https://a.example/", &Response{Status: 200, Header: headers(kind), Body: body}, nil)
		if (a.fields == nil) == (a.fault == nil) {
			t.Fatalf("fields %v, fault %v", a.fields, a.fault)
		}
		for key, value := range a.fields {
			if shown(value) == "" || len([]rune(shown(value))) > 161 {
				t.Fatalf("%s is shown as %q", key, shown(value))
			}
		}
		if strings.ContainsAny(short(string(body)), "\x1b\n\r") {
			t.Fatalf("a terminal would obey %q", short(string(body)))
		}
	})
}
