package page

import (
	"bytes"
	"context"
	"time"

	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// Refusal is why a reader who asked for a page gets none now.
type Refusal struct {
	// Wait is how long until the reader may ask again, of which whole seconds are
	// told; 0 where it is the site that is busy drawing.
	Wait time.Duration
	// Starting: the data that pages are made of is still being taken in.
	Starting bool
}

// RenderRefusal writes what stands in place of the page at an address, in its
// language: a page without an address of its own, or in place of a widget the card
// for what is not there, so that the page around it does not look broken.
func (r *Renderer) RenderRefusal(ctx context.Context, w *bytes.Buffer, a site.Address, why Refusal) error {
	language := r.site.Around(a.Language)
	words := language.Words.Refusal
	heading, text := words.DrawingHeading, words.DrawingText
	switch {
	case why.Starting:
		heading, text = words.StartingHeading, words.StartingText
	case why.Wait > 0:
		seconds := int64((why.Wait + time.Second - 1) / time.Second)
		heading, text = words.Heading, words.Text.For(language, seconds).Fill("n", language.Number(seconds))
	}
	refused := view.Gone{
		Language: language, Title: language.Words.Title.Fill("site", r.site.Name(), "title", heading),
		State: view.State{Tone: "off"}, Heading: heading, Text: text,
	}
	if a.Kind == site.Widget || a.Kind == site.ListWidget {
		gone := r.Teller(language.Tag).Gone()
		refused.State, refused.Action, refused.Source = gone.State, gone.Action, gone.Source
		return templates.GoneWidget(refused, r.widget).Render(ctx, w)
	}
	frame := r.frameFor(site.Address{Kind: site.NotFound, Language: language.Tag})
	frame.Canonical, frame.Alternates = "", nil
	return templates.NotFoundPage(frame, refused).Render(ctx, w)
}
