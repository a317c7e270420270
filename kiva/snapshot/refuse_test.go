package snapshot

import (
	"archive/zip"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestRefusals: what is not read is refused by what it is.
func TestRefusals(t *testing.T) {
	const lists = "give a listing or details of loans, or the list of partners"
	const readable = "give API v1 bodies, a JSON or CSV snapshot, or JSON lines of loans, plain, .gz or in a zip"
	const csv = "give loans.csv as Kiva's snapshot has it"
	const plain = "is a CSV table of loans without the column "
	const my = "is an answer of the private user API (my/…), which belongs to one user alone"
	tests := map[string]struct {
		content, what, hint string
		private             bool
	}{
		"nothing":                    {"", "is empty", readable, false},
		"white space":                {" \r\n\t", "holds nothing but white space", readable, false},
		"a byte order mark alone":    {"\ufeff", "holds nothing but white space", readable, false},
		"a scalar":                   {"12", "is text, but neither JSON nor anything else this program knows", readable, false},
		"an empty object":            {"{}", "is an empty JSON object", readable, false},
		"a list of numbers":          {"[1,2]", "is a JSON array, but of neither loans nor partners", readable, false},
		"a settings file":            {`{"name":"x","version":"1"}`, "is JSON, but neither loans nor partners: its first keys are name, version", readable, false},
		"loans that are no list":     {`{"loans":{"id":5}}`, `has "loans", but that is not a list`, readable, false},
		"lenders":                    {`{"paging":{"page":1},"lenders":[{"lender_id":"ada"}]}`, "is a list of lenders (API v1)", lists, false},
		"lenders in lines":           {"{\"lender_id\":\"ada\",\"name\":\"Ada\"}\n", "is about lenders", lists, false},
		"who lent to which loan":     {`{"loan_id":59106,"lender_ids":["ada","ida"]}`, "lists who lent to which loan (loans_lenders)", lists, false},
		"the same in a list":         {`[{"loan_id":"558112","lender_ids":["ada"]}]`, "lists who lent to which loan (loans_lenders)", lists, false},
		"journal entries":            {`{"paging":{},"journal_entries":[]}`, "is a list of journal entries (API v1)", lists, false},
		"lending actions":            {`{"lending_actions":[{"id":1,"loan":{"id":5}}]}`, "is a list of lending actions (API v1)", lists, false},
		"comments":                   {`{"paging":{},"comments":[]}`, "is a list of comments (API v1)", lists, false},
		"teams":                      {`{"teams":[{"id":5,"shortname":"x"}]}`, "is a list of lending teams (API v1)", lists, false},
		"image templates":            {`{"templates":[{"id":1}]}`, "is the list of image templates (API v1)", lists, false},
		"a release":                  {`{"release":{"id":"1"}}`, "is the API's release number (API v1)", lists, false},
		"an error of the API":        {`{"code":"org.kiva.RateLimitExceeded","message":"Slow down"}`, "is an error answer of the API (org.kiva.RateLimitExceeded)", "ask again, and keep the answer", false},
		"a user's account":           {`{"user_accounts":[{"id":123456,"first_name":"Ada"}]}`, my, privateHint, true},
		"a user's balance":           {`{"user_balance":{"id":5,"balance":"8.17"}}`, my, privateHint, true},
		"a balance beside loans":     {`{"loans":[{"id":5,"status":"paid","loan_amount":5}],"user_balance":{"id":5}}`, my, privateHint, true},
		"balances of loans":          {`{"balances":[{"id":5,"amount_purchased_by_lender":"25.00"}]}`, "is a list of a user's balances, which belong to that user alone", privateHint, true},
		"an access token":            {`{"access_token":"x","token_type":"bearer"}`, "holds a secret token of the API", "keep it secret; " + lists, true},
		"a loan draft":               {`{"client_waiver_signed":true,"entreps":[],"loanuse":""}`, "is a body of the partner API (a loan draft or journals), which is not public", lists, true},
		"the partner API's journals": {`[{"body":"x","internal_loan_id":"5"}]`, "is a body of the partner API (a loan draft or journals), which is not public", lists, true},
		"the partner API's loans":    {`{"loans":[{"internal_loan_id":"5","name":"Ana"}]}`, "is a body of the partner API (a loan draft or journals), which is not public", lists, true},
		"repayments":                 {`{"repayments":[{"loan_id":"5","amount":480,"client_id":"x"}]}`, "is a body of the partner API (repayments), which is not public", lists, true},
		"a CSV without amounts":      {"LOAN_ID,LOAN_NAME,STATUS\n5,Rosa,funded\n", plain + "LOAN_AMOUNT", csv, false},
		"a CSV without a status":     {"loan_id,loan_amount,loan_name\n5,500,Rosa\n", plain + "STATUS", csv, false},
		"a CSV without ids":          {"loan_amount,status\n500,funded\n", plain + "LOAN_ID", csv, false},
		"a CSV without two columns":  {"Loan_Amount\r\n500", "is a CSV table of loans without the columns LOAN_ID and STATUS", csv, false},
		"a CSV with a column twice":  {"LOAN_ID,LOAN_AMOUNT,STATUS,loan_id\n", "is a CSV table of loans with the column loan_id twice", "take one of them out", false},
		"a CSV with semicolons":      {"LOAN_ID;LOAN_AMOUNT;STATUS\n5;500;funded\n", "is a CSV snapshot of loans with semicolons between the columns", "save it with commas between them", false},
		"a CSV with tabs":            {"LOAN_ID\tLOAN_AMOUNT\tSTATUS\n", "is a CSV snapshot of loans with tabs between the columns", "save it with commas between them", false},
		"a CSV with lines of CR":     {"LOAN_ID,LOAN_AMOUNT,STATUS\r5,500,funded\r6,500,funded\r", "is a CSV table whose header does not end where its line does: at STATUS", "save it with LF or CRLF at the end of each line", false},
		"a CSV with an open header":  {"LOAN_ID,LOAN_AMOUNT,STATUS,\"NOTE\n5,500,funded,\n", "is a CSV table whose header cannot be read: a quotation mark in it is missing, or it is too long", "get the file again", false},
		"a CSV too wide":             {"LOAN_ID,LOAN_AMOUNT,STATUS" + strings.Repeat(",x", 498) + "\n", "is a CSV table of more than 200 columns", csv, false},
		"a CSV of the partner API":   {"loan_id,loan_amount,status,internal_client_id\n", "is a body of the partner API (a loan draft or journals), which is not public", lists, true},
		"a CSV of repayments":        {"loan_id,client_id,amount\n", "is a body of the partner API (repayments), which is not public", lists, true},
		"some other table":           {"a;b;c\n1;2;3\n", "looks like a CSV table, but has not the columns of Kiva's loans", csv, false},
		"an XML answer":              {"<?xml version=\"1.0\"?>\n<response><loans type=\"list\">", "is an XML answer of API v1, which this version does not read", "ask the API for .json instead", false},
		"a page":                     {"\n<!DOCTYPE html><html>", "is an HTML page", readable, false},
		"a feed":                     {"<rss version=\"2.0\">", "is a feed (RSS or Atom)", readable, false},
		"some other markup":          {"<svg/>", "is an XML or HTML document", readable, false},
		"a RAR archive":              {"Rar!\x1a\x07\x00", "is a RAR archive", "unpack it and give the folder", false},
		"a 7z archive":               {"7z\xbc\xaf\x27\x1c\x00\x04", "is a 7z archive", "unpack it and give the folder", false},
		"a Parquet file":             {"PAR1\x15\x04", "is a Parquet file", readable, false},
		"bzip2":                      {"BZh91AY", "is compressed with bzip2", "unpack it, or use gzip or zip", false},
		"an empty zip":               {"PK\x05\x06" + strings.Repeat("\x00", 18), "is an empty zip", "get the file again", false},
		"a tar archive":              {"loans.json" + strings.Repeat("\x00", 247) + "ustar\x0000", "is a tar archive", "unpack it and give the folder", false},
		"UTF-16":                     {"\xff\xfe{\x00", "is text in UTF-16", "save it as UTF-8", false},
		"a binary file":              {"{\"a\x00\"", "is a binary file of a kind this program does not know", readable, false},
	}
	for name, test := range tests {
		for _, packed := range []struct {
			as   string
			pack func(testing.TB, []byte) []byte
		}{{"plain", func(_ testing.TB, b []byte) []byte { return b }}, {"gzip", gzipped}} {
			t.Run(name+" "+packed.as, func(t *testing.T) {
				why := refused(t, writeFile(t, "loans.json", packed.pack(t, []byte(test.content))))
				what := test.what
				if why.What != what || why.Hint != test.hint || why.Private != test.private {
					t.Errorf("refused: it %s; %s (private: %v)\nwant: it %s; %s (private: %v)", why.What, why.Hint, why.Private, what, test.hint, test.private)
				}
			})
		}
	}
}

func TestRefusedPaths(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "nothing\x1b[2J")
	why := refused(t, missing)
	if !errors.Is(why, fs.ErrNotExist) || why.What != "does not exist" {
		t.Errorf("a missing file is refused with: %v", why)
	}
	if strings.ContainsRune(why.Error(), '\x1b') {
		t.Error("the message carries control characters of the name")
	}
	if why := refused(t, t.TempDir()); why.What != "is a folder without files" {
		t.Errorf("an empty folder is refused with: %v", why)
	}
	folder := filepath.Dir(writeFile(t, "lenders.json", []byte(`{"lenders":[]}`)))
	if why := refused(t, folder); why.What != "has no public loans: its one file, lenders.json, is a list of lenders (API v1)" {
		t.Errorf("a folder of nothing public is refused with: %v", why)
	}
	if why := refused(t, writeFile(t, "my-loans.json", []byte(`{"loans":[]}`))); !why.Private {
		t.Errorf("a private listing is refused with: %v", why)
	}
}

