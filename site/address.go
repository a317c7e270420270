package site

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"loanleaf/kiva"
)

// Kind is a kind of address.
type Kind uint8

// The kinds. Those of a loan carry an ID; lists carry a Slug or an ID and a
// Page, which is 0 for the unnumbered address at the newest end.
const (
	Home           Kind = iota // "/", and "/page/3" of all loans
	Loan                       // "/lend/100000"
	Widget                     // "/embed/100000"; with the Slug of a status "/embed/state/paid", an invented loan
	Country                    // "/country/kh/"; Slug is the code in lower case
	Sector                     // "/sector/food/"; Slug as kiva.Slug makes it
	Status                     // "/status/in_repayment/"; Slug is API v1's word
	Partner                    // "/partners/67/"
	AnswerJSON                 // "/services/oembed/lend/100000.json", "/es/services/oembed/lend/100000.json"
	AnswerXML                  // "/services/oembed/lend/100000.xml"
	ProvidersYAML              // "/services/oembed/providers.yml", an entry for the registry of oEmbed
	ProvidersJSON              // "/services/oembed/providers.json", the same as Drupal reads it
	Sitemap                    // "/sitemap.xml", an index; with a Page "/sitemap/3.xml", with the Slug ProseSitemap "/sitemap/pages.xml"
	Robots                     // "/robots.txt"
	NotFound                   // "/404"; Of Doc "/docs/404"
	FeedRSS                    // "/feeds/newest.rss", "/feeds/country/kh.rss", "/feeds/sector/food.rss", "/feeds/docs.rss"; of the list Of
	FeedAtom                   // the same as ".atom"
	FeedJSON                   // the same as ".json"
	CardJPEG                   // "/card/100000.jpg", a drawn card; Small "/card/100000-600.jpg"
	CardPNG                    // "/card/100000.png", the same without a photo
	Badge                      // "/badge/100000.svg"
	SiteCard                   // "/card/site.png", the one card of the site
	Search                     // "/search", with its Query and Page; where Site.Searchable
	Doc                        // "/docs/", "/docs/guides/bug"; Slug is what follows, "" for the first page
	Prose                      // "/about", "/legal/terms": a page of the operator's own; Slug is the whole path
	Embed                      // "/embed/": how to put a loan elsewhere
	EmbedScript                // "/loan-card.js", for the pages of others
	Twin                       // "/docs/guides/bug.md": the text of a document, Of Doc or Prose, in Markdown; of the first page "/docs/index.md"
	LLMs                       // "/llms.txt", the documents of a language for language models
	LLMsFull                   // "/llms-full.txt", with their texts
	DocIndex                   // "/search/docs.json", in which the documentation of a language is searched
	ListWidget                 // "/embed/newest", "/embed/country/kh", "/embed/sector/food", "/embed/partners/67"; of the list Of
	ListAnswerJSON             // "/services/oembed/newest.json", "/services/oembed/country/kh.json"; of the list Of
	ListAnswerXML              // the same as ".xml"
	Favicon                    // "/favicon.ico"
	ListCard                   // "/card/newest.png", "/card/country/kh.png", a drawn card of the list Of; Small "/card/country/kh-600.png"
	ListBadge                  // "/badge/newest.svg", "/badge/country/kh.svg"; of the list Of
)

// Address is a thing that the site has, in a language.
type Address struct {
	Kind     Kind
	Language string // tag; "" is the default language
	ID       int64  // loan or partner
	Slug     string
	Page     int
	Of       Kind   // of a feed: Home (the newest of all loans), Country or Sector, with its Slug, or Doc; of a Twin; of a list's widget, answers and drawings also Partner, with its ID
	Query    string // of a search, as its reader typed it; stands behind a question mark, with a Page above 1
	Small    bool   // of a card of a loan or a list: 600 by 315 pixels rather than 1200 by 630
}

const (
	endpointPath  = "services/oembed"
	providersYAML = "providers.yml"
	providersJSON = "providers.json"
	// maxID is the largest number that every script reads back unchanged.
	maxID = 1<<53 - 1
	// maxPage keeps page numbers within an int32; two billion lists of a
	// hundred are more loans than there will be.
	maxPage = 1<<31 - 1
)

// folders names the kinds that are one number in a folder.
var folders = map[Kind]string{Loan: "lend", Widget: "embed", Partner: "partners", Country: "country", Sector: "sector", Status: "status"}

// Path is the address as a link within the site writes it: absolute on its
// host, percent-encoded, with the path of the base address.
func (s *Site) Path(a Address) string {
	if home, ok := s.home(&a); ok {
		return home.path
	}
	return s.mint(a, s.root)
}

// URL is the whole address.
func (s *Site) URL(a Address) string {
	if home, ok := s.home(&a); ok {
		return home.url
	}
	return s.mint(a, s.base)
}

// Asset is the path of a file of package public, by its hashed name.
func (s *Site) Asset(file string) string { return s.root + "/assets/" + file }

// path is that below the base address' own.
func (s *Site) path(a Address) string { return s.mint(a, "") }

