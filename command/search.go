package command

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
)

// searchFile is what the search index of a store is called, beside it.
const searchFile = "search.sqlite"

// indexedAtOnce is how many loans are indexed before a server answers: the index of
// so many takes less than half a second. Of more it is made while pages are
// served already, and searches are told to come back until it is there.
const indexedAtOnce = 10_000

// searchable tells whether the site is given a search box. The index is there then, or
// is being made until [data.Close].
func (p *Program) searchable(ctx context.Context, d *data, log *slog.Logger) (bool, error) {
	if d.OpenIndex(filepath.Join(d.folder, searchFile)) == nil {
		return true, nil
	}
	if d.Counts().Loans <= indexedAtOnce {
		return p.makeSearchable(ctx, d)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	d.stopIndexing = func() { stop(); <-ended }
	began := p.Now()
	go func() {
		defer close(ended)
		switch made, err := p.makeSearchable(ctx, d); {
		case made:
			log.Info("the search index is made", "loans", d.Counts().Loans, "took", p.Now().Sub(began))
		case err == nil:
			log.Error("searches cannot be answered, since there is no place for their index")
		}
	}()
	return true, nil
}

// makeSearchable gives the loans of a run a search index: the one beside their
// store, or one that lasts as long as the run where none can be kept there. A
// site without a search is better than none, so that both failing is a note;
// only a run that is being stopped gives an error.
func (p *Program) makeSearchable(ctx context.Context, d *data) (bool, error) {
	err := d.MakeSearchable(ctx, filepath.Join(d.folder, searchFile))
	if err == nil || ctx.Err() != nil {
		return err == nil, err
	}
	temporary, tempErr := os.MkdirTemp("", "loanleaf-search-")
	if tempErr == nil {
		tempErr = d.MakeSearchable(ctx, filepath.Join(temporary, searchFile))
		os.RemoveAll(temporary) // what is open stays readable
	}
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case tempErr != nil:
		p.note("loans cannot be searched: %v; nor for this run alone: %v", err, tempErr)
		return false, nil
	}
	p.note("the search index cannot be kept for the next run (%v)", err)
	return true, nil
}
