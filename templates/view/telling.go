package view

import (
	"strings"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
)

// telling is a teller at work, with the memory for what it says. A view of a loan is
// a hundred small texts and lists, and to make each of them by itself was a
// quarter of what its page cost. A telling cuts them from blocks, one after the
// other. What was cut is never written to again by anyone else, and no block is
// used a second time: a view is its holder's for as long as they like, and keeps
// alive the blocks that it has a part of, a few kilobytes each.
//
// One goroutine works with a telling at a time; a [Teller] hands them out.
type telling struct {
	*Teller
	line  []byte // the text that is being put together
	texts strings.Builder

	blocks blocks
}

// begin gives a telling that nobody else works with; end gives it back.
func (t *Teller) begin() *telling {
	if idle, ok := t.idle.Get().(*telling); ok {
		return idle
	}
	return t.alone()
}

// alone gives a telling for one view, which shares its memory with no other.
func (t *Teller) alone() *telling { return &telling{Teller: t, line: make([]byte, 0, 512)} }

func (t *telling) end() { t.idle.Put(t) }

// blockLength is how many values a block has, and textBlock how many bytes one of
// texts: a page takes some thirty of the commonest, and three kilobytes. The first ones
// are smaller.
const (
	blockLength, firstLength = 64, 8
	textBlock, firstText     = 4 << 10, 1 << 10
)

// blocks are memory for what views are made of.
type blocks struct {
	spans    block[Span]
	actions  block[Action]
	pictures block[Picture]
	stories  block[Story]
	labels   block[string]
	facts    block[Fact]
	rows     block[Row]
	steps    block[Step]
	marks    block[Mark]
	keys     block[Key]
	partners block[Partner]
	receipts block[receipt]
	verdicts block[verdict]
}

// block is memory for values of one kind.
type block[T any] struct {
	rest   []T
	length int // of the last one
}

// cut is n values, all zero, without room for more. A long one is no part of a block.
func (b *block[T]) cut(n int) []T {
	if n > blockLength/2 {
		return make([]T, n)
	}
	if n > len(b.rest) {
		b.length = min(max(2*b.length, firstLength, n), blockLength)
		b.rest = make([]T, b.length)
	}
	cut := b.rest[:n:n]
	b.rest = b.rest[n:]
	return cut
}

// room is an empty list that n values can be added to.
func (b *block[T]) room(n int) []T { return b.cut(n)[:0] }

// one is a value by itself.
func (b *block[T]) one(value T) *T {
	cut := b.cut(1)
	cut[0] = value
	return &cut[0]
}

// empty is a line to put a text together on, and keep makes the text of it. There is
// one line: between the two nothing else is said.
func (t *telling) empty() []byte { return t.line[:0] }

func (t *telling) keep(line []byte) string {
	t.line = line
	if len(line) > textBlock/4 {
		return string(line)
	}
	if t.texts.Cap()-t.texts.Len() < len(line) {
		length := min(max(2*t.texts.Cap(), firstText, len(line)), textBlock)
		t.texts = strings.Builder{}
		t.texts.Grow(length)
	}
	begin := t.texts.Len()
	t.texts.Write(line)
	return t.texts.String()[begin:]
}

// join puts texts behind each other.
func (t *telling) join(parts ...string) string {
	line := t.empty()
	for _, part := range parts {
		line = append(line, part...)
	}
	return t.keep(line)
}

// fill says a sentence with its placeholders replaced ([locale.Pattern.Fill]).
func (t *telling) fill(p locale.Pattern, args ...string) string {
	return t.keep(p.Append(t.empty(), args...))
}

// counted says a sentence of a number, which is called n in it.
func (t *telling) counted(c *locale.Counted, n int64) string {
	return t.fill(c.For(t.language, n), "n", t.number(n))
}

// url is the address of a page in the teller's language.
func (t *telling) url(a site.Address) string {
	a.Language = t.tag
	return t.keep(t.site.AppendURL(t.empty(), a))
}

// money is an amount in words; empty when it is absent.
func (t *telling) money(m kiva.Money) string {
	if !m.Known() {
		return ""
	}
	return t.keep(t.language.AppendMoney(t.empty(), m.Units, m.Currency))
}

func (t *telling) number(n int64) string { return t.keep(t.language.AppendNumber(t.empty(), n)) }

func (t *telling) monthYear(day time.Time) string {
	return t.keep(t.language.AppendMonthYear(t.empty(), day))
}

func (t *telling) percent(n int) string { return t.keep(t.language.AppendPercent(t.empty(), n)) }
