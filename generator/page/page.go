// Package page is the site as a function: from an address to a page. A build
// walks every address through it, the server answers one; both get the same
// bytes.
//
// # How a page comes to be
//
// [Renderer.Render] takes an address, looks up what it names, makes the view of
// it and writes the template's output into a buffer. A walk that already holds
// a loan calls [Renderer.RenderLoan] and saves the look-up. [Renderer.Walk] and
// [Renderer.LoanKinds] name every address there is.
//
// # What is not here
//
// Files and HTTP. The oEmbed endpoint with its parameters is not a page; only
// the static answers are, since each has an address of its own.
package page

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"time"

	"loanleaf/card"
	"loanleaf/generator/docs"
	"loanleaf/kiva"
	"loanleaf/oembed"
	"loanleaf/public"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// Loans looks up what single addresses name. Both methods say
// [kiva.ErrNotFound] when there is nothing.
type Loans interface {
	Loan(ctx context.Context, id int64) (kiva.Loan, error)
	Partner(ctx context.Context, id int64) (kiva.Partner, error)
}

// Lists looks up what list addresses name. ListInfo and PageIDs say
// [kiva.ErrNotFound] of a list that no loan is on; the newest of such a list are
// none, and n is at most 200. Of those that raise funds, newest first, n is at most
// 24. Listings are loans in listing shape, in the order of
// the ids given.
type Lists interface {
	Lists(ctx context.Context) ([]kiva.ListInfo, error)
	ListInfo(ctx context.Context, list kiva.List) (kiva.ListInfo, error)
	PageIDs(ctx context.Context, list kiva.List, page int) ([]int64, error)
	NewestIDs(ctx context.Context, list kiva.List, n int) ([]int64, error)
	RaisingIDs(ctx context.Context, list kiva.List, n int) ([]int64, error)
	Listings(ctx context.Context, ids []int64) ([]kiva.Loan, error)
}

// IDs looks up which loans there are at all, for sitemaps.
type IDs interface {
	IDBuckets(ctx context.Context, width int64) ([]int64, error)
	LoanIDs(ctx context.Context, from, to int64) ([]int64, error)
}

// Source is everything a whole site is made from.
type Source interface {
	Loans
	Lists
	IDs
}

// Renderer makes the pages of one site from one state of its data. It is safe
// for concurrent use.
type Renderer struct {
	site    *site.Site
	source  Source
	date    time.Time
	tellers map[string]*view.Teller // by language tag
	frame   templates.Frame         // without language and address
	files   *public.Set
	trees   []*docs.Tree
	// ways lead to documents from every page of a language, by tag.
	ways map[string]ways
	// moves are where documents were; large languages have a menu that is shown in
	// part; changed are documents by their last change, the latest first.
	moves   *docs.Moves
	large   map[string]bool
	changed map[string][]docs.Change
	menus   menus
	// docsStyle is the path of the stylesheet of documents, docsScript that of their script, maker that of the
	// script of the page that hands out code, makerStyle that of its stylesheet.
	docsStyle, docsScript, maker, makerStyle string
	// finder is the path of the script that searches the documentation, indexes
	// make what it looks into, by tag.
	finder  string
	indexes map[string]func() ([]byte, error)
	widget  templates.WidgetShell // of loans
	cards   cards
	shelf   *shelf // nil: cards are made when lists ask for them
	feeds   feeds
	known   known
	sizes   drawnSizes

	listWidget templates.WidgetShell // of lists

	colours card.Colours // of what is drawn
	painter *card.Painter
	photos  func(size string, id int64) ([]byte, error) // for cards; nil: none
}

// New makes the renderer of a site. dataDate is what counts as now: the date
// of the data. files are those beside the pages; nil: those of the program. trees
// are the documents of the site, at most one of each kind.
func New(s *site.Site, source Source, dataDate time.Time, files *public.Set, trees ...*docs.Tree) *Renderer {
	if files == nil {
		files = public.Embedded()
	}
	r := &Renderer{site: s, source: source, date: dataDate, files: files, trees: trees, tellers: map[string]*view.Teller{}}
	for _, language := range s.Languages() {
		r.tellers[language.Tag] = view.In(s, language, dataDate)
	}
	r.colours = card.ColoursOf(files)
	r.painter = card.New(r.colours)
	r.frame = templates.Frame{Site: s, Policy: templates.Policy(s)}
	for _, asset := range files.Assets() {
		switch asset.Name {
		case public.SiteStyle:
			r.frame.Style = s.Asset(asset.File)
		case public.DocsStyle:
			r.docsStyle = s.Asset(asset.File)
		case public.Icon:
			r.frame.Icon = s.Asset(asset.File)
		case public.DocsScript:
			r.docsScript = s.Asset(asset.File)
		case public.EmbedStyle:
			r.makerStyle = s.Asset(asset.File)
		case public.EmbedScript:
			r.maker = s.Asset(asset.File)
		case public.World:
			r.frame.World = s.Asset(asset.File)
		case public.FindScript:
			r.finder = s.Asset(asset.File)
		case public.CopyScript:
			r.frame.Copy = s.Asset(asset.File)
		}
	}
	r.ways = r.findWays()
	r.readDocuments()
	r.indexes = r.prepareIndexes()
	r.widget, r.listWidget = templates.NewWidgetShell(files, s.ImageSources()), templates.NewListShell(files)
	return r
}

