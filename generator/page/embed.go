package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/snippet"
	"loanleaf/templates/view"
)

// renderEmbedScript writes the script for the pages of others.
func (r *Renderer) renderEmbedScript(w *bytes.Buffer) {
	w.Write(r.embedScript())
}

func (r *Renderer) embedScript() []byte {
	var languages []string
	for _, language := range r.site.Languages() {
		languages = append(languages, language.Tag)
	}
	return r.files.CardScript(r.site.URL(site.Address{Kind: site.Home}), languages)
}

// longestAsked is the most of what was typed that is looked at, in bytes: as many
// as the field takes.
const longestAsked = 300

// RenderEmbed writes the page that hands out code, for the loan and the choices
// that a form of it has sent: loan, size, theme, language, form, state, ground and
// room. What is not understood is the usual choice. Without any of them it is the
// page at the address itself, with a loan for an example. What is typed for a loan
// and is neither number nor address is searched for where the site is searchable,
// which costs as much as a page of the search does.
func (r *Renderer) RenderEmbed(ctx context.Context, w *bytes.Buffer, a site.Address, sent url.Values) error {
	if done, err := r.renderEmbedList(ctx, w, a, sent); done || err != nil {
		return err
	}
	language := r.site.Language(sent.Get("language"))
	if language == nil || sent.Get("language") == "" {
		language = r.site.Language(a.Language)
	}
	e := templates.Embedding{
		Choice: snippet.Choice{Size: snippet.SizeNamed(sent.Get("size")), Theme: snippet.ThemeNamed(sent.Get("theme"))},
		Form:   snippet.FormNamed(sent.Get("form")), Dark: sent.Get("ground") == "dark", Narrow: sent.Get("room") == "narrow",
		Asked: asked(sent.Get("loan")), Action: r.site.Path(a), Script: r.maker, Style: r.makerStyle, Language: language.Tag,
	}
	loan, err := r.embedded(ctx, &e, a.Language)
	if err != nil {
		return fmt.Errorf("embed: %w", err)
	}
	if loan != nil {
		if err := r.tellEmbedded(ctx, &e, loan, a.Language, sent.Get("state")); err != nil {
			return fmt.Errorf("embed: %w", err)
		}
	}
	frame := r.frameFor(a)
	frame.Extra = marked(frame.Extra, r.site.Path(a))
	frame.Policy = templates.EmbedPolicy(frame.Policy)
	return templates.EmbedPage(frame, e).Render(ctx, w)
}

// hasLoans tells whether there is anything to embed. Where that cannot be told, pages
// are without the link; what else they look up fails then.
func (r *Renderer) hasLoans() bool {
	if r.source == nil {
		return false
	}
	lists, err := r.allLists(context.Background())
	return err == nil && len(lists) > 0
}

func asked(text string) string {
	text = strings.TrimSpace(text)
	if len(text) > longestAsked || !utf8.ValidString(text) {
		return ""
	}
	return text
}

// embedded is the loan that was asked for, or else the newest that raises funds,
// or the newest; nil where there is none at all.
func (r *Renderer) embedded(ctx context.Context, e *templates.Embedding, pageLanguage string) (*kiva.Loan, error) {
	if e.Asked != "" {
		loan, err := r.askedLoan(ctx, e, pageLanguage)
		if loan != nil || err != nil {
			return loan, err
		}
	}
	e.Example = e.Asked == ""
	for _, list := range []kiva.List{{Kind: kiva.ByStatus, Key: kiva.Fundraising.String()}, {Kind: kiva.AllLoans}} {
		loans, err := r.newestOf(ctx, list, 1)
		if err != nil {
			return nil, err
		}
		if len(loans) > 0 {
			return &loans[0], nil
		}
	}
	return nil, nil
}

// askedLoan is the loan that was typed; nil where it is none, and then either loans
// were found by these words, or nothing is known of them.
func (r *Renderer) askedLoan(ctx context.Context, e *templates.Embedding, pageLanguage string) (*kiva.Loan, error) {
	if id, ok := r.askedID(e.Asked); ok {
		loan, err := r.source.Loan(ctx, id)
		if err == nil {
			return &loan, nil
		}
		if !errors.Is(err, kiva.ErrNotFound) {
			return nil, err
		}
	} else if r.site.Searchable() {
		if err := r.findEmbedded(ctx, e, pageLanguage); err != nil {
			return nil, err
		}
	}
	e.Unknown = len(e.Found) == 0
	return nil, nil
}

// askedID reads the number of a loan, or its address on this site.
func (r *Renderer) askedID(asked string) (int64, bool) {
	if id, err := strconv.ParseInt(asked, 10, 64); err == nil && strconv.FormatInt(id, 10) == asked && id > 0 {
		return id, true
	}
	a, err := r.site.ParseLoanURL(asked)
	return a.ID, err == nil
}

// tellEmbedded fills in what is said of a loan.
func (r *Renderer) tellEmbedded(ctx context.Context, e *templates.Embedding, loan *kiva.Loan, pageLanguage, state string) error {
	card := r.Teller(e.Language).Card(loan)
	e.Loan = &card
	e.Subject = snippet.Of(card, r.embedAddresses(loan.ID, e.Language), r.site.Colour())
	drawing, badge := r.drawings(&card, e.Language)
	e.Subject.Card, e.Subject.Badge = r.drawingURLs(drawing, badge)
	e.Sample = r.site.URL(site.Address{Kind: site.Loan, ID: loan.ID, Language: pageLanguage})
	e.Preview = r.site.Path(site.Address{Kind: site.Widget, ID: loan.ID, Language: e.Language})
	for _, language := range r.site.Languages() {
		e.Languages = append(e.Languages, templates.CardLanguage{Tag: language.Tag, Name: language.Name})
	}
	if err := r.standIns(ctx, e, pageLanguage, state); err != nil {
		return err
	}
	if err := r.weigh(ctx, e, loan, drawing, badge); err != nil {
		return err
	}
	e.Data = r.embedData(e, pageLanguage)
	return nil
}

