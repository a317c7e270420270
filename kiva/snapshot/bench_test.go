package snapshot

import (
	"bytes"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// sampleDetail is one loan in API v1's detail shape, about 4 KB, with what
// real texts have: escaped newlines, letters beyond ASCII, entities and tags.
func sampleDetail(id int) string {
	var local, scheduled, payments strings.Builder
	for i := range 12 {
		sep := ","
		if i == 0 {
			sep = ""
		}
		fmt.Fprintf(&local, `%s{"due_date":"2015-%02d-15T08:00:00Z","amount":%d}`, sep, i+1, 100000+i)
		fmt.Fprintf(&scheduled, `%s{"due_date":"2015-%02d-01T08:00:00Z","amount":48.%02d}`, sep, i+1, i)
		if i < 4 {
			fmt.Fprintf(&payments, `%s{"amount":48.34,"local_amount":1000000,"processed_date":"2015-%02d-01T07:00:00Z","settlement_date":"2015-%02d-17T09:11:12Z","rounded_local_amount":1000000,"currency_exchange_loss_amount":0,"payment_id":%d}`, sep, i+1, i+1, id*10+i)
		}
	}
	story := `Nguyễn runs a small food stall near the market &amp; sells noodles. She has been in this business for more than ten years and knows every customer by name.\r\n\r\nShe is 42 years old, and married with two children.<br \/><br \/>The main hardship she faces is the distance to clean water; with the loan she will buy cement, bricks and a tank. The work will take three weeks, and her brother will help her.\r\n\r\nWith what she saves she hopes to send both children to school, and to put a roof over the stall before the rain comes again.`
	return fmt.Sprintf(`{"id":%d,"name":"Nguyễn Example","description":{"languages":["vi","en"],"texts":{"vi":"Nguyễn bán bún ở gần chợ và đã làm nghề này hơn mười năm. Bà biết tên từng người khách của mình.\r\n\r\nBà bốn mươi hai tuổi, có hai con.","en":"%s"}},"status":"in_repayment","funded_amount":725,"paid_amount":193.36,"image":{"id":1797395,"template_id":1},"activity":"Food Stall","sector":"Food","themes":["Water and Sanitation"],"use":"to buy cement, bricks and a water tank.","location":{"country_code":"VN","country":"Vietnam","town":"Thanh Hoá","geo":{"level":"country","pairs":"16.166667 107.833333","type":"point"}},"partner_id":121,"posted_date":"2015-01-20T04:30:02Z","planned_expiration_date":"2015-02-19T04:30:02Z","loan_amount":725,"lender_count":23,"bonus_credit_eligibility":true,"tags":[{"name":"#Parent"},{"name":"#RepeatBorrower"}],"borrowers":[{"first_name":"Nguyễn","last_name":"","gender":"F","pictured":true}],"terms":{"disbursal_date":"2015-01-18T08:00:00Z","disbursal_currency":"VND","disbursal_amount":15000000,"repayment_interval":"Monthly","repayment_term":14,"loan_amount":725,"local_payments":[%s],"scheduled_payments":[%s],"loss_liability":{"nonpayment":"lender","currency_exchange":"shared","currency_exchange_coverage_rate":0.1}},"payments":[%s],"funded_date":"2015-02-18T01:02:03Z","journal_totals":{"entries":0,"bulkEntries":0},"translator":{"byline":"Edda Example","image":1304534}}`,
		id, story, local.String(), scheduled.String(), payments.String())
}

// phpEscaped writes a loan as PHP's json_encode does: "/" as "\/", and letters
// beyond ASCII as \uXXXX.
func phpEscaped(record string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(record, `\/`, "/") {
		switch {
		case r == '/':
			b.WriteString(`\/`)
		case r < utf8.RuneSelf:
			b.WriteRune(r)
		default:
			for _, unit := range utf16.AppendRune(nil, r) {
				fmt.Fprintf(&b, `\u%04x`, unit)
			}
		}
	}
	return b.String()
}

// sampleTable is a CSV snapshot of so many loans, about 1.5 KB each.
func sampleTable(tb testing.TB, loans int) string {
	tb.Helper()
	row := sampleCells()
	row["DESCRIPTION"] = strings.Repeat("Rosa tiene cuarenta y dos años y vende \"patos\", pollos y gansos en el mercado.\r\n\r\nVive con sus hijos. ", 5)
	row["DESCRIPTION_TRANSLATED"] = strings.Repeat("Rosa is forty-two years old, and sells ducks, chickens & geese at the market.<br /><br />She lives with her children. ", 5)
	all := make([]map[string]string, loans)
	for i := range all {
		all[i] = maps.Clone(row)
		all[i]["LOAN_ID"] = strconv.Itoa(i + 1)
	}
	return csvOf(tb, strings.Split(csvHeader, ","), all...)
}

// BenchmarkRecords reads loans through the whole reader: of 4 KB in JSON, plain
// and as PHP escapes it, of 1.5 KB in CSV. MB/cpu-s is megabytes in a second
// of one core, whatever else the machine does.
func BenchmarkRecords(b *testing.B) {
	const loans = 2000
	var plain, escaped strings.Builder
	for i := range loans {
		plain.WriteString(sampleDetail(i+1) + "\n")
		escaped.WriteString(phpEscaped(sampleDetail(i+1)) + "\n")
	}
	for _, form := range []struct{ name, text string }{{"JSON", plain.String()}, {"PHP", escaped.String()}, {"CSV", sampleTable(b, loans)}} {
		b.Run(form.name, func(b *testing.B) { benchmarkRecords(b, form.text, loans) })
	}
}

func benchmarkRecords(b *testing.B, text string, loans int) {
	path := writeFile(b, "loans", []byte(text))
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	before := cpuTime(b)
	for b.Loop() {
		s, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for r, err := range s.Records() {
			if err != nil || r.Loan == nil {
				b.Fatal(err, r.Problem)
			}
			n++
		}
		if n != loans {
			b.Fatal(n)
		}
		s.Close()
	}
	spent := (cpuTime(b) - before).Seconds()
	b.ReportMetric(float64(b.N)*float64(loans)/spent, "loans/cpu-s")
	b.ReportMetric(float64(b.N)*float64(len(text))/1e6/spent, "MB/cpu-s")
}

// cpuTime is the time of processors this process has used.
func cpuTime(tb testing.TB) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkCut only cuts records out of an array, without decoding them.
func BenchmarkCut(b *testing.B) {
	raw := []byte("[" + strings.TrimSuffix(strings.Repeat(sampleDetail(7)+",", 2000), ",") + "]")
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		s := newSplitter(bytes.NewReader(raw), nil)
		s.peek()
		s.pos++
		for {
			if c, err := s.peek(); err != nil || c == ']' {
				break
			} else if c == ',' {
				s.pos++
				continue
			}
			if _, _, err := s.value(); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkText cleans stories: one in plain ASCII, one in Khmer, one full of
// tags and entities.
func BenchmarkText(b *testing.B) {
	for name, text := range map[string]string{
		"ascii": strings.Repeat("She sells noodles near the market, and knows every customer by name.\r\n\r\n", 30),
		"khmer": strings.Repeat("គាត់លក់មីនៅជិតផ្សារ និងស្គាល់ឈ្មោះអតិថិជនគ្រប់រូប។\r\n\r\n", 30),
		"html":  strings.Repeat("She <b>sells</b> noodles &amp; rice<br /><br />every  day &#8211; <i>always</i> ", 30),
	} {
		b.Run(name, func(b *testing.B) {
			var c cleaner
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				c.clean([]byte(text), true)
			}
		})
	}
}
