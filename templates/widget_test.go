package templates

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/public"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// widgetLoan is a loan with all that a card can show, of invented people.
func widgetLoan() view.Loan {
	english, _ := locale.Get("en")
	day := time.Date(2026, 12, 12, 0, 0, 0, 0, time.UTC)
	return view.Loan{
		ID: 100000, Language: english, Name: "Mai", Status: kiva.Fundraising,
		Title: "Loans - Mai's Loan", LoanTitle: "Mai's Loan from Viet Nam",
		Place: "Thanh Hoa, Viet Nam", Country: "Viet Nam", Activity: view.Foreign{Text: "Poultry"},
		State: view.State{Chip: "Raising funds", Tone: "go", Icon: "clock"},
		Use: view.Sentence{
			{Text: "A loan of "}, {Text: "$550", Kind: view.Amount}, {Text: " helps "}, {Text: "Mai", Kind: view.Name},
			{Text: " to "}, {Text: "buy more ducks", Kind: view.Words, Lang: "en"}, {Text: "."},
		},
		Figures: view.Figures{
			Bar:   23,
			Main:  view.Sentence{{Text: "$125", Kind: view.Amount}, {Text: " raised of "}, {Text: "$550", Kind: view.Amount}},
			Aside: view.Sentence{{Text: "23% · until "}, {Text: "12 December 2026", Kind: view.Date, Time: day}},
		},
		WidgetAction: &view.Action{Label: "Lend to Mai", URL: "https://loans.example/lend/100000"},
		Source:       view.Action{Label: "loans.example", URL: "https://loans.example/lend/100000"},
		Dated:        view.Dated{Label: view.Sentence{{Text: "Data of "}, {Text: "12 December 2026", Kind: view.Date, Time: day}}},
		Picture: &view.Picture{
			Picture: site.Picture{URL: "https://loans.example/img/w450h360/7.jpg", Width: 450, Height: 360}, Alt: "Picture of Mai",
		},
		Page: "https://loans.example/lend/100000", Widget: "https://loans.example/embed/100000",
		Stories: []view.Story{{Language: "en", Direction: "ltr", Paragraphs: []string{
			"Mai has kept ducks since she was a child.", "With this loan she wants to keep more of them.",
		}}},
		Data: view.Machine{Amount: kiva.USD(550)},
	}
}

// widgetBare is a loan with as little as a card can show: repaid, its borrower
// not named, its figures unknown, in a language written from right to left.
func widgetBare() view.Loan {
	l := widgetLoan()
	l.Language, _ = locale.Get("ar")
	l.Anonymous, l.Name, l.Title = true, "قرض من كينيا", "Loans - قرض من كينيا"
	l.Place, l.Activity, l.Picture, l.WidgetAction = "كينيا", view.Foreign{Text: "Poultry", Lang: "en"}, nil, nil
	l.State = view.State{Chip: "مُسدَّد", Tone: "ok", Icon: "check"}
	l.Use = view.Sentence{{Text: "لحماية الخصوصية لا يُذكر اسم المقترض."}}
	l.Figures, l.Dated, l.Stories, l.Data = view.Figures{Bar: 30, Main: l.Figures.Main[:1]}, view.Dated{}, nil, view.Machine{}
	return l
}

func widgetGone() view.Gone {
	english, _ := locale.Get("en")
	return view.Gone{
		Language: english, Title: "Loans - This loan is not available",
		State: view.State{Chip: "Not available", Tone: "off", Icon: "stop"}, Heading: "This loan is not available",
		Text:   "Nothing is wrong with this page.",
		Action: view.Action{Label: "Find another loan", URL: "https://loans.example/"},
		Source: view.Action{Label: "loans.example", URL: "https://loans.example/"},
	}
}

// hostileLoan puts markup and an address that runs into every text of a loan.
func hostileLoan() view.Loan {
	const text = `"'><script>alert(1)</script><!--&amp; ` + "\x00\u2028"
	l := widgetLoan()
	l.Name, l.Title, l.LoanTitle, l.Place, l.Country = text, text, text, text, text
	l.Activity = view.Foreign{Text: text, Lang: text}
	l.State = view.State{Chip: text, Tone: view.Tone(text), Icon: view.Icon(text)}
	l.Use = view.Sentence{{Text: text}, {Text: text, Kind: view.Name}, {Text: text, Kind: view.Amount}, {Text: text, Kind: view.Words, Lang: text}}
	l.Figures.Main, l.Figures.Aside, l.Figures.Bar = l.Use, l.Use, 1000
	l.WidgetAction = &view.Action{Label: text, Lang: text, URL: "javascript:alert(1)"}
	l.Source = view.Action{Label: text, URL: "javascript:alert(1)"}
	l.Picture.URL, l.Picture.Alt = text, text
	l.Stories = []view.Story{{Language: text, Direction: text, Paragraphs: []string{text}}}
	return l
}

const widgetPolicy = "default-src 'none'"

// shellOf is the program's shell of widgets with another policy.
func shellOf(policy string) WidgetShell {
	shell := NewWidgetShell(public.Embedded(), nil)
	shell.policy, shell.policyElement = policy, policyElement(policy)
	return shell
}

// widgetCards are the documents of the fixtures, by name.
func widgetCards(t *testing.T) map[string]string {
	t.Helper()
	return map[string]string{
		"loan": render(t, WidgetDocument(widgetLoan(), shellOf(widgetPolicy))),
		"bare": render(t, WidgetDocument(widgetBare(), shellOf(widgetPolicy))),
		"gone": render(t, GoneWidget(widgetGone(), shellOf(widgetPolicy))),
	}
}

