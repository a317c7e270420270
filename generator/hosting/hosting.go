// Package hosting writes the files that teach a file host to answer for a built
// site as the program's own server does: the same headers, the same types, the
// same refusals.
//
//	_headers     Netlify, Cloudflare Pages
//	_redirects   the same two
//	_nginx.conf  to be included in a server block, see its first lines
//	_Caddyfile   to be imported in a site block
//
// Their headers come from the table that the server uses ([page.Headers]), and
// where each kind of answer stands comes from package site, so that they cannot
// drift apart.
//
// [ParseHeaders] reads the first of them again, for the program's own file host.
//
// # What a file host does not do
//
// The oEmbed endpoint with its parameters, the Link headers of loan pages (the
// pages have the same links in their heads), the card for a widget that is not
// there, nor the pictures for cards and badges that are not (the page for what is
// not there comes instead).
package hosting

import (
	"maps"
	"slices"
	"strings"

	"loanleaf/generator/page"
	"loanleaf/public"
	"loanleaf/site"
)

// File is a file of a build, by its name in the build's folder.
type File struct {
	Name string
	Body []byte
}

// Files are the files for the site of pages, the same for the same pages.
func Files(pages *page.Renderer) []File {
	s := &host{Site: pages.Site(), policies: pages.Policies(), assets: pages.Assets(), prose: map[string][]site.Address{}, gone: map[string][]site.Address{}}
	for _, language := range append(slices.Clip(s.Languages()), pages.Guests()...) {
		guest := s.Language(language.Tag) == nil
		for range pages.Documents(site.Doc, language.Tag) {
			if s.docs = true; guest {
				s.guests = append(s.guests, language.Tag)
				s.fed = append(s.fed, pages.HasChanges(language.Tag))
			}
			break
		}
		s.prose[language.Tag] = slices.Collect(pages.Documents(site.Prose, language.Tag))
		s.gone[language.Tag] = pages.Moves(site.Prose, language.Tag)
		for _, from := range slices.Concat(pages.Moves(site.Doc, language.Tag), s.gone[language.Tag]) {
			to, _ := pages.Moved(from)
			s.moves = append(s.moves, move{s.Path(from), to})
		}
	}
	return []File{
		{HeadersFile, headersFile(s)}, {RedirectsFile, redirectsFile(s)}, {"_nginx.conf", nginxFile(s)}, {"_Caddyfile", caddyFile(s)},
	}
}

// host is a site with what its file host has to say and to send beside it.
type host struct {
	*site.Site
	policies page.Policies
	assets   []public.Asset
	docs     bool                      // tells whether there is documentation
	guests   []string                  // tags of languages that the site does not speak and has documentation in
	fed      []bool                    // tells of each of these whether there are feeds of changes
	prose    map[string][]site.Address // pages of the operator's own, by language
	gone     map[string][]site.Address // where such pages were
	moves    []move                    // every address that leads elsewhere
}

// documented tells whether there are documents of any kind.
func (s *host) documented() bool {
	for _, pages := range s.prose {
		if len(pages) > 0 {
			return true
		}
	}
	return s.docs
}

// move is a path that leads elsewhere, to another or to a whole address.
type move struct{ from, to string }

