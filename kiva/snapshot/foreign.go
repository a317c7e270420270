package snapshot

import "strings"

// foreigners are the other things of Kiva's APIs, by a key that only they
// have. What is private comes first: it wins over whatever stands beside it.
var foreigners = []struct {
	keys    string // any of these, parted by spaces
	what    string
	hint    string
	private bool
}{
	{"user_account user_accounts user_balance user_stats user_email user_lender", "is an answer of the private user API (my/…), which belongs to one user alone", privateHint, true},
	{"balances amount_purchased_by_lender amount_repaid_to_lender promo_balance", "is a list of a user's balances, which belong to that user alone", privateHint, true},
	{"access_token refresh_token oauth_token client_secret", "holds a secret token of the API", "keep it secret; " + apiHint, true},
	{"internal_loan_id internal_client_id client_waiver_signed entreps loanuse", "is a body of the partner API (a loan draft or journals), which is not public", apiHint, true},
	{"client_id", "is a body of the partner API (repayments), which is not public", apiHint, true},
	{"lending_actions", "is a list of lending actions (API v1)", apiHint, false},
	{"loan_lenders loans_lenders lender_ids", "lists who lent to which loan (loans_lenders)", apiHint, false},
	{"lenders", "is a list of lenders (API v1)", apiHint, false},
	{"lender_id uid permanent_name", "is about lenders", apiHint, false},
	{"lender", "is about lending actions", apiHint, false},
	{"journal_entries updates", "is a list of journal entries (API v1)", apiHint, false},
	{"comments", "is a list of comments (API v1)", apiHint, false},
	{"teams", "is a list of lending teams (API v1)", apiHint, false},
	{"team_since membership_type", "is about lending teams", apiHint, false},
	{"templates", "is the list of image templates (API v1)", apiHint, false},
	{"release", "is the API's release number (API v1)", apiHint, false},
	{"methods", "is the API's list of methods (API v1)", apiHint, false},
	{"repayments", "is a list of repayments", apiHint, false},
	{"as_of_date_time", "is a configuration list of the partner API", apiHint, false},
	{"item", "is a collection of requests (Postman)", apiHint, false},
	{"data errors extensions", "is an answer of a GraphQL API", apiHint, false},
	{"recommendation_count comment_count bulk", "is about journal entries", apiHint, false},
	{"features geometry", "is GeoJSON", apiHint, false},
}

const privateHint = "it must not be published; use public loans, such as loans/search"

// foreignKeys are the keys of foreigners with the entry they tell of.
var foreignKeys = func() map[string]int {
	entries := map[string]int{}
	for i, f := range foreigners {
		for key := range strings.FieldsSeq(f.keys) {
			entries[key] = i
		}
	}
	return entries
}()

// foreign tells what an object with these keys is, when it is no loan and no
// partner; nil when none of the keys says so.
func foreign(keys ...string) *refusal {
	best := -1
	for _, key := range keys {
		i, known := foreignKeys[key]
		if !known && strings.HasPrefix(key, "user_") {
			i, known = 0, true
		}
		if known && (best < 0 || i < best) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	f := foreigners[best]
	return &refusal{what: f.what, hint: f.hint, private: f.private}
}
