package locale

// wordsEN is the English the program speaks.
var wordsEN = Words{
	Skip:     "Skip to content",
	LoanFrom: P("A loan from {country}"),
	Lenders: Counted{
		One:   P("{n} lender"),
		Other: P("{n} lenders"),
	},

	// Frame and pages
	Breadcrumb:     "You are here",
	Browse:         "Find a loan",
	BrowseCountry:  "By country",
	BrowsePartner:  "By field partner",
	BrowseSector:   "By sector",
	BrowseStatus:   "By status",
	ChooseLanguage: "Language",
	ColumnAmount:   "Amount",
	ColumnDate:     "Date",
	ColumnLocal:    "In local currency",
	EmbedAddress:   "The address of this loan",
	EmbedCode:      "HTML",
	EmbedHint:      "Paste the HTML where your site takes HTML. WordPress and other sites that speak oEmbed need only the address.",
	EmbedTitle:     "Put this loan on your site",
	FieldPartner:   "Field partner",
	Fundraising:    "Raising funds now",
	Home:           "Home",
	Involved:       "Who is involved",
	ListsOfLoan:    "More loans like this one",
	NewestLoans:    "Newest loans",
	PagesOfList:    "Pages of this list",
	PaymentsTable:  "Paid back to lenders",
	Place:          "Place",
	Progress:       "Progress",
	Rating:         "Risk rating",
	Repayment:      "Repayment",
	RowsBetween: Counted{
		One:   P("{n} date: {first}"),
		Other: P("{n} dates, {first} to {last}"),
	},
	ScheduleTable: "Expected repayments",
	Story:         "Story",
	Tags:          "Tags",
	Terms:         "Loan terms",
}