// PictureSizes are the sizes, in Kiva's grammar, at which pages and answers
// link pictures that the site serves itself: what a build has to write. Where
// an endpoint answers, those it names for smaller bounds are among them.
func (r *Renderer) PictureSizes() []string {
	sizes := view.PictureSizes()
	if _, live := r.site.Endpoint(); live {
		sizes = append(sizes, oembed.ThumbnailSizes()...)
	}
	return sizes
}

// AddScript puts a script, at a path of the site, into the head of every page and
// widget document from then on, and allows it in their policies. It is for people
// who work on a site: those meant for readers have buttons that copy, and no other. Call it before the
// first page is made.
func (r *Renderer) AddScript(path string) {
	r.frame.Script, r.frame.Policy = path, templates.Scripted(r.frame.Policy)
	r.widget, r.listWidget = r.widget.Scripted(path), r.listWidget.Scripted(path)
}

// Site is the site whose pages these are.
func (r *Renderer) Site() *site.Site { return r.site }

// Files are those beside the pages, which a site needs as well.
func (r *Renderer) Files() *public.Set { return r.files }

// Assets are the files that stand beside the pages at addresses of their own
// that never change: those of [Renderer.Files], and what documents show and lead
// to. The bodies of the latter are shared and not to be changed.
func (r *Renderer) Assets() []public.Asset {
	all := r.files.Assets()
	known := map[string]bool{}
	for _, tree := range r.trees {
		for _, f := range tree.Published() {
			if !known[f.Name] {
				known[f.Name] = true
				all = append(all, public.Asset{Name: f.Name, File: f.Name, ContentType: f.ContentType, Body: f.Body})
			}
		}
	}
	return all
}

// Policies are the content security policies of the pages.
func (r *Renderer) Policies() Policies {
	return Policies{Page: r.frame.Policy, Widget: templates.FramePolicy(r.widget, r.listWidget), Embed: templates.EmbedPolicy(r.frame.Policy)}
}

// Teller tells of loans in a language of the site, the default one for "" and for
// those that it does not speak.
func (r *Renderer) Teller(tag string) *view.Teller {
	return r.tellers[r.site.Around(tag).Tag]
}

// ContentType is the media type of a kind of page.
func ContentType(kind site.Kind) string {
	switch kind {
	case site.AnswerJSON, site.ListAnswerJSON:
		return "application/json; charset=utf-8"
	case site.AnswerXML, site.ListAnswerXML:
		return "text/xml; charset=utf-8"
	case site.ProvidersJSON, site.DocIndex:
		return "application/json; charset=utf-8"
	case site.ProvidersYAML:
		return "application/yaml" // RFC 9512; always UTF-8
	case site.Sitemap:
		return "application/xml; charset=utf-8"
	case site.Robots, site.LLMs, site.LLMsFull:
		return "text/plain; charset=utf-8"
	case site.Twin:
		return "text/markdown; charset=utf-8" // RFC 7763
	case site.FeedRSS, site.FeedAtom, site.FeedJSON:
		return feedType(kind) + "; charset=utf-8"
	case site.EmbedScript:
		return "text/javascript; charset=utf-8"
	case site.CardJPEG:
		return "image/jpeg"
	case site.CardPNG, site.SiteCard, site.ListCard:
		return "image/png"
	case site.Badge, site.ListBadge:
		return "image/svg+xml"
	case site.Favicon:
		return "image/vnd.microsoft.icon"
	}
	return "text/html; charset=utf-8"
}

