package snapshot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestBadRecords puts each bad record between two good ones, in a list and in
// JSON lines. It must be set aside for the field and reason given, and its
// neighbours must come out.
func TestBadRecords(t *testing.T) {
	tests := map[string]struct{ record, id, field, reason string }{
		"an id of 0":                     {loanWith("0"), "0", "id", "0 is not above 0"},
		"a negative id":                  {loanWith("-7"), "-7", "id", "-7 is not above 0"},
		"an id of thirty digits":         {loanWith(strings.Repeat("9", 30)), strings.Repeat("9", 30), "id", `"` + strings.Repeat("9", 30) + `" has too many digits`},
		"an id scripts cannot hold":      {loanWith("9007199254740992"), "9007199254740992", "id", "9007199254740992 is larger than any id (9007199254740991)"},
		"an id with a fraction":          {loanWith("1.5"), "1.5", "id", `"1.5" is not a whole number`},
		"an id in words":                 {loanWith(`"twelve"`), "twelve", "id", `"twelve" is not a whole number`},
		"an id in hexadecimal":           {loanWith(`"0x1f"`), "0x1f", "id", `"0x1f" is not a whole number`},
		"an id of null":                  {loanWith("null"), "null", "id", "is empty"},
		"an id that is a list":           {loanWith("[5]"), "", "id", "is a list"},
		"no id":                          {`{"name":"Rosa","status":"funded","loan_amount":500}`, "", "id", "is missing"},
		"no status":                      {`{"id":5,"loan_amount":500}`, "5", "status", "is missing"},
		"a status nobody knows":          {`{"id":5,"status":"lent","loan_amount":500}`, "5", "status", `"lent" is not a status of a loan`},
		"no amount":                      {`{"id":5,"status":"funded"}`, "5", "loan_amount", "is missing"},
		"an amount of null":              {`{"id":5,"status":"funded","loan_amount":null}`, "5", "loan_amount", "is missing"},
		"an amount of 0":                 {`{"id":5,"status":"funded","loan_amount":0}`, "5", "loan_amount", "is 0"},
		"a negative amount":              {`{"id":5,"status":"funded","loan_amount":-500}`, "5", "loan_amount", `"-500" is negative`},
		"an absurd amount":               {`{"id":5,"status":"funded","loan_amount":1e15}`, "5", "loan_amount", `"1e15" is larger than any loan (1,000,000,000,000)`},
		"an amount in words":             {`{"id":5,"status":"funded","loan_amount":"five"}`, "5", "loan_amount", `"five" is not a number`},
		"an amount of true":              {`{"id":5,"status":"funded","loan_amount":true}`, "5", "loan_amount", "is true or false"},
		"a figure that is no number":     {loanWith("5", `"paid_amount":"x"`), "5", "paid_amount", `"x" is not a number`},
		"a count below nothing":          {loanWith("5", `"lender_count":-1`), "5", "lender_count", "-1 is negative"},
		"a count beyond all":             {loanWith("5", `"borrower_count":1e9`), "5", "borrower_count", "1000000000 is larger than 10000000"},
		"a date before there were loans": {loanWith("5", `"posted_date":"1899-12-30T00:00:00Z"`), "5", "posted_date", `"1899-12-30T00:00:00Z" is outside 1990 to 2099`},
		"a date far away":                {loanWith("5", `"planned_expiration_date":"2100-01-01T00:00:00Z"`), "5", "planned_expiration_date", `"2100-01-01T00:00:00Z" is outside 1990 to 2099`},
		"a date that is none":            {loanWith("5", `"funded_date":"yesterday"`), "5", "funded_date", `"yesterday" is not a date`},
		"a date that is a number":        {loanWith("5", `"paid_date":1234567890`), "5", "paid_date", "is a number, not a date"},
		"a payment's date":               {loanWith("5", `"payments":[{"amount":1},{"amount":2,"settlement_date":"0000-00-00"}]`), "5", "payments[1].settlement_date", `"0000-00-00" is not a date`},
		"an instalment without amount":   {loanWith("5", `"terms":{"scheduled_payments":[{"due_date":"2015-02-15T08:00:00Z"}]}`), "5", "terms.scheduled_payments[0].amount", "is missing"},
		"a coverage above all":           {loanWith("5", `"terms":{"loss_liability":{"currency_exchange_coverage_rate":10}}`), "5", "terms.loss_liability.currency_exchange_coverage_rate", "is above 1"},
		"a name that is a number":        {`{"id":5,"name":12,"status":"funded","loan_amount":500}`, "5", "name", "is a number, not text"},
		"a name of 251 letters":          {`{"id":5,"name":"` + strings.Repeat("ñ", 251) + `","status":"funded","loan_amount":500}`, "5", "name", "has 251 characters, more than 250"},
		"a use of 501 letters":           {loanWith("5", `"use":"`+strings.Repeat("u", 501)+`"`), "5", "use", "has 501 characters, more than 500"},
		"a story of 10 MB":               {loanWith("5", `"description":{"texts":{"en":"`+strings.Repeat("story ", 10<<20/6)+`"}}`), "5", "description.texts.en", "has 10485755 characters, more than 50000"},
		"borrowers that are no list":     {loanWith("5", `"borrowers":"Rosa"`), "5", "borrowers", "is text, not a list"},
		"a borrower that is a name":      {loanWith("5", `"borrowers":["Rosa"]`), "5", "borrowers[0]", "is text, not an object"},
		"a location that is a name":      {loanWith("5", `"location":"Peru"`), "5", "location", "is text, not an object"},
		"deep nesting":                   {loanWith("5", `"x":`+strings.Repeat("[", 5000)+strings.Repeat("]", 5000)), "5", "", "the record nests deeper than 64 levels"},
		"deep nesting of objects":        {loanWith("5", `"x":`+strings.Repeat(`{"a":`, 100)+"1"+strings.Repeat("}", 100)), "5", "", "the record nests deeper than 64 levels"},
		"the same key twice":             {loanWith("5", `"status":"deleted"`), "5", "", "the record has status twice"},
		"a broken member":                {loanWith("5", `x`), "5", "", "the record is not valid JSON: invalid character 'x' at start of value (byte 58 of the record)"},
		"a comma too many":               {`{"id":5,"status":"funded","loan_amount":500,}`, "5", "", "the record is not valid JSON: invalid character ',' at start of value (byte 43 of the record)"},
		"a comma too few":                {`{"id":5,"status":"funded" "loan_amount":500}`, "5", "", `the record is not valid JSON: invalid character '"' after object value (expecting ',' or '}') (byte 26 of the record)`},
		"a control character in a text":  {loanWith("5", "\"use\":\"to\tbuy\""), "5", "", `the record is not valid JSON: invalid character '\t' in string (expecting non-control character) (byte 67 of the record)`},
		"a wrong escape":                 {loanWith("5", `"use":"\x"`), "5", "", `the record is not valid JSON: invalid escape sequence ` + "`\\x`" + ` in string (byte 65 of the record)`},
		"a lender":                       {`{"lender_id":"ada","name":"Ada"}`, "", "", "the record is about lenders"},
		"a loan draft":                   {`{"internal_loan_id":"55","entreps":[]}`, "", "", "the record is a body of the partner API (a loan draft or journals), which is not public"},
	}
	for name, test := range tests {
		for _, shape := range []struct{ name, format string }{
			{"list", "[%s,%s,%s]"}, {"body", `{"loans":[%s,%s,%s]}`}, {"lines", "%s\n%s\n%s\n"}, {"lines with CRLF", "%s\r\n%s\r\n%s\r\n"},
		} {
			t.Run(name+" in "+shape.name, func(t *testing.T) {
				got := readText(t, fmt.Sprintf(shape.format, loanWith("1"), test.record, loanWith("9")))
				if ids := got.ids(); !slices.Equal(ids, []int64{1, 9}) || got.err != nil {
					t.Fatalf("the loans %d came out, then %v", ids, got.err)
				}
				if len(got.problems) != 1 {
					t.Fatalf("%d problems, want 1: %v", len(got.problems), got.problems)
				}
				p := got.problems[0]
				if p.ID != test.id || p.Field != test.field || p.Reason != test.reason || p.Record != 2 {
					t.Errorf("set aside as record %d, id %q, field %q: %s\nwant id %q, field %q: %s", p.Record, p.ID, p.Field, p.Reason, test.id, test.field, test.reason)
				}
			})
		}
	}
}

