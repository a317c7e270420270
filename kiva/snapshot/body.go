package snapshot

import (
	"errors"
	"fmt"
	"io"
)

// body reads the records of one file and hands them on.
type body struct {
	*splitter
	d       *decoder
	file    string
	yield   func(Record, error) bool
	records int
}

// read goes through the whole member. It fails with errStopped when the
// caller wants no more, and with the reason when the file broke.
func (m *member) read(d *decoder, yield func(Record, error) bool) (err error) {
	c, err := m.content()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	b := &body{splitter: newSplitter(c, d.room), d: d, file: m.name, yield: yield}
	defer func() {
		if d.room = b.buf; len(d.room) > 16*startBuffer {
			d.room = nil
		}
	}()
	if err := b.skipMark(); err != nil {
		return err
	}
	switch m.kind.shape {
	case lines:
		return b.lines()
	case objects:
		return b.objects()
	case rows:
		return b.rows()
	}
	return b.bodies()
}

// lines reads a record from each line. A broken line costs itself alone.
func (b *body) lines() error {
	for {
		raw, state, err := b.nextLine()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case blank(raw):
			continue
		}
		if err := b.emit(unknownRecord, raw, state); err != nil {
			return err
		}
	}
}

// nextLine is the next line, its place noted.
func (b *body) nextLine() ([]byte, cut, error) {
	b.note()
	return b.splitter.line()
}

func blank(raw []byte) bool {
	for _, c := range raw {
		if classes[c] != space {
			return false
		}
	}
	return true
}

// objects reads objects that follow one another, with white space or commas
// between them.
func (b *body) objects() error {
	for {
		c, err := b.peek()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case c == ',':
			b.pos++
		case c == '{':
			if err := b.record(unknownRecord); err != nil {
				return err
			}
		default:
			return b.broken(c, "another object")
		}
	}
}

// bodies reads one body, or several that follow one another.
func (b *body) bodies() error {
	for {
		c, err := b.peek()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case c == '[':
			err = b.list(unknownRecord)
		case c == '{':
			err = b.object()
		default:
			return b.broken(c, "the end of the file")
		}
		if err != nil {
			return err
		}
	}
}

// object reads the members of a body.
func (b *body) object() error {
	b.pos++
	for {
		c, err := b.need()
		switch {
		case err != nil:
			return err
		case c == ',':
			b.pos++
			continue
		case c == '}':
			b.pos++
			return nil
		case c != '"':
			return b.broken(c, "the name of a member")
		}
		key, err := b.key()
		if err != nil {
			return err
		}
		if err := b.section(key); err != nil {
			return err
		}
	}
}

// section reads the value of a body's member. Lists of loans and partners and
// the header are read, everything else is passed over.
func (b *body) section(key string) error {
	c, err := b.need()
	if err != nil {
		return err
	}
	switch {
	case key == "loans" && c == '[':
		return b.list(loanRecord)
	case key == "partners" && c == '[':
		return b.list(partnerRecord)
	case key == "header" && c == '{':
		return b.header()
	}
	if why := foreign(key); why != nil && why.private {
		b.note()
		p := Problem{Place: b.d.place, Field: key, Reason: why.what + "; it is passed over"}
		p.Place.File, p.Place.Record = b.file, 0
		if !b.yield(Record{Problem: &p, Place: p.Place}, nil) {
			return errStopped
		}
	}
	return b.pass(c)
}

// pass drops one value.
func (b *body) pass(c byte) error {
	switch c {
	case '{', '[':
		_, _, err := b.value()
		return b.cutShort(err, "a member of the body")
	case '"':
		held := []byte{} // not nil: nothing needs to be held
		at, err := b.stringEnd(b.pos+1, &held)
		if err != nil {
			return b.cutShort(unexpected(err), "a member of the body")
		}
		b.pos = at
		return nil
	case ',', '}', ']', ':':
		return b.broken(c, "a value")
	}
	_, err := b.word()
	return err
}

// word passes over a number or a literal and returns the beginning of it.
func (b *body) word() (string, error) {
	var word []byte
	for {
		for ; b.pos < b.end; b.pos++ {
			c := b.buf[b.pos]
			if classes[c] != plain || c == ':' {
				return string(word), nil
			}
			if len(word) < 40 {
				word = append(word, c)
			}
		}
		if _, err := b.fill(); err != nil {
			return "", b.cutShort(unexpected(err), "a value")
		}
	}
}

