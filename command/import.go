package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"loanleaf/kiva/snapshot"
	"loanleaf/store"
)

// importing is one import under way.
type importing struct {
	program  *Program
	meta     store.Meta
	excluded map[int64]bool // held back by the operator

	store    *store.Import
	report   *report
	progress *progress
	summary

	read           int
	header, posted time.Time // the newest of each
}

// into reads the sources into a new store. The store takes the place of an old
// one last of all: until then nobody reuses what stands beside it, whose key
// is another.
func (i *importing) into(ctx context.Context, dir storeFolder, sources []string) (_ *data, err error) {
	i.store, err = store.Create(dir.file(storeFile))
	if errors.Is(err, store.ErrBusy) {
		return nil, fmt.Errorf("import: %w", err)
	}
	if err != nil {
		return nil, withHint(fmt.Errorf("import: %w", err), nameStore)
	}
	defer i.store.Abort()
	if d := dir.reuse(i.meta.Key, i.program.Now()); d != nil {
		return d, nil // another process made it a moment ago
	}
	// From here on the folder is ours alone, until the store is committed.
	next := dir.file(reportFile + ".new")
	if i.report, err = createReport(next); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			i.report.file.Close()
			os.Remove(next)
		}
	}()
	if err := i.sources(ctx, sources); err != nil {
		return nil, err
	}
	if i.Report, err = i.report.finish(); err != nil {
		return nil, err
	}
	if err := os.Rename(next, dir.file(reportFile)); err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	i.Key, i.SetAside, i.First = i.meta.Key, i.report.SetAside, i.report.First
	body, err := json.Marshal(i.summary)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	if err := publish(dir.file(summaryFile), body); err != nil {
		return nil, err
	}
	if _, err := i.store.Commit(ctx, i.meta); err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	opened, err := store.Open(dir.file(storeFile))
	if err != nil {
		return nil, fmt.Errorf("imported loans: %w", err)
	}
	if opened.Meta().Key != i.meta.Key {
		return nil, errors.Join(fmt.Errorf("import: %s: %w", dir.path, store.ErrBusy), opened.Close())
	}
	d := &data{Store: opened, summary: i.summary, date: opened.Meta().DataDate, report: i.report.file, folder: dir.path}
	if dir.temporary {
		d.temporary = dir.path
	}
	return d, nil
}

// sources imports all files and folders, and settles what counts as now: the
// date that a snapshot states, else the newest posting, else --now.
func (i *importing) sources(ctx context.Context, paths []string) error {
	i.progress = i.program.progress("reading loans", -1)
	defer i.progress.end()
	for _, path := range paths {
		if err := i.source(ctx, path); err != nil {
			return explainMissing(err)
		}
	}
	switch {
	case !i.header.IsZero():
		i.meta.DataDate = i.header
	case !i.posted.IsZero():
		i.meta.DataDate = i.posted
	}
	return nil
}

// How far a snapshot is read ahead of the store: some 10 MB of long loans.
const recordBatch, recordBatches = 128, 4

// source imports one file or folder.
func (i *importing) source(ctx context.Context, path string) error {
	snap, err := snapshot.Open(path)
	if err != nil {
		return err
	}
	defer snap.Close()
	for record, err := range ahead(snap.Records(), recordBatch, recordBatches) {
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
		if file.Note == "" {
			continue
		}
		if i.PassedOver.Count++; i.PassedOver.Count <= mostShown {
			i.PassedOver.First = append(i.PassedOver.First, file.Name+": "+file.Note)
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
		return i.problem(*r.Problem)
	case r.Header != nil:
		if r.Header.Date.After(i.header) {
			i.header = r.Header.Date
		}
		return nil
	case r.Partner != nil:
		id = r.Partner.ID
		replaced, err = i.store.AddPartner(ctx, r.Partner)
	default:
		id = r.Loan.ID
		if i.excluded[id] {
			i.Excluded++
			return nil
		}
		if r.Loan.Posted.After(i.posted) {
			i.posted = r.Loan.Posted
		}
		replaced, err = i.store.AddLoan(ctx, r.Loan)
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

// problem reports a record that was set aside, unless the operator holds it
// back: a loan that appears nowhere does not appear there either.
func (i *importing) problem(problem snapshot.Problem) error {
	if id, err := strconv.ParseInt(problem.ID, 10, 64); err == nil && i.excluded[id] {
		i.Excluded++
		return nil
	}
	return i.report.add(problem, true)
}

// Names in a store's folder.
const (
	storeFile   = "loans.sqlite"
	reportFile  = "report.jsonl"
	summaryFile = "summary.json"
)

// storeFolder is where a store and what belongs to it lie.
type storeFolder struct {
	path      string
	shared    bool // in the cache directory, among those of other sources
	temporary bool
}

func (f storeFolder) file(name string) string { return filepath.Join(f.path, name) }
