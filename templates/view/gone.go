package view

// Gone is what stands where a loan would be: its page, and its widget in the
// pages of others.
func (t *Teller) Gone() Gone {
	w := t.begin()
	defer w.end()
	return w.absent(t.words.GoneHeading, t.words.GoneText)
}

// Lost is what stands at an address that leads nowhere and is not a loan's.
func (t *Teller) Lost() Gone {
	w := t.begin()
	defer w.end()
	return w.absent(t.words.LostHeading, t.words.LostText)
}

func (t *telling) absent(heading, text string) Gone {
	return Gone{
		Language: t.language,
		Title:    t.siteTitle(heading),
		State:    State{t.words.ChipGone, "off", "stop"},
		Heading:  heading,
		Text:     text,
		Action:   Action{Label: t.words.ActAnother, URL: t.home},
		Source:   Action{Label: t.site.Host(), URL: t.home},
	}
}
