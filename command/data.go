package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"loanleaf/kiva/snapshot"
	"loanleaf/sample"
	"loanleaf/store"
)

// importVersion is part of a store's key. It grows when the same sources would
// be read differently, so that no old import is used again.
const importVersion = 1

// Names in a store's folder.
const (
	storeFile   = "loans.db"
	reportFile  = "report.jsonl"
	summaryFile = "summary.json"
)

// sampleData is the value of --data that means the embedded sample.
const sampleData = "sample"

// data is the loans of a run, ready to be looked up.
type data struct {
	*store.Store
	summary
	date   time.Time // what counts as now
	report string    // path of the report
	sample bool      // the embedded sample is among the sources
}

// openData finds the store of the sources, or imports them into it.
func (p *Program) openData(ctx context.Context, s *Settings) (_ *data, err error) {
	now, err := s.now()
	if err != nil {
		return nil, err
	}
	sources, isSample, cleanup, err := sourcePaths(s.Data)
	if err != nil {
		return nil, err
	}
	defer cleanup()
	key, err := store.Key(sources)
	if err != nil {
		return nil, explainMissing(err)
	}
	held, err := heldBack(s.Exclude, s.Private)
	if err != nil {
		return nil, err
	}
	key += fmt.Sprintf("-%d-%s-%s", importVersion, s.Now, held)
	dir, err := p.storeDir(s, key)
	if err != nil {
		return nil, err
	}
	d := &data{report: filepath.Join(dir, reportFile), sample: isSample}
	if d.reuse(dir, key) {
		p.note("data unchanged, using what was imported before: %s", counted(d.Counts().Loans, "loan", "loans"))
		return d, nil
	}
	if err := p.importData(ctx, s, sources, dir, store.Meta{Key: key, DataDate: now}, d); err != nil {
		return nil, err
	}
	d.Store, err = store.Open(filepath.Join(dir, storeFile))
	if err != nil {
		return nil, fmt.Errorf("imported loans: %w", err)
	}
	d.date = d.Meta().DataDate
	return d, nil
}

// sourcePaths are the files to read. The sample is written out for it, since
// sources are files.
func sourcePaths(given []string) (paths []string, isSample bool, cleanup func(), err error) {
	cleanup = func() {}
	for _, path := range given {
		if path != sampleData {
			paths = append(paths, path)
			continue
		}
		isSample = true
		dir, err := os.MkdirTemp("", "loanleaf-sample-")
		if err != nil {
			return nil, false, cleanup, fmt.Errorf("sample: %w", err)
		}
		cleanup = func() { os.RemoveAll(dir) }
		for name, body := range map[string][]byte{"sample-loans.jsonl": sample.Loans(), "sample-partners.json": sample.Partners()} {
			if err := os.WriteFile(filepath.Join(dir, name), body, 0o600); err != nil {
				cleanup()
				return nil, false, func() {}, fmt.Errorf("sample: %w", err)
			}
		}
		paths = append(paths, filepath.Join(dir, "sample-loans.jsonl"), filepath.Join(dir, "sample-partners.json"))
	}
	return paths, isSample, cleanup, nil
}

// storeDir is the folder of the store with this key.
func (p *Program) storeDir(s *Settings, key string) (string, error) {
	dir := s.Store
	if dir == "" {
		cache, err := p.CacheDir()
		if err != nil {
			return "", withHint(fmt.Errorf("there is no cache directory: %w", err), "name a folder for the imported loans with --store")
		}
		dir = store.Dir(cache, key)
		forgetOldStores(filepath.Dir(dir), filepath.Base(dir))
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("store: %w", err)
	}
	return dir, nil
}

// storesKept is how many stores of other sources stay in the cache directory.
const storesKept = 3

// forgetOldStores removes the stores that were imported longest ago. Only
// folders that hold a store are touched; a failure costs disk space alone.
func forgetOldStores(dir, keep string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	type old struct {
		path string
		made time.Time
	}
	var stores []old
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		info, err := os.Lstat(filepath.Join(path, storeFile))
		if err == nil && info.Mode().IsRegular() && entry.Name() != keep {
			stores = append(stores, old{path, info.ModTime()})
		}
	}
	for len(stores) > storesKept {
		oldest := 0
		for i := range stores {
			if stores[i].made.Before(stores[oldest].made) {
				oldest = i
			}
		}
		for _, name := range []string{storeFile, reportFile, summaryFile} {
			os.Remove(filepath.Join(stores[oldest].path, name))
		}
		os.Remove(stores[oldest].path)
		stores = append(stores[:oldest], stores[oldest+1:]...)
	}
}