// Render writes the page of an address into w, or fails with
// [kiva.ErrNotFound] when the address names nothing. The address of a search has
// its Query and Page ([site.Asked]). On any error w holds nothing that may be
// shown.
func (r *Renderer) Render(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	switch a.Kind {
	case site.Loan, site.Widget, site.AnswerJSON, site.AnswerXML:
		if a.Slug != "" {
			return r.renderSpecimen(ctx, w, a)
		}
		loan, err := r.source.Loan(ctx, a.ID)
		if err != nil {
			return fmt.Errorf("loan %d: %w", a.ID, err)
		}
		partner, err := r.PartnerOf(ctx, &loan)
		if err != nil {
			return err
		}
		return r.RenderLoan(ctx, w, a, &loan, partner)
	case site.CardJPEG, site.CardPNG, site.Badge:
		loan, err := r.source.Loan(ctx, a.ID)
		if err != nil {
			return fmt.Errorf("loan %d: %w", a.ID, err)
		}
		return r.renderDrawn(w, a, &loan)
	case site.ListCard, site.ListBadge:
		return r.renderListDrawing(ctx, w, a)
	case site.SiteCard:
		return r.renderSiteCard(w, a)
	case site.Home, site.Country, site.Sector, site.Status, site.Partner:
		return r.renderList(ctx, w, a)
	case site.Sitemap:
		if a.Slug == site.ProseSitemap {
			return r.renderProseSitemap(w)
		}
		return r.renderSitemap(ctx, w, a.Page)
	case site.Doc, site.Prose:
		return r.renderDocument(ctx, w, a)
	case site.Twin:
		return r.renderTwin(w, a)
	case site.LLMs, site.LLMsFull:
		return r.renderLLMs(w, a)
	case site.Robots:
		r.renderRobots(w)
		return nil
	case site.Favicon:
		icon, err := card.Favicon(r.colours)
		w.Write(icon)
		return err
	case site.ProvidersYAML, site.ProvidersJSON:
		return r.renderProviders(ctx, w, a.Kind)
	case site.FeedRSS, site.FeedAtom, site.FeedJSON:
		if a.Of == site.Doc {
			return r.renderChanges(w, a)
		}
		return r.renderFeed(ctx, w, a)
	case site.ListWidget, site.ListAnswerJSON, site.ListAnswerXML:
		return r.renderListWidget(ctx, w, a)
	case site.Search:
		return r.renderSearch(ctx, w, a)
	case site.Embed:
		return r.RenderEmbed(ctx, w, a, nil)
	case site.EmbedScript:
		r.renderEmbedScript(w)
		return nil
	case site.DocIndex:
		return r.renderDocIndex(w, a)
	case site.NotFound:
		return r.RenderGone(ctx, w, a)
	}
	return fmt.Errorf("address of unknown kind %d: %w", a.Kind, kiva.ErrNotFound)
}

// RenderGone writes what stands where an address names nothing: the card for a
// widget's address, a picture of it for those of cards and badges, the page for
// every other.
func (r *Renderer) RenderGone(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	if a.Kind == site.NotFound && a.Of == site.Doc && r.tree(site.Doc) != nil {
		return r.renderLostDocument(ctx, w, a)
	}
	teller := r.Teller(a.Language)
	gone := teller.Lost()
	switch a.Kind {
	case site.Widget:
		return templates.GoneWidget(teller.Gone(), r.widget).Render(ctx, w)
	case site.ListWidget:
		return templates.GoneWidget(teller.GoneList(), r.widget).Render(ctx, w)
	case site.CardJPEG, site.CardPNG, site.Badge, site.ListCard, site.ListBadge:
		return r.renderGoneDrawing(w, a)
	case site.Loan:
		gone = teller.Gone()
	}
	frame := r.frameFor(site.Address{Kind: site.NotFound, Language: a.Language})
	frame.Canonical, frame.Alternates = "", nil
	return templates.NotFoundPage(frame, gone).Render(ctx, w)
}

// frameIn is the frame of a page in a language, which has no address yet.
func (r *Renderer) frameIn(language string) templates.Frame {
	f := r.frame
	f.Language = r.site.Around(language)
	w, ok := r.ways[language]
	if !ok {
		w = r.ways[f.Language.Tag]
	}
	f.Sections, f.Extra, f.Card = w.sections, w.extra, w.card
	if r.hasLoans() {
		f.Extra = w.withEmbed
	}
	return f
}

// frameFor is the frame of the page at an address.
func (r *Renderer) frameFor(a site.Address) templates.Frame {
	f := r.frameIn(a.Language)
	f.Canonical = r.site.URL(a)
	languages := r.site.Languages()
	if len(languages) == 1 {
		return f
	}
	own := cmp.Or(a.Language, languages[0].Tag)
	f.Alternates = make([]templates.Alternate, 0, len(languages)+1)
	for _, language := range languages {
		url := f.Canonical
		if language.Tag != own {
			a.Language = language.Tag
			url = r.site.URL(a)
		}
		f.Alternates = append(f.Alternates, templates.Alternate{Lang: language.Tag, URL: url})
	}
	f.Alternates = append(f.Alternates, templates.Alternate{Lang: "x-default", URL: f.Alternates[0].URL})
	return f
}
