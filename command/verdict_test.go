package command

import (
	"bytes"
	"strings"
	"testing"

	"loanleaf/oembed/check"
)

var brokenReport = &check.Report{
	URL: "https://loans.example/lend/5", Title: "Mai's Loan", Asked: []check.Exchange{
		{What: "page", URL: "https://loans.example/lend/5", Status: 200, Bytes: 11436, Milliseconds: 12},
		{What: "json", URL: "https://loans.example/oembed", Error: "nobody is there"},
	},
	Consumers: []check.Verdict{
		{Consumer: check.WordPress, Name: "WordPress", Survives: true, Shows: "the frame", Advice: []string{"frame-title"}},
		{Consumer: check.Misskey, Name: "Misskey", Broken: []string{"frame-bare"}},
		{Consumer: check.Remark, Name: "remark-embedder"},
	},
	Rules: []check.Result{
		{ID: "frame-bare", State: check.Broken, Rule: "it is bare", Seen: "<div>", Mend: "unwrap it", Source: "a file", Consumers: []check.Consumer{check.Misskey}},
		{ID: "frame-title", State: check.Advice, Rule: "it has a title", Seen: "none", Mend: "write one", Source: "another", Consumers: []check.Consumer{check.WordPress}},
		{ID: "photo-url", State: check.Moot, Rule: "it has a url", Seen: "it is no photo"},
	},
}

func TestReportsOfChecksArePrinted(t *testing.T) {
	s := newScreen(true) // standard error alone: no colours in the results
	var out bytes.Buffer
	s.Out = &out
	if err := s.printCheck(brokenReport, true); err != nil {
		t.Fatal(err)
	}
	want := `https://loans.example/lend/5
Mai's Loan

  WordPress         ok     the frame; advice: frame-title
  Misskey           fails  frame-bare
  remark-embedder   fails  there is nothing to embed

frame-bare  Misskey
  must    it is bare
  seen    <div>
  mend    unwrap it
  source  a file

frame-title  WordPress
  should  it has a title
  seen    none
  mend    write one
  source  another

  broken  frame-bare            it is bare
  advice  frame-title           it has a title
  moot    photo-url             it has a url (it is no photo)

  asked page: status 200, 11,436 bytes, 12 ms
        https://loans.example/lend/5
  asked json: nobody is there
        https://loans.example/oembed

2 requests, 3 rules: 0 held, 1 broken, 1 advice, 1 not looked at
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestResultsHaveColoursOnATerminalAlone(t *testing.T) {
	for _, test := range []struct {
		name     string
		env      []string
		terminal bool
		want     bool
	}{
		{"a terminal", nil, true, true},
		{"a file", nil, false, false},
		{"a terminal and NO_COLOR", []string{"NO_COLOR="}, true, false},
	} {
		s := newScreen(true, test.env...)
		var out bytes.Buffer
		s.Out, s.OutTerminal = &out, test.terminal
		if err := s.printCheck(brokenReport, false); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), "\x1b[1;31mfails\x1b[0m"); got != test.want {
			t.Errorf("%s: colours %t", test.name, got)
		}
	}
}

func TestWhatIsAskedIsShownOnATerminalAndTakenAway(t *testing.T) {
	s := newScreen(true)
	asked, cleared := s.asking()
	asked(1, "page")
	asked(2, "json")
	cleared()
	if got := s.err.String(); got != "\r\x1b[Kasking: 1 answer, page\r\x1b[Kasking: 2 answers, json\r\x1b[K" {
		t.Errorf("got %q", got)
	}
	s = newScreen(false)
	asked, cleared = s.asking()
	asked(1, "page")
	cleared()
	if got := s.err.String(); got != "" {
		t.Errorf("into a file: %q", got)
	}
}
