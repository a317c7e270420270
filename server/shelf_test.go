package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/site"
)

func cardOf(id int64) site.Address { return site.Address{Kind: site.CardPNG, ID: id} }

func TestACardIsDrawnOnceForAllWhoAsk(t *testing.T) {
	s := newShelf()
	var made atomic.Int32
	begun, finish := make(chan bool), make(chan bool)
	draw := func() (*drawn, error) {
		made.Add(1)
		close(begun)
		<-finish
		return &drawn{body: []byte("card")}, nil
	}
	var asking sync.WaitGroup
	ask := func() {
		if d, err := s.get(cardOf(1), draw); err != nil || string(d.body) != "card" {
			t.Errorf("%v, %v", d, err)
		}
	}
	asking.Go(ask)
	<-begun
	for range 20 {
		asking.Go(ask)
	}
	close(finish)
	asking.Wait()
	ask()
	if made.Load() != 1 {
		t.Errorf("drawn %d times", made.Load())
	}
}

// oneLoan has loan 5 and nothing else.
type oneLoan struct{ page.Source }

func (oneLoan) Loan(_ context.Context, id int64) (kiva.Loan, error) {
	if id != 5 {
		return kiva.Loan{}, kiva.ErrNotFound
	}
	return kiva.Loan{ID: 5, Name: "Mai", Status: kiva.Fundraising, Amount: kiva.USD(550)}, nil
}

func (oneLoan) Lists(context.Context) ([]kiva.ListInfo, error) { return nil, nil }

func TestCardsBeyondTheQueueAreRefusedAndBadgesAreNot(t *testing.T) {
	made, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loans", Languages: []string{"en"}, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	web, err := New(Config{Site: made, Source: oneLoan{}, Picture: func(string, int64) ([]byte, error) { return []byte("picture"), nil }})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	shelf := web.data.Load().shelf
	if w := ask("/card/5.png"); w.Code != http.StatusOK {
		t.Fatalf("answered %d", w.Code)
	}
	shelf.waiting.Store(mostWaiting)
	if w := ask("/card/5-600.png"); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || w.Header().Get("Cache-Control") != page.Never {
		t.Errorf("answered %d, %v", w.Code, w.Header())
	}
	if w := ask("/img/w77/5.jpg"); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("a picture in an odd size is answered with %d, %v", w.Code, w.Header())
	}
	r := httptest.NewRequest(http.MethodGet, "/card/5-600.png", nil)
	r.Header.Set("Accept", "text/html, */*;q=0.8")
	w := httptest.NewRecorder()
	web.ServeHTTP(w, r)
	if words := made.Language("").Words.Refusal; w.Code != http.StatusServiceUnavailable || w.Header().Get("Cache-Control") != page.Never || !strings.Contains(w.Body.String(), words.DrawingText) {
		t.Errorf("somebody who looks at a card gets %d, %v", w.Code, w.Header())
	}
	for _, path := range []string{"/card/5.png", "/badge/5.svg", "/badge/6.svg", "/img/w450h360/5.jpg"} {
		if w := ask(path); w.Code != http.StatusOK {
			t.Errorf("%s, which need not wait, is answered with %d", path, w.Code)
		}
	}
	shelf.waiting.Store(0)
	if w := ask("/card/5-600.png"); w.Code != http.StatusOK {
		t.Errorf("afterwards: %d", w.Code)
	}
	for _, id := range []string{"7", "8", "9"} {
		ask("/card/" + id + ".png")
	}
	if len(shelf.kept.kept) != 3 {
		t.Errorf("%d cards are kept: two of a loan and one for all that are not there", len(shelf.kept.kept))
	}
}
