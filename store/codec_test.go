package store

import (
	"bytes"
	"testing"
	"time"

	"loanleaf/kiva"
)

// FuzzDecodeLoan: whatever bytes stand in a row, they are refused or are a loan that
// is written and read as the same one.
func FuzzDecodeLoan(f *testing.F) {
	c, err := newCodec()
	if err != nil {
		f.Fatal(err)
	}
	loan := kiva.Loan{ID: 5, Name: "Sophea", Status: kiva.Fundraising, Amount: kiva.Money{Units: 5500, Currency: "USD"}, Posted: time.Unix(1_700_000_000, 0).UTC(),
		Story: []kiva.Text{{Language: "en", Body: "A story."}}, Location: kiva.Location{CountryCode: "KH", Country: "Cambodia"}}
	listing, rest, err := c.encodeLoan(&loan)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(listing, rest)
	f.Add(listing, []byte(nil))
	f.Add(listing[:len(listing)/2], rest)
	f.Add([]byte{0xa1, 0x01, 0x9b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, []byte{0x9f, 0x9f, 0xff})
	f.Fuzz(func(t *testing.T, listing, rest []byte) {
		l, err := c.decodeLoan(listing, rest)
		if err != nil {
			return
		}
		one, two, err := c.encodeLoan(&l)
		if err != nil {
			return // a time that no loan can have
		}
		again, err := c.decodeLoan(one, two)
		if err != nil {
			t.Fatalf("%+v is written and not read: %v", l, err)
		}
		three, four, err := c.encodeLoan(&again)
		if err != nil || !bytes.Equal(one, three) || !bytes.Equal(two, four) {
			t.Errorf("%+v is written in two ways: %v", l, err)
		}
	})
}
