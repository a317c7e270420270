package snapshot

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"loanleaf/kiva"
)

// csvHeader is the 34 columns of a snapshot's loans.csv, in their order.
const csvHeader = "LOAN_ID,LOAN_NAME,ORIGINAL_LANGUAGE,DESCRIPTION,DESCRIPTION_TRANSLATED,FUNDED_AMOUNT,LOAN_AMOUNT,STATUS,IMAGE_ID,VIDEO_ID,ACTIVITY_NAME,SECTOR_NAME,LOAN_USE,COUNTRY_CODE,COUNTRY_NAME,TOWN_NAME,CURRENCY_POLICY,CURRENCY_EXCHANGE_COVERAGE_RATE,CURRENCY,PARTNER_ID,POSTED_TIME,PLANNED_EXPIRATION_TIME,DISBURSE_TIME,RAISED_TIME,LENDER_TERM,NUM_LENDERS_TOTAL,NUM_JOURNAL_ENTRIES,NUM_BULK_ENTRIES,TAGS,BORROWER_NAMES,BORROWER_GENDERS,BORROWER_PICTURED,REPAYMENT_INTERVAL,DISTRIBUTION_MODEL"

// sampleCells are the cells of a whole row, by column.
func sampleCells() map[string]string {
	return map[string]string{
		"LOAN_ID": "145.0", "LOAN_NAME": "Rosa's Group\t", "ORIGINAL_LANGUAGE": "Spanish",
		"DESCRIPTION": "Rosa vende \"patos\",\r\ny <i>pollos</i>.<br /><br />Vive en Puno.", "DESCRIPTION_TRANSLATED": "Rosa sells \"ducks\".",
		"FUNDED_AMOUNT": "125.0", "LOAN_AMOUNT": "500.0", "STATUS": "fundRaising", "IMAGE_ID": "3120573.0", "VIDEO_ID": "417",
		"ACTIVITY_NAME": "Food Production/Sales", "SECTOR_NAME": "Food", "LOAN_USE": " to buy  ducks\n", "COUNTRY_CODE": "PE", "COUNTRY_NAME": "Peru",
		"TOWN_NAME": "Puno, Puno", "CURRENCY_POLICY": "shared", "CURRENCY_EXCHANGE_COVERAGE_RATE": "0.1", "CURRENCY": "PEN", "PARTNER_ID": "145.0",
		"POSTED_TIME": "2019-04-02 02:35:31.000 +0000", "PLANNED_EXPIRATION_TIME": "2014-01-01 06:12:39+00:00", "DISBURSE_TIME": "2014-01-15 04:48:22",
		"RAISED_TIME": "", "LENDER_TERM": "8.0", "NUM_LENDERS_TOTAL": "4", "NUM_JOURNAL_ENTRIES": "2", "NUM_BULK_ENTRIES": "1",
		"TAGS": "#Woman-Owned Business, user_favorite, user_favorite", "BORROWER_NAMES": "Rosa\t, Ana", "BORROWER_GENDERS": "female, male",
		"BORROWER_PICTURED": "true, false", "REPAYMENT_INTERVAL": "monthly", "DISTRIBUTION_MODEL": "field_partner",
	}
}

// csvOf writes rows as a table with these columns.
func csvOf(tb testing.TB, header []string, rows ...map[string]string) string {
	tb.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(header); err != nil {
		tb.Fatal(err)
	}
	for _, row := range rows {
		var cells []string
		for _, name := range header {
			cells = append(cells, row[strings.ToUpper(name)])
		}
		if err := w.Write(cells); err != nil {
			tb.Fatal(err)
		}
	}
	w.Flush()
	return b.String()
}

// loanOf reads a row with some cells changed; it must be a loan.
func loanOf(t *testing.T, changes map[string]string) *kiva.Loan {
	t.Helper()
	row := sampleCells()
	for name, cell := range changes {
		if _, known := row[name]; !known {
			t.Fatalf("there is no column %s", name)
		}
		row[name] = cell
	}
	got := readText(t, csvOf(t, strings.Split(csvHeader, ","), row))
	if len(got.loans) != 1 || got.err != nil {
		t.Fatalf("problems %v, error %v", got.problems, got.err)
	}
	return got.loans[0]
}