// TestFormatsByContent: the ending of a name decides nothing.
func TestFormatsByContent(t *testing.T) {
	one := loanWith("5")
	for text, want := range map[string]string{
		"[]":                                  "JSON array",
		"[" + one + "]":                       "JSON array",
		"\ufeff[" + one + "]":                 "JSON array",
		one:                                   "JSON lines",
		"\ufeff" + one + "\r\n":               "JSON lines",
		one + "\n" + one:                      "JSON lines",
		"{broken\n" + one + "\n":              "JSON lines",
		"some text\n" + one + "\n":            "JSON lines",
		"{\"id\":1,\"x\":[\n" + one:           "JSON lines",
		strings.ReplaceAll(one, ",", ",\n"):   "JSON objects",
		`{"loans":[` + one + "]}":             "API v1 listing",
		`{"loans":[]}`:                        "API v1 listing",
		`{"paging":{},"loans":[{"x":1}]}`:     "API v1 listing",
		`{"loans":[{"id":5,"terms":{}}]}`:     "API v1 detail",
		`{"loans":[],"header":{}}`:            "JSON snapshot",
		`{"partners":[{"id":5}]}`:             "API v1 partners",
		`[{x},` + one + `]`:                   "JSON array",
		`[12,` + one + `]`:                    "JSON array",
		`[{"id":5,"status":"deleted"}]`:       "JSON array",
		`{"loans":[]}{"loans":[` + one + `]}`: "API v1 listing",
	} {
		path := writeFile(t, "loans.csv", []byte(text))
		s, err := Open(path)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := s.Format(); got != want {
			t.Errorf("%q is read as %s, want %s", text, got, want)
		}
		s.Close()
	}
}

