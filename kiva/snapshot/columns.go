package snapshot

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// mostColumns a table may have; Kiva's widest has 34.
const mostColumns = 200

// column is a column of Kiva's tables of loans that is read. All others, such
// as VIDEO_ID, which is no id of YouTube, and CURRENCY, which no amount of the
// table is in, are passed over.
type column uint8

const (
	colID column = iota
	colName
	colLanguage
	colStory
	colTranslated
	colRaised
	colAmount
	colStatus
	colImage
	colActivity
	colSector
	colUse
	colCountryCode
	colCountry
	colTown
	colPolicy
	colCoverage
	colPartner
	colPosted
	colExpires
	colDisbursed
	colFunded
	colMonths
	colLenders
	colEntries
	colBulk
	colTags
	colBorrowers
	colGenders
	colPictured
	colInterval
	colModel
	columns
)

// columnNames are the names of each column in lower case: in Kiva's snapshot,
// in the kiva_loans.csv that Kaggle has of it, and in the tables that
// collectors made from Kiva's pages in 2012.
var columnNames = [columns][]string{
	colID: {"loan_id", "id", "borrower_id"}, colName: {"loan_name"}, colLanguage: {"original_language"}, colStory: {"description"},
	colTranslated: {"description_translated"}, colRaised: {"funded_amount", "funded amount"}, colAmount: {"loan_amount", "loan amount"}, colStatus: {"status"},
	colImage: {"image_id"}, colActivity: {"activity_name", "activity"}, colSector: {"sector_name", "sector"},
	colUse: {"loan_use", "use"}, colCountryCode: {"country_code", "country code"}, colCountry: {"country_name", "country"},
	colTown: {"town_name", "region", "town"}, colPolicy: {"currency_policy"}, colCoverage: {"currency_exchange_coverage_rate"},
	colPartner: {"partner_id", "field partner"}, colPosted: {"posted_time", "listed"}, colExpires: {"planned_expiration_time", "planned expiration date"},
	colDisbursed: {"disburse_time", "disbursed_time", "pre-distributed"}, colFunded: {"raised_time", "funded_time", "funded date"},
	colMonths: {"lender_term", "term_in_months", "loanterm(months)"}, colLenders: {"num_lenders_total", "lender_count", "lender count"},
	colEntries: {"num_journal_entries"}, colBulk: {"num_bulk_entries"}, colTags: {"tags"}, colBorrowers: {"borrower_names"},
	colGenders: {"borrower_genders"}, colPictured: {"borrower_pictured"}, colInterval: {"repayment_interval", "repayment schedule"},
	colModel: {"distribution_model"},
}

// table is what the header of a CSV file says of its rows.
type table struct {
	width  int
	header []string
	at     [columns]int    // the cell of each column, -1 where there is none
	names  [columns]string // each as the file writes it
	// kaggle is set for kiva_loans.csv, which has no names, no stories and no
	// status.
	kaggle bool
	// collected is set for a table with the columns of 2012, which has neither
	// names nor stories.
	collected bool
}

const (
	csvKind       = "CSV snapshot"
	kaggleKind    = "CSV of Kaggle (kiva_loans)"
	collectedKind = "CSV collected from Kiva's pages in 2012"
)

// tableKind tells what a CSV table is from the beginning of its file. It is
// false when text is no table of Kiva's.
func tableKind(text []byte, complete bool) (kind, *refusal, bool) {
	end := errOverlong
	if complete {
		end = io.EOF
	}
	for _, by := range []struct {
		sign byte
		name string
	}{{',', ""}, {';', "semicolons"}, {'\t', "tabs"}} {
		s := &splitter{buf: text, end: len(text), hold: -1, err: end}
		if by.sign != ',' {
			s.buf = bytes.ReplaceAll(text, []byte{by.sign}, []byte{','})
		}
		names, fault, _ := s.names()
		of := tableOf(names)
		switch {
		case of == "":
			continue
		case by.sign != ',':
			return kind{}, &refusal{what: "is a CSV snapshot of " + of + " with " + by.name + " between the columns", hint: "save it with commas between them"}, true
		case of != "loans":
			return kind{}, &refusal{what: "is a CSV snapshot of " + of, hint: apiHint, beside: true}, true
		case fault != nil:
			return kind{}, fault, true
		}
		t, why := tableWith(names)
		switch {
		case why != nil:
			return kind{}, why, true
		case t.kaggle:
			return kind{name: kaggleKind, shape: rows}, nil, true
		case t.collected:
			return kind{name: collectedKind, shape: rows}, nil, true
		}
		return kind{name: csvKind, shape: rows}, nil, true
	}
	return kind{}, nil, false
}

