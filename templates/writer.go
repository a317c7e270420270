package templates

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/a-h/templ"
)

// markupWriter is a page being written: markup as it is and text escaped, for
// elements and attributes in double quotes alike. Every component of the
// package is a method of it: templates/generate makes those of the templates, and
// some are written by hand below their names.
type markupWriter struct {
	b   []byte
	ctx context.Context // for components that others wrote
	err error           // the first one
}

// written is a component that is a function of a page.
type written func(*markupWriter)

// Render appends the component to w. It writes all of it or, on an error, nothing.
func (write written) Render(ctx context.Context, w io.Writer) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if within, ok := w.(*markupWriter); ok {
		write(within)
		return within.err
	}
	out := markupWriter{ctx: ctx}
	if b, ok := w.(*bytes.Buffer); ok {
		out.b = b.AvailableBuffer()
	}
	write(&out)
	if out.err != nil {
		return out.err
	}
	_, err := w.Write(out.b)
	return err
}

// Write appends markup, as components of others write it.
func (out *markupWriter) Write(p []byte) (int, error) {
	out.b = append(out.b, p...)
	return len(p), nil
}

// WriteString appends markup.
func (out *markupWriter) WriteString(s string) (int, error) {
	out.b = append(out.b, s...)
	return len(s), nil
}

// Len is how much was written, for components of others that want to know their place.
func (out *markupWriter) Len() int { return len(out.b) }

// component appends a component that has no method.
func (out *markupWriter) component(c templ.Component) {
	if out.err != nil {
		return
	}
	if write, ok := c.(written); ok {
		write(out)
		return
	}
	out.err = c.Render(out.ctx, out)
}

// children are what stands inside of a component that is called by its function.
func (out *markupWriter) children() func() {
	inside := templ.GetChildren(out.ctx)
	return func() {
		if inside != nil {
			out.component(inside)
		}
	}
}

func (out *markupWriter) fail(errs []error) {
	if out.err == nil {
		out.err = errors.Join(errs...)
	}
}

// writeValue appends the value of an expression of a template. Other types are
// refused when the templates are compiled: one that is formatted by reflection
// would be an allocation, and any other one with it.
func writeValue[T string | int | int64](out *markupWriter, value T, errs ...error) {
	if len(errs) > 0 {
		out.fail(errs)
	}
	switch value := any(value).(type) {
	case string:
		out.text(value)
	case int:
		out.b = strconv.AppendInt(out.b, int64(value), 10)
	case int64:
		out.b = strconv.AppendInt(out.b, value, 10)
	}
}

// writeAddress appends an address. One of a scheme that runs code is replaced, as
// [templ.URL] says, unless it is a [templ.SafeURL].
func writeAddress[T string | templ.SafeURL](out *markupWriter, address T, errs ...error) {
	if len(errs) > 0 {
		out.fail(errs)
	}
	if safe, ok := any(address).(templ.SafeURL); ok {
		out.text(string(safe))
		return
	}
	out.text(string(templ.URL(string(address))))
}

// classes appends names of classes, each a string or a [templ.KV] of one.
func (out *markupWriter) classes(names ...any) {
	some := false
	for _, name := range names {
		var class string
		switch name := name.(type) {
		case string:
			class = name
		case templ.KeyValue[string, bool]:
			if !name.Value {
				continue
			}
			class = name.Key
		default:
			out.fail([]error{errors.New("a class is neither a string nor a pair of one and a condition")})
		}
		if some {
			out.markup(" ")
		}
		out.text(class)
		some = true
	}
}

// attributes appends attributes, sorted by name.
func (out *markupWriter) attributes(list templ.Attributes) {
	if out.err == nil {
		out.err = templ.RenderAttributes(out.ctx, out, list)
	}
}

func (out *markupWriter) markup(s string) { out.b = append(out.b, s...) }

// bytes appends markup that was put together outside.
func (out *markupWriter) bytes(b []byte) { out.b = append(out.b, b...) }

// text appends text, escaped as [templ.EscapeString] does.
func (out *markupWriter) text(s string) { out.b = appendText(out.b, s) }

// special are the characters that text may not have in HTML.
const special = `&'<>"`

func appendText(b []byte, s string) []byte {
	for {
		i := indexSpecial(s)
		if i < 0 {
			return append(b, s...)
		}
		b = append(b, s[:i]...)
		switch s[i] {
		case '&':
			b = append(b, "&amp;"...)
		case '\'':
			b = append(b, "&#39;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '"':
			b = append(b, "&#34;"...)
		}
		s = s[i+1:]
	}
}

// isSpecial tells of special; a look at a table takes less than five comparisons.
var isSpecial = func() (table [256]bool) {
	for _, c := range []byte(special) {
		table[c] = true
	}
	return table
}()

// indexSpecial looks at eight characters at a time, and more closely where one of
// them may be special: & and ' differ in one bit, and so do < and >.
func indexSpecial(s string) int {
	const each, high = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		eight := binary.LittleEndian.Uint64([]byte(s[i : i+8]))
		// Bytes that are sought become 0; subtracting 1 from those alone sets a high bit that was not there.
		ampersand, less, quote := (eight|each)^each*'\'', (eight|each*2)^each*'>', eight^each*'"'
		if ((ampersand-each)&^ampersand|(less-each)&^less|(quote-each)&^quote)&high != 0 {
			break
		}
	}
	for ; i < len(s); i++ {
		if isSpecial[s[i]] {
			return i
		}
	}
	return -1
}

func (out *markupWriter) isolated(s string) {
	out.markup("<bdi>")
	out.text(s)
	out.markup("</bdi>")
}

func (out *markupWriter) date(day time.Time, words string) {
	out.markup(`<time datetime="`)
	out.b = appendDay(out.b, day)
	out.markup(`">`)
	out.text(words)
	out.markup("</time>")
}

// path appends a path of a drawing.
func (out *markupWriter) path(class string, d []byte) {
	out.markup(`<path class="`)
	out.markup(class)
	out.markup(`" d="`)
	out.bytes(d)
	out.markup(`"></path>`)
}