// TestDecorationIsLeftOut: what is broken in these fields costs the field, not
// the record.
func TestDecorationIsLeftOut(t *testing.T) {
	for name, member := range map[string]string{
		"a picture that is text":           `"image":"x.jpg"`,
		"a picture of a negative id":       `"image":{"id":-4}`,
		"a video of a strange id":          `"video":{"id":3,"youtube_id":"../../etc"}`,
		"a video that is a list":           `"video":[1]`,
		"a point off the globe":            `"location":{"geo":{"pairs":"91 0","type":"point"}}`,
		"a point that is no number":        `"location":{"geo":{"pairs":"NaN Inf","type":"point"}}`,
		"a shape that is no point":         `"location":{"geo":{"pairs":"1 2 3 4","type":"box"}}`,
		"a country code of three letters":  `"location":{"country_code":"PER"}`,
		"tags that are numbers":            `"tags":[1,{"name":2},null,[]]`,
		"themes that are an object":        `"themes":{"a":{"b":1}}`,
		"languages that are none":          `"description":{"languages":["english","",7,"x"]}`,
		"a story in no language":           `"description":{"texts":{"<b>":"text","":"text"}}`,
		"journal totals below nothing":     `"journal_totals":{"entries":-1}`,
		"words of liability nobody knows":  `"terms":{"loss_liability":{"nonpayment":"nobody"}}`,
		"a currency that is none":          `"terms":{"disbursal_currency":"soles","disbursal_amount":5,"local_payments":[{"due_date":"2015-02-15T08:00:00Z","amount":1}]}`,
		"objects that PHP writes as lists": `"terms":[],"location":[],"description":{"texts":[]},"image":[]`,
		"nulls":                            `"terms":null,"location":null,"description":null,"borrowers":null,"payments":null,"tags":null,"image":null,"video":null,"posted_date":null,"paid_amount":null,"use":null,"delinquent":null,"partner_id":null`,
		"empty texts":                      `"posted_date":"","paid_amount":"","partner_id":"","lender_count":""`,
		"members nobody knows":             `"x":{"y":[{"z":null}]},"bonus_credit_eligibility":true`,
	} {
		t.Run(name, func(t *testing.T) {
			got := readText(t, loanWith("5", member))
			if len(got.loans) != 1 {
				t.Fatalf("set aside: %v", got.problems)
			}
			l := *got.loans[0]
			if l.Terms != nil {
				if l.Terms.LocalAmount.Known() || l.Terms.LocalPayments != nil || l.Terms.Liability != nil && l.Terms.Liability.Nonpayment != "" {
					t.Errorf("the terms hold %+v", l.Terms)
				}
			}
			if l.ImageID != 0 || l.Video != nil || l.Location.Geo != nil || l.Location.CountryCode != "" || l.Tags != nil ||
				l.Themes != nil || l.Languages != nil || l.Story != nil || l.Journals != nil {
				t.Errorf("came out as %+v", l)
			}
		})
	}
}