// reuse opens a store that was imported from the same sources.
func (d *data) reuse(dir, key string) bool {
	body, err := os.ReadFile(filepath.Join(dir, summaryFile))
	if err != nil || json.Unmarshal(body, &d.summary) != nil {
		return false
	}
	opened, err := store.Open(filepath.Join(dir, storeFile))
	if err != nil {
		return false
	}
	if opened.Meta().Key != key || d.Key != key {
		opened.Close()
		return false
	}
	d.Store, d.date = opened, opened.Meta().DataDate
	return true
}

// importData reads the sources into a new store, which takes the place of an
// old one when all is read.
func (p *Program) importData(ctx context.Context, s *Settings, sources []string, dir string, meta store.Meta, d *data) (err error) {
	out, err := createReport(d.report)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.close()) }()
	os.Remove(filepath.Join(dir, summaryFile)) // until it is written again, nothing is reused
	into, err := store.Create(filepath.Join(dir, storeFile))
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer into.Abort()
	run := &importing{program: p, into: into, report: out, progress: p.progress("reading loans", -1)}
	if run.excluded, err = readIDs(s.Exclude, s.Private); err != nil {
		return err
	}
	for _, path := range sources {
		if err := run.source(ctx, path); err != nil {
			run.progress.end()
			return explainMissing(err)
		}
	}
	run.progress.end()
	switch {
	case !run.header.IsZero():
		meta.DataDate = run.header
	case !run.posted.IsZero():
		meta.DataDate = run.posted
	}
	if _, err := into.Commit(ctx, meta); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	d.summary = summary{Key: meta.Key, SetAside: out.SetAside, First: out.First, Notes: run.notes, Excluded: run.skipped}
	body, err := json.Marshal(d.summary)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, summaryFile), body, 0o644); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return nil
}

// explainMissing says what to do about a file that is not there.
func explainMissing(err error) error {
	var refused *snapshot.RefusedError
	if errors.Is(err, fs.ErrNotExist) && !errors.As(err, &refused) {
		return withHint(err, "check the path given with --data, or try the sample: --data sample")
	}
	return err
}

// importing is one import under way.
type importing struct {
	program  *Program
	into     *store.Import
	report   *report
	progress *progress
	excluded map[int64]bool

	read, skipped  int
	header, posted time.Time
	notes          []string
}

// source imports one file or folder.
func (i *importing) source(ctx context.Context, path string) error {
	snap, err := snapshot.Open(path)
	if err != nil {
		return err
	}
	defer snap.Close()
	for record, err := range snap.Records() {
		if err != nil {
			return err
		}
		if err := i.record(ctx, record); err != nil {
			return err
		}
		if i.read++; i.read%512 == 0 {
			i.progress.at(i.read)
			if ctx.Err() != nil {
				return ctx.Err()
			}
		}
	}
	for _, file := range snap.Files() {
		if file.Note != "" {
			i.notes = append(i.notes, file.Name+": "+file.Note)
		}
	}
	return nil
}

func (i *importing) record(ctx context.Context, r snapshot.Record) error {
	var id int64
	var replaced bool
	var err error
	switch {
	case r.Problem != nil:
		return i.report.add(*r.Problem, true)
	case r.Header != nil:
		if r.Header.Date.After(i.header) {
			i.header = r.Header.Date
		}
		return nil
	case r.Partner != nil:
		id = r.Partner.ID
		replaced, err = i.into.AddPartner(ctx, r.Partner)
	default:
		id = r.Loan.ID
		if i.excluded[id] {
			i.skipped++
			return nil
		}
		if r.Loan.Posted.After(i.posted) {
			i.posted = r.Loan.Posted
		}
		replaced, err = i.into.AddLoan(ctx, r.Loan)
	}
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	if replaced {
		return i.report.add(snapshot.Problem{Place: r.Place, ID: strconv.FormatInt(id, 10), Field: "id",
			Reason: "was read before; this record takes the place of the earlier one"}, false)
	}
	return nil
}
