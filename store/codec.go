package store

import (
	"fmt"
	"math"
	"time"

	"github.com/fxamacker/cbor/v2"

	"loanleaf/kiva"
)

// detail is what a loan has beyond its listing, under the numbers that
// kiva.Loan gives the same fields, so that both parts decode into one loan.
// The count is repeated, and always written, because a listing counts
// borrowers where the source did not.
type detail struct {
	BorrowerCount int                 `cbor:"15,keyasint"`
	Borrowers     []kiva.Borrower     `cbor:"17,keyasint,omitempty"`
	Video         *kiva.Video         `cbor:"21,keyasint,omitempty"`
	Story         []kiva.Text         `cbor:"27,keyasint,omitempty"`
	Terms         *kiva.Terms         `cbor:"29,keyasint,omitempty"`
	Payments      []kiva.Payment      `cbor:"30,keyasint,omitempty"`
	Journals      *kiva.JournalTotals `cbor:"31,keyasint,omitempty"`
}

func (d *detail) empty() bool {
	return len(d.Borrowers) == 0 && len(d.Story) == 0 && len(d.Payments) == 0 &&
		d.Video == nil && d.Terms == nil && d.Journals == nil
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
	long := detail{l.BorrowerCount, l.Borrowers, l.Video, l.Story, l.Terms, l.Payments, l.Journals}
	if long.empty() {
		return listing, nil, nil
	}
	rest, err = c.enc.Marshal(&long)
	return listing, rest, err
}

func (c codec) decodeLoan(listing, rest []byte) (kiva.Loan, error) {
	var l kiva.Loan
	if err := c.dec.Unmarshal(listing, &l); err != nil {
		return kiva.Loan{}, err
	}
	if len(rest) > 0 {
		if err := c.dec.Unmarshal(rest, &l); err != nil {
			return kiva.Loan{}, err
		}
	}
	inUTC(&l)
	return l, nil
}

func (c codec) decodePartner(body []byte) (kiva.Partner, error) {
	var p kiva.Partner
	if err := c.dec.Unmarshal(body, &p); err != nil {
		return kiva.Partner{}, err
	}
	utc(&p.Started)
	return p, nil
}

// inUTC takes every time of the loan from the zone of the machine, which the
// decoder gives it, to UTC.
func inUTC(l *kiva.Loan) {
	for _, t := range []*time.Time{&l.Posted, &l.Expires, &l.FundedDate, &l.PaidDate} {
		utc(t)
	}
	if l.Terms != nil {
		utc(&l.Terms.Disbursed)
		for i := range l.Terms.LocalPayments {
			utc(&l.Terms.LocalPayments[i].Due)
		}
		for i := range l.Terms.ScheduledPayments {
			utc(&l.Terms.ScheduledPayments[i].Due)
		}
	}
	for i := range l.Payments {
		utc(&l.Payments[i].Processed)
		utc(&l.Payments[i].Settled)
	}
}

func utc(t *time.Time) { *t = t.UTC() }
