package generator

import (
	"context"
	"errors"
	"fmt"
	"io"

	"golang.org/x/sync/errgroup"

	"loanleaf/generator/page"
	"loanleaf/kiva"
)

// scratcher is a Writer that has room on its drive for what a build needs while it
// runs: *output.Folder, *pack.Writer.
type scratcher interface {
	Scratch() (interface {
		io.ReaderAt
		io.WriterAt
		io.Closer
	}, error)
}

// shelve makes the cards of loans go to a file when the loans' pages are made, for
// lists to take them from there. done gives the file up.
func (b *build) shelve(ctx context.Context) (done func() error, err error) {
	nothing := func() error { return nil }
	s, ok := b.out.(scratcher)
	if !ok || !b.options.Outputs.Page {
		return nothing, nil
	}
	info, err := b.source.ListInfo(ctx, kiva.List{Kind: kiva.AllLoans})
	if errors.Is(err, kiva.ErrNotFound) {
		return nothing, nil
	}
	if err != nil {
		return nil, err
	}
	file, err := s.Scratch()
	if err != nil {
		return nil, err
	}
	b.pages.Shelve(file, info.Count)
	return file.Close, nil
}

// fillShelf makes the cards of the loans whose pages are what they were, if so
// many others changed that most of them are asked for. Elsewhere lists ask for
// the few they need.
func (b *build) fillShelf(ctx context.Context) error {
	there := b.pages.Shelved()
	if b.inputs == nil || !b.options.Outputs.Page || there == b.changed.loans || !b.changed.spread() {
		return nil
	}
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan []int64, b.options.Workers)
	group.Go(func() error {
		defer close(batches)
		next := make([]int64, 0, kiva.PageSize)
		send := func() error {
			select {
			case batches <- next:
				next = make([]int64, 0, kiva.PageSize)
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		for record, err := range b.source.Records(ctx) {
			if err != nil {
				return fmt.Errorf("read loans: %w", err)
			}
			if b.pages.OnShelf(record.ID) {
				continue
			}
			if next = append(next, record.ID); len(next) == cap(next) {
				if err := send(); err != nil {
					return err
				}
			}
		}
		return send()
	})
	for range b.options.Workers {
		group.Go(func() error {
			tray := b.pages.Tray()
			for batch := range batches {
				if err := b.cards(ctx, tray, batch); err != nil {
					return err
				}
			}
			return tray.Empty()
		})
	}
	err := group.Wait()
	b.pages.Shelved()
	return err
}

// cards makes the cards of some loans.
func (b *build) cards(ctx context.Context, tray *page.Tray, ids []int64) error {
	loans, err := b.source.Listings(ctx, ids) // cards need no more
	if err != nil {
		return err
	}
	for i := range loans {
		for _, language := range b.languages {
			if err := tray.Card(ctx, language, &loans[i]); err != nil {
				return err
			}
		}
		if err := tray.Done(loans[i].ID); err != nil {
			return err
		}
	}
	return nil
}
