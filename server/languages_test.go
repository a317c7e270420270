package server_test

import (
	"iter"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"loanleaf/generator/page"
	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
	"loanleaf/store"
)

func sampleInEveryLanguage(t *testing.T) (*site.Site, *store.Store, http.Handler) {
	t.Helper()
	loans := sampleStore(t)
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: site.Static,
		Images: site.ServedImages, Gallery: drawings{}, LendURL: "https://lend.example/<id>",
	})
	if err != nil {
		t.Fatal(err)
	}
	web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate, Picture: sample.Picture})
	if err != nil {
		t.Fatal(err)
	}
	return s, loans, web
}

// addressesIn are the pages and widget documents of one language.
func addressesIn(t *testing.T, s *site.Site, loans *store.Store, tag string) []site.Address {
	t.Helper()
	if tag == s.Languages()[0].Tag {
		tag = ""
	}
	var list []site.Address
	for a, err := range page.New(s, loans, dataDate, nil).Walk(t.Context(), []string{s.Language(tag).Tag}) {
		if err != nil {
			t.Fatal(err)
		}
		switch a.Kind {
		case site.Robots, site.Favicon, site.EmbedScript, site.DocIndex, site.Sitemap, site.ListAnswerJSON, site.ListAnswerXML:
			continue
		}
		if !a.Kind.IsFeed() && !a.Kind.IsDrawn() {
			list = append(list, a)
		}
	}
	for loan, err := range loans.Loans(t.Context(), 0, 0) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, site.Address{Kind: site.Loan, ID: loan.ID, Language: tag}, site.Address{Kind: site.Widget, ID: loan.ID, Language: tag})
	}
	return list
}

