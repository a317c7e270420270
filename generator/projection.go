package generator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"loanleaf/kiva"
	"loanleaf/site"
)

// Projection says what a build would write. The number of files is exact but
// for pictures that loans share and cards of some loans alone; the bytes are those of a sample, multiplied.
type Projection struct {
	Loans   int
	Files   int
	Bytes   int64
	Sampled int // loans whose pages were made to know the bytes
}

// How many loans, and how many other pages, are made for a projection: with Sampled the
// mean is within a few percent, for some tenths of a second of work; with SampledFew the
// bytes are a guess.
const (
	Sampled    = 256
	SampledFew = 8
)

// Project says what Build would write with the same arguments, and writes
// nothing. sampled is how many loans, and how many other pages, it makes to know that.
func Project(ctx context.Context, s *site.Site, source Source, dataDate time.Time, o Options, sampled int) (Projection, error) {
	var sample weighed
	b := newBuild(s, source, dataDate, &sample, o)
	if err := b.loadPartners(ctx); err != nil {
		return Projection{}, err
	}
	var p Projection
	info, err := source.ListInfo(ctx, kiva.List{Kind: kiva.AllLoans})
	if err != nil && !errors.Is(err, kiva.ErrNotFound) {
		return p, err
	}
	p.Loans, p.Sampled = info.Count, min(info.Count, sampled)
	if err := b.sampleLoans(ctx, p); err != nil {
		return p, err
	}
	p.add(sample.take(), p.Sampled, p.Loans)
	pages, made, err := b.sampleOthers(ctx, sampled)
	if err != nil {
		return p, err
	}
	p.add(sample.take(), made, pages)
	if err := errors.Join(b.assets(), b.hosting()); err != nil {
		return p, err
	}
	p.add(sample.take(), 1, 1)
	return p, nil
}

// add multiplies what was made of some by how many there are.
func (p *Projection) add(made weight, of, all int) {
	if of == 0 {
		return
	}
	p.Files += int(int64(made.files) * int64(all) / int64(of))
	p.Bytes += made.bytes * int64(all) / int64(of)
}

// sampleLoans makes the pages of loans spread evenly over the list of all.
func (b *build) sampleLoans(ctx context.Context, p Projection) error {
	kinds := b.kinds()
	w := &worker{tray: b.pages.Tray()}
	for i := range p.Sampled {
		place := int(int64(i) * int64(p.Loans) / int64(p.Sampled))
		ids, err := b.source.PageIDs(ctx, kiva.List{Kind: kiva.AllLoans}, place/kiva.PageSize+1)
		if err != nil {
			return err
		}
		loan, err := b.source.Loan(ctx, ids[place%kiva.PageSize])
		if err != nil {
			return err
		}
		if err := b.loan(ctx, w, kinds, &asked{record: kiva.Record{ID: loan.ID, ImageID: loan.ImageID}, loan: &loan}, nil); err != nil {
			return err
		}
	}
	return nil
}

// sampleOthers counts the pages that are not a loan's, and makes some of them.
func (b *build) sampleOthers(ctx context.Context, sampled int) (pages, made int, err error) {
	var all []site.Address
	for a, err := range b.pages.Walk(ctx, b.languages) {
		if err != nil {
			return 0, 0, err
		}
		if b.wanted(a) {
			all = append(all, a)
		}
	}
	made = min(len(all), sampled)
	var w bytes.Buffer
	for i := range made {
		if err := b.other(ctx, &w, all[int(int64(i)*int64(len(all))/int64(made))]); err != nil {
			return 0, 0, fmt.Errorf("projection: %w", err)
		}
	}
	return len(all), made, nil
}

// weight is a number of files and their bytes.
type weight struct {
	files int
	bytes int64
}

// weighed is a Writer that keeps the weight of what it is given.
type weighed struct {
	mu sync.Mutex
	weight
}

func (w *weighed) Write(_ string, body []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files++
	w.bytes += int64(len(body))
	return nil
}

// take gives the weight so far and begins anew.
func (w *weighed) take() weight {
	w.mu.Lock()
	defer w.mu.Unlock()
	taken := w.weight
	w.weight = weight{}
	return taken
}
