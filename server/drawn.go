package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/singleflight"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/server/metric"
	"loanleaf/site"
)

// Bounds of drawing. A card takes some 10 to 30 ms of one processor: what waits
// longest is drawn within seconds, and pages are answered all the while.
const (
	mostShelved = 64 << 20 // bytes of cards that are kept
	mostWaiting = 64       // cards and odd pictures that wait to be drawn
	retryAfter  = "2"      // seconds, for those beyond
)

var (
	errBusy = errors.New("too many cards wait to be drawn")
	errMany = errors.New("this client asked for too many cards that had to be drawn")
)

// shelf keeps drawn cards, those asked for last, and draws each that is missing
// once, however many ask for it.
type shelf struct {
	flight  singleflight.Group
	slots   chan struct{} // one for each card that may be drawn at a time
	waiting atomic.Int32
	kept    *cache[site.Address, *drawn]
	seen    func(hit bool) // counts what is kept of what is asked for
	metrics *metric.Set
}

// drawn is a card on the shelf. gone tells that it stands for a loan that is
// not there.
type drawn struct {
	body []byte
	gone bool
}

// newShelf leaves one processor, where there are several, to everything else.
func newShelf() *shelf {
	return &shelf{slots: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1)), kept: newCache[site.Address, *drawn](mostShelved), seen: func(bool) {}}
}

// get takes a card from the shelf or draws it.
func (s *shelf) get(a site.Address, draw func() (*drawn, error)) (*drawn, error) {
	if d, ok := s.kept.get(a); ok {
		return d, nil
	}
	made, err, _ := s.flight.Do(fmt.Sprint(a), func() (any, error) {
		if d, ok := s.kept.get(a); ok { // come meanwhile
			return d, nil
		}
		leave, err := s.queue()
		if err != nil {
			return nil, err
		}
		defer leave()
		d, err := draw()
		if err == nil {
			s.kept.put(a, d, len(d.body))
		}
		return d, err
	})
	if err != nil {
		return nil, err
	}
	return made.(*drawn), nil
}

// queue waits until something may be drawn, unless too much waits already. leave
// lets the next begin.
func (s *shelf) queue() (leave func(), err error) {
	if s.waiting.Add(1) > mostWaiting {
		s.waiting.Add(-1)
		s.metrics.Busy()
		return nil, errBusy
	}
	s.metrics.Waiting(1)
	s.slots <- struct{}{}
	s.metrics.Waiting(-1)
	s.waiting.Add(-1)
	return func() { <-s.slots }, nil
}

// drawing answers with a card or a badge. One that is not there is a picture as
// well, with status 200: it stands in the pages and letters of others, and what
// fetches it for them (GitHub, mail, chat) shows a broken picture for every
// other status.
func (st *state) drawing(w *visit, r *http.Request, a site.Address, log *slog.Logger) {
	d, err := st.drawn(w, r, a)
	switch {
	case errors.Is(err, errMany):
		st.refuse(w, r, a, true, log)
		return
	case errors.Is(err, errBusy):
		st.busy(w, r, a, log)
		return
	case err != nil:
		internal(w, r, err, log)
		return
	}
	kind := page.Picture
	if d.gone {
		kind, w.path = page.MissingPicture, "" // its status is 200, and it names nothing
	}
	send(w, r, answer{kind: kind, contentType: page.ContentType(a.Kind), body: d.body})
}

// drawn is the picture at an address. Badges take a tenth of a millisecond at most
// and are drawn each time; what stands for loans that are not there, or for lists,
// is kept once for all of them. A client may have any number of cards that are kept,
// and so many that have to be drawn: caches in front get the second answer of a
// card, which is nobody's own.
func (st *state) drawn(v *visit, r *http.Request, a site.Address) (*drawn, error) {
	ctx := r.Context()
	switch a.Kind {
	case site.Badge, site.ListBadge:
		return st.draw(ctx, a)
	case site.ListCard:
		there, err := st.pages.HasList(ctx, a.List())
		if err != nil {
			return nil, err
		}
		if !there {
			a.Of, a.Slug, a.ID = site.Country, "", 0
		}
	case site.CardJPEG, site.CardPNG:
		switch _, err := st.Source.Loan(ctx, a.ID); {
		case errors.Is(err, kiva.ErrNotFound):
			a.ID = 0
		case err != nil:
			return nil, err
		}
	}
	d, ok := st.shelf.kept.get(a)
	st.shelf.seen(ok)
	if ok {
		return d, nil
	}
	if !v.may(r, cards) {
		return nil, errMany
	}
	// Others may wait for the same drawing, and do not go when this client does.
	ctx = context.WithoutCancel(ctx)
	return st.shelf.get(a, func() (*drawn, error) { return st.draw(ctx, a) })
}

func (st *state) draw(ctx context.Context, a site.Address) (*drawn, error) {
	var body bytes.Buffer
	err := st.pages.Render(ctx, &body, a)
	gone := errors.Is(err, kiva.ErrNotFound)
	if gone {
		body.Reset()
		err = st.pages.RenderGone(ctx, &body, a)
	}
	return &drawn{body.Bytes(), gone}, err
}
