package snapshot

import (
	"bytes"
	"slices"
	"strings"
)

// outline is what the beginning of a JSON text shows of its shape: enough to
// tell what kind of thing it is, without reading it all.
type outline struct {
	top     byte                // '{', '[', another first byte, or 0 when there is none
	keys    []string            // of the top-level object, in order
	strings map[string]string   // its members that are short strings
	kinds   map[string]byte     // the first byte of each member's value
	first   map[string][]string // keys of the members' first objects
	element []string            // keys of a top-level array's first elements
	firstAt byte                // first byte of a top-level array's first element
	cut     bool                // an object that keys or element is of runs on behind what was looked at
	closed  bool                // the top-level value ends within what was looked at
	oneLine bool                // the top-level value began and ended on one line
}

const mostKeys = 200

// outlineOf looks at head, the beginning of a text without byte order mark.
func outlineOf(head []byte) outline {
	o := outline{strings: map[string]string{}, kinds: map[string]byte{}, first: map[string][]string{}}
	w := walker{b: head}
	begin := w.space()
	o.top = begin
	from := w.i
	switch begin {
	case '{':
		o.keys = w.object(func(key string, kind byte) {
			if _, seen := o.kinds[key]; !seen {
				o.kinds[key] = kind
			}
			switch kind {
			case '"':
				at := w.i
				w.skip()
				if !w.short && w.i-at < 400 {
					o.strings[key] = string(w.b[at+1 : w.i-1])
				}
			case '[':
				o.first[key], _ = w.elements()
			case '{':
				o.first[key] = w.keysOf()
			default:
				w.skip()
			}
		})
	case '[':
		mark := w
		w.i++
		o.firstAt = w.space()
		w = mark
		o.element, o.cut = w.elements()
	default:
		return o
	}
	if begin == '{' {
		o.cut = w.short
	}
	if !w.short {
		o.closed = true
		o.oneLine = bytes.IndexByte(head[from:w.i], '\n') < 0
	}
	return o
}

// has tells whether any of the names is a key of the top-level object.
func (o *outline) has(names ...string) (string, bool) {
	for _, key := range o.keys {
		for _, name := range names {
			if key == name {
				return key, true
			}
		}
	}
	return "", false
}

// walker steps over the values of a text that may be cut off anywhere. Like
// the splitter it follows brackets and strings and validates nothing.
type walker struct {
	b     []byte
	i     int
	short bool // the text ended inside a value
}

// space passes over white space and is the byte after it, 0 at the end.
func (w *walker) space() byte {
	for ; w.i < len(w.b); w.i++ {
		if classes[w.b[w.i]] != space {
			return w.b[w.i]
		}
	}
	w.short = true
	return 0
}

// skip passes over one value.
func (w *walker) skip() {
	depth := 0
	for w.i < len(w.b) {
		switch c := w.b[w.i]; classes[c] {
		case quote:
			at, ended := endOfString(w.b, w.i+1)
			w.i = at
			if !ended {
				w.short = true
				return
			}
			if depth == 0 {
				return
			}
			continue
		case opening:
			depth++
		case closing:
			if depth == 0 {
				return
			}
			if depth--; depth == 0 {
				w.i++
				return
			}
		case comma, space:
			if depth == 0 {
				return
			}
		}
		w.i++
	}
	w.short = true
}

// object steps through the object at i, and calls visit with each key, i
// standing on the value's first byte; visit must pass over the value.
func (w *walker) object(visit func(key string, kind byte)) (keys []string) {
	w.i++
	for len(keys) < mostKeys {
		c := w.space()
		if c == ',' {
			w.i++
			continue
		}
		if c == '}' {
			w.i++
			return keys
		}
		if c != '"' {
			w.short = true
			return keys
		}
		at := w.i + 1
		w.skip()
		if w.short {
			return keys
		}
		key := string(w.b[at:min(w.i-1, at+100)])
		if w.space() != ':' {
			w.short = true
			return keys
		}
		w.i++
		kind := w.space()
		if w.short {
			return append(keys, key)
		}
		keys = append(keys, key)
		visit(key, kind)
		if w.short {
			return keys
		}
	}
	w.short = true
	return keys
}

// keysOf are the keys of the object at i.
func (w *walker) keysOf() []string {
	return w.object(func(string, byte) { w.skip() })
}

// elements are the keys of the first objects of the array at i, each key
// once; cut when the text ends within the very first. i passes over the whole
// array.
func (w *walker) elements() (keys []string, cut bool) {
	const most = 8
	whole := *w
	w.i++
	for n := range most {
		for w.space() == ',' {
			w.i++
		}
		if w.short || w.b[w.i] == ']' {
			break
		}
		if w.b[w.i] == '{' {
			one := *w
			for _, key := range one.keysOf() {
				if !slices.Contains(keys, key) {
					keys = append(keys, key)
				}
			}
		}
		if w.skip(); w.short {
			cut = n == 0
			break
		}
	}
	*w = whole
	w.skip()
	return keys, cut
}

// idOf reads the id of a raw record that may be broken, as it is written and
// at most 40 bytes of it; empty when there is none to be read.
func idOf(raw []byte) (id string) {
	w := walker{b: raw}
	if w.space() != '{' {
		return ""
	}
	w.object(func(key string, kind byte) {
		at := w.i
		w.skip()
		if key != "id" {
			return
		}
		if kind == '{' || kind == '[' {
			id = ""
			return
		}
		id = strings.TrimSpace(clip(strings.Trim(string(raw[at:w.i]), `"`)))
	})
	return id
}

// clip keeps a word from a file short enough for a message.
func clip(s string) string {
	const most = 40
	short := strings.ToValidUTF8(s[:min(len(s), most)], "\ufffd")
	if len(s) <= most && len(short) <= most {
		return printable(short)
	}
	// What stands for bytes that are not valid is longer than they are.
	return printable(strings.ToValidUTF8(short[:min(len(short), most)], "") + "…")
}
