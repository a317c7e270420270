package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// suite measures one number of loans after the other.
type suite struct {
	dir, program, self string
	input              string // folder for the snapshots; empty: dir
	only               *regexp.Regexp
	rounds, rate       int
	turn               time.Duration

	loans      int
	ids        []string // a hundredth of the loans'
	everything bool
	plain      bool // sites of a file a page are built too
	table      table
	packs      bool          // the program can pack a site
	whole      time.Duration // processor time of the last build of everything from the store, 0 where none was measured
}

// Folders and files of a run, in the suite's folder.
const (
	dataFolder    = "data"
	changedFolder = "changed" // the newest hundredth
	spreadFolder  = "spread"  // every hundredth
	storeFolder   = "store"
	newStore      = "store-of-changed"
	spreadStore   = "store-of-spread"
	siteFolder    = "site"
	packFolder    = "packed"
	wholeFolder   = "everything"
	twinFolder    = "twin"
	listFile      = "files.txt"
	importedFile  = "imported.sqlite"
)

func (s *suite) at(name string) string {
	switch name {
	case dataFolder, changedFolder, spreadFolder:
		return filepath.Join(cmp.Or(s.input, s.dir), name)
	}
	return filepath.Join(s.dir, name)
}

// drop removes what later stages do not need: memory disks are small.
func (s *suite) drop(names ...string) error {
	for _, name := range names {
		if err := os.RemoveAll(s.at(name)); err != nil {
			return err
		}
	}
	return nil
}

func (s *suite) wants(stage string) bool { return s.only.MatchString(stage) }

func (s *suite) measure(ctx context.Context) error {
	s.table = table{title: fmt.Sprintf("%d loans, --outputs page --languages en unless it says otherwise", s.loans)}
	_, help, err := spend(ctx, s.program, "help", "build")
	if err != nil {
		return err
	}
	s.packs = strings.Contains(help, "--pack")
	fmt.Fprintf(os.Stderr, "%d loans\n", s.loans)
	for _, step := range []func(context.Context) error{s.data, s.reading, s.building, s.changing, s.packing, s.all, s.serving} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	s.table.print()
	return s.drop(dataFolder, changedFolder, spreadFolder, storeFolder, newStore, spreadStore, siteFolder, packFolder, wholeFolder, twinFolder, listFile, importedFile)
}

// data makes the snapshot, and the same with a hundredth of it changed, in two ways.
func (s *suite) data(ctx context.Context) error {
	if _, _, err := spend(ctx, s.program, "sample", "--loans", fmt.Sprint(s.loans), "--out", s.at(dataFolder)); err != nil {
		return err
	}
	if _, _, err := spend(ctx, s.self, "number-loans", s.at(dataFolder)); err != nil {
		return err
	}
	if _, _, err := spend(ctx, s.self, "change-loans", s.at(dataFolder), s.at(changedFolder), "newest"); err != nil {
		return err
	}
	_, ids, err := spend(ctx, s.self, "change-loans", s.at(dataFolder), s.at(spreadFolder), "spread")
	s.ids = strings.Fields(ids)
	return err
}

// reading is what there is before a page is made.
func (s *suite) reading(ctx context.Context) error {
	info, err := os.Stat(filepath.Join(s.at(dataFolder), loansFile))
	if err != nil {
		return err
	}
	var read cost
	if s.wants("read") {
		if read, _, err = spend(ctx, s.self, "read-records", s.at(dataFolder)); err != nil {
			return err
		}
		s.table.add(row{stage: "read and clean JSON", wall: seconds(read.wall), cpu: seconds(read.cpu), peak: megabytes(read.peak), bytes: megabytes(info.Size()),
			rate: fmt.Sprintf("%.0f MB", float64(info.Size())/1e6/read.cpu.Seconds())})
	}
	if s.wants("read") && s.wants("import") {
		taken, _, err := spend(ctx, s.self, "import-loans", s.at(dataFolder), s.at(importedFile))
		if err != nil {
			return err
		}
		stored, err := os.Stat(s.at(importedFile))
		if err != nil {
			return err
		}
		s.table.add(row{stage: "read, and into the store", wall: seconds(taken.wall), cpu: seconds(taken.cpu), peak: megabytes(taken.peak), bytes: megabytes(stored.Size()),
			rate:  perSecond(s.loans, "loans", taken.cpu),
			ratio: "the store alone: " + perSecond(s.loans, "loans/CPU s", taken.cpu-read.cpu)})
	}
	return s.drop(importedFile)
}

// building is the whole of build, and its parts, beside the writing of files.
func (s *suite) building(ctx context.Context) error {
	if !s.plain {
		s.table.notes = append(s.table.notes, "a file a page: left out; see -plain")
		_, err := s.build(ctx, "import and build, packed", dataFolder, packFolder, storeFolder, 0, "--pack")
		return errors.Join(err, s.drop(packFolder))
	}
	if _, err := s.build(ctx, "import and build", dataFolder, siteFolder, storeFolder, 0); err != nil {
		return err
	}
	if !s.wants("build") {
		return nil
	}
	files, bytes, err := listFiles(s.at(siteFolder), s.at(listFile))
	if err != nil {
		return err
	}
	if err := s.drop(siteFolder); err != nil {
		return err
	}
	written, _, err := spend(ctx, s.self, "write-files", s.at(listFile), s.at(twinFolder))
	if err != nil {
		return err
	}
	s.table.add(row{stage: "write as many bytes to files", wall: seconds(written.wall), cpu: seconds(written.cpu), peak: megabytes(written.peak),
		bytes: megabytes(bytes), rate: perSecond(files, "files", written.cpu), ratio: "1"})
	if err := s.drop(twinFolder); err != nil {
		return err
	}
	whole, err := s.build(ctx, "build from the store", dataFolder, siteFolder, storeFolder, written.cpu)
	s.whole = whole.cpu
	return err
}