func TestARowIsALoan(t *testing.T) {
	want := &kiva.Loan{
		ID: 145, Name: "Rosa's Group", Status: kiva.Fundraising, Use: "to buy ducks", Activity: "Food Production/Sales", Sector: "Food",
		Tags: []string{"#Woman-Owned Business", "user_favorite"}, Amount: kiva.USD(500), Raised: kiva.USD(125), BorrowerCount: 2, LenderCount: 4,
		Borrowers: []kiva.Borrower{{FirstName: "Rosa", Gender: "F", Pictured: true}, {FirstName: "Ana", Gender: "M"}},
		Location:  kiva.Location{CountryCode: "PE", Country: "Peru", Town: "Puno, Puno"}, PartnerID: 145, ImageID: 3120573,
		Posted: time.Date(2019, 4, 2, 2, 35, 31, 0, time.UTC), Expires: time.Date(2014, 1, 1, 6, 12, 39, 0, time.UTC),
		Languages: []string{"es", "en"},
		Story:     []kiva.Text{{Language: "es", Body: "Rosa vende \"patos\",\ny pollos.\n\nVive en Puno."}, {Language: "en", Body: "Rosa sells \"ducks\"."}},
		Terms: &kiva.Terms{
			Disbursed: time.Date(2014, 1, 15, 4, 48, 22, 0, time.UTC), Interval: "monthly", Months: 8,
			Liability: &kiva.LossLiability{CurrencyExchange: "shared", CoveragePercent: 10},
		},
		Journals: &kiva.JournalTotals{Entries: 2, Bulk: 1},
	}
	upper := strings.Split(csvHeader, ",")
	lower := strings.Split(strings.ToLower(csvHeader), ",")
	backwards := slices.Clone(upper)
	slices.Reverse(backwards)
	for name, header := range map[string][]string{
		"in upper case": upper, "in lower case": lower, "backwards": backwards,
		"with columns nobody knows": append([]string{"id", "x"}, append(upper, "PHONE")...),
	} {
		text := csvOf(t, header, sampleCells())
		for form, text := range map[string]string{
			"": text, " with CRLF": strings.ReplaceAll(strings.ReplaceAll(text, "\r", ""), "\n", "\r\n"), " with a byte order mark": "\ufeff" + text, " without its last line end": strings.TrimSuffix(text, "\n"),
			" behind empty lines": "\n\r\n" + strings.Replace(text, "\n", "\n\n", 1),
		} {
			for packing, path := range map[string]string{
				"plain": writeFile(t, "x", []byte(text)), "gzip": writeFile(t, "x", gzipped(t, []byte(text))),
				"zip": writeFile(t, "x", zipped(t, zip.Deflate, namedFile{"kiva_ds_csv/loans.csv", text})),
			} {
				got := readPath(t, path)
				if len(got.loans) != 1 || len(got.problems) > 0 || got.err != nil || !reflect.DeepEqual(got.loans[0], want) {
					t.Errorf("%s%s, %s: %+v, problems %v, error %v", name, form, packing, got.loans, got.problems, got.err)
				}
			}
		}
	}
}

