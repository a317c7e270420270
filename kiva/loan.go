package kiva

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Loan is one loan, in listing or detail shape. Texts are plain text, valid
// UTF-8 without control characters; paragraphs are parted by a blank line.
// Times are in UTC; the zero time is absent.
//
// The cbor tags number the fields for the store; a number is never used again.
type Loan struct {
	ID            int64  `cbor:"1,keyasint"`
	Name          string `cbor:"2,keyasint,omitempty"` // empty on an anonymous loan
	Status        Status `cbor:"3,keyasint"`
	EndedWithLoss bool   `cbor:"4,keyasint,omitempty"` // status word ended_with_loss

	Use      string   `cbor:"5,keyasint,omitempty"` // "to buy more ducks and chickens"
	Activity string   `cbor:"6,keyasint,omitempty"`
	Sector   string   `cbor:"7,keyasint,omitempty"` // capitalised: "Agriculture"
	Themes   []string `cbor:"8,keyasint,omitempty"`
	Tags     []string `cbor:"9,keyasint,omitempty"` // each once: "#Parent", "user_favorite"

	Amount       Money `cbor:"10,keyasint"`          // loan_amount; always known
	Raised       Money `cbor:"11,keyasint,omitzero"` // funded_amount
	Basket       Money `cbor:"12,keyasint,omitzero"` // basket_amount: reserved, not yet lent
	Repaid       Money `cbor:"13,keyasint,omitzero"` // paid_amount
	CurrencyLoss Money `cbor:"14,keyasint,omitzero"` // currency_exchange_loss_amount

	BorrowerCount int        `cbor:"15,keyasint,omitempty"` // 0: not stated
	LenderCount   int        `cbor:"16,keyasint,omitempty"` // 0: none, or not stated
	Borrowers     []Borrower `cbor:"17,keyasint,omitempty"`

	Location  Location `cbor:"18,keyasint,omitzero"`
	PartnerID int64    `cbor:"19,keyasint,omitempty"` // 0: a direct loan
	ImageID   int64    `cbor:"20,keyasint,omitempty"` // 0: no picture; API v1's template 1
	Video     *Video   `cbor:"21,keyasint,omitempty"`

	Posted     time.Time `cbor:"22,keyasint,omitzero"`
	Expires    time.Time `cbor:"23,keyasint,omitzero"` // planned_expiration_date
	FundedDate time.Time `cbor:"24,keyasint,omitzero"`
	PaidDate   time.Time `cbor:"25,keyasint,omitzero"`

	Languages  []string `cbor:"26,keyasint,omitempty"` // of the story, original first, each once
	Story      []Text   `cbor:"27,keyasint,omitempty"` // in the order of Languages
	Delinquent bool     `cbor:"28,keyasint,omitempty"`

	Terms    *Terms         `cbor:"29,keyasint,omitempty"`
	Payments []Payment      `cbor:"30,keyasint,omitempty"`
	Journals *JournalTotals `cbor:"31,keyasint,omitempty"`
}

// Text is a story in one language.
type Text struct {
	Language string `cbor:"1,keyasint"` // IANA subtag, lower case: "vi"
	Body     string `cbor:"2,keyasint"`
}

// Borrower is one of the people who borrow.
type Borrower struct {
	FirstName string `cbor:"1,keyasint,omitempty"`
	LastName  string `cbor:"2,keyasint,omitempty"` // "" since about 2012
	Gender    Gender `cbor:"3,keyasint,omitempty"`
	Pictured  bool   `cbor:"4,keyasint,omitempty"`
}

// Gender is "F", "M" or "" when not stated; snapshots' female and male are
// read as the letters.
type Gender string

// Location is where the borrowers live.
type Location struct {
	CountryCode string `cbor:"1,keyasint,omitempty"` // ISO 3166-1 alpha-2, upper case; "NA" is Namibia
	Country     string `cbor:"2,keyasint,omitempty"` // as the source spells it: "Viet Nam"
	Town        string `cbor:"3,keyasint,omitempty"`
	Geo         *Geo   `cbor:"4,keyasint,omitempty"`
}

// Geo is a GeoRSS-Simple point (seed 002, "Geo").
type Geo struct {
	Level     string  `cbor:"1,keyasint,omitempty"` // town, country or exact
	Latitude  float64 `cbor:"2,keyasint"`           // degrees, -90 to 90
	Longitude float64 `cbor:"3,keyasint"`           // degrees, -180 to 180
}

// Video is a video hosted by YouTube.
type Video struct {
	ID        int64  `cbor:"1,keyasint,omitempty"`
	YouTubeID string `cbor:"2,keyasint"`
}

