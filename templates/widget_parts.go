package templates

import (
	"strconv"

	"loanleaf/templates/view"
)

// widgetClass is the class of the card: the tone of its state; photo where there
// is a picture; and group where that must be shown whole, because cropping cuts
// people out of it.
func widgetClass(l view.Loan) string {
	tone := string(l.State.Tone)
	switch {
	case l.Picture == nil:
		return tone
	case l.Group:
		return tone + " photo group"
	}
	return tone + " photo"
}

// The bar is drawn by attributes: a style attribute would need the policy to
// allow every inline style. It fills from the start edge, so in languages written
// from right to left it begins at what is left of it.

func barWidth(l view.Loan) string { return percent(barShare(l)) }

func barStart(l view.Loan) string {
	if l.Language.Direction == "rtl" {
		return percent(100 - barShare(l))
	}
	return "0"
}

func barShare(l view.Loan) int { return min(max(l.Figures.Bar, 0), 100) }

func percent(n int) string { return percents[n] }

var percents = func() (all [101]string) {
	for n := range all {
		all[n] = strconv.Itoa(n) + "%"
	}
	return all
}()

// iconPath is the drawing of a state in a field of 12 by 12, as strokes without
// filling. An icon it does not know draws nothing: the chip's words carry the state.
func iconPath(i view.Icon) string {
	switch i {
	case "clock":
		return "M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1v5l3 3"
	case "check":
		return "M1.5 6.5l3 3 6-7"
	case "cycle":
		return "M10.5 6A4.5 4.5 0 1 1 8.8 2.5M10.5 1v3h-3"
	case "alert":
		return "M6 1.2L11.2 10.8H.8zM6 5v2.5M6 9.2v.1"
	case "back":
		return "M4 1.5L1 4.5l3 3M1 4.5h6.5a3 3 0 0 1 0 6H5"
	case "stop":
		return "M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1M2.5 2.5l7 7"
	}
	return ""
}
