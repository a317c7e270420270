package generator

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"loanleaf/generator/output"
	"loanleaf/generator/pack"
	"loanleaf/kiva"
	"loanleaf/store"
)

// spread gives the loans of a world ids that are far apart, so that shares have some
// of them each.
func (w *world) spread() {
	loans := map[int64]kiva.Loan{}
	for i, id := range slices.Sorted(maps.Keys(w.loans)) {
		l := w.loans[id]
		l.ID = int64(i)*700 + 1 + w.random.Int64N(600)
		loans[l.ID] = l
	}
	w.loans = loans
}

// buildShares makes the shares of a world in folders of their own, below dir, and then
// the site that they make together.
func (w *world) buildShares(t *testing.T, loans *store.Store, dir string, n int) output.Report {
	t.Helper()
	shares := make([]string, n)
	for i := range shares {
		shares[i] = fmt.Sprintf("%s.shares/%d-of-%d", dir, i+1, n)
		w.buildShare(t, loans, shares[i], Share{i + 1, n})
	}
	return w.merge(t, loans, dir, shares)
}

func (w *world) buildShare(t *testing.T, loans *store.Store, dir string, share Share) {
	t.Helper()
	s, options := w.site(t)
	folder, packed, commit := w.open(t, dir)
	var out Writer = folder
	if packed != nil {
		out = packed
	}
	if err := BuildShare(t.Context(), s, loans, w.date, out, share, options); err != nil {
		t.Fatal(err)
	}
	commit()
}

func (w *world) merge(t *testing.T, loans *store.Store, dir string, shares []string) output.Report {
	t.Helper()
	s, options := w.site(t)
	folder, packed, commit := w.open(t, dir)
	var parts []*output.Generation
	var memos []io.ReadCloser
	for _, share := range shares {
		part, err := output.OpenGeneration(share)
		if err != nil {
			t.Fatal(err)
		}
		defer part.Close()
		memo, err := part.Memo()
		if err != nil {
			t.Fatal(err)
		}
		parts, memos = append(parts, part), append(memos, memo)
	}
	var out Writer = folder
	var err error
	if packed != nil {
		out = packed
		err = packed.Take(t.Context(), parts)
	} else {
		err = folder.TakeAll(t.Context(), parts, 3)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := Merge(t.Context(), s, loans, w.date, out, memos, options); err != nil {
		t.Fatal(err)
	}
	return commit()
}

// TestSharesTogetherAreTheWholeSite takes a site through a random history, once for
// each number of shares, and compares what they make together with what one build makes
// from nothing, byte for byte. Half of them are packed; with -long all are both, with -short (and the race
// detector) only two and three shares are made.
func TestSharesTogetherAreTheWholeSite(t *testing.T) {
	names := slices.Sorted(maps.Keys(changesOfWorlds))
	for i, n := range []int{1, 2, 3, 7} {
		for _, packed := range []bool{i%2 == 1, i%2 == 0} {
			if !*long && packed != (i%2 == 1) || testing.Short() && n != 2 && n != 3 {
				continue
			}
			t.Run(fmt.Sprintf("%d shares, packed %t", n, packed), func(t *testing.T) {
				w := newWorld(t, uint64(n))
				w.spread()
				w.packed = packed
				dir := filepath.Join(scratch(t), "dist")
				for step := range 3 + 9*btoi(*long) {
					var changed []string
					for range min(2*step, 3) { // nothing before the first build
						name := names[w.random.IntN(len(names))]
						changed = append(changed, name)
						changesOfWorlds[name](w)
					}
					what := fmt.Sprintf("step %d, %s", step, strings.Join(changed, ", "))
					loans := w.store(t)
					report := w.buildShares(t, loans, dir, n)
					fresh := filepath.Join(scratch(t), "fresh")
					_, whole := w.build(t, loans, fresh)
					sameTrees(t, what, tree(t, dir), tree(t, fresh))
					if all := report.Made + report.Changed + report.Kept; all != whole.Made || report.Bytes != whole.Bytes {
						t.Errorf("%s: report %+v, of one build %+v", what, report, whole)
					}
					again := w.buildShares(t, loans, dir, n)
					if again.Swapped || again.Made+again.Changed+again.Removed > 0 {
						t.Errorf("%s: made again of the same, it came to %+v", what, again)
					}
					if t.Failed() {
						return
					}
				}
			})
		}
	}
}

func TestALoanIsInOneShareWithItsWholeSection(t *testing.T) {
	if shareSpan%pack.Span != 0 {
		t.Fatalf("a share has %d ids together, which are no whole sections of %d", shareSpan, pack.Span)
	}
	for _, n := range []int{1, 2, 7, 1000} {
		counts := make([]int, n)
		for id := int64(1); id < 3_000_000; id += 250 {
			shares := 0
			for i := range n {
				if (Share{i + 1, n}).Has(id) {
					counts[i]++
					shares++
				}
			}
			if shares != 1 {
				t.Fatalf("loan %d is in %d of %d shares", id, shares, n)
			}
		}
		if least, most := slices.Min(counts), slices.Max(counts); most-least > 4 {
			t.Errorf("%d shares have from %d to %d loans", n, least, most)
		}
	}
}

func TestWithoutAKnownProgramThereAreNoShares(t *testing.T) {
	w := newWorld(t, 1)
	w.options.Program = ""
	s, options := w.site(t)
	folder, _, _ := w.open(t, filepath.Join(scratch(t), "dist"))
	err := BuildShare(t.Context(), s, w.store(t), w.date, folder, Share{1, 2}, options)
	if err == nil || !strings.Contains(err.Error(), "cannot be told") {
		t.Errorf("a share of an unknown program: %v", err)
	}
	err = Merge(t.Context(), s, w.store(t), w.date, folder, nil, options)
	if err == nil || !strings.Contains(err.Error(), "cannot be told") {
		t.Errorf("merged by an unknown program: %v", err)
	}
}

func TestSharesThatLackLoansAreNotMerged(t *testing.T) {
	w := newWorld(t, 1)
	w.spread()
	loans := w.store(t)
	dir := filepath.Join(scratch(t), "dist")
	w.buildShare(t, loans, dir+".1", Share{1, 2})
	part, err := output.OpenGeneration(dir + ".1")
	if err != nil {
		t.Fatal(err)
	}
	defer part.Close()
	memo, err := part.Memo()
	if err != nil {
		t.Fatal(err)
	}
	s, options := w.site(t)
	folder, _, _ := w.open(t, dir)
	err = Merge(t.Context(), s, loans, w.date, folder, []io.ReadCloser{memo}, options)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("and the data has %d", len(w.loans))) {
		t.Errorf("one share of two: %v", err)
	}
}