// TestBrokenFiles: the sequence ends with an error that says where, after all
// that could be read.
func TestBrokenFiles(t *testing.T) {
	one, two := loanWith("1"), loanWith("2")
	tests := map[string]struct {
		text string
		ids  []int64
		err  string
	}{
		"cut short inside a record":          {"[" + one + "," + two[:20], []int64{1}, "data: the file ends at byte 80, inside record 2, which begins at byte 60: it was cut short"},
		"cut short between records":          {`{"loans":[` + one + ",", []int64{1}, "data: the file ends at byte 69, before its JSON does: it was cut short"},
		"cut short after the list":           {`{"loans":[` + one + "]", []int64{1}, "data: the file ends at byte 69, before its JSON does: it was cut short"},
		"cut short in a number":              {"[" + one + ",12", []int64{1}, "data: the file ends at byte 62, inside a value: it was cut short"},
		"cut short in a name":                {`{"loans":[` + one + `],"pag`, []int64{1}, "data: the file ends at byte 74, inside a name: it was cut short"},
		"a brace in place of the list's end": {`{"loans":[` + one + "}}", []int64{1}, "data: the file ends at byte 70, before its JSON does: it was cut short"},
		"text after the end":                 {"[" + one + "] thanks", []int64{1}, `data: broken JSON outside the records, line 1, byte 61: 't' where the end of the file should be`},
		"a member without a colon":           {`{"loans":[` + one + `],"paging" 5}`, []int64{1}, `data: broken JSON outside the records, line 1, byte 79: '5' where a colon should be`},
		"a member without a name":            {`{"loans":[` + one + `],5}`, []int64{1}, `data: broken JSON outside the records, line 1, byte 70: '5' where the name of a member should be`},
		"something between whole objects":    {"{\n" + one[1:] + "\nand\n" + two, []int64{1}, `data: broken JSON outside the records, line 3, byte 60: 'a' where another object should be`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := readText(t, test.text)
			if !slices.Equal(got.ids(), test.ids) {
				t.Errorf("the loans %d came out, want %d", got.ids(), test.ids)
			}
			if got.err == nil || got.err.Error() != test.err {
				t.Errorf("ended with\n%v\nwant\n%s", got.err, test.err)
			}
		})
	}
}

