package view

import (
	"loanleaf/kiva"
	"loanleaf/locale"
)

// ListData is what [Teller.List] tells of.
type ListData struct {
	Info    kiva.ListInfo
	Page    int           // 0 for the unnumbered address at the newest end, else 1 to Info.Pages()
	Partner *kiva.Partner // of a list of kind ByPartner; may be nil
}

// HomeData is what [Teller.Home] tells of.
type HomeData struct {
	All         kiva.ListInfo   // of kind AllLoans
	Fundraising []kiva.Loan     // newest first; at most 12 are told
	Newest      []kiva.Loan     // newest first; at most 12 are told that are not among Fundraising
	Lists       []kiva.ListInfo // of the other kinds, in any order
}

// List is one page of a list of loans: of a country, a sector, a status, a
// partner, or of all.
type List struct {
	Language *locale.Language
	Title    string   // document title
	Heading  Sentence // "Loans in Kenya"
	Intro    Sentence // "1,234 loans, 56 of them raising funds"; only at the newest end
	Older    *Action  // towards page 1; nil at the oldest end
	Newer    *Action  // nil at the newest end
	Dated    Dated    // date of the data; only at the newest end
	Page     int      // 0 at the newest end
	About    *Partner // on a partner's list: who they are
	Crumbs   []Action
}

// Home is the front page: what can be lent to now, and ways into the rest.
type Home struct {
	Language    *locale.Language
	Title       string
	Heading     string
	Intro       Sentence
	Fundraising []Loan // newest first, at most 12
	Newest      []Loan // of any status, newest first, at most 12
	All         Action // to the numbered list of all loans; empty where there is none
	Statuses    []Entry
	Sectors     []Entry
	Countries   []Entry
	Partners    []Entry
	Map         []Spot // of Countries
	Dated       Dated
}

// Entry is a way into a list, with how many loans are on it.
type Entry struct {
	Label string
	Lang  string // of the label, where it is not the view's own
	URL   string
	Count string
}

// Gone is the page and the card for what is not there.
type Gone struct {
	Language *locale.Language
	Title    string
	State    State // chip "Not available"
	Heading  string
	Text     string // "The loan you are looking for was removed or never existed. Nothing is wrong with this page."
	Action   Action // to the home page: "Find another loan"
	Source   Action
}

// Feed is what feed readers are told of a list beside its loans.
type Feed struct {
	Language    *locale.Language
	Title       string // "Loanleaf - Loans in Kenya"
	Description string // "1,234 loans, 56 of them raising funds"; never empty
	Page        string // absolute address of the list's newest end
}
