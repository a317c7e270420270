package snippet

import (
	"loanleaf/templates/view"
)

// OfList tells of a list as [Of] tells of a loan: what it is called, how many loans
// are on it, and the date of that. name is how the web component names it
// (site.ListName). The words of an e-mail name no loan of it, since that would soon
// not be among the newest any more; the card in it is that of the day on which it is
// opened.
func OfList(l view.ListCard, name string, a Addresses, colour string) Subject {
	rtl := l.Language.Direction == "rtl"
	figures := l.Count
	if len(figures) > 0 && len(l.Dated.Label) > 0 {
		figures = append(append(figures[:len(figures):len(figures)], view.Span{Text: " · "}), l.Dated.Label...)
	}
	start := "left"
	if rtl {
		start = "right"
	}
	return Subject{
		List: name, Language: l.Language.Tag, Direction: l.Language.Direction,
		Title: fold(l.Name), Figures: sentence(figures, rtl), Addresses: a,
		Mail: Mail{Start: start, Chip: fold(l.Source), Action: sentence(l.All, rtl), Bar: -1, Colour: colour},
	}
}

// subject is the name of the attribute that names what is embedded, and its value.
func (s Subject) subject() (name, value string) {
	if s.List != "" {
		return "list", s.List
	}
	return "loan", s.ID
}