// TestNeighboursOfUnbalancedRecords: brackets and quotation marks that are
// missing cost the record they are missing in.
func TestNeighboursOfUnbalancedRecords(t *testing.T) {
	first, last := loanWith("1", `"tags":[{"name":"a"},{"name":"b"}]`), loanWith("9", `"tags":[{"name":"a"},{"name":"b"}]`)
	for name, record := range map[string]string{
		"a bracket is missing":                 `{"id":5,"tags":[{"name":"a"},"status":"funded","loan_amount":500}`,
		"a brace is missing inside":            `{"id":5,"location":{"country":"Peru","status":"funded","loan_amount":500}`,
		"its own brace is missing":             `{"id":5,"status":"funded","loan_amount":500`,
		"a bracket is too many":                `{"id":5,"tags":[]],"status":"funded","loan_amount":500}`,
		"a quotation mark is missing":          `{"id":5,"name":"Ana,"status":"funded","loan_amount":500}`,
		"the last mark is missing":             `{"id":5,"loan_amount":500,"status":"funded}`,
		"a bracket is too many at its end":     `{"id":5,"status":"funded","loan_amount":500,"tags":[]]}`,
		"a mark is missing in a key":           `{"id":5,"loan_amount:500,"status":"funded"}`,
		"a backslash eats a mark":              `{"id":5,"name":"Ana\","status":"funded","loan_amount":500}`,
		"an object stands where a name should": `{"id":5,{"nested":[1,{"a":2}]},"status":"funded","loan_amount":500}`,
		"a brace is too many":                  `{"id":5,"loan_amount":-1}}`,
		"its beginning is missing too":         `{"id":5,"tags":[{"name":"a"`,
	} {
		for _, join := range []string{",", ",\n", " ,\r\n  "} {
			for _, format := range []string{"[%s]", `{"loans":[%s]}`} {
				t.Run(name, func(t *testing.T) {
					text := fmt.Sprintf(format, strings.Join([]string{first, record, last, last}, join))
					got := readText(t, text)
					if ids := got.ids(); !slices.Equal(ids, []int64{1, 9, 9}) || got.err != nil {
						t.Errorf("the loans %d came out, then %v", ids, got.err)
					}
					if len(got.problems) == 0 || got.problems[0].ID != "5" {
						t.Errorf("problems: %v", got.problems)
					}
				})
			}
		}
	}
}

// TestLongMembersOfABody: what is passed over may be longer than any record.
func TestLongMembersOfABody(t *testing.T) {
	long := strings.Repeat(`long \" { text`, (MaxRecord+1<<20)/12)
	for name, member := range map[string]string{
		"a text": `"x":"` + long + `"`, "a name": `"` + long + `":1`, "an object": `"x":{"y":"` + long + `"}`, "a number": `"x":1` + strings.Repeat("0", MaxRecord+1<<20),
	} {
		got := readText(t, `{"loans":[`+loanWith("1")+`],`+member+`,"partners":[{"id":7,"name":"Green Field Fund"}]}`)
		if len(got.loans) != 1 || len(got.partners) != 1 || got.err != nil {
			t.Errorf("%s: %d loans, %d partners, then %v", name, len(got.loans), len(got.partners), got.err)
		}
	}
}

// TestALongRecordMayComeFirst: a file is known by its first record even when
// that is longer than what Open looks at.
func TestALongRecordMayComeFirst(t *testing.T) {
	for _, size := range []int{headBytes, 10 << 20, MaxRecord} {
		long := `{"id":5,"description":{"texts":{"en":"` + strings.Repeat("story ", size/6+1) + `"}},"status":"funded","loan_amount":500}`
		for _, format := range []string{"[%s,%s]", "%s\n%s", `{"loans":[%s,%s]}`} {
			got := readText(t, fmt.Sprintf(format, long, loanWith("9")))
			if ids := got.ids(); !slices.Equal(ids, []int64{9}) || got.err != nil || len(got.problems) != 1 || got.problems[0].ID != "5" {
				t.Errorf("%d bytes in %s: the loans %d, problems %v, then %v", size, format, ids, got.problems, got.err)
			}
		}
	}
}

func TestOverlongRecords(t *testing.T) {
	long := loanWith("5", `"x":"`+strings.Repeat(`long \" text `, (MaxRecord+1<<20)/13)+`"`)
	for name, format := range map[string]string{"list": "[%s,%s,%s]", "lines": "%s\n%s\n%s", "body": `{"loans":[%s,%s,%s]}`} {
		t.Run(name, func(t *testing.T) {
			got := readText(t, fmt.Sprintf(format, loanWith("1"), long, loanWith("9")))
			if ids := got.ids(); !slices.Equal(ids, []int64{1, 9}) || got.err != nil {
				t.Fatalf("the loans %d came out, then %v", ids, got.err)
			}
			if p := got.problems[0]; p.ID != "5" || p.Reason != "the record is longer than 16 MiB" {
				t.Errorf("set aside as %v", p)
			}
			if at := got.records[2].Place.Offset; at != int64(strings.Index(fmt.Sprintf(format, "", long, "\x00"), "\x00")+len(loanWith("1"))) {
				t.Errorf("the next loan is said to stand at byte %d", at)
			}
		})
	}
}
