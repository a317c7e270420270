package store

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/fxamacker/cbor/v2"

	"loanleaf/kiva"
)

// detail is what a loan has beyond its listing. Fields that are CBOR have the
// numbers that kiva.Loan gives them; those from 100 on are packed.
type detail struct {
	BorrowerCount int                 `cbor:"15,keyasint,omitempty"` // as stated; a listing counts borrowers where none was
	Borrowers     []kiva.Borrower     `cbor:"17,keyasint,omitempty"`
	Video         *kiva.Video         `cbor:"21,keyasint,omitempty"`
	Story         []kiva.Text         `cbor:"27,keyasint,omitempty"`
	Terms         *kiva.Terms         `cbor:"29,keyasint,omitempty"` // without payments
	Journals      *kiva.JournalTotals `cbor:"31,keyasint,omitempty"`

	LocalPayments     []byte `cbor:"100,keyasint,omitempty"`
	ScheduledPayments []byte `cbor:"101,keyasint,omitempty"`
	Payments          []byte `cbor:"102,keyasint,omitempty"`
}

func detailOf(l *kiva.Loan) detail {
	d := detail{
		BorrowerCount: l.BorrowerCount, Borrowers: l.Borrowers, Video: l.Video, Story: l.Story, Journals: l.Journals,
		Payments: packPayments(l.Payments),
	}
	if l.Terms != nil {
		terms := *l.Terms
		d.LocalPayments, terms.LocalPayments = packInstalments(terms.LocalPayments), nil
		d.ScheduledPayments, terms.ScheduledPayments = packInstalments(terms.ScheduledPayments), nil
		d.Terms = &terms
	}
	return d
}

func (d *detail) empty() bool {
	return len(d.Borrowers) == 0 && len(d.Story) == 0 && d.Video == nil && d.Terms == nil && d.Journals == nil && d.Payments == nil
}

// addTo makes a loan of its listing.
func (d *detail) addTo(l *kiva.Loan) error {
	l.BorrowerCount, l.Borrowers, l.Video, l.Story, l.Terms, l.Journals = d.BorrowerCount, d.Borrowers, d.Video, d.Story, d.Terms, d.Journals
	var errs [3]error
	l.Payments, errs[0] = unpackPayments(d.Payments)
	if l.Terms != nil {
		l.Terms.Disbursed = l.Terms.Disbursed.UTC()
		l.Terms.LocalPayments, errs[1] = unpackInstalments(d.LocalPayments)
		l.Terms.ScheduledPayments, errs[2] = unpackInstalments(d.ScheduledPayments)
	}
	return errors.Join(errs[:]...)
}

// codec turns values of kiva to bytes and back. It is made once for an import
// or a store and may be shared by goroutines.
type codec struct {
	enc cbor.EncMode
	dec cbor.DecMode
}

func newCodec() (codec, error) {
	enc, err := cbor.EncOptions{Time: cbor.TimeUnix}.EncMode()
	if err != nil {
		return codec{}, fmt.Errorf("codec: %w", err)
	}
	// What went in must come out: no limit of the decoder's own, and
	// strings are not judged again.
	dec, err := cbor.DecOptions{
		UTF8: cbor.UTF8DecodeInvalid, MaxArrayElements: math.MaxInt32, MaxMapPairs: math.MaxInt32,
	}.DecMode()
	if err != nil {
		return codec{}, fmt.Errorf("codec: %w", err)
	}
	return codec{enc, dec}, nil
}

// encodeLoan gives both parts of the body; rest is nil when the loan has
// nothing beyond its listing.
func (c codec) encodeLoan(l *kiva.Loan) (listing, rest []byte, err error) {
	short := l.Listing()
	if listing, err = c.enc.Marshal(&short); err != nil {
		return nil, nil, err
	}
	long := detailOf(l)
	if long.empty() {
		return listing, nil, nil
	}
	rest, err = c.enc.Marshal(&long)
	return listing, rest, err
}

// decodeLoan reads a loan, in listing shape where rest is empty. What it gives
// shares no memory with either.
func (c codec) decodeLoan(listing, rest []byte) (kiva.Loan, error) {
	var l kiva.Loan
	if r := newCBORReader(listing); !r.listing(&l) {
		var err error
		if l, err = c.decodeListing(listing); err != nil {
			return kiva.Loan{}, err
		}
	}
	if len(rest) == 0 {
		return l, nil
	}
	var long detail
	if r := newCBORReader(rest); !r.detail(&long) {
		long = detail{}
		if err := c.dec.Unmarshal(rest, &long); err != nil {
			return kiva.Loan{}, err
		}
	}
	if err := long.addTo(&l); err != nil {
		return kiva.Loan{}, err
	}
	return l, nil
}

// decodeListing reads whatever a listing may be written as.
func (c codec) decodeListing(listing []byte) (l kiva.Loan, err error) {
	err = c.dec.Unmarshal(listing, &l)
	// The decoder gives times the zone of the machine.
	for _, t := range [...]*time.Time{&l.Posted, &l.Expires, &l.FundedDate, &l.PaidDate} {
		*t = t.UTC()
	}
	return l, err
}

func (c codec) decodePartner(body []byte) (kiva.Partner, error) {
	var p kiva.Partner
	if err := c.dec.Unmarshal(body, &p); err != nil {
		return kiva.Partner{}, err
	}
	p.Started = p.Started.UTC()
	return p, nil
}
