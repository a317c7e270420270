package templates

import "loanleaf/templates/view"

// The questions below decide which blocks of a loan page are there at all.

func hasPartner(l view.Loan) bool { return l.Partner != nil && l.Partner.Name != "" }

func hasRepayment(l view.Loan) bool { return len(l.Schedule.Rows) > 0 || len(l.Payments.Rows) > 0 }

func isInvolved(l view.Loan) bool { return hasPartner(l) || l.Borrowers != "" }

// storyLabel names a folded story; one without a label is told by the tag of
// its language.
func storyLabel(s view.Story) string {
	if s.Label != "" {
		return s.Label
	}
	return s.Language
}
