package hosting

import (
	"path"

	"loanleaf/generator/page"
	"loanleaf/site"
)

// embeddable are a list of each kind that has a widget, but the list of all loans.
var embeddable = []site.Address{{Kind: site.Country, Slug: "x"}, {Kind: site.Sector, Slug: "x"}, {Kind: site.Partner, ID: 1}}

// listPlaces are where the widgets of lists and their static answers stand. The
// widget of all loans has no place of its own: it is beside those of loans, and
// answered alike.
func listPlaces(s *host, language, missing string) []place {
	var all []place
	add := func(list site.Address, kind site.Kind) {
		list.Language = language
		a, _ := list.ListWidget(kind)
		p := place{path: s.Path(a), answer: page.AnswerTo(a), missing: missing, language: language}
		if list.Kind != site.Home {
			p.path = folderOf(s, a)
		}
		switch {
		case kind == site.ListWidget:
		case list.Kind == site.Home:
			p.types = typesOf(kind)
		default:
			p.types = typesOf(site.ListAnswerJSON, site.ListAnswerXML)
		}
		all = append(all, p)
	}
	_, live := s.Endpoint()
	for _, list := range embeddable {
		add(list, site.ListWidget)
		if !live {
			add(list, site.ListAnswerJSON)
		}
	}
	if !live {
		add(site.Address{Kind: site.Home}, site.ListAnswerJSON)
		add(site.Address{Kind: site.Home}, site.ListAnswerXML)
	}
	return all
}

// listWidgetsPattern matches how the widgets of lists are named below the folder of
// all widgets.
func listWidgetsPattern(s *host) string {
	newest, _ := site.Address{}.ListWidget(site.ListWidget)
	return "(?:" + quoteRegexp(path.Base(s.Path(newest))) + "|" + folderNames(s, embeddable...) + "/[^/]+?)"
}