// append appends the path of an address behind a prefix.
func (s *Site) append(dst []byte, a Address, prefix string) []byte {
	b := append(append(dst, prefix...), '/')
	if a.Language != "" && a.Language != s.languages[0].Tag && !languageless(a.Kind) {
		b = append(append(b, a.Language...), '/')
	}
	switch a.Kind {
	case Home:
		b = appendPage(b, a.Page)
	case Loan, Widget:
		b = append(append(b, folders[a.Kind]...), '/')
		if a.Slug != "" {
			b = append(b, specimenFolder+"/"+url.PathEscape(a.Slug)...)
			break
		}
		b = strconv.AppendInt(b, a.ID, 10)
	case Country, Sector, Status:
		b = append(append(b, folders[a.Kind]...), '/')
		b = append(append(b, url.PathEscape(a.Slug)...), '/')
		b = appendPage(b, a.Page)
	case Partner:
		b = append(b, "partners/"...)
		b = strconv.AppendInt(b, a.ID, 10)
		b = append(b, '/')
		b = appendPage(b, a.Page)
	case AnswerJSON, AnswerXML:
		b = append(b, endpointPath+"/lend/"...)
		b = strconv.AppendInt(b, a.ID, 10)
		if a.Kind == AnswerJSON {
			b = append(b, ".json"...)
		} else {
			b = append(b, ".xml"...)
		}
	case ProvidersYAML:
		b = append(b, endpointPath+"/"+providersYAML...)
	case ProvidersJSON:
		b = append(b, endpointPath+"/"+providersJSON...)
	case Sitemap:
		b = append(b, "sitemap"...)
		if a.Slug != "" {
			b = append(b, "/"+url.PathEscape(a.Slug)...)
		} else if a.Page > 0 {
			b = append(b, '/')
			b = strconv.AppendInt(b, int64(a.Page), 10)
		}
		b = append(b, ".xml"...)
	case Robots:
		b = append(b, "robots.txt"...)
	case Favicon:
		b = append(b, favicon...)
	case NotFound:
		b = appendNotFound(b, a)
	case FeedRSS, FeedAtom, FeedJSON:
		b = appendFeed(b, a)
	case Search:
		b = appendSearch(b, a)
	case CardJPEG, CardPNG, Badge, SiteCard, ListCard, ListBadge:
		b = appendDrawn(b, a)
	case Doc:
		b = append(b, docsFolder+"/"...)
		b = appendSlug(b, a.Slug)
	case Prose:
		b = appendSlug(b, a.Slug)
	case Twin:
		b = appendTwin(b, a)
	case LLMs, LLMsFull:
		b = append(b, map[Kind]string{LLMs: llms, LLMsFull: llmsFull}[a.Kind]...)
	case Embed:
		b = append(b, "embed/"...)
	case EmbedScript:
		b = append(b, embedScript...)
	case DocIndex:
		b = append(b, docIndex...)
	case ListWidget:
		b = append(b, folders[Widget]+"/"...)
		b = appendListName(b, a.Of, a)
	case ListAnswerJSON, ListAnswerXML:
		b = appendListName(append(b, endpointPath+"/"...), a.Of, a)
		b = append(b, listAnswerEndings[a.Kind]...)
	}
	return b
}

// languageless kinds speak to programs, once for the whole site.
func languageless(k Kind) bool {
	return k == ProvidersYAML || k == ProvidersJSON || k == Sitemap || k == Robots || k == Favicon || k == EmbedScript
}

func appendPage(b []byte, page int) []byte {
	if page > 0 {
		b = append(b, "page/"...)
		b = strconv.AppendInt(b, int64(page), 10)
	}
	return b
}

// File is where a build puts the address, relative to its folder: a leaf is
// "<path>.html", an address with children "<path>/index.html". Slugs are
// written as they are, not percent-encoded.
func (s *Site) File(a Address) string {
	path := strings.TrimPrefix(s.path(a), "/")
	if strings.Contains(path, "%") {
		if plain, err := url.PathUnescape(path); err == nil {
			path = plain
		}
	}
	switch {
	case a.Kind == AnswerJSON || a.Kind == AnswerXML || a.Kind == ListAnswerJSON || a.Kind == ListAnswerXML || a.Kind == DocIndex || languageless(a.Kind) || a.Kind.IsFeed() || a.Kind.IsDrawn() || a.Kind.isText():
		return path
	case path == "" || strings.HasSuffix(path, "/"):
		return path + "index.html"
	}
	return path + ".html"
}

// Resolve reads the escaped path of a request. It is lenient about a trailing
// slash and ".html"; a caller that finds [Site.Path] of the answer to differ
// from what it was asked redirects there. It is false for every path that
// names nothing the site could have; the address then has no meaning but for
// its language, which the path may still have named.
func (s *Site) Resolve(escaped string) (Address, bool) {
	rest, ok := strings.CutPrefix(escaped, s.root)
	if !ok {
		return Address{}, false
	}
	return s.resolve(rest)
}

