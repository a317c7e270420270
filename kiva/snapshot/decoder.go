package snapshot

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"loanleaf/kiva"
)

// recordKind is what a list says its records are.
type recordKind uint8

const (
	unknownRecord recordKind = iota // by the record's own keys
	loanRecord
	partnerRecord
)

// decoder turns raw records into loans and partners. Only the names it asks
// for are read; every other member of a record is passed over unread, so what
// is not public has no way through.
//
// The first problem found is the one reported. Reading goes on after it, for
// a status that hides the loan wins over every problem.
type decoder struct {
	json     tokens
	swift    swift
	thorough thorough
	buffer   bytes.Buffer // of thorough
	text     cleaner
	schedule []kiva.Instalment // room to read one in
	plain    []byte            // a string without its quotes and escapes
	room     []byte            // for the next file: that of the one before

	place    Place
	currency string // of the record's local amounts; empty until read
	err      error  // the record is no JSON
	path     []step // where the decoder stands below the record
	field    string // of the first problem
	reason   string
}

// step is one level of a path: a name, or an index when name is empty, or
// nothing when the index is negative.
type step struct {
	name  string
	index int
}

func newDecoder() *decoder {
	return &decoder{thorough: thorough{jsontext.NewDecoder(&bytes.Buffer{})}}
}

// begin makes the decoder ready to read one raw value swiftly, or, after
// errUnsure, thoroughly.
func (d *decoder) begin(raw []byte, thoroughly bool) {
	if thoroughly {
		d.buffer = *bytes.NewBuffer(raw)
		d.thorough.Reset(&d.buffer, jsontext.AllowInvalidUTF8(true))
		d.json = d.thorough
	} else {
		d.swift.reset(raw)
		d.json = &d.swift
	}
	d.err, d.path, d.field, d.reason = nil, d.path[:0], "", ""
}

// finish makes sure that the value was JSON and that nothing follows it.
func (d *decoder) finish() {
	if d.err != nil {
		return
	}
	d.err = d.json.end()
}

// record decodes a raw record cut out by the splitter.
func (d *decoder) record(of recordKind, raw []byte, state cut) Record {
	switch state {
	case overlong:
		return d.aside(raw, "", fmt.Sprintf("the record is longer than %d MiB", MaxRecord>>20))
	case deep:
		return d.aside(raw, "", errDeep.Error())
	}
	r := d.read(of, raw, false)
	if d.err == errUnsure {
		r = d.read(of, raw, true)
	}
	return r
}

// read decodes a raw record in one of the two ways.
func (d *decoder) read(of recordKind, raw []byte, thoroughly bool) Record {
	d.begin(raw, thoroughly)
	if of == partnerRecord {
		return d.partner(raw)
	}
	loan, seen := d.loan()
	d.finish()
	switch {
	case d.err == errUnsure:
		return Record{}
	case d.err != nil:
		return d.aside(raw, "", notJSON(d.err))
	case loan.Status == kiva.Hidden && loan.ID > 0:
		return Record{Loan: &kiva.Loan{ID: loan.ID, Status: kiva.Hidden}, Place: d.place}
	case of == unknownRecord && !seen.amount && seen.partner:
		d.begin(raw, thoroughly)
		return d.partner(raw)
	case !seen.amount && seen.foreign != nil:
		return d.aside(raw, "", "the record "+seen.foreign.what)
	}
	d.require(&loan, seen)
	if d.reason != "" {
		return d.aside(raw, d.field, d.reason)
	}
	loan.Redact()
	return Record{Loan: &loan, Place: d.place}
}

// aside makes a problem of the record at hand.
func (d *decoder) aside(raw []byte, field, reason string) Record {
	p := &Problem{Place: d.place, ID: idOf(raw), Field: field, Reason: reason}
	return Record{Problem: p, Place: d.place}
}

// notJSON words a syntax error.
func notJSON(err error) string {
	if err == errDeep {
		return err.Error()
	}
	var at *jsontext.SyntacticError
	if !errors.As(err, &at) || at.Err == nil {
		return "the record is not valid JSON: " + strings.TrimPrefix(err.Error(), "jsontext: ")
	}
	if errors.Is(at.Err, jsontext.ErrDuplicateName) {
		return fmt.Sprintf("the record has %s twice", clip(at.JSONPointer.LastToken()))
	}
	if errors.Is(at.Err, io.ErrUnexpectedEOF) {
		return fmt.Sprintf("the record is not valid JSON: it ends too early (byte %d of the record)", at.ByteOffset)
	}
	return fmt.Sprintf("the record is not valid JSON: %s (byte %d of the record)", strings.TrimPrefix(at.Err.Error(), "jsontext: "), at.ByteOffset)
}

