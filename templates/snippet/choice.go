package snippet

// Size is what a snippet asks of its page: pixels, or "100%" for the width; and
// the parameters of an oEmbed request for it.
type Size struct{ Name, Width, Height, Query string }

// The sizes that a person may choose from (design/widget TOKENS): a layout of
// the widget each, and Fluid for columns of any width. public/loan-card.js knows
// them by the same names.
var (
	Compact  = Size{"compact", "300", "420", "&maxwidth=300&maxheight=420"}
	Standard = Size{"standard", "450", "300", "&maxwidth=450&maxheight=300"} // what oEmbed answers without bounds
	Wide     = Size{"wide", "720", "260", "&maxwidth=720&maxheight=260"}
	Fluid    = Size{"fluid", "100%", "300", "&maxheight=300"}
)

// Sizes are all of them, in the order in which they are offered.
func Sizes() []Size { return []Size{Compact, Standard, Wide, Fluid} }

// SizeNamed is the size of a name, [Standard] for every other.
func SizeNamed(name string) Size {
	for _, s := range Sizes() {
		if s.Name == name {
			return s
		}
	}
	return Standard
}

// Theme is how a widget is coloured: what its address ends in, and what the
// style of its frame says besides.
type Theme struct{ Name, Fragment, Style string }

// The themes. The package comment says why Auto states no colour scheme.
var (
	Light = Theme{"light", "", ";color-scheme:light"}
	Dark  = Theme{"dark", "#dark", ";color-scheme:dark"}
	Auto  = Theme{"auto", "#auto", ""}
)

// Themes are all of them, in the order in which they are offered.
func Themes() []Theme { return []Theme{Light, Dark, Auto} }

// ThemeNamed is the theme of a name, [Light] for every other: that is right on
// most pages, and never wrong by the reader's system.
func ThemeNamed(name string) Theme {
	for _, t := range Themes() {
		if t.Name == name {
			return t
		}
	}
	return Light
}

// Choice is what the person who embeds a loan decides besides the form.
type Choice struct {
	Size  Size
	Theme Theme
}
