package generator

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/site"
)

// batchSize is how many loans go to a worker at a time: enough that handing
// them over costs nothing, few enough that they take no memory.
const batchSize = 64

// batch is loans on their way to a worker: as many as batchSize, or all of a section.
type batch struct {
	number  int
	section int64
	loans   []asked
	gone    bool // the last generation had more of the section
}

// worker is what one of them holds on to: a page being written, and cards on their
// way to lists.
type worker struct {
	page bytes.Buffer
	tray *page.Tray
}

// asked is a loan whose pages are asked for.
type asked struct {
	record kiva.Record
	loan   *kiva.Loan // nil: not read yet
	was    page.LoanDigests
	same   bool // the pages would be what they were
}

// loans makes the pages of every loan.
func (b *build) loans(ctx context.Context) error {
	kinds := b.kinds()
	if len(kinds) == 0 {
		return nil
	}
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan *batch, b.options.Workers)
	group.Go(func() error {
		defer close(batches)
		return b.readLoans(ctx, batches)
	})
	for range b.options.Workers {
		group.Go(func() error {
			w := &worker{tray: b.pages.Tray()}
			for batch := range batches {
				if err := b.batch(ctx, w, kinds, batch); err != nil {
					return err
				}
				b.done.Add(int64(len(batch.loans)))
			}
			return w.tray.Empty()
		})
	}
	err := group.Wait()
	b.report()
	return err
}

