package page

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
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
// that a list comes to say can be forgotten here. Most often the page need not be
// made for that: while all answers are the same that numbered pages of lists are made
// from, so is the page (Answers).
type Inputs struct {
	r    *Renderer
	base Digest
	date []byte
	// lists stands for what the source says of all lists, the loans on them aside.
	lists Digest
}

// Inputs makes the digests of a site's pages. program stands for the program to
// the last byte: its templates, words and everything else that is compiled in.
func (r *Renderer) Inputs(ctx context.Context, program string) (*Inputs, error) {
	in := &Inputs{r: r, date: r.date.AppendFormat(nil, time.RFC3339Nano)}
	var t parts
	settings, files := r.site.Identity(), r.files.Identity()
	t.add([]byte(program), settings[:], files[:])
	var frame bytes.Buffer // what stands around every page, links to documents among it
	for _, language := range r.site.Languages() {
		frame.Reset()
		fmt.Fprintf(&frame, "%#v", r.ways[language.Tag])
		if err := r.RenderGone(ctx, &frame, site.Address{Kind: site.NotFound, Language: language.Tag}); err != nil {
			return nil, fmt.Errorf("inputs: %w", err)
		}
		t.add(frame.Bytes())
	}
	in.base = t.digest()
	lists, err := r.allLists(ctx)
	if err != nil {
		return nil, fmt.Errorf("inputs: %w", err)
	}
	t = t[:0]
	for _, info := range lists {
		t.add(fmt.Appendf(nil, "%#v", info))
	}
	in.lists = t.digest()
	return in, nil
}

// Base stands for what every page is made from: the program, the settings, and what
// stands around all pages of a language.
func (in *Inputs) Base() Digest { return in.base }

// parts are what a digest is made from, written so that no two lists are written alike.
type parts []byte

func (t *parts) add(more ...[]byte) {
	for _, part := range more {
		*t = binary.LittleEndian.AppendUint64(*t, uint64(len(part)))
		*t = append(*t, part...)
	}
}

func (t *parts) digest() Digest {
	sum := sha256.Sum256(*t)
	return Digest(sum[:len(Digest{})])
}

// LoanDigests are what the pages of a loan are made from: Pages is of all of
// them in all languages, drawings and static answers too; Card of what other pages
// show of it.
type LoanDigests struct{ Pages, Card Digest }