// key reads the name of a member and the colon after it.
func (b *body) key() (string, error) {
	b.hold = b.pos
	defer func() { b.hold = -1 }()
	var overlong []byte
	at, err := b.stringEnd(b.pos+1, &overlong)
	if err != nil {
		return "", b.cutShort(unexpected(err), "a name")
	}
	key := ""
	if overlong == nil {
		key = string(b.buf[b.hold+1 : min(at-1, b.hold+101)])
	}
	b.pos = at
	c, err := b.need()
	if err != nil {
		return "", err
	}
	if c != ':' {
		return "", b.broken(c, "a colon")
	}
	b.pos++
	return key, nil
}

// list reads the records of an array.
func (b *body) list(of recordKind) error {
	b.pos++
	for {
		c, err := b.need()
		switch {
		case err != nil:
			return err
		case c == ',':
			b.pos++
		case c == ']':
			b.pos++
			return nil
		case c == '{':
			err = b.record(of)
		case c == '}' || c == ':':
			err = b.junk()
		default:
			err = b.stray(c)
		}
		if err != nil {
			return err
		}
	}
}

// stray sets aside something in a list that is no object.
func (b *body) stray(c byte) error {
	b.note()
	if c == '[' || c == '"' {
		what := "a list"
		if c == '"' {
			what = "text"
		}
		if err := b.pass(c); err != nil {
			return err
		}
		return b.aside("is " + what + ", not an object")
	}
	word, err := b.word()
	if err != nil {
		return err
	}
	return b.aside(fmt.Sprintf("is %s, not an object", clip(word)))
}

// junk passes over what cannot stand in a list, such as the end of a record
// that was broken in its middle, up to the next record or the list's end.
func (b *body) junk() error {
	b.note()
	for {
		c, err := b.need()
		if err != nil {
			return err
		}
		switch c {
		case ']':
			return b.aside("is no record, but what is left of a broken one")
		case ',':
			b.pos++
			if c, err = b.need(); err != nil {
				return err
			}
			if c == '{' {
				return b.aside("is no record, but what is left of a broken one")
			}
		case '{', '[', '"':
			if err := b.pass(c); err != nil {
				return err
			}
		default:
			b.pos++
		}
	}
}

// aside sets aside what stands at the place noted and is no record.
func (b *body) aside(reason string) error {
	b.records++
	b.d.place.File, b.d.place.Record = b.file, b.records
	p := Problem{Place: b.d.place, Reason: reason}
	if !b.yield(Record{Problem: &p, Place: p.Place}, nil) {
		return errStopped
	}
	return nil
}

// record cuts one record out of the stream and hands it on.
func (b *body) record(of recordKind) error {
	b.note()
	raw, state, err := b.value()
	if err != nil {
		return b.cutShort(err, fmt.Sprintf("record %d, which begins at byte %d", b.records+1, b.d.place.Offset))
	}
	return b.emit(of, raw, state)
}

// emit decodes a raw record and hands on what comes of it.
func (b *body) emit(of recordKind, raw []byte, state cut) error {
	b.records++
	b.d.place.File, b.d.place.Record = b.file, b.records
	r := b.d.record(of, raw, state)
	b.shrink()
	if !b.yield(r, nil) {
		return errStopped
	}
	return nil
}

// header reads what the source says of itself.
func (b *body) header() error {
	b.note()
	raw, _, err := b.value()
	if err != nil {
		return b.cutShort(err, "the header")
	}
	b.d.place.File, b.d.place.Record = b.file, 0
	if !b.yield(b.d.header(raw), nil) {
		return errStopped
	}
	return nil
}

// note remembers the place of what is read next.
func (b *body) note() {
	b.d.place.Line, b.d.place.Offset = b.place()
}

// need is peek where the file must not end.
func (b *body) need() (byte, error) {
	c, err := b.peek()
	if err == io.EOF {
		_, offset := b.place()
		return 0, fmt.Errorf("the file ends at byte %d, before its JSON does: it was cut short", offset)
	}
	return c, err
}

// cutShort words the end of the file inside something.
func (b *body) cutShort(err error, inside string) error {
	if err == io.ErrUnexpectedEOF {
		offset := b.base + int64(b.end)
		return fmt.Errorf("the file ends at byte %d, inside %s: it was cut short", offset, inside)
	}
	return err
}

// broken says that the JSON around the records cannot be followed further.
func (b *body) broken(c byte, want string) error {
	line, offset := b.place()
	return fmt.Errorf("broken JSON outside the records, line %d, byte %d: %q where %s should be", line, offset, c, want)
}
