package templates

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/public"
	"loanleaf/site"
	"loanleaf/templates/snippet"
	"loanleaf/templates/view"
)

// listCard is a list in a language as the widget shows it at its fullest, with
// loans of invented people; none of them where n is 0.
func listCard(t testing.TB, tag string, n int) view.ListCard {
	t.Helper()
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: locale.Shipped(), Images: site.NoImages, OEmbed: site.Static,
	})
	if err != nil {
		t.Fatal(err)
	}
	var loans []kiva.Loan
	for i, person := range []struct{ name, town, activity string }{
		{"Juana", "Puebla de los Ángeles", "Personal Housing Expenses"}, {"Genossenschaft der Reisbäuerinnen (14)", "Thanh Hoa", "Motorcycle Transport"},
		{"Baraka", "Nakuru", "Farm Supplies"}, {"سلمى", "جرش", "Poultry"}, {"Pum Mai Group", "Vientiane Capital", "Weaving"}, {"Vuthy", "Kampong Cham", "General Store"},
	}[:n] {
		loans = append(loans, kiva.Loan{
			ID: int64(201637 + 977*i), Name: person.name, Status: kiva.Fundraising, Activity: person.activity, Amount: kiva.USD(int64(1425 + 350*i)), Raised: kiva.USD(int64(25 + 175*i)),
			Location: kiva.Location{CountryCode: []string{"MX", "VN", "KE", "JO", "LA", "KH"}[i], Town: person.town}, Posted: monthsLater(i), Expires: monthsLater(i + 1),
			BorrowerCount: 1,
		})
	}
	info := kiva.ListInfo{List: kiva.List{Kind: kiva.BySector, Key: "personal-use"}, Name: "Personal Use", Count: 12345, Fundraising: 678}
	if n == 0 {
		info.Fundraising = 0
	}
	return view.In(s, s.Language(tag), monthsLater(0)).ListCard(info, loans)
}

// monthsLater is a day some months after that of the data.
func monthsLater(n int) time.Time {
	return time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
}

// listDocuments are widgets of lists, by name.
func listDocuments(t *testing.T) map[string]string {
	t.Helper()
	shell := NewListShell(public.Embedded())
	documents := map[string]string{"empty": render(t, ListWidget(listCard(t, "en", 0), shell))}
	for _, tag := range locale.Shipped() {
		documents[tag] = render(t, ListWidget(listCard(t, tag, view.MostRows), shell))
	}
	return documents
}

