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
// # What did not change
//
// A build into a folder that has a generation already makes the pages that may have
// changed, and leaves the others as they are, unread. What pages are made from
// is known to package page ([page.Inputs]); a memo in the folder has its digests
// from the last time. Loans and their digests come in one order, so each is
// compared as it comes. A list is made anew when its frame, the loans on it or
// the card of one of them changed. Without a memo, or with one that does not fit, every
// page is made: that costs time alone, as long as no digest is missed that matters,
// and a test edits a site at random to see to that.
//
// # Shares
//
// [BuildShare] makes the pages of some loans alone, into a folder of its own, and
// [Merge] everything else, from the digests that all shares left. Who puts the files of
// the shares into one folder is the caller: package output links them, package pack
// takes whole shards.
//
// # What is not here
//
// Reading snapshots, deciding what is new (package output knows), telling the
// operator how it went (package command).
package generator

import (
	"context"
	"fmt"
	"iter"
	"sync"
	"sync/atomic"
	"time"

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
	// Records gives what tells whether loans changed, of all of them in the order of
	// their ids, RecordsBetween of those with from ≤ id < to. Loans reads these whole.
	Records(ctx context.Context) iter.Seq2[kiva.Record, error]
	RecordsBetween(ctx context.Context, from, to int64) iter.Seq2[kiva.Record, error]
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
	// Program stands for the program to the last byte, so that pages of another one
	// are made anew; empty: all are, and nothing is left for the next build to know.
	Program string
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
	if err := b.remember(ctx); err != nil {
		return err
	}
	defer b.last.close()
	done, err := b.shelve(ctx)
	if err != nil {
		return err
	}
	defer done() // it is nobody's any more
	if err := b.loans(ctx); err != nil {
		return err
	}
	return b.rest(ctx)
}

// rest makes everything that is not a loan's.
func (b *build) rest(ctx context.Context) error {
	if b.packer != nil {
		b.packer.EndLoans()
	}
	if err := b.fillShelf(ctx); err != nil {
		return err
	}
	if err := b.others(ctx); err != nil {
		return err
	}
	if err := b.assets(); err != nil {
		return err
	}
	if err := b.hosting(); err != nil {
		return err
	}
	return b.leave()
}

// build is one run.
type build struct {
	site      *site.Site
	source    Source
	out       Writer
	options   Options
	share     Share
	pages     *page.Renderer
	languages []string
	partners  map[int64]*kiva.Partner
	done      atomic.Int64

	// What is known of the last generation, and left for the next; inputs and next
	// are nil where the Writer has no generations.
	packer  packer // nil: the files go into a folder as they are
	keeper  keeper
	inputs  *page.Inputs
	last    *lastMemo
	next    *nextMemo
	changed changes

	// shown are the pictures written so far: loans of one borrower may share
	// theirs. It stays empty unless the site serves pictures itself, and then
	// the pictures are some thousand times as large as their ids.
	shown sync.Map
}

func newBuild(s *site.Site, source Source, dataDate time.Time, out Writer, o Options) *build {
	b := &build{site: s, source: source, out: out, options: o, pages: page.New(s, source, dataDate, o.Public, o.Documents...), last: &lastMemo{}}
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

// wanted tells whether a page that is not a loan's is built: lists and sitemaps
// lead to profile pages, and are nothing without them; entries for lists of
// providers belong to oEmbed, as static answers do, the script for other people's pages and the widgets of lists to widgets, and
// the page that hands out code to both. Drawings were asked for by themselves.
func (b *build) wanted(a site.Address) bool {
	switch a.Kind {
	case site.NotFound:
		return a.Of == site.Home || b.options.Outputs.Page
	case site.Robots, site.Favicon, site.ListCard, site.ListBadge:
		return true
	case site.ProvidersYAML, site.ProvidersJSON:
		return b.options.Outputs.OEmbed
	case site.EmbedScript, site.ListWidget:
		return b.options.Outputs.Widget
	case site.ListAnswerJSON, site.ListAnswerXML:
		return b.options.Outputs.OEmbed
	case site.Embed, site.Widget:
		return b.options.Outputs.Widget && b.options.Outputs.Page
	}
	return b.options.Outputs.Page
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
