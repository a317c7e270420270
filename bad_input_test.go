package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestBadRecordsCostThemselvesAlone puts every kind of bad record between two
// good ones: each is set aside with its place, and no good one is lost.
func TestBadRecordsCostThemselvesAlone(t *testing.T) {
	const rest = `"name":"Bopha","status":"paid","loan_amount":400`
	bad := []struct{ name, line string }{
		{"10 MB of description", `{"id":1,` + rest + `,"description":{"languages":["en"],"texts":{"en":"` + strings.Repeat("ducks and more ducks ", 500_000) + `"}}}`},
		{"20 MB of anything", `{"id":1,` + rest + `,"unheard_of":"` + strings.Repeat("x", 20<<20) + `"}`},
		{"deep nesting", `{"id":1,` + rest + `,"terms":` + strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000) + "}"},
		{"an id of 0", `{"id":0,` + rest + `}`},
		{"a negative id", `{"id":-5,` + rest + `}`},
		{"an id of 30 digits", `{"id":123456789012345678901234567890,` + rest + `}`},
		{"a negative amount", `{"id":1,"name":"Bopha","status":"paid","loan_amount":-400}`},
		{"an absurd amount", `{"id":1,"name":"Bopha","status":"paid","loan_amount":1e300}`},
		{"a date long ago", `{"id":1,` + rest + `,"posted_date":"1066-10-14T00:00:00Z"}`},
		{"a date far away", `{"id":1,` + rest + `,"posted_date":"9999-12-31T00:00:00Z"}`},
		{"a day that is not in the calendar", `{"id":1,` + rest + `,"posted_date":"2026-02-30T00:00:00Z"}`},
		{"a record that ends early", `{"id":1,"name":"Bop`},
		{"a status that is none", `{"id":1,"name":"Bopha","status":"dancing","loan_amount":400}`},
		{"the same key twice", `{"id":1,"id":2,` + rest + `}`},
	}
	for _, test := range bad {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			data := w.write("loans.jsonl", twoLoans+test.line+"\n"+strings.ReplaceAll(twoLoans, `"id":50`, `"id":60`))
			code := w.run("build", "--data", data, "--base-url", "https://loans.example", "--out", w.path("dist"), "--report", w.path("report.jsonl"))
			if code != 3 || !strings.Contains(w.out.String(), " from 4 loans ") {
				t.Errorf("it ended with %d and said %s%s", code, w.out.String(), w.err.String())
			}
			report, err := os.ReadFile(w.path("report.jsonl"))
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSuffix(string(report), "\n"), "\n")
			var problem struct {
				File, Reason string
				Record, Line int
				Offset       int64
			}
			if err := json.Unmarshal([]byte(lines[0]), &problem); err != nil || len(lines) != 1 {
				t.Fatalf("the report has %d lines: %v", len(lines), err)
			}
			if problem.File != "loans.jsonl" || problem.Line != 3 || problem.Offset != int64(len(twoLoans)) || problem.Reason == "" || len(lines[0]) > 1000 {
				t.Errorf("the report says %s", lines[0])
			}
		})
	}
}

// TestOddRecordsAreShown has what is no reason to set a record aside.
func TestOddRecordsAreShown(t *testing.T) {
	w := newWorld(t)
	body := "\ufeff" + strings.ReplaceAll(twoLoans, "\n", "\r\n") +
		"{\"id\":503,\"name\":\"Bo\xffpha\\u0000\",\"status\":\"paid\",\"loan_amount\":\"400.00\",\"description\":{\"texts\":{\"en\":\"One.<br>Two &amp; <script>three</script>\"}}}\r\n\r\n" +
		`{"id":504,"name":"Nangula","status":"paid","loan_amount":400,"location":{"country_code":"NA"}}`
	data := w.write("loans.jsonl", body)
	if code := w.run("build", "--data", data, "--base-url", "https://loans.example", "--out", w.path("dist"), "--report", "-"); code != 0 {
		t.Fatalf("it ended with %d: %s%s", code, w.out.String(), w.err.String())
	}
	page, err := os.ReadFile(w.path("dist/lend/503.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"\xff", "\x00", "<script>three"} {
		if strings.Contains(string(page), part) {
			t.Errorf("the page has %q in it", part)
		}
	}
	if namibia, err := os.ReadFile(w.path("dist/country/na/index.html")); err != nil || !strings.Contains(string(namibia), "Namibia") {
		t.Errorf("NA is not Namibia: %v", err)
	}
}