// A widget document of a list, with its style and script and as many rows as it ever
// has, is at most 4.0 KB.
func TestListWidgetIsSmall(t *testing.T) {
	for name, document := range listDocuments(t) {
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

func TestListWidgetIsOneCardWithALinkARow(t *testing.T) {
	for name, document := range listDocuments(t) {
		count := map[string]int{}
		for n := range elements(parse(t, document)) {
			count[n.Data]++
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || a.Key == "tabindex" {
					t.Errorf("%s: <%s> has the attribute %s", name, n.Data, a.Key)
				}
			}
			if n.Data == "a" && valueOf(n, "target") != "_blank" {
				t.Errorf("%s: a link stays in the frame", name)
			}
		}
		links := view.MostRows + 1
		if name == "empty" {
			links = 1
		}
		if count["main"] != 1 || count["h1"] != 1 || count["h2"] != 0 || count["style"] != 1 || count["script"] != 1 || count["img"] != 0 {
			t.Errorf("%s: %v", name, count)
		}
		if count["a"] != links {
			t.Errorf("%s: %d links, want %d", name, count["a"], links)
		}
	}
}

func TestListWidgetSaysWhereNoneRaisesFunds(t *testing.T) {
	document := listDocuments(t)["empty"]
	for _, want := range []string{"<h1>Personal Use loans</h1>", `<p class="none">No loan on this list is raising funds at the moment.`, ">All Personal Use loans</span>", "https://loans.example/sector/personal-use/"} {
		if !strings.Contains(document, want) {
			t.Errorf("there is no %q", want)
		}
	}
	if strings.Contains(document, `class="chip"`) {
		t.Error("it has a chip all the same")
	}
}

// hostileList puts markup and addresses that run into every text of a list.
func hostileList(t *testing.T) view.ListCard {
	t.Helper()
	const text = `"'><script>alert(1)</script><!--&amp; ` + "\x00\u2028"
	l := listCard(t, "en", 1)
	l.Heading = view.Sentence{{Text: text}, {Text: text, Kind: view.Words, Lang: text}}
	l.Raising, l.All = l.Heading, l.Heading
	l.Loans = []view.Loan{hostileLoan()}
	l.Title, l.Name, l.None, l.Source, l.Description, l.Page = text, text, text, text, text, "javascript:alert(1)"
	return l
}

func TestListWidgetSurvivesHostileText(t *testing.T) {
	for n := range elements(parse(t, render(t, ListWidget(hostileList(t), NewListShell(public.Embedded()))))) {
		ours := n.FirstChild != nil && n.FirstChild.Data == public.Embedded().FrameScript()
		if n.Data == "script" && !ours || strings.HasPrefix(valueOf(n, "href"), "javascript:") && n.Data == "a" {
			t.Errorf("a text became <%s href=%q>", n.Data, valueOf(n, "href"))
		}
	}
	fragment := InlineList(hostileList(t), "#4338a8")
	for n := range elements(parse(t, fragment)) {
		if n.Data == "script" {
			t.Errorf("a text became a script in %s", fragment)
		}
	}
}

// The fragment is XHTML (oEmbed 2.3.4.4), for whoever reads it as XML.
func TestInlineListIsWellFormed(t *testing.T) {
	for name, list := range map[string]view.ListCard{"full": listCard(t, "ar", view.MostRows), "empty": listCard(t, "es", 0), "hostile": hostileList(t)} {
		reader := xml.NewDecoder(strings.NewReader(InlineList(list, "#4338a8")))
		for {
			_, err := reader.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				break
			}
		}
	}
}

// The header of both documents allows what the meta element in each does.
func TestFramePolicyAllowsBothStyles(t *testing.T) {
	loan, list := NewWidgetShell(public.Embedded(), []string{"https://a.example"}), NewListShell(public.Embedded())
	both := strings.Split(FramePolicy(loan, list), "; ")
	for _, shell := range []WidgetShell{loan, list} {
		for directive := range strings.SplitSeq(shell.Policy(), "; ") {
			name, value, _ := strings.Cut(directive, " ")
			if value == "'none'" && name == "img-src" {
				continue // what one does not need
			}
			if !slices.ContainsFunc(both, func(d string) bool { return strings.HasPrefix(d, name+" ") && strings.Contains(d, value) }) {
				t.Errorf("%q does not allow %s", both, directive)
			}
		}
	}
	if loan.Policy() == list.Policy() || len(both) != 6 {
		t.Errorf("%q", both)
	}
}

func TestAListPageOffersItsCard(t *testing.T) {
	english, _ := locale.Get("en")
	f := frameIn(english, "/sector/personal-use/")
	card := listCard(t, "en", 0)
	f.List = &ListOffer{
		Subject: snippet.OfList(card, "sector/personal-use", snippet.Addresses{Page: card.Page, Widget: card.Widget, Script: "https://loans.example/loan-card.js"}, "#4338a8"),
	}
	for more, want := range map[string]int{"": 6, "/embed/?loan=x": 1} {
		f.List.More = more
		document := render(t, ListPage(f, listView(english), nil))
		codes := 0
		for n := range elements(parse(t, document)) {
			if n.Data == "textarea" {
				codes++
			}
		}
		if codes != want {
			t.Errorf("with more at %q there are %d codes, want %d", more, codes, want)
		}
		if !strings.Contains(document, `&lt;iframe src=&#34;https://loans.example/embed/sector/personal-use&#34;`) {
			t.Errorf("with more at %q there is no frame", more)
		}
	}
	f.List = nil
	if document := render(t, ListPage(f, listView(english), nil)); strings.Contains(document, "<textarea") {
		t.Error("a page without a widget offers one")
	}
}
