// Package kiva is the domain in Kiva's own terms: the loan as API v1
// defines it, with its borrowers, terms, payments and texts, and the
// field partner who administers it.
//
// # The loan
//
// API v1 knows a loan in two shapes. The listing is what lists show; the
// detail adds the story, the borrowers, the terms and the payments. Here both
// are one type, [Loan]; what a source did not say is absent, and absent is
// never zero: see [Money], whose zero value means "not stated", and the
// pointers and zero times of the other fields.
//
// # Who may be named
//
// A loan without name and borrowers, or named by a word such as Anonymous,
// is anonymous ([Loan.Anonymous]). [Loan.Redact] is what makes such a loan
// safe to pass on: it leaves the figures, the country and the dates of the
// loan, and nothing of the person. Loans whose status is not a public one have
// the status [Hidden]; they carry an id and nothing else.
//
// # What is not here
//
// Nothing private: no field of the user API, of drafts, of lenders' balances.
// Payment comments and translators' names are public in API v1 but are free
// text about, or names of, third people that no page needs; they have no
// field, so they cannot leak. Reading files is kiva/snapshot's business, words
// and formatting are locale's, addresses are site's.
package kiva
