package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"loanleaf/store"
)

// findStore is the folder for the store of a key: the one that the operator
// names, else one of its own in the cache directory. Nothing is made yet.
func (p *Program) findStore(named, key string) (storeFolder, error) {
	if named != "" {
		return storeFolder{path: named}, nil
	}
	cache, err := p.CacheDir()
	if err != nil {
		return p.temporaryStore(err)
	}
	return storeFolder{path: store.Dir(cache, key), shared: true}, nil
}

// digestsFile remembers what is in long files, in the folder that the operator names for
// the store, else in the cache directory beside all stores.
const digestsFile = "digests.jsonl"

func (p *Program) digestsPath(named string) string {
	if named != "" {
		return filepath.Join(named, digestsFile)
	}
	cache, err := p.CacheDir()
	if err != nil {
		return ""
	}
	return store.Dir(cache, digestsFile)
}

// temporaryStore is for a machine that has nowhere to keep a store.
func (p *Program) temporaryStore(why error) (storeFolder, error) {
	path, err := os.MkdirTemp("", "loanleaf-store-")
	if err != nil {
		return storeFolder{}, withHint(fmt.Errorf("store: %w", err), nameStore)
	}
	p.note("what is imported cannot be kept for the next run (%v); --store names a folder for it", why)
	return storeFolder{path: path, temporary: true}, nil
}

const nameStore = "name a folder that can be written for the imported loans with --store"

// makeWritable makes the folder, or changes to a temporary one when the cache
// directory cannot be written.
func (p *Program) makeWritable(f *storeFolder) error {
	err := os.MkdirAll(f.path, 0o700)
	if err == nil {
		// It has one name, so that one which was left is found by the next run; and
		// another run may have just removed it.
		probe := f.file(".probe")
		if err = os.WriteFile(probe, nil, 0o600); err == nil {
			if err = os.Remove(probe); errors.Is(err, fs.ErrNotExist) {
				err = nil
			}
		}
	}
	switch {
	case err == nil:
		return nil
	case f.shared:
		*f, err = p.temporaryStore(err)
		return err
	}
	return withHint(fmt.Errorf("store: %w", err), nameStore)
}

// reuse opens a store that was imported from the same sources in the same way,
// and whose report is there; nil when there is none. It notes that it was used.
func (f storeFolder) reuse(key string, now time.Time) *data {
	var d data
	body, err := os.ReadFile(f.file(summaryFile))
	if err != nil || json.Unmarshal(body, &d.summary) != nil || d.Key != key {
		return nil
	}
	if d.report, err = os.Open(f.file(reportFile)); err != nil {
		return nil
	}
	if info, err := d.report.Stat(); err != nil || info.Size() != d.Report {
		d.report.Close()
		return nil
	}
	if d.Store, err = store.Open(f.file(storeFile)); err != nil {
		d.report.Close()
		return nil
	}
	if d.Meta().Key != key {
		d.Close()
		return nil
	}
	d.date, d.folder = d.Meta().DataDate, f.path
	os.Chtimes(f.file(summaryFile), now, now) // a store that cannot be touched is only forgotten sooner
	return &d
}

// storesKept is how many stores of other sources stay in the cache directory.
const storesKept = 3

// keyName is what the folders are called that may be removed again.
var keyName = regexp.MustCompile(`^[0-9a-f]{32}-[0-9a-f]{16}$`)

// forgetOthers removes the stores in the cache directory that were used longest
// ago, and what killed imports left there. A failure costs disk space alone.
func (f storeFolder) forgetOthers() {
	if !f.shared {
		return
	}
	parent := filepath.Dir(f.path)
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	type old struct {
		path string
		used time.Time // zero: it holds no whole store
	}
	var others []old
	for _, entry := range entries {
		if !entry.IsDir() || !keyName.MatchString(entry.Name()) || entry.Name() == filepath.Base(f.path) {
			continue
		}
		other := old{path: filepath.Join(parent, entry.Name())}
		if info, err := os.Stat(filepath.Join(other.path, summaryFile)); err == nil {
			other.used = info.ModTime()
		}
		others = append(others, other)
	}
	slices.SortFunc(others, func(a, b old) int { return b.used.Compare(a.used) })
	for i, other := range others {
		if i >= storesKept || other.used.IsZero() {
			forget(other.path)
		}
	}
}

// forget removes a store's folder, unless an import into it is at work.
func forget(path string) {
	im, err := store.Create(filepath.Join(path, storeFile))
	if err != nil {
		return
	}
	defer im.Abort()
	os.RemoveAll(path)
}
