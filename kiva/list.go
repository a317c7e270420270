package kiva

import (
	"errors"
	"fmt"
)

// ErrNotFound is what every look-up of a loan, a partner or a list says when
// there is none; callers ask with errors.Is.
var ErrNotFound = errors.New("not found")

// ErrNotYet is what a search says while what it looks in is still being made.
var ErrNotYet = errors.New("not there yet")

// PageSize is how many loans a numbered page of a list holds. Pages are
// numbered from the oldest, so changing it moves every loan to another page.
const PageSize = 100

// ListKind is what the loans of a list have in common.
type ListKind uint8

// The kinds of lists.
const (
	AllLoans  ListKind = iota
	ByStatus           // Key is API v1's word: "in_repayment"
	ByCountry          // Key is the ISO 3166-1 code in upper case: "KH"
	BySector           // Key is the Slug of the sector: "personal-use"
	ByPartner          // Key is the partner's id in decimal: "67"
)

// String is a word for messages: "country".
func (k ListKind) String() string {
	words := [...]string{"all", "status", "country", "sector", "partner"}
	if int(k) < len(words) {
		return words[k]
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// List names a list of loans. The zero value is the list of all of them.
type List struct {
	Kind ListKind
	Key  string // empty for AllLoans
}

// String is for messages: "country VN".
func (l List) String() string {
	if l.Kind == AllLoans {
		return "all loans"
	}
	return l.Kind.String() + " " + l.Key
}

// ListInfo says what a list is called and how long it is.
type ListInfo struct {
	List
	// Name is the country or the sector as the newest loan that names it
	// spells it, or the partner's name; empty when no source said it, and for
	// all loans and statuses, whose words are locale's.
	Name        string
	Count       int // loans on it
	Fundraising int // among them
}

// Pages is how many numbered pages the list has: none while the newest end
// shows all of it.
func (l ListInfo) Pages() int {
	if l.Count <= PageSize {
		return 0
	}
	return (l.Count + PageSize - 1) / PageSize
}
