package command

import (
	"context"
	"os"
	"path/filepath"
)

// searchFile is what the search index of a store is called, beside it.
const searchFile = "search.sqlite"

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
		p.note("pages have no search box: %v; nor for this run alone: %v", err, tempErr)
		return false, nil
	}
	p.note("the search index cannot be kept for the next run (%v)", err)
	return true, nil
}
