package locale

// Words is everything the program itself says in a language: sentences,
// labels and names of states. A language ships when its Words are complete.
type Words struct {
	Skip     string  // the link that jumps over the page's header
	LoanFrom Pattern // the title of a loan without a name; {country}
	Lenders  Counted // how many people lent; {n}

	// Frame and pages
	Breadcrumb     string  // name of the path from the front page to this one, for screen readers
	Browse         string  // heading of the ways into the lists
	BrowseCountry  string  // heading over country names
	BrowsePartner  string  // heading over field partners' names
	BrowseSector   string  // heading over sectors
	BrowseStatus   string  // heading over statuses
	ChooseLanguage string  // name of the links to other languages, for screen readers
	ColumnAmount   string  // head of a table's column of amounts in dollars
	ColumnDate     string  // head of a table's column of dates
	ColumnLocal    string  // head of a table's column of amounts in the borrower's currency
	EmbedAddress   string  // label of the loan's address, for sites that make a card of it themselves
	EmbedCode      string  // label of the HTML to paste
	EmbedHint      string  // says what the two are for
	EmbedTitle     string  // heading over them
	FieldPartner   string  // label before a field partner's name
	Fundraising    string  // heading over the loans that raise funds
	Home           string  // the front page, in a path of links
	Involved       string  // heading over partner and borrowers
	ListsOfLoan    string  // heading over the lists a loan is on
	NewestLoans    string  // heading over the newest loans
	PagesOfList    string  // name of the links to the next pages of a list, for screen readers
	PaymentsTable  string  // caption of the table of what came back
	Place          string  // label before a place, in previews that other programs make
	Progress       string  // label before how far a loan is, in the same previews
	Rating         string  // label before a field partner's rating
	Repayment      string  // heading over the tables
	RowsBetween    Counted // what a folded table holds; {n} dates, {first}, {last}
	ScheduleTable  string  // caption of the table of what is due
	Story          string  // heading over the story
	Tags           string  // label before a loan's tags
	Terms          string  // heading over the loan's terms
}
