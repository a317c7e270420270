package page

import (
	"bytes"
	"context"
	"strings"

	"loanleaf/templates"
)

// What is tried, and what came of it: values of the page that RenderTrial writes.
type (
	Trial        = templates.Trial
	TrialField   = templates.TrialField
	TrialFrame   = templates.TrialFrame
	TrialReport  = templates.TrialReport
	TrialProgram = templates.TrialProgram
	TrialRule    = templates.TrialRule
	TrialAnswer  = templates.TrialAnswer
)

// RenderTrial writes the page on which oEmbed answers are tried, in a language
// of the site, and gives the headers it is sent with. It alone of all pages has
// frames, of this site, and its form is sent whether or not the site is searchable.
func (r *Renderer) RenderTrial(ctx context.Context, w *bytes.Buffer, language string, t Trial) ([]Header, error) {
	f := r.frameIn(language)
	f.Policy = strings.Replace(f.Policy, "form-action 'none'", "form-action 'self'", 1) + "; frame-src " + r.site.Origin()
	for _, l := range r.site.Languages() {
		f.Versions = append(f.Versions, templates.Alternate{Lang: l.Tag, URL: r.site.TrialPath(l.Tag)})
	}
	t.Action, t.Style = r.site.TrialPath(f.Language.Tag), r.docsStyle
	return Headers(TrialPage, Policies{Page: f.Policy}), templates.TrialPage(f, t).Render(ctx, w)
}
