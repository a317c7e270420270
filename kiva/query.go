package kiva

// Query asks for loans by what a reader knows of them.
type Query struct {
	// ID asks for the loan of this id. Where there is one it is the answer,
	// alone; else Terms are. 0: no id is asked for.
	ID int64
	// Terms are what a loan has to meet, all of them. Without any, no loan does.
	Terms []Term
	// Of all loans found, those from Offset on are given, at most Limit.
	Offset, Limit int
}

// Term is one thing that a loan is asked to meet. It does so in either way: by
// its name or by a list it is on; Georgia is a country and somebody's name.
type Term struct {
	// Words each begin a word of the loan's name, as locale.SearchWords gives
	// words; none: the name does not matter. Only the loan's own name counts,
	// which is a group's for a group, not those of its members.
	Words []string
	// Lists are countries and sectors; the loan is on one of them.
	Lists []List
}

// Found is what a query found: those that raise funds first, then the newest
// first.
type Found struct {
	IDs   []int64 // from the query's Offset on
	Total int     // all of them
}
