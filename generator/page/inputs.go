package page

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash"
	"time"

	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// Digest stands for what a page is made from: half a SHA-256, which nobody can
// make to collide.
type Digest [16]byte

// Inputs knows what pages are made from, so that a build need not make those
// again of which nothing changed. It errs on one side alone: whatever may change
// a byte of a page changes its digest; a changed digest need not change the page.
//
// What a page of a loan is made from is listed in Loan. Of a list it is the page
// itself without its cards, and the loans whose cards belong on it; so nothing
// that a list comes to say can be forgotten here.
type Inputs struct {
	r    *Renderer
	base Digest
	date []byte
}

// Inputs makes the digests of a site's pages. program stands for the program to
// the last byte: its templates, words and everything else that is compiled in.
func (r *Renderer) Inputs(ctx context.Context, program string) (*Inputs, error) {
	in := &Inputs{r: r, date: r.date.AppendFormat(nil, time.RFC3339Nano)}
	sum := sha256.New()
	settings, files := r.site.Identity(), r.files.Identity()
	add(sum, []byte(program), settings[:], files[:])
	var frame bytes.Buffer // what stands around every page, links to documents among it
	for _, language := range r.site.Languages() {
		frame.Reset()
		fmt.Fprintf(&frame, "%#v", r.ways[language.Tag])
		if err := r.RenderGone(ctx, &frame, site.Address{Kind: site.NotFound, Language: language.Tag}); err != nil {
			return nil, fmt.Errorf("inputs: %w", err)
		}
		add(sum, frame.Bytes())
	}
	in.base = digest(sum)
	return in, nil
}

// Base stands for what every page is made from: the program, the settings, and what
// stands around all pages of a language.
func (in *Inputs) Base() Digest { return in.base }

// add writes parts to a hash, so that no two lists of parts are written alike.
func add(h hash.Hash, parts ...[]byte) {
	var length [8]byte
	for _, part := range parts {
		binary.LittleEndian.PutUint64(length[:], uint64(len(part)))
		h.Write(length[:])
		h.Write(part)
	}
}

func digest(h hash.Hash) (d Digest) {
	var sum [sha256.Size]byte
	copy(d[:], h.Sum(sum[:0]))
	return d
}

// LoanDigests are what the pages of a loan are made from: Pages is of all of
// them in all languages, drawings and static answers too; Card of what other pages
// show of it.
type LoanDigests struct{ Pages, Card Digest }

// NeedsLoan tells whether Loan needs the loan itself: pictures that the site
// serves are measured, and drawn on cards, by a number that the record hides.
func (in *Inputs) NeedsLoan() bool { return in.r.site.ServesPictures() }

// Loan gives the digests of a loan's pages: of its record; of the date of the data
// where the page bears it; of its partner as pages show it; of the sizes of its
// pictures; and, where its cards are drawn as files, of the photo on them. loan
// may be nil unless NeedsLoan.
func (in *Inputs) Loan(record *kiva.Record, loan *kiva.Loan, partner *kiva.Partner) LoanDigests {
	var d LoanDigests
	h := sha256.New()
	add(h, in.base[:], record.Listing)
	if record.Status == kiva.Fundraising { // others bear a date of their own (view)
		add(h, in.date)
	}
	if in.NeedsLoan() {
		for _, size := range in.r.PictureSizes() {
			picture, ok := in.r.site.Picture(loan.ImageID, size)
			add(h, fmt.Appendf(nil, "%#v %t", picture, ok))
		}
	}
	d.Card = digest(h)
	h.Reset()
	add(h, d.Card[:], record.Rest)
	if p := asShown(partner); p != nil {
		add(h, fmt.Appendf(nil, "%d %q %d", p.ID, p.Name, p.Rating))
	}
	if in.r.site.CardIsBuilt(record.ID) {
		add(h, []byte("card"))
		if in.NeedsLoan() && in.r.photos != nil {
			body, err := in.r.photos(cardPicture, loan.ImageID)
			add(h, body, fmt.Append(nil, err))
		}
	}
	d.Pages = digest(h)
	return d
}

// asShown is a partner reduced to what pages of its loans say: its totals move
// with every payment of other loans. nil for none.
func asShown(p *kiva.Partner) *kiva.Partner {
	if p == nil {
		return nil
	}
	return &kiva.Partner{ID: p.ID, Name: p.Name, Rating: p.Rating}
}

// Page gives the digest of a page that is not a loan's, and the loans of which it
// shows cards besides: it is what it was when neither the digest nor the Card of
// any of them changed. ok is false for the kinds that nobody knows the inputs of;
// there are few such pages, and they are made every time.
//
// begun is what was made of the page on the way, for [Renderer.Finish].
func (in *Inputs) Page(ctx context.Context, a site.Address) (d Digest, loans []int64, begun Begun, ok bool, err error) {
	h := sha256.New()
	add(h, in.base[:], []byte(in.r.site.File(a)))
	switch {
	case a.Kind == site.SiteCard:
	case a.Kind == site.Sitemap && a.Page > 0:
		from := int64(a.Page-1) * sitemapWidth
		ids, err := in.r.source.LoanIDs(ctx, from, from+sitemapWidth)
		if err != nil {
			return d, nil, begun, false, fmt.Errorf("sitemap %d: %w", a.Page, err)
		}
		addIDs(h, ids)
	case a.Kind.IsFeed() && (a.Of == site.Home || a.Of == site.Country || a.Of == site.Sector):
		list := listAt(a)
		info, err := in.r.source.ListInfo(ctx, list)
		if err != nil {
			return d, nil, begun, false, nil // there are feeds without a list: let Render say
		}
		if loans, err = in.r.source.NewestIDs(ctx, list, feedReach); err != nil {
			return d, nil, begun, false, err
		}
		add(h, in.date, fmt.Appendf(nil, "%#v", info))
		addIDs(h, loans)
	case a.Kind == site.ListWidget || a.Kind == site.ListAnswerJSON || a.Kind == site.ListAnswerXML || a.Kind == site.ListCard || a.Kind == site.ListBadge:
		list := listAt(a.List())
		info, err := in.r.source.ListInfo(ctx, list)
		if err != nil {
			return d, nil, begun, false, nil // a site without loans has one all the same
		}
		if loans, err = in.r.source.RaisingIDs(ctx, list, view.MostRows); err != nil {
			return d, nil, begun, false, err
		}
		add(h, in.date, fmt.Appendf(nil, "%#v", info))
		addIDs(h, loans)
	case a.Kind == site.Home && a.Page > 0, a.Kind == site.Country, a.Kind == site.Sector, a.Kind == site.Status, a.Kind == site.Partner:
		l, err := in.r.listPage(ctx, a)
		if err != nil {
			return d, nil, begun, false, err
		}
		if begun, err = l.begin(ctx, a.Language); err != nil {
			return d, nil, begun, false, err
		}
		loans = l.ids
		add(h, begun.around)
		addIDs(h, loans)
	default:
		return d, nil, begun, false, nil
	}
	return digest(h), loans, begun, true, nil
}

func addIDs(h hash.Hash, ids []int64) {
	var b []byte
	for _, id := range ids {
		b = binary.AppendVarint(b, id)
	}
	add(h, b)
}