// TestColumnsByColumn is what each column may say, and what a loan makes of it.
func TestColumnsByColumn(t *testing.T) {
	type cells = map[string]string
	story := func(l *kiva.Loan) any { return fmt.Sprint(l.Languages, l.Story) }
	people := func(l *kiva.Loan) any { return fmt.Sprint(l.BorrowerCount, l.Borrowers) }
	liability := func(l *kiva.Loan) any { return l.Terms.Liability }
	for name, test := range map[string]struct {
		cells cells
		of    func(*kiva.Loan) any
		want  any
	}{
		"funded says nothing of repayment":        {cells{"STATUS": "funded"}, func(l *kiva.Loan) any { return fmt.Sprint(l.Status, l.Repaid.Known(), l.PaidDate.IsZero()) }, "funded false true"},
		"expired":                                 {cells{"STATUS": "expired"}, func(l *kiva.Loan) any { return l.Status }, kiva.Expired},
		"refunded":                                {cells{"STATUS": "refunded"}, func(l *kiva.Loan) any { return l.Status }, kiva.Refunded},
		"raised time":                             {cells{"RAISED_TIME": "2014-01-15"}, func(l *kiva.Loan) any { return l.FundedDate }, time.Date(2014, 1, 15, 0, 0, 0, 0, time.UTC)},
		"NA is Namibia":                           {cells{"COUNTRY_CODE": "NA", "COUNTRY_NAME": "Namibia"}, func(l *kiva.Loan) any { return l.Location.CountryCode }, "NA"},
		"a country without its code":              {cells{"COUNTRY_CODE": "", "COUNTRY_NAME": "Namibia"}, func(l *kiva.Loan) any { return l.Location.CountryCode }, "NA"},
		"a direct loan":                           {cells{"DISTRIBUTION_MODEL": "direct"}, func(l *kiva.Loan) any { return l.PartnerID }, int64(0)},
		"no partner":                              {cells{"PARTNER_ID": ""}, func(l *kiva.Loan) any { return l.PartnerID }, int64(0)},
		"an amount not stated is absent":          {cells{"FUNDED_AMOUNT": ""}, func(l *kiva.Loan) any { return l.Raised.Known() }, false},
		"a picture of no number is none":          {cells{"IMAGE_ID": "x.jpg"}, func(l *kiva.Loan) any { return l.ImageID }, int64(0)},
		"counts that are broken are not stated":   {cells{"NUM_BULK_ENTRIES": "-1"}, func(l *kiva.Loan) any { return l.Journals == nil }, true},
		"a video is passed over":                  {cells{"VIDEO_ID": "dQw4w9WgXcQ"}, func(l *kiva.Loan) any { return l.Video == nil }, true},
		"a policy of standard is not stated":      {cells{"CURRENCY_POLICY": "standard", "CURRENCY_EXCHANGE_COVERAGE_RATE": ""}, liability, (*kiva.LossLiability)(nil)},
		"a policy nobody knows is not stated":     {cells{"CURRENCY_POLICY": "not shared"}, liability, (*kiva.LossLiability)(nil)},
		"shared without a rate":                   {cells{"CURRENCY_EXCHANGE_COVERAGE_RATE": ""}, liability, &kiva.LossLiability{CurrencyExchange: "shared"}},
		"a translation that is a copy":            {cells{"DESCRIPTION": "Rosa.", "DESCRIPTION_TRANSLATED": " Rosa."}, story, "[es] [{es Rosa.}]"},
		"a story in English":                      {cells{"ORIGINAL_LANGUAGE": "English", "DESCRIPTION": "Rosa.", "DESCRIPTION_TRANSLATED": ""}, story, "[en] [{en Rosa.}]"},
		"a story in English and its copy":         {cells{"ORIGINAL_LANGUAGE": "English", "DESCRIPTION": "Rosa.", "DESCRIPTION_TRANSLATED": "Rosa."}, story, "[en] [{en Rosa.}]"},
		"a story in English, only as translation": {cells{"ORIGINAL_LANGUAGE": "English", "DESCRIPTION": "", "DESCRIPTION_TRANSLATED": "Rosa."}, story, "[en] [{en Rosa.}]"},
		"a translation alone":                     {cells{"DESCRIPTION": ""}, story, "[es en] [{en Rosa sells \"ducks\".}]"},
		"a story in nobody knows what":            {cells{"ORIGINAL_LANGUAGE": "Elvish"}, story, "[en] [{en Rosa sells \"ducks\".}]"},
		"a story in no language and its copy":     {cells{"ORIGINAL_LANGUAGE": "", "DESCRIPTION": "Rosa.", "DESCRIPTION_TRANSLATED": "Rosa."}, story, "[en] [{en Rosa.}]"},
		"a language by its code":                  {cells{"ORIGINAL_LANGUAGE": "fr", "DESCRIPTION_TRANSLATED": ""}, func(l *kiva.Loan) any { return l.Languages[0] }, "fr"},
		"no story":                                {cells{"DESCRIPTION": "", "DESCRIPTION_TRANSLATED": ""}, story, "[es] []"},
		"one borrower":                            {cells{"BORROWER_NAMES": "Rosa", "BORROWER_GENDERS": "female", "BORROWER_PICTURED": "true"}, people, "1 [{Rosa  F true}]"},
		"one borrower with a comma in the name":   {cells{"BORROWER_NAMES": "Rosa, widow", "BORROWER_GENDERS": "female", "BORROWER_PICTURED": "true"}, people, "1 [{Rosa, widow  F true}]"},
		"fewer genders than borrowers":            {cells{"BORROWER_NAMES": "Rosa, Ana, Luz"}, people, "3 [{Rosa   false} {Ana   false} {Luz   false}]"},
		"more genders than borrowers":             {cells{"BORROWER_NAMES": "Rosa", "BORROWER_PICTURED": "true"}, people, "1 [{Rosa   true}]"},
		"a gender nobody knows":                   {cells{"BORROWER_GENDERS": "female, x"}, people, "2 [{Rosa  F true} {Ana   false}]"},
		"no names of borrowers":                   {cells{"BORROWER_NAMES": ""}, people, "2 []"},
		"tags with nothing between commas":        {cells{"TAGS": ", #Parent,,"}, func(l *kiva.Loan) any { return fmt.Sprint(l.Tags) }, "[#Parent]"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.of(loanOf(t, test.cells)); !reflect.DeepEqual(got, test.want) {
				t.Errorf("came out as %v, want %v", got, test.want)
			}
		})
	}
}

