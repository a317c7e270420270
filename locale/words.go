package locale

// Words is everything the program itself says in a language: sentences,
// labels and names of states. A language ships when its Words are complete.
type Words struct {
	Skip     string  // the link that jumps over the page's header
	LoanFrom Pattern // the title of a loan without a name; {country}
	Lenders  Counted // how many people lent; {n}
}
