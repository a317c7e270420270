// Package generator builds a site: every address of it through package page,
// every page into a folder of package output.
//
// # The walk
//
// Loans come from the source in the order of their ids, once, and are handed
// in batches to the workers; a worker makes every page of a loan it holds (each
// language, the profile, the widget, the static answers) and writes them. Then
// the same workers make the lists, the feeds, the sitemaps and the single
// pages, and last the files that stand beside the pages: styles, icons, and the
// settings for file hosts. Which worker
// makes a page changes nothing in it, so any number of workers builds the same
// site.
//
// Memory is bounded by the batches under way, not by the number of loans.
//
// # What is not here
//
// Reading snapshots, deciding what is new (package output knows), telling the
// operator how it went (package command).
package generator

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"loanleaf/generator/docs"
	"loanleaf/generator/hosting"
	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/public"
	"loanleaf/site"
)

// Source is everything a site is built from.
type Source interface {
	page.Source
	Loans(ctx context.Context, from, to int64) iter.Seq2[kiva.Loan, error]
	Partners(ctx context.Context) iter.Seq2[kiva.Partner, error]
}

// Writer takes the files of a site: *output.Folder. Write is called by several
// workers at once and must not keep the body.
type Writer interface {
	Write(name string, body []byte) error
}

// Outputs says which of a loan's pages are built.
type Outputs struct {
	Page   bool // profile pages, lists, feeds, sitemaps
	Widget bool // widget documents
	OEmbed bool // static oEmbed answers
}

// Options are the choices of a build.
type Options struct {
	Workers int // at least 1
	Outputs Outputs
	// Picture draws or reads a picture that the site serves itself; nil when it
	// serves none.
	Picture func(size string, id int64) ([]byte, error)
	// Public are the files beside the pages; nil: those of the program.
	Public *public.Set
	// Documents are the site's, at most one tree of each kind.
	Documents []*docs.Tree
	// Progress is told now and then how many loans are done; it may be nil, and
	// is called by one goroutine at a time.
	Progress func(loans int)
}

// Build writes every file of the site into out. The caller commits out
// afterwards, or aborts it when Build fails.
func Build(ctx context.Context, s *site.Site, source Source, dataDate time.Time, out Writer, o Options) error {
	b := newBuild(s, source, dataDate, out, o)
	if err := b.loadPartners(ctx); err != nil {
		return err
	}
	if err := b.loans(ctx); err != nil {
		return err
	}
	if err := b.others(ctx); err != nil {
		return err
	}
	if err := b.assets(); err != nil {
		return err
	}
	return b.hosting()
}

// build is one run.
type build struct {
	site      *site.Site
	source    Source
	out       Writer
	options   Options
	pages     *page.Renderer
	languages []string
	partners  map[int64]*kiva.Partner
	done      atomic.Int64

	// shown are the pictures written so far: loans of one borrower may share
	// theirs. It stays empty unless the site serves pictures itself, and then
	// the pictures are some thousand times as large as their ids.
	shown sync.Map
}

func newBuild(s *site.Site, source Source, dataDate time.Time, out Writer, o Options) *build {
	b := &build{site: s, source: source, out: out, options: o, pages: page.New(s, source, dataDate, o.Public, o.Documents...)}
	b.pages.Photos(o.Picture)
	for _, language := range s.Languages() {
		b.languages = append(b.languages, language.Tag)
	}
	return b
}

// loadPartners keeps every partner at hand: there are hundreds of them, and
// each loan page names one.
func (b *build) loadPartners(ctx context.Context) error {
	b.partners = map[int64]*kiva.Partner{}
	for partner, err := range b.source.Partners(ctx) {
		if err != nil {
			return fmt.Errorf("read partners: %w", err)
		}
		b.partners[partner.ID] = &partner
	}
	return nil
}

// batchSize is how many loans go to a worker at a time: enough that handing
// them over costs nothing, few enough that they take no memory.
const batchSize = 64

// loans makes the pages of every loan.
func (b *build) loans(ctx context.Context) error {
	kinds := b.kinds()
	if len(kinds) == 0 {
		return nil
	}
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan []kiva.Loan, b.options.Workers)
	group.Go(func() error {
		defer close(batches)
		return b.readLoans(ctx, batches)
	})
	for range b.options.Workers {
		group.Go(func() error {
			var w bytes.Buffer
			for batch := range batches {
				for i := range batch {
					if err := b.loan(ctx, &w, kinds, &batch[i]); err != nil {
						return err
					}
				}
				b.done.Add(int64(len(batch)))
			}
			return nil
		})
	}
	err := group.Wait()
	b.report()
	return err
}

