package snapshot

import (
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// tokens reads one raw value piece by piece. There are two: [swift], which
// gives up with errUnsure on everything unusual, and [thorough], which reads
// the record again then, and says what is wrong with it.
type tokens interface {
	// peek is the kind of the next token, 0 at an end or a fault.
	peek() jsontext.Kind
	// bracket passes over one opening or closing bracket.
	bracket() error
	// value reads a whole value, or the name of a member, as it is written. It
	// is valid until the next call.
	value() (jsontext.Value, error)
	// pass passes over a whole value that is neither object nor list.
	pass() error
	// depth is how many objects and lists are open.
	depth() int
	// end makes sure that nothing follows.
	end() error
}

// errUnsure says that the swift reader leaves a record to the thorough one.
var errUnsure = errors.New("to be read thoroughly")

// thorough is the JSON of RFC 8259, names used twice refused, invalid UTF-8 let
// through to become U+FFFD.
type thorough struct{ *jsontext.Decoder }

func (t thorough) peek() jsontext.Kind { return t.PeekKind() }

func (t thorough) bracket() error {
	_, err := t.ReadToken()
	return err
}

func (t thorough) value() (jsontext.Value, error) {
	v, err := t.ReadValue()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return v, err
}

func (t thorough) pass() error { return t.SkipValue() }

func (t thorough) depth() int { return t.StackDepth() }

func (t thorough) end() error {
	_, err := t.ReadToken()
	switch err {
	case nil:
		return errors.New("something follows the record")
	case io.EOF:
		return nil
	}
	return err
}