// quoted is where it leads as settings hold it between quotation marks: signs that
// mean something there are written as addresses can have them as well.
func (m move) quoted() string {
	return "\"" + strings.NewReplacer(`"`, "%22", `\`, "%5C", "$", "%24", "{", "%7B", "}", "%7D", " ", "%20").Replace(m.to) + "\""
}

// place is a part of the site whose files are answered alike.
type place struct {
	path     string // with the base address' own path; ends in a slash where all below it is meant
	answer   page.Answer
	language string // tag, also where the answer is in none
	// missing is the address of the page that says, in the language of the place,
	// that something is not there.
	missing string
	// numbered places hold files that are named by a number, or by a list in one or
	// two words, below an index of their own that is answered otherwise.
	numbered bool
	own      bool // a page of the operator's own, which has a rule of its own
	// documents places hold documents, each with its text beside it.
	documents bool
	types     []fileType // by ending; none: pages, whose addresses have no ending
}

type fileType struct{ ending, contentType string }

// below tells whether the place is all that is below its path.
func (p place) below() bool { return strings.HasSuffix(p.path, "/") }

const pageType = "text/html; charset=utf-8"

// places are the parts of a site, no two of them the same path. A longer path
// goes before a shorter one that it begins with.
func places(s *host) []place {
	pictures, _, _ := strings.Cut(s.PictureFile("s300", 1), "/")
	all := []place{
		{path: s.Path(site.Address{Kind: site.Sitemap}), answer: page.Machine, types: typesOf(site.Sitemap)},
		{path: folderOf(s, site.Address{Kind: site.Sitemap, Page: 1}), answer: page.Machine, types: typesOf(site.Sitemap)},
		{path: s.Path(site.Address{Kind: site.Robots}), answer: page.Machine, types: typesOf(site.Robots)},
		{path: s.Path(site.Address{Kind: site.Favicon}), answer: page.Picture, types: typesOf(site.Favicon)},
		{path: s.Path(site.Address{Kind: site.EmbedScript}), answer: page.SharedScript, types: typesOf(site.EmbedScript)},
		{path: s.Asset(""), answer: page.AssetFile, types: assetTypes(s)},
		{path: s.Path(site.Address{}) + pictures + "/", answer: page.Picture, types: []fileType{{"jpg", "image/jpeg"}}},
	}
	for _, kind := range []site.Kind{site.ProvidersYAML, site.ProvidersJSON} {
		if _, live := s.Endpoint(); live {
			all = append(all, place{path: s.Path(site.Address{Kind: kind}), answer: page.Machine, types: typesOf(kind)})
		}
	}
	missing := s.Path(site.Address{Kind: site.NotFound})
	for i := range all {
		all[i].missing, all[i].language = missing, s.Languages()[0].Tag
	}
	for _, language := range s.Languages() {
		at := func(a site.Address) site.Address { a.Language = language.Tag; return a }
		missing := s.Path(at(site.Address{Kind: site.NotFound}))
		for _, a := range append([]site.Address{
			{Kind: site.Widget, ID: 1}, {Kind: site.Loan, ID: 1}, {Kind: site.Home, Page: 1},
		}, listAddresses...) {
			all = append(all, place{path: folderOf(s, at(a)), answer: page.AnswerTo(a), missing: missing, language: language.Tag, numbered: a.Kind == site.Widget && a.Slug == ""})
		}
		for _, a := range s.prose[language.Tag] {
			twin, _ := a.Twin()
			all = append(all, place{path: s.Path(a), answer: page.DocumentPage, missing: missing, language: language.Tag, own: true},
				place{path: s.Path(twin), answer: page.DocumentPage, missing: missing, language: language.Tag, types: typesOf(site.Twin), own: true})
		}
		if s.docs {
			lost := s.Path(at(site.Address{Kind: site.NotFound, Of: site.Doc}))
			all = append(all, place{path: folderOf(s, at(documentAddress)), answer: page.DocumentPage, missing: lost, language: language.Tag, documents: true},
				place{path: lost, answer: page.Missing, missing: lost, language: language.Tag},
				place{path: s.Path(at(site.Address{Kind: site.DocIndex})), answer: page.Machine, missing: missing, language: language.Tag, types: typesOf(site.DocIndex)})
		}
		if s.documented() {
			for _, kind := range []site.Kind{site.LLMs, site.LLMsFull} {
				all = append(all, place{path: s.Path(at(site.Address{Kind: kind})), answer: page.Machine, missing: missing, language: language.Tag, types: typesOf(kind)})
			}
		}
		all = append(all,
			place{path: answersFolder(s, language.Tag), answer: page.StaticAnswer, missing: missing, language: language.Tag, types: typesOf(site.AnswerJSON, site.AnswerXML)},
			place{path: folderOf(s, at(site.Address{Kind: site.FeedRSS})), answer: page.FeedDocument, missing: missing, language: language.Tag, types: typesOf(site.FeedKinds()...)},
			place{path: folderOf(s, at(site.Address{Kind: site.SiteCard})), answer: page.Picture, missing: missing, language: language.Tag, types: typesOf(site.CardJPEG, site.CardPNG)},
			place{path: missing, answer: page.Missing, missing: missing, language: language.Tag},
		)
		if s.BuildsCards() { // hosts take a hundred rules, and no more than there are files for
			all = append(all, place{path: folderOf(s, at(site.Address{Kind: site.Badge, ID: 1})), answer: page.Picture, missing: missing, language: language.Tag, types: typesOf(site.Badge)})
		}
	}
	for i, guest := range s.guests {
		at := documentAddress
		at.Language = guest
		lost := s.Path(site.Address{Kind: site.NotFound, Of: site.Doc})
		all = append(all, place{path: folderOf(s, at), answer: page.DocumentPage, missing: lost, language: guest, documents: true})
		for _, kind := range []site.Kind{site.DocIndex, site.LLMs, site.LLMsFull} {
			all = append(all, place{path: s.Path(site.Address{Kind: kind, Language: guest}), answer: page.Machine, missing: missing, language: guest, types: typesOf(kind)})
		}
		if s.fed[i] {
			all = append(all, place{path: folderOf(s, site.Address{Kind: site.FeedRSS, Language: guest}), answer: page.FeedDocument, missing: missing, language: guest, types: typesOf(site.FeedKinds()...)})
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(s.prose)) {
		for _, a := range s.prose[tag] {
			if s.Language(tag) == nil {
				twin, _ := a.Twin()
				all = append(all, place{path: s.Path(a), answer: page.DocumentPage, missing: missing, language: tag, own: true},
					place{path: s.Path(twin), answer: page.DocumentPage, missing: missing, language: tag, types: typesOf(site.Twin), own: true})
			}
		}
	}
	return all
}

// listAddresses are a list of each kind but the list of all loans.
var listAddresses = []site.Address{
	{Kind: site.Country, Slug: "x"}, {Kind: site.Sector, Slug: "x"}, {Kind: site.Status, Slug: "x"}, {Kind: site.Partner, ID: 1},
}

// documentAddress is that of some document.
var documentAddress = site.Address{Kind: site.Doc, Slug: "x"}

// homes are the front pages, which stand where everything else is below.
func homes(s *host) []place {
	var all []place
	for _, language := range s.Languages() {
		home := s.Path(site.Address{Language: language.Tag})
		all = append(all, place{path: home, answer: page.ListPage, language: language.Tag})
	}
	return all
}

// indexes are pages that stand where everything else is below, the front pages
// among them.
func indexes(s *host) []place {
	all := homes(s)
	for _, language := range s.Languages() {
		a := site.Address{Kind: site.Embed, Language: language.Tag}
		all = append(all, place{path: s.Path(a), answer: page.AnswerTo(a), language: language.Tag})
	}
	return all
}

// headers are those of the answers of a place.
func (p place) headers(s *host) []page.Header {
	headers := page.Headers(p.answer, s.policies)
	if p.answer.InLanguage() {
		headers = append(headers, page.Header{Name: "Content-Language", Value: p.language})
	}
	return headers
}

// folderOf is the path that all addresses of a kind begin with.
func folderOf(s *host, a site.Address) string {
	path := strings.TrimSuffix(s.Path(a), "/")
	return path[:strings.LastIndexByte(path, '/')+1]
}

// typesOf are the types of kinds whose files end as their addresses do.
func typesOf(kinds ...site.Kind) []fileType {
	var types []fileType
	for _, kind := range kinds {
		ending := map[site.Kind]string{
			site.AnswerJSON: "json", site.AnswerXML: "xml", site.ProvidersYAML: "yml", site.ProvidersJSON: "json", site.Sitemap: "xml", site.Robots: "txt",
			site.EmbedScript: "js", site.Twin: "md", site.LLMs: "txt", site.LLMsFull: "txt", site.DocIndex: "json",
			site.FeedRSS: "rss", site.FeedAtom: "atom", site.FeedJSON: "json",
			site.CardJPEG: "jpg", site.CardPNG: "png", site.Badge: "svg", site.Favicon: "ico",
		}[kind]
		types = append(types, fileType{ending, page.ContentType(kind)})
	}
	return types
}

// assetTypes are the types of the files beside the pages.
func assetTypes(s *host) []fileType {
	var types []fileType
	seen := map[string]bool{}
	for _, asset := range s.assets {
		ending := asset.File[strings.LastIndexByte(asset.File, '.')+1:]
		if !seen[ending] {
			seen[ending] = true
			types = append(types, fileType{ending, asset.ContentType})
		}
	}
	return types
}