// Lenders, and who lent to which loan, belong to a snapshot: alone they are one
// without records.
func TestTablesBesideTheLoans(t *testing.T) {
	for name, test := range map[string]struct{ text, note string }{
		"lenders":               {"PERMANENT_NAME,DISPLAY_NAME\n", "is a CSV snapshot of lenders"},
		"lenders in lower case": {"\ufeff\"permanent_name\",\"display_name\"\r\nada,Ada\r\n", "is a CSV snapshot of lenders"},
		"who lent":              {"LOAN_ID,LENDERS\n5,\"ada, ida\"\n", "is a CSV snapshot of who lent to which loan"},
	} {
		for form, path := range map[string]string{
			"plain": writeFile(t, "data.csv", []byte(test.text)),
			"gzip":  writeFile(t, "data.csv.gz", gzipped(t, []byte(test.text))),
			"zip":   writeFile(t, "data.zip", zipped(t, zip.Deflate, namedFile{"data.csv", test.text})),
		} {
			got := readPath(t, path)
			if len(got.loans)+len(got.problems) > 0 || got.err != nil || len(got.files) != 1 || got.files[0].Note != test.note {
				t.Errorf("%s, %s: %d loans, problems %v, error %v, files %v", name, form, len(got.loans), got.problems, got.err, got.files)
			}
		}
	}
}
