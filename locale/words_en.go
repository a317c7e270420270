package locale

// wordsEN is the English the program speaks.
var wordsEN = Words{
	Skip:     "Skip to content",
	LoanFrom: P("A loan from {country}"),
	Lenders: Counted{
		One:   P("{n} lender"),
		Other: P("{n} lenders"),
	},
}