func valueOf(n *html.Node, name string) string {
	value, _ := attribute(n, name)
	return value
}

// TestWidgetIsAsItWas holds the bytes of the documents, without the style and the
// script in them, and of the inline fragment.
func TestWidgetIsAsItWas(t *testing.T) {
	cards := widgetCards(t)
	cards["inline"] = Inline(widgetLoan(), "#4338a8")
	var got txtar.Archive
	for _, name := range slices.Sorted(maps.Keys(cards)) {
		text := strings.Replace(cards[name], public.Embedded().WidgetStyle(), "", 1)
		text = strings.Replace(text, public.Embedded().FrameScript(), "", 1)
		text = strings.ReplaceAll(text, "><", ">\n<")
		got.Files = append(got.Files, txtar.File{Name: name + ".html", Data: []byte(text + "\n")})
	}
	path := filepath.Join("testdata", "widget.txtar")
	if *update {
		got.Comment = []byte("The widget without its style and script, and the inline fragment, a line a tag. Written by go test ./templates -update\n")
		if err := os.WriteFile(path, txtar.Format(&got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Files) != len(got.Files) {
		t.Fatalf("%s has %d files, want %d", path, len(want.Files), len(got.Files))
	}
	for i, file := range got.Files {
		compareLines(t, file.Name, string(want.Files[i].Data), string(file.Data))
	}
}

func TestWidgetDocumentIsOneCardWithItsLinks(t *testing.T) {
	links := map[string]int{"loan": 2, "bare": 1, "gone": 2}
	for name, document := range widgetCards(t) {
		count := map[string]int{}
		for n := range elements(parse(t, document)) {
			count[n.Data]++
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s> has the attribute %s, which the policy forbids", name, n.Data, a.Key)
				}
			}
			if n.Data == "a" && valueOf(n, "target") != "_blank" {
				t.Errorf("%s: a link stays in the frame", name)
			}
		}
		if count["main"] != 1 || count["h1"] != 1 || count["style"] != 1 || count["script"] != 1 {
			t.Errorf("%s: %d main, %d h1, %d style, %d script, want one of each", name, count["main"], count["h1"], count["style"], count["script"])
		}
		if count["a"] != links[name] {
			t.Errorf("%s: %d links, want %d", name, count["a"], links[name])
		}
	}
}

func TestWidgetBarFillsFromTheStartEdge(t *testing.T) {
	for name, want := range map[string]string{"loan": `x="0" width="23%"`, "bare": `x="70%" width="30%"`} {
		if document := widgetCards(t)[name]; !strings.Contains(document, want) {
			t.Errorf("%s: no %s", name, want)
		}
	}
}

func TestWidgetDocumentSurvivesHostileText(t *testing.T) {
	for n := range elements(parse(t, render(t, WidgetDocument(hostileLoan(), shellOf(`x"><script>`))))) {
		ours := n.FirstChild != nil && n.FirstChild.Data == public.Embedded().FrameScript()
		if n.Data == "script" && !ours || strings.HasPrefix(valueOf(n, "href"), "javascript:") {
			t.Errorf("a text became <%s href=%q>", n.Data, valueOf(n, "href"))
		}
	}
}

// The budget of a widget document with its style is 4.0 KB.
func TestWidgetDocumentIsSmall(t *testing.T) {
	branded, err := public.Embedded().Branded(public.Brand{
		Light: public.Shades{Brand: "#0b5e7a", OnBrand: "#f3fbff"}, Dark: public.Shades{Brand: "#8fd6f0", OnBrand: "#06202b"},
	})
	if err != nil {
		t.Fatal(err)
	}
	cards := widgetCards(t)
	for name, files := range map[string]*public.Set{"loan in our colours": public.Embedded(), "loan in other colours": branded} {
		cards[name] = render(t, WidgetDocument(widgetLoan(), NewWidgetShell(files, []string{"https://loans.example"})))
	}
	for name, document := range cards {
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, gzip.DefaultCompression)
		_, _ = w.Write([]byte(document))
		_ = w.Close()
		t.Logf("%s: %d bytes, %d gzip", name, len(document), b.Len())
		if b.Len() > 4000 {
			t.Errorf("%s is %d bytes gzip, want at most 4000", name, b.Len())
		}
	}
}

func TestWidgetPolicyAllowsTheStyleTheScriptAndThePictures(t *testing.T) {
	for name, document := range widgetCards(t) {
		hash := map[string]string{}
		for n := range elements(parse(t, document)) {
			if n.Data == "style" || n.Data == "script" {
				sum := sha256.Sum256([]byte(n.FirstChild.Data))
				hash[n.Data] = "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
			}
		}
		want := "default-src 'none'; style-src " + hash["style"] + "; script-src " + hash["script"] +
			"; img-src https://a.example https://b.example/img/; base-uri 'none'; form-action 'none'"
		if got := NewWidgetShell(public.Embedded(), []string{"https://a.example", "https://b.example/img/"}).Policy(); got != want {
			t.Errorf("%s: policy\n%s, want\n%s", name, got, want)
		}
	}
	if got := NewWidgetShell(public.Embedded(), nil).Policy(); !strings.Contains(got, "img-src 'none';") {
		t.Errorf("without sources pictures may load: %s", got)
	}
}
