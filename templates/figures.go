package templates

import "loanleaf/templates/view"

// toneClass is a state's colour family as a class; a tone that the styles do
// not know has none, so that nothing but these five words is ever written.
func toneClass(tone view.Tone) string {
	switch tone {
	case "go", "ok", "info", "warn", "off":
		return " " + string(tone)
	}
	return ""
}

// The names of the pairs in link previews count from one.

func labelName(i int) string { return [...]string{"twitter:label1", "twitter:label2"}[i] }

func dataName(i int) string { return [...]string{"twitter:data1", "twitter:data2"}[i] }

// kindOfWork is what the loan is for in a word: the activity, else the sector.
func kindOfWork(l view.Loan) view.Foreign {
	if l.Activity.Text != "" {
		return l.Activity
	}
	return l.Sector
}