func askPage(t *testing.T, web http.Handler, path string) (*html.Node, http.Header) {
	t.Helper()
	w := httptest.NewRecorder()
	web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	document, err := html.Parse(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return document, w.Header()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestEveryPageSaysItsLanguageAndTheOthers looks at every page in every
// language: language and direction of the document and the answer, its own
// canonical address, an alternate for each language and x-default, and a
// language switch that keeps the page.
func TestEveryPageSaysItsLanguageAndTheOthers(t *testing.T) {
	s, loans, web := sampleInEveryLanguage(t)
	for _, language := range s.Languages() {
		for _, a := range addressesIn(t, s, loans, language.Tag) {
			path := s.Path(a)
			document, header := askPage(t, web, path)
			if got := header.Get("Content-Language"); got != language.Tag {
				t.Errorf("%s: Content-Language %q", path, got)
			}
			canonical, alternates, switches := "", map[string]string{}, map[string]string{}
			for n := range document.Descendants() {
				switch {
				case n.Type == html.ElementNode && n.Data == "html" && (attribute(n, "lang") != language.Tag || attribute(n, "dir") != language.Direction):
					t.Errorf("%s: %v", path, n.Attr)
				case n.Data == "link" && attribute(n, "rel") == "canonical":
					canonical = attribute(n, "href")
				case n.Data == "link" && attribute(n, "hreflang") != "":
					alternates[attribute(n, "hreflang")] = attribute(n, "href")
				case n.Data == "a" && attribute(n, "lang") != "" && n.Parent.Parent != nil && attribute(n.Parent.Parent, "class") == "languages":
					switches[attribute(n, "lang")] = attribute(n, "href")
				}
			}
			if a.Kind == site.NotFound {
				continue // it has no address of its own
			}
			want := map[string]string{}
			for _, other := range s.Languages() {
				at := a
				at.Language = other.Tag
				want[other.Tag] = s.URL(at)
			}
			own := want[language.Tag]
			switch a.Kind {
			case site.Widget:
				own = strings.Replace(own, "/embed/", "/lend/", 1)
			case site.ListWidget:
				list := a.List()
				list.Language = language.Tag
				own = s.URL(list)
			}
			if canonical != own {
				t.Errorf("%s: canonical %q", path, canonical)
			}
			if a.Kind == site.Widget || a.Kind == site.ListWidget {
				continue
			}
			if !reflect.DeepEqual(switches, want) {
				t.Errorf("%s: the switch leads to %v", path, switches)
			}
			want["x-default"] = want["en"]
			if !reflect.DeepEqual(alternates, want) {
				t.Errorf("%s: alternates %v", path, alternates)
			}
		}
	}
}

func TestWhatIsNotThereIsSaidInTheLanguageOfItsAddress(t *testing.T) {
	s, loans, web := sampleInEveryLanguage(t)
	folder, err := server.Folder(buildFolder(t, s, loans, nil), "")
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	for path, want := range map[string]string{
		"/nothing": "en", "/es/nothing": "es", "/fr/lend/9": "fr", "/ar/country/zz/": "ar", "/ar/404": "ar", "/tlh/nothing": "en",
	} {
		for name, handler := range map[string]http.Handler{"served": web, "a folder": folder} {
			document, _ := askPage(t, handler, path)
			for n := range document.Descendants() {
				if n.Type == html.ElementNode && n.Data == "html" && attribute(n, "lang") != want {
					t.Errorf("%s, %s: %v", path, name, n.Attr)
				}
			}
		}
	}
}

// TestNoEnglishIsLeftInOtherLanguages reads every page of the sample in
// every other language as a reader does, without what is marked as another
// language or isolated as data, and looks for whatever the program says in
// English.
func TestNoEnglishIsLeftInOtherLanguages(t *testing.T) {
	s, loans, web := sampleInEveryLanguage(t)
	english := pieces(s.Languages()[0])
	if len(english) < 150 {
		t.Fatalf("only %d pieces of English: too few to prove anything", len(english))
	}
	for _, language := range s.Languages()[1:] {
		foreign := slices.DeleteFunc(slices.Clone(english), func(piece string) bool {
			return slices.ContainsFunc(pieces(language), func(own string) bool { return spoken(own, piece) })
		})
		for _, a := range addressesIn(t, s, loans, language.Tag) {
			document, _ := askPage(t, web, s.Path(a))
			said := webAddress.ReplaceAllString(strings.Join(saidIn(document, language.Tag), "\n"), "")
			for _, piece := range foreign {
				if spoken(said, piece) {
					at := strings.Index(said, piece)
					t.Errorf("%s says %q: …%s", s.Path(a), piece, said[max(0, at-30):min(len(said), at+len(piece)+30)])
				}
			}
		}
	}
	// The same reading of an English page finds English.
	document, _ := askPage(t, web, "/")
	if !spoken(strings.Join(saidIn(document, "en"), "\n"), "Newest loans") {
		t.Error("the reading above finds nothing")
	}
}

// pieces are the texts of a language's words, those of patterns between their
// placeholders, as far as they are longer than a chance.
func pieces(l *locale.Language) []string {
	var list []string
	add := func(text string) {
		if text = strings.Trim(text, " .,:'«»\u00a0"); utf8.RuneCountInString(text) > 3 {
			list = append(list, text)
		}
	}
	for said := range said(reflect.ValueOf(l.Words).Elem()) {
		switch said := said.(type) {
		case string:
			add(said)
		case locale.Pattern:
			for text := range said.Parts() {
				add(text)
			}
		case locale.Counted:
			for _, form := range []locale.Pattern{said.Zero, said.One, said.Two, said.Few, said.Many, said.Other} {
				for text := range form.Parts() {
					add(text)
				}
			}
		case map[string]string:
			for _, text := range said {
				add(text)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// said are the values of the fields of words and of the structs in it.
func said(words reflect.Value) iter.Seq[any] {
	return func(yield func(any) bool) {
		for i := range words.NumField() {
			field := words.Field(i)
			if field.Type() == reflect.TypeFor[locale.EmbedWords]() || field.Type() == reflect.TypeFor[locale.ListCardWords]() {
				for one := range said(field) {
					if !yield(one) {
						return
					}
				}
			} else if !yield(field.Interface()) {
				return
			}
		}
	}
}

// spoken tells whether piece stands in text as words of its own.
func spoken(text, piece string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], piece)
		if at < 0 {
			return false
		}
		at += from
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(piece):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		from = at + 1
	}
}

// webAddress finds what nobody reads as words.
var webAddress = regexp.MustCompile(`https?://[^\s"<]*`)

// linkedName finds what JSON-LD says in the page's language.
var linkedName = regexp.MustCompile(`"name":"([^"]*)"`)

// saidIn is what a document says in its own language, in text and attributes.
// Names are isolated (bdi) and texts of the data marked with their language.
func saidIn(n *html.Node, tag string) []string {
	if n.Type == html.TextNode {
		switch n.Parent.Data {
		case "style":
			return nil
		case "script":
			var names []string
			for _, found := range linkedName.FindAllStringSubmatch(n.Data, -1) {
				names = append(names, found[1])
			}
			return names
		}
		return []string{n.Data}
	}
	if n.Data == "textarea" {
		return nil // code to copy
	}
	if lang := attribute(n, "lang"); n.Data == "bdi" || lang != "" && lang != tag {
		return nil
	}
	var said []string
	for _, name := range []string{"alt", "title", "aria-label", "content"} {
		if text := attribute(n, name); text != "" {
			said = append(said, text)
		}
	}
	for child := range n.ChildNodes() {
		said = append(said, saidIn(child, tag)...)
	}
	return said
}
