package locale

import (
	"iter"
	"slices"
	"strings"
)

// Pattern is a sentence with named placeholders, "A loan from {country}",
// parsed once. The zero Pattern says nothing. There are no formats, no nesting
// and no way to write a literal brace: a sentence that needs them is built by
// the caller from smaller ones.
type Pattern struct {
	parts []part
}

// part is either text to be said as it is or the name of a placeholder.
type part struct {
	text, placeholder string
}

// P parses a sentence. A placeholder is {name}, the name made of a-z, 0-9 and _.
// It panics on an unclosed brace, a closing brace that was never opened, or a
// name of other characters: sentences are constants of the program, so that is
// a mistake seen by the first run of any test.
func P(s string) Pattern {
	var parts []part
	rest := s
	for rest != "" {
		at := strings.IndexAny(rest, "{}")
		if at < 0 {
			parts = append(parts, part{text: rest})
			break
		}
		if at > 0 {
			parts = append(parts, part{text: rest[:at]})
		}
		if rest[at] == '}' {
			panic("locale: pattern " + s + ": } without {")
		}
		name, after, closed := strings.Cut(rest[at+1:], "}")
		if !closed {
			panic("locale: pattern " + s + ": { is never closed")
		}
		if name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			panic("locale: pattern " + s + ": bad placeholder {" + name + "}")
		}
		parts = append(parts, part{placeholder: name})
		rest = after
	}
	return Pattern{parts}
}

// Fill says the sentence with its placeholders replaced. The arguments are
// pairs, a name and its value; a name the sentence does not use is ignored.
// Values are taken as they are, braces included, and are not escaped: what
// leaves for HTML goes through the template's encoder. A placeholder without a
// value stays as {name}, to be seen. Fill panics on an odd number of arguments.
func (p Pattern) Fill(args ...string) string {
	var buf [256]byte // longer than most sentences
	return string(p.Append(buf[:0], args...))
}

// Append appends what Fill returns to dst, without allocating where dst has room.
func (p Pattern) Append(dst []byte, args ...string) []byte {
	if len(args)%2 != 0 {
		panic("locale: Pattern.Fill: a name without a value")
	}
	for i := range p.parts {
		part := &p.parts[i]
		if part.placeholder == "" {
			dst = append(dst, part.text...)
			continue
		}
		value, ok := valueOf(part.placeholder, args)
		if !ok {
			dst = append(append(append(dst, '{'), part.placeholder...), '}')
			continue
		}
		dst = append(dst, value...)
	}
	return dst
}

func valueOf(name string, args []string) (string, bool) {
	for i := 0; i < len(args); i += 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return "", false
}

// Parts yields the sentence piece by piece, in its order: a text and "", or ""
// and the name of a placeholder. With it a template can put markup around a
// value (strong, bdi) wherever the language wants that value to stand.
func (p Pattern) Parts() iter.Seq2[string, string] {
	return func(yield func(text, placeholder string) bool) {
		for _, part := range p.parts {
			if !yield(part.text, part.placeholder) {
				return
			}
		}
	}
}

// Names returns the names of the placeholders in the order of the sentence,
// each once.
func (p Pattern) Names() []string {
	var names []string
	for _, part := range p.parts {
		if part.placeholder != "" && !slices.Contains(names, part.placeholder) {
			names = append(names, part.placeholder)
		}
	}
	return names
}

// IsZero reports whether the pattern says nothing at all.
func (p Pattern) IsZero() bool { return len(p.parts) == 0 }

// String returns the sentence as it was written, for messages and tests.
func (p Pattern) String() string {
	var b strings.Builder
	for _, part := range p.parts {
		if part.placeholder == "" {
			b.WriteString(part.text)
			continue
		}
		b.WriteString("{" + part.placeholder + "}")
	}
	return b.String()
}
