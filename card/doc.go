// Package card draws a loan, or a list of loans, as a picture, for where no HTML
// can stand: previews of shared links, e-mail, forums, README files. It says what
// stands in a [view.Loan] or a [view.ListCard], and nothing else.
//
//	painter := card.New(card.ColoursOf(files))
//	body, err := painter.Loan(told, photo, card.Large, card.JPEG)
//	badge := card.Badge(told, card.ColoursOf(files))
//
// # Cards
//
// A card is a picture of 1200 by 630 pixels, the size that readers of previews
// ask for, or of half of that. It shows the photo, if there is one, the chip of
// the state, name, place, what the loan is for, the bar, the figures, the
// site's name, and the date. In a language that is written from right to left it
// is mirrored. Cards are always light: a picture cannot follow its reader's theme.
// A card with a photo is meant to be a JPEG and stays below 300 KB; one without is
// a PNG with a palette and stays below 120 KB.
//
// The text is shaped as its script asks (Khmer subscripts, Arabic joining, both
// directions in a line) in the typefaces of fonts/, which cover Latin, Greek,
// Cyrillic, Khmer, Arabic and Devanagari. [Covers] tells which texts can be
// drawn; who makes a view for a card leaves out what cannot (see
// [view.Teller.Drawn]).
//
// The card of a list has the list's name, how many of its loans raise funds, and
// the newest four of these with their bars. It is as large whatever the list comes
// to, and has no photos: a PNG, below 120 KB.
//
// # Badges
//
// A badge is a line of SVG, below 1 KB, that follows its reader's theme. It names
// nobody; that of a list names the list. Its widths come from the advances of the same typefaces, and the text
// is held to them in whatever typeface its reader has.
//
// # What is not here
//
// Files, HTTP, caches: package server keeps cards, package generator writes
// them. Line breaks inside Khmer words, for which a dictionary would be needed:
// Khmer breaks at its spaces, and between letters where there is none.
//
// The same values make the same bytes on one kind of processor; on another one
// the edges of letters may differ by a shade.
package card