// Loan gives the digests of a loan's pages: of its record; of the date of the data
// where the page bears it; of its partner as pages show it; of the sizes of its
// pictures; and, where its cards are drawn as files, of the photo on them.
func (in *Inputs) Loan(record *kiva.Record, partner *kiva.Partner) (d LoanDigests) {
	var room [512]byte
	t := parts(room[:0])
	t.add(in.base[:], record.Listing[:])
	if record.Status == kiva.Fundraising { // others bear a date of their own (view)
		t.add(in.date)
	}
	served := in.r.site.ServesPictures()
	if served { // they are measured, by a number that the record's digests hide
		for _, size := range in.r.PictureSizes() {
			picture, ok := in.r.site.Picture(record.ImageID, size)
			t.add(fmt.Appendf(nil, "%#v %t", picture, ok))
		}
	}
	d.Card = t.digest()
	t = t[:0]
	t.add(d.Card[:], record.Rest[:])
	if p := asShown(partner); p != nil {
		var room [128]byte
		said := append(strconv.AppendInt(room[:0], p.ID, 10), ' ')
		said = append(strconv.AppendQuote(said, p.Name), ' ')
		t.add(strconv.AppendInt(said, int64(p.Rating), 10))
	}
	if in.r.site.CardIsBuilt(record.ID) {
		t.add([]byte("card"))
		if served && in.r.photos != nil {
			body, err := in.r.photos(cardPicture, record.ImageID)
			t.add(body, fmt.Append(nil, err))
		}
	}
	d.Pages = t.digest()
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

// Answers gives a digest of everything that the source may be asked when a numbered
// page of a list is begun, which is quicker than to begin it: what it says of all
// lists, and of the partner; and the loans on the page. As long as the digest is what it
// was, so is that of Page; when it is another, only Page can tell. ok is false for all
// other pages.
func (in *Inputs) Answers(ctx context.Context, a site.Address) (d Digest, loans []int64, ok bool, err error) {
	if a.Page == 0 || a.Kind != site.Home && a.Kind != site.Country && a.Kind != site.Sector && a.Kind != site.Status && a.Kind != site.Partner {
		return d, nil, false, nil
	}
	if loans, err = in.r.source.PageIDs(ctx, listAt(a), a.Page); err != nil {
		return d, nil, false, err
	}
	var room [512]byte
	t := parts(room[:0])
	t.add(in.base[:], []byte(in.r.site.File(a)), in.date, in.lists[:])
	if a.Kind == site.Partner {
		partner, err := in.r.partner(ctx, a.ID)
		if err != nil {
			return d, nil, false, err
		}
		told, err := json.Marshal(partner) // all of its fields, what pointers lead to among them
		if err != nil {
			return d, nil, false, nil // a date that JSON does not know: let Page tell
		}
		t.add(told)
	}
	t.addIDs(loans)
	return t.digest(), loans, true, nil
}

// Page gives the digest of a page that is not a loan's, and the loans of which it
// shows cards besides: it is what it was when neither the digest nor the Card of
// any of them changed. ok is false for the kinds that nobody knows the inputs of;
// there are few such pages, and they are made every time.
//
// begun is what was made of the page on the way, for [Renderer.Finish].
func (in *Inputs) Page(ctx context.Context, a site.Address) (d Digest, loans []int64, begun Begun, ok bool, err error) {
	var t parts
	t.add(in.base[:], []byte(in.r.site.File(a)))
	switch {
	case a.Kind == site.SiteCard:
	case a.Kind == site.Sitemap && a.Page > 0:
		from := int64(a.Page-1) * sitemapWidth
		ids, err := in.r.source.LoanIDs(ctx, from, from+sitemapWidth)
		if err != nil {
			return d, nil, begun, false, fmt.Errorf("sitemap %d: %w", a.Page, err)
		}
		t.addIDs(ids)
	case a.Kind.IsFeed() && (a.Of == site.Home || a.Of == site.Country || a.Of == site.Sector):
		list := listAt(a)
		info, err := in.r.source.ListInfo(ctx, list)
		if err != nil {
			return d, nil, begun, false, nil // there are feeds without a list: let Render say
		}
		if loans, err = in.r.source.NewestIDs(ctx, list, feedReach); err != nil {
			return d, nil, begun, false, err
		}
		t.add(in.date, fmt.Appendf(nil, "%#v", info))
		t.addIDs(loans)
	case a.Kind == site.ListWidget || a.Kind == site.ListAnswerJSON || a.Kind == site.ListAnswerXML || a.Kind == site.ListCard || a.Kind == site.ListBadge:
		list := listAt(a.List())
		info, err := in.r.source.ListInfo(ctx, list)
		if err != nil {
			return d, nil, begun, false, nil // a site without loans has one all the same
		}
		if loans, err = in.r.source.RaisingIDs(ctx, list, view.MostRows); err != nil {
			return d, nil, begun, false, err
		}
		t.add(in.date, fmt.Appendf(nil, "%#v", info))
		t.addIDs(loans)
	case a.Kind == site.Home && a.Page > 0, a.Kind == site.Country, a.Kind == site.Sector, a.Kind == site.Status, a.Kind == site.Partner:
		l, err := in.r.listPage(ctx, a)
		if err != nil {
			return d, nil, begun, false, err
		}
		if begun, err = l.begin(ctx, a.Language); err != nil {
			return d, nil, begun, false, err
		}
		loans = l.ids
		t.add(begun.around)
		t.addIDs(loans)
	default:
		return d, nil, begun, false, nil
	}
	return t.digest(), loans, begun, true, nil
}

func (t *parts) addIDs(ids []int64) {
	var b []byte
	for _, id := range ids {
		b = binary.AppendVarint(b, id)
	}
	t.add(b)
}
