package page

import (
	"bytes"
	"compress/gzip"
	"context"
	"sync"

	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/snippet"
)

// weigh fills in what each form costs the readers of the page it is put on.
func (r *Renderer) weigh(ctx context.Context, e *templates.Embedding, loan *kiva.Loan, drawing, badge site.Address) error {
	var document bytes.Buffer
	if err := templates.WidgetDocument(*e.Loan, r.widget).Render(ctx, &document); err != nil {
		return err
	}
	card := templates.Weight{Of: templates.CardWeight, Tenths: tenths(packed(document.Bytes())), Requests: 1}
	if e.Loan.Picture != nil {
		card.Requests++
	}
	scripted := card
	scripted.ScriptTenths = tenths(packed(r.embedScript()))
	scripted.Requests++
	e.Weights = map[snippet.Form]templates.Weight{
		snippet.Frame: card, snippet.Component: scripted, snippet.Quote: scripted, snippet.Address: card, snippet.OEmbed: card,
		snippet.Markdown: {}, snippet.BBCode: {}, snippet.Text: {}, snippet.Email: {},
	}
	if e.Subject.Card == "" {
		if e.Subject.Mail.Picture != nil {
			e.Weights[snippet.Email] = templates.Weight{Requests: 1}
		}
		return nil
	}
	size, err := r.drawnSize(drawing, loan)
	if err != nil {
		return err
	}
	picture := templates.Weight{Of: templates.PictureWeight, Tenths: tenths(size), Requests: 1}
	e.Weights[snippet.BBCode], e.Weights[snippet.Email] = picture, picture
	var body bytes.Buffer
	if err := r.renderDrawn(&body, badge, loan); err != nil {
		return err
	}
	e.Weights[snippet.Markdown] = templates.Weight{Of: templates.BadgeWeight, Tenths: tenths(packed(body.Bytes())), Requests: 1}
	return nil
}

// drawnSizes remembers the sizes of drawn cards, in bytes: to draw one takes some
// 30 ms.
type drawnSizes struct {
	mu    sync.Mutex
	bytes map[site.Address]int
}

// mostSizes bounds what is remembered; then it is begun anew.
const mostSizes = 4096

func (r *Renderer) drawnSize(a site.Address, loan *kiva.Loan) (int, error) {
	r.sizes.mu.Lock()
	size, known := r.sizes.bytes[a]
	r.sizes.mu.Unlock()
	if known {
		return size, nil
	}
	var body bytes.Buffer
	if err := r.renderDrawn(&body, a, loan); err != nil {
		return 0, err
	}
	r.sizes.mu.Lock()
	defer r.sizes.mu.Unlock()
	if r.sizes.bytes == nil || len(r.sizes.bytes) >= mostSizes {
		r.sizes.bytes = map[site.Address]int{}
	}
	r.sizes.bytes[a] = body.Len()
	return body.Len(), nil
}

// packed is the size of a body when it is compressed, in bytes.
func packed(body []byte) int {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(body) // a buffer takes everything
	w.Close()
	return b.Len()
}

// tenths is a number of bytes in tenths of a kilobyte of 1,024 bytes, rounded up.
func tenths(size int) int64 { return int64(size*10+1023) / 1024 }