// resolve reads a path below the base address' own.
func (s *Site) resolve(path string) (Address, bool) {
	if path == "" || path == "/" || path == "/index.html" {
		return Address{}, true
	}
	segments, ok := split(path)
	if !ok {
		return Address{}, false
	}
	var a Address
	if len(segments) > 1 && s.Language(segments[0]) == nil && guestTag(segments[0]) {
		return readGuest(segments)
	}
	if l := s.Language(segments[0]); l != nil && segments[0] != "" && l != s.languages[0] {
		a.Language = l.Tag
		segments = segments[1:]
	}
	language := a.Language
	a, ok = readSegments(a, segments)
	if !ok || language != "" && languageless(a.Kind) {
		return Address{Language: language}, false
	}
	return a, true
}

// split cuts a path into decoded segments, without a final empty one, without
// index.html and ".html" at the end.
func split(path string) ([]string, bool) {
	const longest = 1024
	if len(path) > longest || path[0] != '/' {
		return nil, false
	}
	path = strings.TrimSuffix(path[1:], "/")
	segments := strings.Split(path, "/")
	for i, escaped := range segments {
		segment, err := url.PathUnescape(escaped)
		if err != nil || segment == "" || segment == "." || segment == ".." || !utf8.ValidString(segment) || strings.ContainsAny(segment, "/\\\x00") {
			return nil, false
		}
		segments[i] = segment
	}
	last := len(segments) - 1
	if segments[last] == "index.html" && last > 0 {
		return segments[:last], true
	}
	segments[last] = strings.TrimSuffix(segments[last], ".html")
	return segments, segments[last] != ""
}

// readSegments fills a from what stands behind the language.
func readSegments(a Address, segments []string) (Address, bool) {
	if len(segments) == 0 {
		return a, true
	}
	head, tail := segments[0], segments[1:]
	switch head {
	case "page":
		return readPage(a, segments)
	case "lend":
		a.Kind = Loan
		return readLeaf(a, tail)
	case "embed":
		return readEmbed(a, tail)
	case embedScript:
		a.Kind = EmbedScript
		return a, len(tail) == 0
	case "partners":
		if len(tail) == 0 {
			return a, false
		}
		id, ok := readID(tail[0])
		if !ok {
			return a, false
		}
		a.Kind, a.ID = Partner, id
		return readPage(a, tail[1:])
	case "country", "sector", "status":
		return readSlug(a, head, tail)
	case "services":
		return readAnswer(a, tail)
	case "feeds":
		return readFeed(a, tail)
	case "search":
		return readSearch(a, tail)
	case "card", "badge":
		return readDrawn(a, head, tail)
	case "sitemap.xml", "robots.txt", favicon, "404":
		a.Kind = map[string]Kind{"sitemap.xml": Sitemap, "robots.txt": Robots, favicon: Favicon, "404": NotFound}[head]
		return a, len(tail) == 0
	case llms, llmsFull:
		a.Kind = map[string]Kind{llms: LLMs, llmsFull: LLMsFull}[head]
		return a, len(tail) == 0
	case docsFolder:
		return readDocument(a, Doc, tail)
	case "sitemap":
		if len(tail) != 1 {
			return a, false
		}
		if tail[0] == ProseSitemap+".xml" {
			a.Kind, a.Slug = Sitemap, ProseSitemap
			return a, true
		}
		name, ok := strings.CutSuffix(tail[0], ".xml")
		page, good := readID(name)
		a.Kind, a.Page = Sitemap, int(page)
		return a, ok && good && page <= maxPage
	}
	return readDocument(a, Prose, segments)
}

func readSlug(a Address, folder string, tail []string) (Address, bool) {
	if len(tail) == 0 {
		return a, false
	}
	var ok bool
	a.Slug = tail[0]
	if a.Kind, ok = slugKind(folder, a.Slug); !ok {
		return a, false
	}
	return readPage(a, tail[1:])
}

// slugKind is the kind of list in a folder; false when it has none by that slug.
func slugKind(folder, slug string) (kind Kind, ok bool) {
	switch folder {
	case "country":
		return Country, countrySlug(slug)
	case "sector":
		return Sector, slug != "" && kiva.Slug(slug) == slug
	case "status":
		_, ok := kiva.ParsePublicStatus(slug)
		return Status, ok
	}
	return Home, false
}

func countrySlug(s string) bool {
	return len(s) == 2 && s[0] >= 'a' && s[0] <= 'z' && s[1] >= 'a' && s[1] <= 'z'
}

// readPage reads the end of a list's address: nothing, or "page" and a number.
func readPage(a Address, tail []string) (Address, bool) {
	if len(tail) == 0 {
		return a, true
	}
	if len(tail) != 2 || tail[0] != "page" {
		return a, false
	}
	n, ok := readID(tail[1])
	a.Page = int(n)
	return a, ok && n <= maxPage
}

// readID reads a decimal number above 0 in its only form: no sign, no leading
// zero, at most 2^53-1.
func readID(s string) (int64, bool) {
	if s == "" || len(s) > 16 || s[0] < '1' || s[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n <= maxID
}
