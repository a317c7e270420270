package templates

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"
)

// FuzzTextIsEscapedAsTemplEscapesIt holds the two together: what hand-written code
// and templates write comes out of one place, and templ's rules are the known ones.
func FuzzTextIsEscapedAsTemplEscapesIt(f *testing.F) {
	for _, text := range []string{"", "plain", `a<b>&"c'`, "'''", "é & ü", "&amp;", "\x00\xff<", "javascript:alert(1)", "HTTPS://a/b?c=d&e", "/a:b"} {
		f.Add(text)
	}
	for at := range 20 { // eight characters are looked at together
		for _, sign := range special + "%#;=?éü\x00\x7f\x80\xff" {
			f.Add(strings.Repeat("a", at) + string(sign) + strings.Repeat("b", 20-at))
			f.Add(strings.Repeat("é", at) + string(sign) + "&")
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := string(appendText(nil, text)), templ.EscapeString(text); got != want {
			t.Errorf("%q is escaped as %q, templ has %q", text, got, want)
		}
		if got, err := json.Marshal(text); err != nil || string(appendJSON(nil, text)) != string(got) {
			t.Errorf("%q is %s in JSON, encoding/json has %s", text, appendJSON(nil, text), got)
		}
		var out markupWriter
		writeAddress(&out, text)
		if want := templ.EscapeString(templ.URL(text)); string(out.b) != want {
			t.Errorf("address %q is written as %q, templ has %q", text, out.b, want)
		}
	})
}

func TestClassesAreWrittenAsTemplWritesThem(t *testing.T) {
	for _, names := range [][]any{
		{"card"}, {"card warn", templ.KV("bare", true)}, {"card", templ.KV("bare", false)},
		{templ.KV("deeper", false)}, {templ.KV("deeper", true)}, {templ.KV("a", false), "b", templ.KV("c", true)},
	} {
		var out markupWriter
		out.classes(names...)
		if want := templ.CSSClasses(names).String(); out.err != nil || string(out.b) != want {
			t.Errorf("classes %v are written as %q, templ has %q (%v)", names, out.b, want, out.err)
		}
	}
	var out markupWriter
	if out.classes(7); out.err == nil {
		t.Error("a number passes for a class")
	}
}

// A page is written into what is left of a buffer, behind what stands in it.
func TestComponentsAppendAndWriteNothingWhenTheyFail(t *testing.T) {
	hello := written(func(out *markupWriter) { out.text("<hello>") })
	broken := errors.New("broken")
	fails := written(func(out *markupWriter) {
		out.markup("half")
		out.component(templ.ComponentFunc(func(context.Context, io.Writer) error { return broken }))
	})
	for _, room := range []int{0, 5, 100} {
		b := bytes.NewBuffer(append(make([]byte, 0, 1+room), '-'))
		if err := hello.Render(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if err := fails.Render(t.Context(), b); !errors.Is(err, broken) {
			t.Errorf("got %v, want the component's own error", err)
		}
		inside := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error { return hello.Render(ctx, w) })
		if err := written(func(out *markupWriter) { out.component(inside) }).Render(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if want := "-&lt;hello&gt;&lt;hello&gt;"; b.String() != want {
			t.Errorf("with room for %d bytes: %q, want %q", room, b, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := hello.Render(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v of a cancelled context", err)
	}
}

// Children come with the context where a component is called from outside of
// templates, and stand where they belong.
func TestChildrenGivenFromOutsideStandInside(t *testing.T) {
	outer := written(func(out *markupWriter) {
		inside := out.children()
		out.markup("<p>")
		inside()
		out.markup("</p>")
	})
	var b bytes.Buffer
	ctx := templ.WithChildren(t.Context(), written(func(out *markupWriter) { out.text("in") }))
	if err := errors.Join(outer.Render(ctx, &b), outer.Render(t.Context(), &b)); err != nil || b.String() != "<p>in</p><p></p>" {
		t.Errorf("got %q, %v", &b, err)
	}
}