// readLoans cuts the loans into batches, and tells of progress as it goes.
func (b *build) readLoans(ctx context.Context, batches chan<- *batch) error {
	next := &batch{}
	send := func() error {
		if len(next.loans) == 0 {
			return nil
		}
		if err := b.endOf(next); err != nil {
			return err
		}
		select {
		case batches <- next:
			next = &batch{number: next.number + 1}
			b.report()
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for record, err := range b.records(ctx) {
		if err != nil {
			return fmt.Errorf("read loans: %w", err)
		}
		if b.full(next, record.ID) {
			if err := send(); err != nil {
				return err
			}
		}
		if err := b.take(next, record); err != nil {
			return err
		}
	}
	return send()
}

// full tells whether a loan begins another batch.
func (b *build) full(next *batch, id int64) bool {
	if b.packer == nil {
		return len(next.loans) == batchSize
	}
	return id/b.packer.Span() != next.section
}

// take puts a loan into a batch.
func (b *build) take(next *batch, record kiva.Record) error {
	if b.packer != nil {
		next.section = record.ID / b.packer.Span()
	}
	gone, err := b.last.skip(record.ID)
	if err != nil {
		return err
	}
	was, err := b.last.loan(record.ID)
	next.gone = next.gone || gone
	next.loans = append(next.loans, asked{record: record, was: was})
	return err
}

// endOf looks for what the last generation had at the end of a section.
func (b *build) endOf(next *batch) error {
	if b.packer == nil {
		return nil
	}
	gone, err := b.last.skip((next.section + 1) * b.packer.Span())
	next.gone = next.gone || gone
	return err
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

// batch makes all pages of the loans of a batch.
func (b *build) batch(ctx context.Context, w *worker, kinds []site.Kind, batch *batch) error {
	if err := b.compare(batch); err != nil {
		return err
	}
	if taken, err := b.takeSection(batch); taken || err != nil {
		return err
	}
	for i := range batch.loans {
		if err := b.loan(ctx, w, kinds, &batch.loans[i], batch.loans[i+1:]); err != nil {
			return err
		}
		batch.loans[i] = asked{} // a section is long
	}
	if b.packer == nil {
		return nil
	}
	return b.packer.EndSection(batch.section)
}

// takeSection takes a section of loans over if nothing of it changed.
func (b *build) takeSection(batch *batch) (bool, error) {
	if b.packer == nil || b.inputs == nil || batch.gone || slices.ContainsFunc(batch.loans, func(l asked) bool { return !l.same }) {
		return false, nil
	}
	taken, err := b.packer.TakeSection(batch.section)
	if !taken || err != nil || b.options.Picture == nil {
		return taken, err
	}
	for i := range batch.loans { // pictures are in sections of their own
		if err := b.pictures(&batch.loans[i].record); err != nil {
			return true, err
		}
	}
	return true, nil
}

// compare finds the loans of a batch whose pages are what they were, and notes
// those whose cards are not.
func (b *build) compare(batch *batch) error {
	if b.inputs == nil {
		return nil
	}
	entries := make([]byte, 0, memoLoan*len(batch.loans))
	var changed []int64
	for i := range batch.loans {
		l := &batch.loans[i]
		now := b.inputs.Loan(&l.record, b.partners[l.record.PartnerID])
		l.same = now.Pages == l.was.Pages
		if now.Card != l.was.Card {
			changed = append(changed, l.record.ID)
		}
		entries = appendLoan(entries, l.record.ID, now)
	}
	b.changed.add(len(batch.loans), changed)
	b.next.loans(batch.number, entries)
	return nil
}

// readAhead is how many loans are read at a time: enough that asking costs little.
const readAhead = 64

// read makes sure that the loan is there; of one that changed those of next that
// follow and changed too come with it.
func (b *build) read(ctx context.Context, l *asked, next []asked) error {
	if l.loan != nil {
		return nil
	}
	more := 0
	for !l.same && more < min(len(next), readAhead-1) && !next[more].same {
		if next[more].record.ID/shareSpan != l.record.ID/shareSpan {
			break // what is between them may be another share's
		}
		more++
	}
	end := l.record.ID + 1
	if more > 0 {
		end = next[more-1].record.ID + 1
	}
	found := 0
	for loan, err := range b.source.Loans(ctx, l.record.ID, end) {
		if err != nil {
			return fmt.Errorf("read loans: %w", err)
		}
		at := l
		if found > 0 && found <= more {
			at = &next[found-1]
		}
		if found > more || at.record.ID != loan.ID {
			return fmt.Errorf("read loans: there is a loan %d and no record of it", loan.ID)
		}
		at.loan = &loan
		found++
	}
	if found <= more {
		return fmt.Errorf("read loans: %d of %d from %d on: %w", found, more+1, l.record.ID, kiva.ErrNotFound)
	}
	return nil
}

// loan makes all pages of one loan, and leaves those that are what they were. next
// are the loans after it.
func (b *build) loan(ctx context.Context, w *worker, kinds []site.Kind, l *asked, next []asked) error {
	for _, kind := range kinds {
		for _, language := range b.languages {
			if err := b.loanPage(ctx, w, site.Address{Kind: kind, ID: l.record.ID, Language: language}, l, next); err != nil {
				return err
			}
		}
	}
	if err := w.tray.Done(l.record.ID); err != nil {
		return err
	}
	if b.site.CardIsBuilt(l.record.ID) {
		if err := b.read(ctx, l, next); err != nil {
			return err
		}
		for _, language := range b.languages {
			for _, a := range b.pages.Drawn(l.loan, language) {
				if err := b.loanPage(ctx, w, a, l, next); err != nil {
					return err
				}
			}
		}
	}
	if b.options.Picture == nil {
		return nil
	}
	return b.pictures(&l.record)
}

// loanPage makes one page or drawing of a loan.
func (b *build) loanPage(ctx context.Context, w *worker, a site.Address, l *asked, next []asked) error {
	file := b.site.File(a)
	if l.same {
		if kept, err := b.keeper.Keep(file); kept || err != nil {
			return err
		}
	}
	if err := b.read(ctx, l, next); err != nil {
		return err
	}
	w.page.Reset()
	if err := b.pages.RenderLoanAndCard(ctx, &w.page, w.tray, a, l.loan, b.partners[l.loan.PartnerID]); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return b.out.Write(file, w.page.Bytes())
}

// pictures writes the picture of a loan at the sizes its pages ask for.
func (b *build) pictures(loan *kiva.Record) error {
	if loan.ImageID == 0 {
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