// changing builds again: nothing new, then a hundredth, as platforms change and spread
// over everything.
func (s *suite) changing(ctx context.Context) error {
	if !s.wants("change") || !s.plain {
		return nil
	}
	return errors.Join(s.again(ctx, "build again", siteFolder), s.drop(siteFolder))
}

// again adds the rows of a site that was built from the data: when nothing changed, when the
// newest hundredth did, and, from the same beginning, every hundredth.
func (s *suite) again(ctx context.Context, stage, out string, more ...string) error {
	for _, step := range []struct{ stage, data, store string }{
		{"nothing changed", dataFolder, storeFolder},
		{"newest 1 % changed", changedFolder, newStore},
		{"", dataFolder, storeFolder},
		{"every 100th changed", spreadFolder, spreadStore},
	} {
		if err := s.imported(ctx, step.data, step.store); err != nil {
			return err
		}
		if step.stage == "" {
			if _, _, err := spend(ctx, s.program, s.buildArgs(step.data, out, step.store, append(more, pageOutputs...)...)...); err != nil {
				return err
			}
			continue
		}
		c, err := s.build(ctx, stage+", "+step.stage, step.data, out, step.store, 0, more...)
		if err != nil {
			return err
		}
		if s.whole > 0 {
			s.table.rows[len(s.table.rows)-1].ratio = fmt.Sprintf("%.1f %% of all", 100*c.cpu.Seconds()/s.whole.Seconds())
		}
	}
	return nil
}

// imported takes loans into a store of theirs, if they are in none, so that what is
// measured is a build alone.
func (s *suite) imported(ctx context.Context, data, store string) error {
	if _, err := os.Stat(s.at(store)); err == nil {
		return nil
	}
	web, err := s.serve(ctx, data, store)
	if err != nil {
		return err
	}
	web.stop()
	return nil
}

// packing is the same with packs, where the program has them.
func (s *suite) packing(ctx context.Context) error {
	if !s.wants("pack") {
		return nil
	}
	if !s.packs {
		s.table.notes = append(s.table.notes, "this program has no packs")
		return nil
	}
	whole, err := s.build(ctx, "packed, from the store", dataFolder, packFolder, storeFolder, 0, "--pack")
	if err != nil {
		return err
	}
	s.whole = whole.cpu
	return errors.Join(s.again(ctx, "packed again", packFolder, "--pack"), s.drop(packFolder))
}

// all is every output in four languages.
func (s *suite) all(ctx context.Context) error {
	if !s.wants("everything") {
		return s.drop(siteFolder, newStore, spreadStore)
	}
	if !s.everything {
		s.table.notes = append(s.table.notes, "all outputs in four languages: left out; see -everything")
		return s.drop(siteFolder, newStore, spreadStore)
	}
	c, _, err := spend(ctx, s.program, s.buildArgs(dataFolder, wholeFolder, storeFolder, "--outputs", "page,widget,oembed", "--languages", "en,es,fr,ar", "--yes")...)
	if err != nil {
		return err
	}
	files, bytes, err := listFiles(s.at(wholeFolder), s.at(listFile))
	if err != nil {
		return err
	}
	s.table.add(row{stage: "everything, four languages", wall: seconds(c.wall), cpu: seconds(c.cpu), peak: megabytes(c.peak), bytes: megabytes(bytes),
		rate: perSecond(files, "files", c.cpu)})
	return s.drop(siteFolder, newStore, spreadStore, wholeFolder)
}

func (s *suite) buildArgs(data, out, store string, more ...string) []string {
	return append([]string{"build", "--data", s.at(data), "--out", s.at(out), "--store", s.at(store), "--base-url", "https://loans.example", "--yes"}, more...)
}

// pageOutputs are what is built unless a row says otherwise.
var pageOutputs = []string{"--outputs", "page", "--languages", "en"}

// build adds a row for one build; against is the processor's time of writing as
// many bytes, 0 where no ratio is meant.
func (s *suite) build(ctx context.Context, stage, data, out, store string, against time.Duration, more ...string) (cost, error) {
	more = append(pageOutputs, more...)
	c, said, err := spend(ctx, s.program, s.buildArgs(data, out, store, more...)...)
	if err != nil {
		return cost{}, err
	}
	_, bytes, err := listFiles(s.at(out), s.at(listFile))
	if err != nil {
		return cost{}, err
	}
	r := row{stage: stage, wall: seconds(c.wall), cpu: seconds(c.cpu), peak: megabytes(c.peak), bytes: megabytes(bytes), rate: perSecond(s.loans, "loans", c.cpu)}
	if against > 0 {
		r.ratio = fmt.Sprintf("%.2f", c.cpu.Seconds()/against.Seconds())
	}
	s.table.add(r)
	if line := strings.TrimSpace(said); line != "" {
		fmt.Fprintln(os.Stderr, "   ", line)
	}
	return c, nil
}
