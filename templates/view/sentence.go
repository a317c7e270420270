package view

import (
	"strings"
	"time"

	"loanleaf/locale"
)

// Sentence is words with the values in them marked, so that a template can
// set them apart: amounts strong, names isolated, other languages declared.
type Sentence []Span

// Span is a part of a sentence.
type Span struct {
	Text string
	Kind SpanKind
	Lang string    // set on Words of another language than the view's
	Time time.Time // set on Date
}

// SpanKind tells what a span holds.
type SpanKind uint8

// The kinds of spans.
const (
	Plain  SpanKind = iota
	Amount          // <strong><bdi>
	Name            // <bdi>
	Words           // text of the data, perhaps in another language: <span lang>
	Date            // <time datetime>
)

// String is the sentence as plain text.
func (s Sentence) String() string {
	size := 0
	for i := range s {
		size += len(s[i].Text)
	}
	var b strings.Builder
	b.Grow(size)
	for i := range s {
		b.WriteString(s[i].Text)
	}
	return b.String()
}

// value is what stands where a pattern has a placeholder of this name.
type value struct {
	name string
	span Span
}

// say adds a sentence to s, its values in place. A placeholder without a
// value leaves nothing; the tests hold that none does.
func (t *telling) say(s Sentence, p locale.Pattern, values ...value) Sentence {
	s = t.room(s, 2*len(values)+1)
	for text, placeholder := range p.Parts() {
		if placeholder == "" {
			s = append(s, Span{Text: text})
			continue
		}
		for i := range values {
			if values[i].name == placeholder {
				s = append(s, values[i].span)
				break
			}
		}
	}
	return s
}

// room is a sentence that n spans can be added to.
func (t *telling) room(s Sentence, n int) Sentence {
	if cap(s)-len(s) >= n {
		return s
	}
	return append(t.blocks.spans.room(len(s)+n), s...)
}

// between parts facts of one line that do not depend on each other.
const between = " · "

// then adds a sentence to those that s already holds, as a fact of its own.
func (t *telling) then(s Sentence, p locale.Pattern, values ...value) Sentence {
	if len(s) > 0 {
		s = append(t.room(s, 2*len(values)+2), Span{Text: between})
	}
	return t.say(s, p, values...)
}

// thenText adds words without values.
func (t *telling) thenText(s Sentence, text string) Sentence {
	if len(s) > 0 {
		s = append(t.room(s, 2), Span{Text: between})
	}
	return append(t.room(s, 1), Span{Text: text})
}

// plain is a sentence of words alone; nil when there are none.
func (t *telling) plain(text string) Sentence {
	if text == "" {
		return nil
	}
	return t.single(Span{Text: text})
}

// single is a sentence of one span.
func (t *telling) single(span Span) Sentence { return append(t.room(nil, 1), span) }

// text is what [Sentence.String] says.
func (t *telling) text(s Sentence) string {
	line := t.empty()
	for i := range s {
		line = append(line, s[i].Text...)
	}
	return t.keep(line)
}
