package sample

import (
	_ "embed"
	"slices"
)

//go:embed newcomer/loans.jsonl
var newcomerLoans []byte

//go:embed newcomer/partners.json
var newcomerPartners []byte

// Loans is the newcomer's collection: about sixty hand-written loans, API v1 details as JSON lines in UTF-8, a
// fundraising one first. The slice is the caller's own.
func Loans() []byte { return slices.Clone(newcomerLoans) }

// Partners is the API v1 partners body that goes with [Loans]. The slice is the caller's own.
func Partners() []byte { return slices.Clone(newcomerPartners) }