// drawings are the addresses of a loan's drawings as snippets name them: the card
// in half the size, which is enough for e-mails and forums, and the badge.
func (r *Renderer) drawings(told *view.Loan, language string) (card, badge site.Address) {
	card = site.Address{Kind: site.CardPNG, ID: told.ID, Language: language, Small: true}
	if r.Teller(language).HasPhoto(told) {
		card.Kind = site.CardJPEG
	}
	return card, site.Address{Kind: site.Badge, ID: told.ID, Language: language}
}

// drawingURLs are where drawings are to be had; empty where they are not.
func (r *Renderer) drawingURLs(card, badge site.Address) (string, string) {
	cardURL, ok := r.site.Card(card)
	badgeURL, also := r.site.Card(badge)
	if !ok || !also {
		return "", ""
	}
	return cardURL, badgeURL
}

// standIns are all states that a card may be in, each shown by the newest loan of
// it, by an invented one where there is none, and last that of a loan that is not
// there, as this site answers for it.
func (r *Renderer) standIns(ctx context.Context, e *templates.Embedding, pageLanguage, state string) error {
	teller := r.Teller(pageLanguage)
	add := func(value, label string, at site.Address) {
		at.Kind = site.Widget
		path := r.site.Path(site.Address{Kind: at.Kind, ID: at.ID, Slug: at.Slug, Language: e.Language})
		folder := r.site.Path(site.Address{Kind: site.Embed, Language: e.Language})
		e.States = append(e.States, templates.StandIn{Value: value, Label: label, Leaf: strings.TrimPrefix(path, folder)})
		if value == state {
			e.State, e.Preview = value, path
		}
	}
	for _, status := range kiva.Statuses() {
		loans, err := r.newestOf(ctx, kiva.List{Kind: kiva.ByStatus, Key: status.String()}, 1)
		if err != nil {
			return err
		}
		at, shown := site.Address{Slug: status.String()}, specimen(status, r.date)
		if len(loans) > 0 {
			at, shown = site.Address{ID: loans[0].ID}, &loans[0]
		}
		add(status.String(), teller.Card(shown).State.Chip, at)
	}
	add(templates.GoneState, teller.Gone().State.Chip, site.Address{ID: anyID})
	return nil
}

// embedAddresses are where the snippets of a loan lead.
func (r *Renderer) embedAddresses(id int64, language string) snippet.Addresses {
	loan := site.Address{Kind: site.Loan, ID: id, Language: language}
	json, _ := r.site.Discovery(loan)
	_, live := r.site.Endpoint()
	return snippet.Addresses{
		Page: r.site.URL(loan), Widget: r.site.URL(site.Address{Kind: site.Widget, ID: id, Language: language}),
		Script: r.site.URL(site.Address{Kind: site.EmbedScript}), OEmbed: json, Bounds: live,
	}
}

// anyID stands for a loan's number in addresses that a script completes. It is
// the largest there may be, and so no loan's.
const anyID = 1<<53 - 1

// embedData is what the page's script fills its patterns from.
func (r *Renderer) embedData(e *templates.Embedding, pageLanguage string) any {
	type object = map[string]any
	_, live := r.site.Endpoint()
	subject, choice := snippet.Pattern(e.Subject.Script, live, false)
	drawn, _ := snippet.Pattern(e.Subject.Script, live, true)
	forms, sizes, themes, languages := object{}, object{}, object{}, object{}
	for _, form := range snippet.Forms() {
		forms[string(form)] = object{"escape": form.Escape(), "text": form.Write(subject, choice), "drawn": form.Write(drawn, choice)}
	}
	w := &r.site.Language(pageLanguage).Words.Embed
	for _, s := range snippet.Sizes() {
		sizes[s.Name] = object{"width": s.Width, "height": s.Height, "query": s.Query}
	}
	for _, t := range snippet.Themes() {
		themes[t.Name] = object{"fragment": t.Fragment, "style": t.Style}
	}
	for _, language := range r.site.Languages() {
		a := r.embedAddresses(anyID, language.Tag)
		languages[language.Tag] = object{
			"direction": language.Direction, "page": a.Page, "widget": a.Widget, "oembed": a.OEmbed,
			"source":  r.site.Path(site.Address{Kind: site.Loan, ID: anyID, Language: language.Tag}),
			"preview": r.site.Path(site.Address{Kind: site.Widget, ID: anyID, Language: language.Tag}),
		}
	}
	return object{
		"any": strconv.Itoa(anyID), "language": e.Language, "blanks": snippet.Blanks(), "signs": snippet.Signs,
		"forms": forms, "sizes": sizes, "themes": themes, "languages": languages, "hosts": r.site.Hosts(), "live": live,
		"loan":   object{"id": e.Subject.ID, "title": e.Subject.Title, "use": e.Subject.Use, "figures": e.Subject.Figures, "card": e.Subject.Card, "badge": e.Subject.Badge},
		"search": r.site.Searchable(), "point": r.site.Language(pageLanguage).Tenths(15),
		"words": object{
			"unknown": w.Unknown, "pixels": w.Pixels.Fill("width", "\uE000", "height", "\uE001"), "full": w.Full,
			"weight": w.Weight.Fill("kb", "\uE000"),
		},
	}
}
