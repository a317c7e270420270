package hosting

import (
	"path"

	"loanleaf/site"
)

// embeddable are a list of each kind that has a widget, but the list of all loans.
var embeddable = []site.Address{{Kind: site.Country, Slug: "x"}, {Kind: site.Sector, Slug: "x"}, {Kind: site.Partner, ID: 1}}

// answersFolder is where the static answers of a language stand: those of lists and,
// below it, those of loans. Beside an endpoint there are none, but files of another
// kind are.
func answersFolder(s *host, language string) string {
	if _, live := s.Endpoint(); live {
		return folderOf(s, site.Address{Kind: site.AnswerJSON, Language: language, ID: 1})
	}
	return folderOf(s, site.Address{Kind: site.ListAnswerJSON, Language: language})
}

// specimen is the widget of an invented loan, below a folder of its own as the
// widgets of lists are.
var specimen = site.Address{Kind: site.Widget, Slug: "paid"}

// listWidgetsPattern matches how the widgets of lists and of invented loans are named
// below the folder of all widgets.
func listWidgetsPattern(s *host) string {
	newest, _ := site.Address{}.ListWidget(site.ListWidget)
	return "(?:" + quoteRegexp(path.Base(s.Path(newest))) + "|" + folderNames(s, append([]site.Address{specimen}, embeddable...)...) + "/[^/]+?)"
}
