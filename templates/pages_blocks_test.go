package templates

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"strings"
	"testing"

	"golang.org/x/net/html/atom"

	"loanleaf/templates/view"
)

func TestBlocksOfALoanPage(t *testing.T) {
	english := languageOf("en")
	ids := func(l view.Loan) (list []string) {
		for _, n := range find(parse(t, render(t, loanOf(l))), atom.Section) {
			id, ok := attribute(n, "id")
			if !ok {
				id, _ = attribute(n, "aria-labelledby")
			}
			list = append(list, id)
		}
		return list
	}
	cases := []struct {
		name string
		loan view.Loan
		want string
	}{
		{"a loan of which all is known", fundraisingView(english), "story repayment involved terms lists embed"},
		{"an anonymous loan keeps only how to embed it", anonymousView(english), "embed"},
		{"without a story", change(fundraisingView(english), func(l *view.Loan) { l.Stories = nil }), "repayment involved terms lists embed"},
		{"with payments and no schedule", paidView(english), "story repayment involved terms lists embed"},
		{"with neither", change(paidView(english), func(l *view.Loan) { l.Payments = view.Table{} }), "story involved terms lists embed"},
		{"a direct loan to one person", change(fundraisingView(english), func(l *view.Loan) { l.Partner = nil }), "story repayment terms lists embed"},
		{"a group without a partner", change(groupView(english), func(l *view.Loan) { l.Partner = nil }), "story repayment involved terms lists embed"},
		{"tags but no lists", change(fundraisingView(english), func(l *view.Loan) { l.Crumbs = nil }), "story repayment involved terms lists embed"},
		{"neither tags nor lists", change(fundraisingView(english), func(l *view.Loan) { l.Crumbs, l.Tags = nil, nil }), "story repayment involved terms embed"},
	}
	for _, c := range cases {
		if got := strings.Join(ids(c.loan), " "); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func change(l view.Loan, how func(*view.Loan)) view.Loan {
	how(&l)
	return l
}

func TestTheRepaymentCanAlwaysBeLinkedTo(t *testing.T) {
	for _, p := range pages() {
		if text := render(t, p.page); p.loan && strings.Count(text, ` id="repayment"`) != 1 {
			t.Errorf("%s has no place for #repayment, which the widget links to", p.name)
		}
	}
}

func TestTablesFoldBeyondTwelveRows(t *testing.T) {
	l := fundraisingView(languageOf("en"))
	for rows, folded := range map[int]bool{1: false, 12: false, 13: true, 14: true} {
		short := change(l, func(l *view.Loan) { l.Schedule.Rows = l.Schedule.Rows[:rows] })
		root := parse(t, render(t, loanOf(short)))
		table := find(root, atom.Table)[0]
		if got := table.Parent.Parent.DataAtom == atom.Details; got != folded {
			t.Errorf("%d rows: folded is %t, want %t", rows, got, folded)
		}
		if got := len(find(table, atom.Tr)); got != rows+1 {
			t.Errorf("%d rows are written as %d", rows+1, got)
		}
	}
}

func TestSentencesMarkTheirValues(t *testing.T) {
	s := view.Sentence{
		{Text: "A loan of "}, {Text: "$550", Kind: view.Amount}, {Text: " helps "}, {Text: "<Mai>", Kind: view.Name},
		{Text: " "}, {Text: "comprar patos", Kind: view.Words, Lang: "es"}, {Text: " "}, {Text: "buy ducks", Kind: view.Words},
		{Text: " until "}, {Text: "12 December", Kind: view.Date, Time: dayOf(2026, 12, 12)}, {Text: "."},
	}
	const want = `A loan of <strong><bdi>$550</bdi></strong> helps <bdi>&lt;Mai&gt;</bdi> <span lang="es" dir="auto">comprar patos</span> ` +
		`<bdi>buy ducks</bdi> until <time datetime="2026-12-12">12 December</time>.`
	if got := render(t, Sentence(s)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPolicyAllowsOwnStyleAndThePicturesOnly(t *testing.T) {
	const want = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https://pictures.example; connect-src 'self'; base-uri 'none'; form-action 'none'"
	if got := Policy(siteOfPages()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The median story has some 900 characters; the fixture's is made as long.
func TestALoanPageIsSmall(t *testing.T) {
	const mostBytes, mostPacked = 24 << 10, 8 << 10
	l := fundraisingView(languageOf("en"))
	for length := 0; length < 1800; length += 60 {
		l.Stories[0].Paragraphs[length%3] += " Ducks need water, shade and a dry place to sleep, every day."
	}
	text := render(t, loanOf(l))
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes, %d packed", len(text), packed.Len())
	if len(text) > mostBytes || packed.Len() > mostPacked {
		t.Errorf("%d bytes and %d packed; at most %d and %d", len(text), packed.Len(), mostBytes, mostPacked)
	}
}

func BenchmarkLoanPage(b *testing.B) {
	page := loanOf(fundraisingView(languageOf("en")))
	b.ReportAllocs()
	for b.Loop() {
		if err := page.Render(context.Background(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