// readLoans cuts the loans into batches, and tells of progress as it goes.
func (b *build) readLoans(ctx context.Context, batches chan<- []kiva.Loan) error {
	batch := make([]kiva.Loan, 0, batchSize)
	send := func() error {
		select {
		case batches <- batch:
			batch = make([]kiva.Loan, 0, batchSize)
			b.report()
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for loan, err := range b.source.Loans(ctx, 0, 0) {
		if err != nil {
			return fmt.Errorf("read loans: %w", err)
		}
		batch = append(batch, loan)
		if len(batch) == batchSize {
			if err := send(); err != nil {
				return err
			}
		}
	}
	if len(batch) == 0 {
		return nil
	}
	return send()
}

func (b *build) report() {
	if b.options.Progress != nil {
		b.options.Progress(int(b.done.Load()))
	}
}

// kinds are the pages that each loan gets.
func (b *build) kinds() []site.Kind {
	return slices.DeleteFunc(b.pages.LoanKinds(), func(kind site.Kind) bool {
		switch kind {
		case site.Loan:
			return !b.options.Outputs.Page
		case site.Widget:
			return !b.options.Outputs.Widget
		}
		return !b.options.Outputs.OEmbed
	})
}

// loan makes all pages of one loan.
func (b *build) loan(ctx context.Context, w *bytes.Buffer, kinds []site.Kind, loan *kiva.Loan) error {
	for _, kind := range kinds {
		for _, language := range b.languages {
			a := site.Address{Kind: kind, ID: loan.ID, Language: language}
			w.Reset()
			if err := b.pages.RenderLoan(ctx, w, a, loan, b.partners[loan.PartnerID]); err != nil {
				return fmt.Errorf("%s: %w", b.site.File(a), err)
			}
			if err := b.out.Write(b.site.File(a), w.Bytes()); err != nil {
				return err
			}
		}
	}
	if b.site.CardIsBuilt(loan.ID) {
		if err := b.drawings(ctx, w, loan); err != nil {
			return err
		}
	}
	return b.pictures(loan)
}

// drawings makes the cards and the badge of a loan.
func (b *build) drawings(ctx context.Context, w *bytes.Buffer, loan *kiva.Loan) error {
	for _, language := range b.languages {
		for _, a := range b.pages.Drawn(loan, language) {
			w.Reset()
			if err := b.pages.RenderLoan(ctx, w, a, loan, nil); err != nil {
				return fmt.Errorf("%s: %w", b.site.File(a), err)
			}
			if err := b.out.Write(b.site.File(a), w.Bytes()); err != nil {
				return err
			}
		}
	}
	return nil
}

// pictures writes the picture of a loan at the sizes its pages ask for.
func (b *build) pictures(loan *kiva.Loan) error {
	if b.options.Picture == nil || loan.ImageID == 0 {
		return nil
	}
	if _, written := b.shown.LoadOrStore(loan.ImageID, true); written {
		return nil
	}
	for _, size := range b.pages.PictureSizes() {
		if _, ok := b.site.Picture(loan.ImageID, size); !ok {
			continue
		}
		body, err := b.options.Picture(size, loan.ImageID)
		if err != nil {
			return fmt.Errorf("picture %d of loan %d: %w", loan.ImageID, loan.ID, err)
		}
		if err := b.out.Write(b.site.PictureFile(size, loan.ImageID), body); err != nil {
			return err
		}
	}
	return nil
}

// others makes every page that is not a loan's.
func (b *build) others(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	addresses := make(chan site.Address, b.options.Workers)
	group.Go(func() error {
		defer close(addresses)
		for a, err := range b.pages.Walk(ctx, b.languages) {
			if err != nil {
				return err
			}
			if !b.wanted(a) {
				continue
			}
			select {
			case addresses <- a:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range b.options.Workers {
		group.Go(func() error {
			var w bytes.Buffer
			for a := range addresses {
				if err := b.other(ctx, &w, a); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// wanted tells whether a page that is not a loan's is built: lists and sitemaps
// lead to profile pages, and are nothing without them; entries for lists of
// providers belong to oEmbed, the script for other people's pages to widgets, and
// the page that hands out code to both.
func (b *build) wanted(a site.Address) bool {
	switch a.Kind {
	case site.NotFound:
		return a.Of == site.Home || b.options.Outputs.Page
	case site.Robots:
		return true
	case site.ProvidersYAML, site.ProvidersJSON:
		return b.options.Outputs.OEmbed
	case site.EmbedScript:
		return b.options.Outputs.Widget
	case site.Embed, site.Widget:
		return b.options.Outputs.Widget && b.options.Outputs.Page
	}
	return b.options.Outputs.Page
}

// other makes a page that is not a loan's.
func (b *build) other(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	w.Reset()
	if err := b.pages.Render(ctx, w, a); err != nil {
		return fmt.Errorf("%s: %w", b.site.File(a), err)
	}
	return b.out.Write(b.site.File(a), w.Bytes())
}

// assets writes the files that stand beside the pages.
func (b *build) assets() error {
	for _, asset := range b.pages.Assets() {
		if err := b.out.Write("assets/"+asset.File, asset.Body); err != nil {
			return err
		}
	}
	return nil
}

// hosting writes the settings for file hosts.
func (b *build) hosting() error {
	for _, file := range hosting.Files(b.pages) {
		if err := b.out.Write(file.Name, file.Body); err != nil {
			return err
		}
	}
	return nil
}