// TestBadCells: each sets its row aside for the column it stands in, as the
// header writes it, and its neighbours come out.
func TestBadCells(t *testing.T) {
	for name, test := range map[string]struct{ column, cell, reason string }{
		"an id in words":               {"LOAN_ID", "twelve", `"twelve" is not a whole number`},
		"no id":                        {"LOAN_ID", "", "is empty"},
		"an id of 0":                   {"LOAN_ID", "0", "0 is not above 0"},
		"no amount":                    {"LOAN_AMOUNT", " ", "is missing"},
		"an amount of 0":               {"LOAN_AMOUNT", "0.0", "is 0"},
		"an amount with a comma":       {"LOAN_AMOUNT", "1,000", `"1,000" is not a number`},
		"a negative amount":            {"FUNDED_AMOUNT", "-5", `"-5" is negative`},
		"no status":                    {"STATUS", "", "is missing"},
		"a status nobody knows":        {"STATUS", "lent", `"lent" is not a status of a loan`},
		"a date that is none":          {"POSTED_TIME", "yesterday", `"yesterday" is not a date`},
		"a date far away":              {"PLANNED_EXPIRATION_TIME", "2100-01-01 00:00:00", `"2100-01-01 00:00:00" is outside 1990 to 2099`},
		"a count below nothing":        {"NUM_LENDERS_TOTAL", "-1", "-1 is negative"},
		"a term that is not whole":     {"LENDER_TERM", "8.5", `"8.5" is not a whole number`},
		"a rate above all":             {"CURRENCY_EXCHANGE_COVERAGE_RATE", "10", "is above 1"},
		"a name of 251 letters":        {"LOAN_NAME", strings.Repeat("ñ", 251), "has 251 characters, more than 250"},
		"a borrower's name as long":    {"BORROWER_NAMES", "Ana, " + strings.Repeat("ñ", 251), "has 251 characters, more than 250"},
		"a story of 50,001 characters": {"DESCRIPTION", strings.Repeat("s", 50_001), "has 50001 characters, more than 50000"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := sampleCells()
			bad[test.column] = test.cell
			header := strings.Split(strings.ToLower(csvHeader), ",")
			got := readText(t, csvOf(t, header, sampleCells(), bad, sampleCells()))
			if !slices.Equal(got.ids(), []int64{145, 145}) || len(got.problems) != 1 || got.err != nil {
				t.Fatalf("the loans %d, problems %v, error %v", got.ids(), got.problems, got.err)
			}
			p := got.problems[0]
			if p.Field != strings.ToLower(test.column) || p.Reason != test.reason || p.Record != 2 {
				t.Errorf("set aside as record %d, field %q: %s", p.Record, p.Field, p.Reason)
			}
		})
	}
}

