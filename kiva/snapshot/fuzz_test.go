package snapshot

import (
	"bytes"
	"encoding/csv"
	"io"
	"reflect"
	"testing"
	"time"

	"loanleaf/kiva"
)

// FuzzRecords: whatever a file holds, reading it ends, nothing panics, places
// lie in the file and in order, and every loan that comes out is one.
func FuzzRecords(f *testing.F) {
	for _, s := range []string{
		"[]", "[" + loanWith("1") + "]", loanWith("1") + "\n" + loanWith("2"), `{"loans":[` + sampleDetail(3) + `]}`,
		`{"header":{"date":"2015-05-18T07:00:00Z","total":5},"loans":[{"id":5,"status":"deleted"}]}`,
		`{"partners":[{"id":7,"name":"Green Field Fund","rating":"3.5","default_rate":1.5}]}`,
		`[{"id":1,"tags":[1},{"id":2,"name":"a},{"id":3,"status":"paid","loan_amount":5}]`, `{"loans":[12,null,"x",[1]],"user_balance":1}`,
		"{broken\n" + loanWith("1"), "\ufeff{\n\"id\":1,\n\"status\":\"paid\",\"loan_amount\":1e3}", `{"loans":[{"id":1e9,"loan_amount":"5","status":"ended_with_loss"}`,
		"LOAN_ID,LENDERS\n", "<response>", `{"id":1,"status":"funded","loan_amount":5,"name":"\ud800\u0000<br>&amp;"}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		k, why := kindOf(content, true)
		if (why == nil) != (k.name != "") || why != nil && (why.what == "" || why.hint == "") {
			t.Fatalf("kind %+v beside the refusal %+v", k, why)
		}
		for _, of := range []shape{bodies, lines, objects} {
			mustBeRecords(t, content, of)
		}
	})
}

// FuzzCSV: the same for tables, whose rows stand behind a good header. And
// where encoding/csv, which is strict, finds rows of the right width and
// nothing wrong, the cells are the same.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"5,Rosa,500,funded\n", "5,\"Rosa \"\"la\nbella\"\"\",500,funded\r\n\r\n6,a\"b,5,\"paid\"", "5,\"Rosa,500,funded\n6,\"Ana\",500,funded\n7,Luz,5,paid\n",
		"5,\"x\"y,5,paid\n6,,5,paid\n", "5,Rosa\n6,Ana,1,2,3,4\n7,Luz,5.0,expired\n", "5,\"Rosa", "5,\"Rosa\"\r", "5,\"\"\"\",1e3,fundRaising", "\"5\",\"<br>&amp;\xff\",5,deleted\n",
		"a\",\"b\na\",\"b\na\",\"b\n", "5,Rosa,500,funded\n\"\n6,Ana,5,paid\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		const header = "LOAN_ID,LOAN_NAME,LOAN_AMOUNT,STATUS\n"
		mustBeRecords(t, append([]byte(header), content...), rows)
		strict, wide := csv.NewReader(bytes.NewReader(content)), true
		strict.FieldsPerRecord = -1
		want, err := strict.ReadAll()
		for _, cells := range want {
			wide = wide && len(cells) == 4
		}
		if err != nil || !wide || bytes.Contains(content, []byte("\r")) {
			return // encoding/csv makes CRLF in cells LF, and knows no resync
		}
		if got := cellsOf(t, content, 4); !reflect.DeepEqual(got, want) {
			t.Fatalf("cells %q, want %q", got, want)
		}
	})
}

// cellsOf cuts a text into rows; those that are empty lines are left out.
func cellsOf(t *testing.T, content []byte, width int) (all [][]string) {
	t.Helper()
	s := newSplitter(bytes.NewReader(content), nil)
	var r row
	for {
		err := s.row(&r, width)
		if err == io.EOF {
			return all
		}
		if err != nil || r.fault != fine {
			t.Fatalf("fault %d, error %v", r.fault, err)
		}
		if r.empty() && len(bytes.TrimRight(r.raw, "\r\n")) == 0 {
			continue
		}
		var cells []string
		var buffer []byte
		for _, c := range r.cells {
			cells = append(cells, string(r.text(c, &buffer)))
		}
		all = append(all, cells)
	}
}

// mustBeRecords reads a text in a shape, and holds what comes out to the rules.
func mustBeRecords(t *testing.T, content []byte, of shape) {
	t.Helper()
	records, _ := readFrom(bytes.NewReader(content), of)
	last := int64(-1)
	for _, r := range records {
		if r.Place.Offset <= last && of != bodies || r.Place.Offset < last || r.Place.Offset >= int64(len(content)) || r.Place.Line < 1 {
			t.Fatalf("place %+v after byte %d of %d", r.Place, last, len(content))
		}
		if r.Place.Line != 1+bytes.Count(content[:r.Place.Offset], []byte{'\n'}) {
			t.Fatalf("place %+v is on another line", r.Place)
		}
		last = r.Place.Offset
		switch {
		case r.Loan != nil:
			mustBeLoan(t, r.Loan)
		case r.Partner != nil:
			if r.Partner.ID <= 0 || r.Partner.Name == "" || r.Partner.Rating < 0 || r.Partner.Rating > 50 {
				t.Fatalf("partner %+v", r.Partner)
			}
		case r.Problem != nil:
			if r.Problem.Reason == "" || len(r.Problem.ID) > 60 {
				t.Fatalf("problem %+v", r.Problem)
			}
		case r.Header == nil:
			t.Fatal("an empty record")
		}
	}
}

// mustBeLoan holds a loan to what the rest of the program relies on.
func mustBeLoan(t *testing.T, l *kiva.Loan) {
	t.Helper()
	if l.ID <= 0 || l.ID > maxID {
		t.Fatalf("id %d", l.ID)
	}
	if l.Status == kiva.Hidden {
		if l.Name != "" || l.Amount.Known() || l.Terms != nil || l.Story != nil {
			t.Fatalf("a hidden loan that shows: %+v", l)
		}
		return
	}
	if _, public := kiva.ParsePublicStatus(l.Status.String()); !public || !l.Amount.Positive() {
		t.Fatalf("status %v, amount %v", l.Status, l.Amount)
	}
	for _, m := range []kiva.Money{l.Amount, l.Raised, l.Basket, l.Repaid, l.CurrencyLoss} {
		if m.Units < 0 || m.Units > kiva.MaxMoney*kiva.MoneyScale || m.Known() && m.Currency != "USD" {
			t.Fatalf("amount %+v", m)
		}
	}
	for _, d := range []time.Time{l.Posted, l.Expires, l.FundedDate, l.PaidDate} {
		if !d.IsZero() && (d.Before(earliest) || !d.Before(latest)) {
			t.Fatalf("date %v", d)
		}
	}
	for _, s := range append([]string{l.Name, l.Use, l.Activity, l.Sector, l.Location.Country, l.Location.Town}, append(l.Tags, l.Themes...)...) {
		mustBeClean(t, s, false)
	}
	for _, s := range l.Story {
		mustBeClean(t, s.Body, true)
	}
	if l.Terms != nil {
		for _, p := range append(l.Terms.LocalPayments, l.Terms.ScheduledPayments...) {
			if p.Due.IsZero() || !p.Amount.Known() || p.Amount.Currency == unsettled {
				t.Fatalf("instalment %+v", p)
			}
		}
	}
	again := *l
	if again.Redact(); l.Anonymous() && (l.ImageID != 0 || l.Story != nil || l.Location.Town != "") {
		t.Fatalf("an anonymous loan that shows: %+v", l)
	}
}

// FuzzTime: a time that is taken is in range and in UTC, is read again as it
// is written, and is what package time makes of it where that reads it too.
func FuzzTime(f *testing.F) {
	for _, s := range []string{
		"2009-03-19T06:50:06Z", "2014-01-15 04:48:22", "2019-04-02 02:35:31.000 +0000", "2014-01-01 06:12:39+00:00", "2014-01-15",
		"2016-02-29T23:59:59.999-07:00", "2100-01-01T00:30:00+01:00", "1990-01-01t00:00:00z",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parseTime([]byte(text))
		if err != nil {
			return
		}
		if got.Before(earliest) || !got.Before(latest) || got.Location() != time.UTC || got.Nanosecond() != 0 {
			t.Fatalf("parseTime(%q) = %v", text, got)
		}
		if again, err := parseTime([]byte(got.Format(time.RFC3339))); err != nil || !again.Equal(got) {
			t.Fatalf("parseTime(%q) = %v, read again %v, %v", text, got, again, err)
		}
		for _, layout := range []string{time.RFC3339, time.DateTime, time.DateOnly, "2006-01-02 15:04:05.999 -0700", "2006-01-02 15:04:05Z07:00"} {
			if want, err := time.Parse(layout, text); err == nil && !want.Truncate(time.Second).Equal(got) {
				t.Fatalf("parseTime(%q) = %v, package time says %v", text, got, want)
			}
		}
	})
}
