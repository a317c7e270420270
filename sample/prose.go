package sample

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed prose/long.txt prose/short.txt
var proseFiles embed.FS

// language is an index into languages; English comes first and is what every other one is translated into.
type language int

var languages = [...]string{"en", "es", "fr", "ru", "pt", "vi", "id", "ar"}

const english language = 0

// slot is a blank in a sentence that the teller of a story fills in.
type slot int

var slots = [...]string{"name", "age", "at", "place", "kids", "years", "number", "partner", "group", "size", "goods"}

const (
	slotName slot = iota
	slotAge
	slotAt
	slotPlace
	slotKids
	slotYears
	slotNumber
	slotPartner
	slotGroup
	slotSize
	slotGoods
)

// piece is part of a sentence: words, a blank, another section, or words that depend on the borrower's gender.
type piece struct {
	words    string
	forMan   string
	forWoman string
	section  *section
	slot     slot
	kind     pieceKind
}

type pieceKind byte

const (
	pieceWords pieceKind = iota
	pieceSlot
	pieceSection
	pieceGender
)

// section is a set of alternatives, each in several languages: alternatives[i][language].
type section struct {
	name         string
	alternatives [][len(languages)][]piece
}

// book is all sections by name.
type book map[string]*section

// library is the embedded prose, parsed once.
var library = sync.OnceValue(func() book {
	b := book{}
	for _, name := range []string{"prose/long.txt", "prose/short.txt"} {
		text, err := proseFiles.ReadFile(name)
		if err == nil {
			err = b.read(string(text))
		}
		if err != nil {
			panic(fmt.Sprintf("sample: %s: %v", name, err)) // our own embedded text; a test reads it
		}
	}
	return b
})

// at gives the section of that name, made empty when it is referred to before it is defined.
func (b book) at(name string) *section {
	if b[name] == nil {
		b[name] = &section{name: name}
	}
	return b[name]
}

// read adds the sections of one prose file. A line is "= name", a comment, or a language code and a sentence; a code
// seen before in the same alternative begins the next alternative.
func (b book) read(text string) error {
	var s *section
	for i, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if name, ok := strings.CutPrefix(line, "= "); ok {
			s = b.at(name)
			continue
		}
		code, words, ok := strings.Cut(line, " ")
		l := language(slices.Index(languages[:], code))
		if !ok || s == nil || l < 0 {
			return fmt.Errorf("line %d: neither a section nor a language and its words: %q", i+1, line)
		}
		if l == english {
			s.alternatives = append(s.alternatives, [len(languages)][]piece{})
		}
		if len(s.alternatives) == 0 || s.alternatives[len(s.alternatives)-1][l] != nil {
			return fmt.Errorf("line %d: %s stands without its English line", i+1, code)
		}
		pieces, err := b.cut(words)
		if err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
		s.alternatives[len(s.alternatives)-1][l] = pieces
	}
	return nil
}

// cut turns a sentence with {blanks} and [his|her] forms into pieces.
func (b book) cut(words string) ([]piece, error) {
	var pieces []piece
	for words != "" {
		i := strings.IndexAny(words, "{[")
		if i < 0 {
			return append(pieces, piece{words: words}), nil
		}
		if i > 0 {
			pieces = append(pieces, piece{words: words[:i]})
		}
		closing := "}"
		if words[i] == '[' {
			closing = "]"
		}
		inside, rest, ok := strings.Cut(words[i+1:], closing)
		if !ok {
			return nil, fmt.Errorf("%q is never closed", words[i:])
		}
		words = rest
		if closing == "]" {
			man, woman, ok := strings.Cut(inside, "|")
			if !ok {
				return nil, fmt.Errorf("[%s] gives one form, not two", inside)
			}
			pieces = append(pieces, piece{kind: pieceGender, forMan: man, forWoman: woman})
		} else if n := slices.Index(slots[:], inside); n >= 0 {
			pieces = append(pieces, piece{kind: pieceSlot, slot: slot(n)})
		} else {
			pieces = append(pieces, piece{kind: pieceSection, section: b.at(inside)})
		}
	}
	return pieces, nil
}
