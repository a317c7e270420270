package command

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"loanleaf/kiva/snapshot"
	"loanleaf/sample"
	"loanleaf/store"
)

// importVersion is part of a store's key. It grows when the same sources would
// be read differently, so that no old import is used again.
const importVersion = 4

// sampleData is the value of --data that means the embedded sample.
const sampleData = "sample"

// data is the loans of a run, ready to be looked up.
type data struct {
	*store.Store
	summary
	date      time.Time // what counts as now
	report    *os.File  // what was said of single records; open, since another run may replace the file
	documents documents // read beside the loans, by a server
	folder    string    // that the store is in
	temporary string    // a folder to remove when done; empty: none

	stopIndexing func() // ends the making of the search index, and waits for that; nil: it is not being made
}

// Close ends the use of the data.
func (d *data) Close() error {
	if d.stopIndexing != nil {
		d.stopIndexing()
	}
	err := errors.Join(d.Store.Close(), d.report.Close())
	if d.temporary != "" {
		err = errors.Join(err, os.RemoveAll(d.temporary))
	}
	return err
}

// openData finds the store of the sources, or imports them into it.
func (p *Program) openData(ctx context.Context, s *Settings) (*data, error) {
	i := &importing{program: p}
	var err error
	if i.meta.DataDate, err = s.now(); err != nil {
		return nil, err
	}
	if i.excluded, err = readIDs(s.Exclude, s.Private); err != nil {
		return nil, err
	}
	sources, cleanup, err := sourcePaths(s.Data)
	if err != nil {
		return nil, err
	}
	defer cleanup()
	key, err := p.keyOf(ctx, sources, s.Store)
	if denied, ok := errors.AsType[*fs.PathError](err); ok && errors.Is(err, fs.ErrPermission) {
		return nil, withHint(fmt.Errorf("data: %w", denied), "let the user that runs loanleaf read it")
	}
	if err != nil {
		return nil, err
	}
	i.meta.Key = key + "-" + i.how()
	dir, err := p.findStore(s.Store, i.meta.Key)
	if err != nil {
		return nil, err
	}
	if d := dir.reuse(i.meta.Key, p.Now()); d != nil {
		if len(s.Data) > 0 && !s.sample() && !p.again { // no news
			p.note("data unchanged, using what was imported before: %s", counted(d.Counts().Loans, "loan", "loans"))
		}
		return d, nil
	}
	if err := p.makeWritable(&dir); err != nil {
		return nil, err
	}
	d, err := i.into(ctx, dir, sources)
	if err != nil {
		if dir.temporary {
			os.RemoveAll(dir.path)
		}
		return nil, err
	}
	dir.forgetOthers()
	return d, nil
}

// keyOf is the key of what is in the sources. Long files that were read for it are
// remembered beside the stores.
func (p *Program) keyOf(ctx context.Context, sources []string, named string) (string, error) {
	var known *store.Digests
	if path := p.digestsPath(named); path != "" {
		known = store.OpenDigests(path, p.Now())
		defer known.Save() // what cannot be remembered is read again
	}
	return store.Key(ctx, sources, known)
}

// how names everything beside the sources that decides what an import comes
// to, in 16 hexadecimal digits. Of the operator's lists every id counts: one
// that is added must take effect, however long the list.
func (i *importing) how() string {
	ids := make([]int64, 0, len(i.excluded))
	for id := range i.excluded {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	said := fmt.Appendf(nil, "%d %s %s %d", importVersion, version(), i.meta.DataDate.Format(time.DateOnly), ids)
	return fmt.Sprintf("%x", sha256.Sum256(said))[:16]
}

// sourcePaths are the files to read. The sample is written out for it, since
// sources are files; cleanup removes it.
func sourcePaths(given []string) (paths []string, cleanup func(), err error) {
	cleanup = func() {}
	for _, path := range given {
		if path != sampleData {
			if _, err := os.Stat(path); err != nil {
				cleanup()
				return nil, nil, explainMissing(err)
			}
			paths = append(paths, path)
			continue
		}
		dir, err := os.MkdirTemp("", "loanleaf-sample-")
		if err != nil {
			return nil, nil, fmt.Errorf("sample: %w", err)
		}
		before := cleanup
		cleanup = func() { before(); os.RemoveAll(dir) }
		loans, partners := filepath.Join(dir, "sample-loans.jsonl"), filepath.Join(dir, "sample-partners.json")
		if err := errors.Join(os.WriteFile(loans, sample.Loans(), 0o600), os.WriteFile(partners, sample.Partners(), 0o600)); err != nil {
			cleanup()
			return nil, nil, fmt.Errorf("sample: %w", err)
		}
		paths = append(paths, loans, partners)
	}
	return paths, cleanup, nil
}

// explainMissing says what to do about a file that is not there.
func explainMissing(err error) error {
	if _, refused := errors.AsType[*snapshot.RefusedError](err); refused || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	hint := "check the path given with --data, or try the sample: --data sample"
	if missing, ok := errors.AsType[*fs.PathError](err); ok {
		err = fmt.Errorf("%s: %w", missing.Path, missing.Err)
		switch {
		case missing.Path == "":
			err, hint = errors.New("--data: is empty"), "name a file or a folder, or leave it out"
		case strings.Contains(missing.Path, "://"):
			hint = "data is never fetched: download the file, and give its path"
		case missing.Path == "-":
			hint = "standard input is not read: give a file or a folder"
		case strings.Contains(missing.Path, ","):
			hint = "several files are given one by one: --data FILE --data FILE"
		}
	}
	return withHint(err, hint)
}