// fail notes a problem with a field of the object at hand.
func (d *decoder) fail(field, reason string) {
	if d.reason != "" {
		return
	}
	path := d.path
	if field != "" {
		path = append(path, step{name: field})
	}
	var b strings.Builder
	for _, s := range path {
		if s.name == "" && s.index < 0 {
			continue
		}
		if s.name == "" {
			fmt.Fprintf(&b, "[%d]", s.index)
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.name)
	}
	d.field, d.reason = b.String(), reason
}

// optional runs read, and forgets a problem it had: the field is decoration,
// the table in the package comment says so. It tells whether all was well.
func (d *decoder) optional(read func()) bool {
	field, reason := d.field, d.reason
	d.field, d.reason = "", ""
	read()
	fine := d.reason == ""
	d.field, d.reason = field, reason
	return fine
}

// object steps into an object. It is false, the value passed over, when there
// is none; PHP writes an empty object as an empty list.
func (d *decoder) object(field string) bool {
	switch k := d.json.peek(); {
	case k == '{':
		d.token()
		level := step{name: field}
		if field == "" {
			level.index = -1
		}
		d.path = append(d.path, level)
		return d.err == nil
	case k == '[':
		if v := d.raw(); !isEmptyList(v) {
			d.fail(field, "is a list, not an object")
		}
	case k == 'n':
		d.raw()
	default:
		d.fail(field, "is "+kindName(k)+", not an object")
		d.raw()
	}
	return false
}

// root steps into the record itself.
func (d *decoder) root() bool { return d.object("") }

// list steps into an array, or passes over what is none.
func (d *decoder) list(field string) bool {
	switch k := d.json.peek(); k {
	case '[':
		d.token()
		d.path = append(d.path, step{name: field}, step{index: -1})
		return d.err == nil
	case 'n':
		d.raw()
	default:
		d.fail(field, "is "+kindName(k)+", not a list")
		d.raw()
	}
	return false
}

// member steps to the next member of an object and is its name, unread its
// value; nil at the end of the object, which it steps out of.
func (d *decoder) member() []byte {
	if d.err != nil {
		return nil
	}
	if d.json.peek() == '}' {
		d.token()
		d.path = d.path[:len(d.path)-1]
		return nil
	}
	v := d.raw()
	if d.err != nil {
		return nil
	}
	if d.json != &d.swift && bytes.IndexByte(v, '\\') >= 0 { // which leaves such names
		d.plain, _ = jsontext.AppendUnquote(d.plain[:0], v)
		if len(d.plain) == 0 {
			return unknownName
		}
		return d.plain
	}
	if len(v) == 2 {
		return unknownName
	}
	return v[1 : len(v)-1]
}

var unknownName = []byte("?")

// element steps to the next element of an array; false at its end.
func (d *decoder) element() bool {
	if d.err != nil {
		return false
	}
	if d.json.peek() == ']' {
		d.token()
		d.path = d.path[:len(d.path)-2]
		return false
	}
	d.path[len(d.path)-1].index++
	return true
}

// token reads one bracket.
func (d *decoder) token() {
	if d.err == nil {
		d.err = d.json.bracket()
	}
}

// raw reads one value as it is written. It is valid until the next read.
func (d *decoder) raw() jsontext.Value {
	if d.err != nil {
		return nil
	}
	v, err := d.json.value()
	if err != nil {
		d.err = err
		return nil
	}
	return v
}

// skip passes over one value, unless it nests too deeply.
func (d *decoder) skip() {
	if d.err != nil {
		return
	}
	if k := d.json.peek(); k != '{' && k != '[' {
		d.err = d.json.pass()
		return
	}
	level := d.json.depth()
	if v := d.raw(); level+depthOf(v) > maxDepth {
		d.err = errDeep
	}
}

var errDeep = fmt.Errorf("the record nests deeper than %d levels", maxDepth)

// depthOf is how many levels a valid value has.
func depthOf(v []byte) (deepest int) {
	depth := 0
	for i := 0; i < len(v); {
		switch classes[v[i]] {
		case quote:
			i, _ = endOfString(v, i+1)
			continue
		case opening:
			depth++
			deepest = max(deepest, depth)
		case closing:
			depth--
		}
		i++
	}
	return deepest
}

func isEmptyList(v jsontext.Value) bool {
	return len(v) >= 2 && v[0] == '[' && blank(v[1:len(v)-1])
}

func kindName(k jsontext.Kind) string {
	switch k {
	case '"':
		return "text"
	case '0':
		return "a number"
	case 't', 'f':
		return "true or false"
	case '{':
		return "an object"
	case '[':
		return "a list"
	}
	return "something else"
}
