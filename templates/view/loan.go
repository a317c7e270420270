// Package view says what is to be said of a loan in a language: its words,
// its state, its figures, its targets. Pages, the widget, oEmbed answers, feeds
// and cards all say what stands here, so they never say different things.
//
//	teller := view.In(site, language, dataDate)
//	card := teller.Card(&loan)           // widget, lists, oEmbed, heads
//	page := teller.Loan(&loan, &partner) // the loan page, too
//
// [Teller.List] and [Teller.Home] tell of lists, [Teller.Gone] and [Teller.Lost]
// of what is not there.
//
// # Absent is not nothing
//
// Snapshots leave much out, and every sentence has its form for that: a figure
// that the data does not have is not told, and never told as 0. A field of a
// view that has nothing to say is empty, and its block is left out.
//
// # Who is named
//
// A loan that must not be tied to a person is told without one, whether or not
// its source was redacted; see [kiva.Loan.Redact].
//
// # What is not here
//
// It is pure: values in, values out; no clock, no files, no HTML, no escaping.
// Templates turn a view into markup and decide nothing that a reader would
// notice. No word of a sentence stands in this code: all are [locale.Words].
// Times are days, never "12 days left", since a page outlives its build.
package view

import (
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
)

// Loan is a loan as it is told in one language. Strings are plain text and
// are escaped by whoever writes them out. A value that the data does not have
// is empty, and the template then leaves its whole block out.
type Loan struct {
	ID       int64
	Language *locale.Language
	Status   kiva.Status

	// Name is the heading: the borrower's or group's name, or "A loan from
	// COUNTRY" when the loan is anonymous.
	Name      string
	Anonymous bool
	Group     bool

	Title         string // oEmbed and document title: "SITE - NAME's Loan" (seed 000)
	LoanTitle     string // "NAME's Loan from COUNTRY"; "A loan from COUNTRY"
	DiscoveryJSON string // "NAME's Loan from COUNTRY (JSON oEmbed view)"
	DiscoveryXML  string
	ShareTitle    string // og:title, at most 60 characters where words allow
	Description   string // one sentence for <meta name=description>, at most 155 characters

	Place    string // "Thanh Hoa, Viet Nam", or the country alone, or empty
	Country  string // in the view's language
	Activity Foreign
	Sector   Foreign

	State   State
	Use     Sentence // "A loan of $550 helps Mai to buy more ducks"; never empty
	Figures Figures
	Action  *Action // the loan page's button; nil: none
	// WidgetAction is the widget's: the same words, but never an address of
	// another host, since readers that sandbox frames follow only links to
	// the frame's own. Lending starts at the loan page then.
	WidgetAction *Action
	Source       Action // the site's name, to our loan page: the widget's second tab stop
	Dated        Dated  // date of the data, or of the loan's own last event

	Picture *Picture // at the widget's size; nil: none
	Share   *Picture // at the size for thumbnails, and og:image without a card; nil: none
	Card    *Picture // the loan's card, for og:image; nil: nobody serves one. For the loan page only

	Page   string // absolute address of the loan page in this language
	Widget string // absolute address of the widget document in this language

	// For the loan page only.
	Stories   []Story
	Video     *Action // to where it can be watched; nil: none
	Borrowers string  // "In this group: A, B and C"; empty when there is one or none named
	Partner   *Partner
	Facts     []Fact   // the loan's terms: label and value, in order
	Schedule  Table    // what is planned, and what became of it
	Borrower  Table    // what the borrower is to pay on other days than lenders are to get it
	Payments  Table    // what came back
	Chart     Chart    // both as sums over time
	Tags      []string // cleaned for reading: "#Parent"
	Crumbs    []Action // links to the lists this loan is on: country, sector, status
	Data      Machine  // for JSON-LD and oEmbed's extra keys
}

// Tone is the colour family of a state, a class name of the styles: go, ok,
// info, warn or off (design/widget TOKENS).
type Tone string

// Icon is the name of the small drawing in the chip: clock, check, cycle,
// alert, back or stop.
type Icon string

// State is where the loan stands, in words.
type State struct {
	Chip string // "Raising funds"
	Tone Tone
	Icon Icon
}

// Figures are the bar and the sentence under it.
type Figures struct {
	Bar   int      // percent from 0 to 100; -1: no bar is drawn
	Main  Sentence // "$125 raised of $550"
	Aside Sentence // "23% · until 12 December 2026"; may be empty

	// Loss is the end of Aside that says what will not come back: "$240 lost". It is
	// empty where all did or may, and belongs to Main wherever Aside has no place.
	Loss Sentence
}

// Foreign is text of the data with the language it is in, empty where that is
// the view's own.
type Foreign struct{ Text, Lang, URL string }

// Action is a link that does something: a label and where it leads.
type Action struct {
	Label string
	Lang  string // of the label, where it is not the view's own
	URL   string
	Quiet bool // outlined rather than filled
}

// Dated is "Data of 21 November 2026" or "Posted on …" with its date.
type Dated struct {
	Label Sentence
	Time  time.Time
}

// Picture is a picture with its words.
type Picture struct {
	site.Picture
	Alt string
}

// Story is the story in one language, paragraph by paragraph.
type Story struct {
	Language   string // subtag, for lang=
	Direction  string // ltr or rtl
	Label      string // "In Spanish", "Original, in Spanish"; empty when it is the only one and in the view's language
	Paragraphs []string
}

// Partner is the field partner.
type Partner struct {
	Name, URL string
	Rating    string // "4.5 of 5 stars", "not rated"
	Why       string // what a rating is
	Facts     []Fact // on the partner's own list alone
}

// Fact is a line of a description list.
type Fact struct {
	Label string
	Value Sentence
	Note  string
	Why   string // what the label means, in plain words; may be empty
}

// Table is a table of payments. Without rows it is left out.
type Table struct {
	Columns []string // headings: of the date, then of each amount
	Rows    []Row
}

// Row is a line of a table of payments.
type Row struct {
	Date    time.Time
	When    string   // the date in words
	Amounts []string // one for each further column; empty where not stated
	Amiss   bool     // the last of them says that money is late or missing
}

// Machine is what programs read: no words, no formatting.
type Machine struct {
	Amount kiva.Money
	// Raised and Repaid are held between nothing and the whole, as the words
	// tell them; not known where the data has no figure that can be.
	Raised, Repaid   kiva.Money
	PercentFunded    int   // of Amount, -1: not known
	ImageID          int64 // 0: no picture, or nobody is shown
	CountryCode      string
	Geo              *kiva.Geo // where the borrower lives; nil: not known, or nobody is named
	Sector, Activity string
	Months           int
	Posted, Expires  time.Time
	PartnerName      string
	PartnerURL       string
}
