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
func (s Sentence) say(p locale.Pattern, values ...value) Sentence {
	if s == nil {
		s = make(Sentence, 0, 2*len(values)+1)
	}
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

// between parts facts of one line that do not depend on each other.
const between = " · "

// then adds a sentence to those that s already holds, as a fact of its own.
func (s Sentence) then(p locale.Pattern, values ...value) Sentence {
	return s.part().say(p, values...)
}

// thenText adds words without values.
func (s Sentence) thenText(text string) Sentence {
	return append(s.part(), Span{Text: text})
}

func (s Sentence) part() Sentence {
	if len(s) > 0 {
		s = append(s, Span{Text: between})
	}
	return s
}

// plain is a sentence of words alone; nil when there are none.
func plain(text string) Sentence {
	if text == "" {
		return nil
	}
	return Sentence{{Text: text}}
}