// tableOf tells what a table is of by its columns, "" when it is not Kiva's.
func tableOf(names []string) string {
	has := func(name string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
	}
	switch {
	case has("permanent_name"):
		return "lenders"
	case has("loan_id") && has("lenders"):
		return "who lent to which loan"
	case has("loan_id") && (len(names) > 2 || has("status")), has("loan_amount"), has("borrower_id") && has("loan amount"):
		return "loans"
	}
	return ""
}

// names reads the names of the columns, and says what is wrong with the header
// as a whole.
func (s *splitter) names() (names []string, why *refusal, err error) {
	var r row
	for {
		if err := s.header(&r); err != nil {
			return nil, nil, err
		}
		if !r.empty() || r.ended {
			break
		}
	}
	var buffer []byte
	for _, c := range r.cells {
		name := strings.TrimSpace(string(r.text(c, &buffer)))
		if strings.ContainsAny(name, "\r\n") && why == nil {
			first, _, _ := strings.Cut(strings.ReplaceAll(name, "\n", "\r"), "\r")
			why = &refusal{
				what: "is a CSV table whose header does not end where its line does: at " + clip(first),
				hint: "save it with LF or CRLF at the end of each line",
			}
			name = first
		}
		names = append(names, name)
	}
	switch {
	case why != nil:
	case r.fault == tooWide:
		why = &refusal{what: fmt.Sprintf("is a CSV table of more than %d columns", mostColumns), hint: "give loans.csv as Kiva's snapshot has it"}
	case r.fault != fine:
		why = &refusal{what: "is a CSV table whose header cannot be read: a quotation mark in it is missing, or it is too long", hint: "get the file again"}
	}
	return names, why, nil
}

// tableWith finds the columns of a table of loans by their names, in any order
// and any case.
func tableWith(names []string) (*table, *refusal) {
	t := &table{width: len(names), header: names}
	for col := range columns {
		t.at[col] = -1
		for _, name := range columnNames[col] {
			for i, n := range names {
				switch {
				case !strings.EqualFold(n, name):
				case t.at[col] < 0:
					t.at[col], t.names[col] = i, clip(n)
				case strings.EqualFold(t.names[col], n):
					return nil, &refusal{what: "is a CSV table of loans with the column " + clip(n) + " twice", hint: "take one of them out"}
				}
			}
		}
	}
	for _, name := range names {
		if why := foreign(strings.ToLower(name)); why != nil && why.private {
			return nil, why
		}
	}
	t.kaggle = strings.EqualFold(t.names[colID], "id") && t.at[colStatus] < 0 && t.at[colRaised] >= 0 && t.at[colFunded] >= 0
	t.collected = strings.EqualFold(t.names[colID], "borrower_id")
	var missing []string
	for _, need := range []column{colID, colAmount, colStatus} {
		if t.at[need] < 0 && !(need == colStatus && t.kaggle) {
			missing = append(missing, strings.ToUpper(columnNames[need][0]))
		}
	}
	if len(missing) > 0 {
		what := "is a CSV table of loans without the column " + missing[0]
		if len(missing) > 1 {
			what = "is a CSV table of loans without the columns " + strings.Join(missing, " and ")
		}
		return nil, &refusal{what: what, hint: "give loans.csv as Kiva's snapshot has it"}
	}
	return t, nil
}

// textKind names text that is neither JSON nor markup, and knows Kiva's tables.
func textKind(text []byte, complete bool) (kind, *refusal) {
	if k, why, known := tableKind(text, complete); known {
		return k, why
	}
	first, _, _ := bytes.Cut(text, []byte{'\n'})
	if bytes.ContainsAny(first[:min(len(first), 4000)], ",;\t") {
		return kind{}, &refusal{
			what: "looks like a CSV table, but has not the columns of Kiva's loans", hint: "give loans.csv as Kiva's snapshot has it",
		}
	}
	if !utf8.Valid(first) {
		return kind{}, &refusal{what: "is a binary file of a kind this program does not know", hint: dataHint}
	}
	return kind{}, &refusal{what: "is text, but neither JSON nor anything else this program knows", hint: dataHint, unsure: true}
}
