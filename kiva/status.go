package kiva

import "fmt"

// Status is where a loan stands, in API v1's words. The order is the order of
// a loan's life.
type Status uint8

// The public statuses (seed 002, "Loan Status"), and [Hidden].
const (
	// StatusUnknown is the zero value: no status was read.
	StatusUnknown Status = iota
	// Fundraising loans can still be lent to.
	Fundraising
	// Funded loans have all they asked for and wait for disbursal. A CSV
	// snapshot calls every loan funded that was ever raised in full, and
	// says nothing of what came after.
	Funded
	// InRepayment loans are disbursed and being paid back.
	InRepayment
	// Paid loans came back in full, or in full but for a currency loss.
	Paid
	// Defaulted loans ended without being repaid in full.
	Defaulted
	// Refunded loans were given back to their lenders by the platform.
	Refunded
	// Expired loans did not raise all they asked for in time.
	Expired
	// Hidden stands for every status that is not public (inactive, in
	// review, with an issue, deleted). Such a loan has no page.
	Hidden
)

// Statuses are the public statuses, in the order of a loan's life.
func Statuses() []Status {
	return []Status{Fundraising, Funded, InRepayment, Paid, Defaulted, Refunded, Expired}
}

var statusNames = [...]string{
	StatusUnknown: "unknown",
	Fundraising:   "fundraising", Funded: "funded", InRepayment: "in_repayment", Paid: "paid",
	Defaulted: "defaulted", Refunded: "refunded", Expired: "expired", Hidden: "hidden",
}

// String is API v1's word: "in_repayment".
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return statusNames[StatusUnknown]
}

// statusWords maps each word of the three vocabularies to its status: API v1
// (snake case), the CSV snapshot (fundRaising), and the partner API and the
// web site (raised, payingBack, ended …).
var statusWords = map[string]Status{
	"fundraising": Fundraising, "fundRaising": Fundraising,
	"funded": Funded, "raised": Funded,
	"in_repayment": InRepayment, "payingBack": InRepayment,
	"paid": Paid, "ended": Paid, "ended_with_loss": Paid,
	"defaulted": Defaulted, "refunded": Refunded, "expired": Expired,
	"inactive": Hidden, "inactive_expired": Hidden, "reviewed": Hidden, "issue": Hidden, "deleted": Hidden,
}

// ParseStatus reads a status of API v1, of a snapshot, or of the partner API.
// withLoss is true for ended_with_loss, which is paid but not all of it.
func ParseStatus(word string) (status Status, withLoss bool, err error) {
	status, ok := statusWords[word]
	if !ok {
		return StatusUnknown, false, fmt.Errorf("%q is not a status of a loan", clip(word))
	}
	return status, word == "ended_with_loss", nil
}

// ParsePublicStatus reads one of API v1's own public words, as addresses use them.
func ParsePublicStatus(word string) (Status, bool) {
	for _, s := range Statuses() {
		if s.String() == word {
			return s, true
		}
	}
	return StatusUnknown, false
}

// clip keeps a word from a file short enough for a message.
func clip(s string) string {
	const most = 40
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
