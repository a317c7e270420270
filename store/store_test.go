package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"loanleaf/store"
	"loanleaf/store/storetest"
)

// place is a file in a folder that does not exist before the first import,
// with a name that has to be quoted for SQLite.
type place string

func newPlace(t *testing.T) storetest.Place {
	return place(filepath.Join(t.TempDir(), "a folder", "50% of #1? loans"))
}

func (p place) Create() (storetest.Importer, error) { return store.Create(string(p)) }
func (p place) Open() (storetest.Reader, error)     { return store.Open(string(p)) }

func (p place) MakeSearchable(ctx context.Context, r storetest.Reader) error {
	return r.(*store.Store).MakeSearchable(ctx, string(p)+".search")
}

func TestStoreKeepsTheContract(t *testing.T) { storetest.Run(t, newPlace) }