// TestAnonymousRowsComeOutRedacted, and so does every row of a table that has
// no names; what other columns say has no way through.
func TestAnonymousRowsComeOutRedacted(t *testing.T) {
	header := strings.Split(csvHeader, ",")
	marked := map[string]string{}
	for _, name := range header {
		marked[name] = secret
	}
	public := map[string]string{
		"LOAN_ID": "5", "FUNDED_AMOUNT": "125", "LOAN_AMOUNT": "500", "STATUS": "funded", "SECTOR_NAME": "Food", "COUNTRY_CODE": "PE", "COUNTRY_NAME": "Peru",
		"IMAGE_ID": "31337", "ORIGINAL_LANGUAGE": "Spanish", "CURRENCY_EXCHANGE_COVERAGE_RATE": "0.1", "PARTNER_ID": "7", "POSTED_TIME": "2014-01-15",
		"PLANNED_EXPIRATION_TIME": "", "DISBURSE_TIME": "2013-12-24", "RAISED_TIME": "2014-01-16", "LENDER_TERM": "8", "NUM_LENDERS_TOTAL": "4",
		"NUM_JOURNAL_ENTRIES": "31337", "NUM_BULK_ENTRIES": "", "ACTIVITY_NAME": "Ducks", "BORROWER_GENDERS": "female, female",
	}
	for name, cell := range public {
		marked[name] = cell
	}
	for name, who := range map[string][2]string{
		"no names": {"", ""}, "names of invisible signs": {" \u200b", "\t, \ufeff"}, "the word anonymous": {"Anonymous", secret},
	} {
		marked["LOAN_NAME"], marked["BORROWER_NAMES"] = who[0], who[1]
		got := readText(t, csvOf(t, append(header, "EMAIL"), marked))
		if len(got.loans) != 1 || got.err != nil {
			t.Fatalf("%s: set aside: %v, %v", name, got.problems, got.err)
		}
		l := got.loans[0]
		encoded, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(encoded), secret) || strings.Contains(string(encoded), "31337") || strings.Contains(string(encoded), "2013-12-24") {
			t.Errorf("%s: came out as %s", name, encoded)
		}
		if !l.Anonymous() || l.Sector != "Food" || l.Raised != kiva.USD(125) || l.PartnerID != 7 || l.Terms.Months != 8 {
			t.Errorf("%s: came out as %s", name, encoded)
		}
	}
}

// TestHiddenRowsAreTombstones, whatever else is broken in them.
func TestHiddenRowsAreTombstones(t *testing.T) {
	for _, status := range []string{"inactive", "inactive_expired", "reviewed", "issue", "deleted"} {
		l := loanOf(t, map[string]string{"STATUS": status, "LOAN_AMOUNT": "x", "POSTED_TIME": "never"})
		if !reflect.DeepEqual(*l, kiva.Loan{ID: 145, Status: kiva.Hidden}) {
			t.Errorf("%s came out as %+v", status, l)
		}
	}
}

// TestAHeaderAloneIsEmpty: no loans, and no error.
func TestAHeaderAloneIsEmpty(t *testing.T) {
	for _, text := range []string{csvHeader, csvHeader + "\n", strings.ToLower(csvHeader) + "\r\n\r\n", "\ufeff" + csvHeader + "\n"} {
		got := readText(t, text)
		if got.format != "CSV snapshot" || len(got.records) > 0 || got.err != nil {
			t.Errorf("%q: %s, %v, %v", text[len(text)-5:], got.format, got.records, got.err)
		}
	}
}
