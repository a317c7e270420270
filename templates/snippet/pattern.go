package snippet

// Pattern is a subject and a choice that are blanks but for the address of the
// script: what a form writes of them is its pattern, into which a script in the
// reader's browser fills the values, escaped by the form's rule. So every form is
// written down once. drawn is for loans whose card and badge are served; the e-mail
// of others is the plain one, without picture and bar.
func Pattern(script string, bounds, drawn bool) (Subject, Choice) {
	b := Blanks()
	s := Subject{
		ID: b["id"], Language: b["language"], Direction: b["direction"], Title: b["title"], Use: b["use"], Figures: b["figures"],
		Addresses: Addresses{Page: b["page"], Widget: b["widget"], OEmbed: b["oembed"], Script: script, Bounds: bounds},
		Mail:      Mail{Bar: -1, Start: b["start"]},
	}
	if drawn {
		s.Card, s.Badge = b["card"], b["badge"]
	}
	return s, Choice{
		Size:  Size{Name: b["size"], Width: b["width"], Height: b["height"], Query: b["query"]},
		Theme: Theme{Name: b["theme"], Fragment: b["fragment"], Style: b["style"]},
	}
}

// Blanks are what stands in a pattern for each value, by its name: characters of
// Unicode's private use area, which no form escapes.
func Blanks() map[string]string {
	blanks := map[string]string{}
	for i, name := range []string{
		"id", "language", "direction", "title", "use", "figures", "page", "widget", "oembed",
		"size", "width", "height", "query", "theme", "fragment", "style", "card", "badge", "start",
	} {
		blanks[name] = string(rune(0xE000 + i))
	}
	return blanks
}