// Terms say how the loan is to be disbursed and repaid.
type Terms struct {
	Disbursed         time.Time      `cbor:"1,keyasint,omitzero"`
	LocalAmount       Money          `cbor:"2,keyasint,omitzero"`  // disbursal_amount in disbursal_currency
	Interval          string         `cbor:"3,keyasint,omitempty"` // as stated: "Monthly", "Irregularly", "At end of term"
	Months            int            `cbor:"4,keyasint,omitempty"` // repayment_term; 0: not stated
	LocalPayments     []Instalment   `cbor:"5,keyasint,omitempty"` // borrower to partner, local currency
	ScheduledPayments []Instalment   `cbor:"6,keyasint,omitempty"` // partner to lenders, USD
	Liability         *LossLiability `cbor:"7,keyasint,omitempty"`
}

// Instalment is one payment of a schedule. Amounts may be 0 in months of grace.
type Instalment struct {
	Due    time.Time `cbor:"1,keyasint"`
	Amount Money     `cbor:"2,keyasint"`
}

// LossLiability says who bears a loss.
type LossLiability struct {
	Nonpayment       string `cbor:"1,keyasint,omitempty"` // lender or partner
	CurrencyExchange string `cbor:"2,keyasint,omitempty"` // shared, partner, lender or none
	// CoveragePercent is the share of a currency loss above which the
	// partner is covered, in hundredths: API v1's 0.1 is 10. 0: not stated.
	CoveragePercent int `cbor:"3,keyasint,omitempty"`
}

// Payment is money that came back and was reconciled.
type Payment struct {
	ID           int64     `cbor:"1,keyasint,omitempty"`
	Amount       Money     `cbor:"2,keyasint,omitzero"` // USD
	Local        Money     `cbor:"3,keyasint,omitzero"` // disbursal currency
	CurrencyLoss Money     `cbor:"4,keyasint,omitzero"` // USD
	Processed    time.Time `cbor:"5,keyasint,omitzero"` // borrower paid the partner
	Settled      time.Time `cbor:"6,keyasint,omitzero"` // reconciled by Kiva
}

// JournalTotals count the updates on a loan.
type JournalTotals struct {
	Entries int `cbor:"1,keyasint,omitempty"`
	Bulk    int `cbor:"2,keyasint,omitempty"` // automated ones among them
}

// anonymousNames are names that say that there is none, in lower case.
var anonymousNames = map[string]bool{
	"anonymous": true, "anonymous group": true, "anonymous borrower": true, "anonymized": true, "anonymised": true,
	"anónimo": true, "anónima": true, "anonimo": true, "anonyme": true, "anônimo": true, "مجهول": true,
}

// AnonymousName tells whether name stands for a borrower who is not named.
func AnonymousName(name string) bool {
	name = strings.TrimSpace(name)
	if name == "" || name[0] < utf8.RuneSelf && name[0] != 'a' && name[0] != 'A' {
		return false // as most begin, and as none of those does
	}
	return anonymousNames[strings.ToLower(name)]
}

// Anonymous tells whether the loan must not be tied to a person: it has
// neither name nor borrowers, or its name says so.
func (l *Loan) Anonymous() bool {
	return (l.Name == "" && len(l.Borrowers) == 0) || AnonymousName(l.Name)
}

// Redact empties an anonymous loan of all that could lead to a person: name,
// borrowers, picture, video, use, story and its languages, tags, schedules,
// payments, and any place finer than the country. Figures, sector, dates of
// the loan and the partner stay. On other loans it does nothing.
func (l *Loan) Redact() {
	if !l.Anonymous() {
		return
	}
	l.Name, l.Use = "", ""
	l.Borrowers, l.Story, l.Languages, l.Themes, l.Tags = nil, nil, nil, nil, nil
	l.ImageID, l.Video, l.Journals, l.Payments = 0, nil, nil, nil
	l.Location = Location{CountryCode: l.Location.CountryCode, Country: l.Location.Country}
	if t := l.Terms; t != nil {
		l.Terms = &Terms{Months: t.Months, Liability: t.Liability}
	}
}

// Group tells whether more than one person borrows.
func (l *Loan) Group() bool { return max(l.BorrowerCount, len(l.Borrowers)) > 1 }

// Listing is the loan in API v1's listing shape: without story, borrowers,
// terms and payments. The copy shares no memory that is written to.
func (l *Loan) Listing() Loan {
	c := *l
	c.BorrowerCount = max(l.BorrowerCount, len(l.Borrowers))
	c.Borrowers, c.Story, c.Terms, c.Payments, c.Journals, c.Video = nil, nil, nil, nil, nil, nil
	return c
}
