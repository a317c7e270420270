package generator

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"

	"slices"
	"strconv"
	"strings"
	"testing"

	"loanleaf/kiva"
)

var long = flag.Bool("long", false, "take ten sites through random histories, not one")

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestAnyHistoryOfASiteEndsInWhatACleanBuildMakes changes a site at random, many
// times over, and compares what was built on top of itself with what is built
// from nothing, byte for byte.
func TestAnyHistoryOfASiteEndsInWhatACleanBuildMakes(t *testing.T) {
	names := slices.Sorted(maps.Keys(changesOfWorlds))
	for seed := range uint64(1 + 9*btoi(*long)) {
		w := newWorld(t, seed)
		dir := filepath.Join(scratch(t), "dist")
		w.build(t, w.store(t), dir)
		order := w.random.Perm(len(names))
		if testing.Short() {
			order = order[:len(order)/3]
		}
		for step, n := range order {
			changed := []string{names[n]}
			changesOfWorlds[names[n]](w)
			for range w.random.IntN(3) {
				more := names[w.random.IntN(len(names))]
				changed = append(changed, more)
				changesOfWorlds[more](w)
			}
			what := fmt.Sprintf("seed %d, step %d, %s", seed, step, strings.Join(changed, ", "))
			before := tree(t, dir)
			loans := w.store(t)
			_, report := w.build(t, loans, dir)
			fresh := filepath.Join(scratch(t), "fresh")
			w.build(t, loans, fresh)
			got, want := tree(t, dir), tree(t, fresh)
			sameTrees(t, what, got, want)
			if t.Failed() {
				return
			}
			var kept, altered, made int
			for name, body := range got {
				old, was := before[name]
				switch {
				case strings.HasPrefix(name, ".loanleaf/"):
				case !was:
					made++
				case old == body:
					kept++
				default:
					altered++
				}
			}
			if report.Kept != kept || report.Changed != altered || report.Made != made {
				t.Errorf("%s: report %+v, want %d made, %d changed, %d kept", what, report, made, altered, kept)
			}
		}
	}
}

// TestAnyHistoryOfAPackedSiteEndsInWhatACleanBuildMakes does so with packed sites, and
// compares what comes out of them with a plain one. Now and then the site is plain
// for a generation.
func TestAnyHistoryOfAPackedSiteEndsInWhatACleanBuildMakes(t *testing.T) {
	names := slices.Sorted(maps.Keys(changesOfWorlds))
	for seed := range uint64(1 + 9*btoi(*long)) {
		w := newWorld(t, seed+100)
		dir := filepath.Join(scratch(t), "dist")
		w.packed = true
		w.build(t, w.store(t), dir)
		steps := 12
		if testing.Short() {
			steps = 3
		}
		for step := range steps {
			var changed []string
			for range 1 + w.random.IntN(2) {
				more := names[w.random.IntN(len(names))]
				changed = append(changed, more)
				changesOfWorlds[more](w)
			}
			what := fmt.Sprintf("seed %d, step %d, %s", seed, step, strings.Join(changed, ", "))
			loans := w.store(t)
			if step == steps*7/12 {
				w.packed = false
				w.build(t, loans, dir)
				w.packed = true
			}
			w.build(t, loans, dir)
			fresh, plain := filepath.Join(scratch(t), "fresh"), filepath.Join(scratch(t), "plain")
			w.build(t, loans, fresh)
			sameTrees(t, what, tree(t, dir), tree(t, fresh))
			w.packed = false
			w.build(t, loans, plain)
			w.packed = true
			want := tree(t, plain)
			delete(want, ".loanleaf/inputs")
			sameTrees(t, what+", unpacked", unpack(t, dir), want)
			if t.Failed() {
				return
			}
		}
	}
}

// TestAPageForgetsTheCardThatIsNotDrawnAnyMore changes what nothing but a question
// about each loan tells.
func TestAPageForgetsTheCardThatIsNotDrawnAnyMore(t *testing.T) {
	w := newWorld(t, 1)
	loans := w.store(t)
	w.options.Outputs = Outputs{Page: true}
	dir, fresh := filepath.Join(scratch(t), "dist"), filepath.Join(scratch(t), "fresh")
	w.build(t, loans, dir)
	w.cards = map[int64]bool{w.any().ID: true}
	w.build(t, loans, dir)
	w.build(t, loans, fresh)
	sameTrees(t, "other cards", tree(t, dir), tree(t, fresh))
}

// TestCardsOfListsAreDrawnAgainWhenTheirLoansChanged counts what is drawn of lists
// after what.
func TestCardsOfListsAreDrawnAgainWhenTheirLoansChanged(t *testing.T) {
	w := newWorld(t, 1)
	w.config.ListCards, w.cards = true, nil
	var loan kiva.Loan
	for id, l := range sorted(w.loans) { // one raises funds, five do not
		switch {
		case l.Status == kiva.Fundraising && loan.ID == 0:
			loan = l
		case l.Status == kiva.Fundraising || len(w.loans) > 6:
			delete(w.loans, id)
		}
	}
	dir := filepath.Join(scratch(t), "dist")
	drawn := func(made []string) (n int) {
		for _, name := range made {
			if strings.HasPrefix(name, "card/") && name != "card/site.png" || strings.HasPrefix(name, "badge/") {
				n++
			}
		}
		return n
	}
	first, _ := w.build(t, w.store(t), dir)
	if n := drawn(first); n < 20 {
		t.Fatalf("%d drawings of lists", n)
	}
	for _, c := range []struct {
		name   string
		change func()
		drawn  int
	}{
		{"nothing changed", func() {}, 0},
		{"a story changed", func() { loan.Story = []kiva.Text{{Language: "en", Body: "Another."}}; w.loans[loan.ID] = loan }, 0},
		{"money came", func() { loan.Raised.Units++; w.loans[loan.ID] = loan }, 4 * 3}, // newest, country, sector, partner
		{"another day", func() { w.date = w.date.AddDate(0, 0, 1) }, drawn(first)},
	} {
		c.change()
		loans := w.store(t)
		made, _ := w.build(t, loans, dir)
		if n := drawn(made); n != c.drawn {
			t.Errorf("%s: %d drawings were made, want %d: %q", c.name, n, c.drawn, made)
		}
		fresh := filepath.Join(scratch(t), "fresh")
		w.build(t, loans, fresh)
		sameTrees(t, c.name, tree(t, dir), tree(t, fresh))
	}
}

// TestOnlyWhatChangedIsMade says which pages are made again after what.
func TestOnlyWhatChangedIsMade(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(w *world, loan *kiva.Loan)
		pages  int // of loans, at most
		lists  bool
	}{
		{"nothing changed", func(*world, *kiva.Loan) {}, 0, false},
		{"a story changed", func(_ *world, l *kiva.Loan) { l.Story = []kiva.Text{{Language: "en", Body: "Another."}} }, 4, false},
		{"a use changed", func(_ *world, l *kiva.Loan) { l.Use = "to buy seeds" }, 4, true},
		{"the totals of all partners changed", changesOfWorldsOf("a partner's totals"), 0, false},
		{"a loan was taken away", func(w *world, l *kiva.Loan) { delete(w.loans, l.ID); l.ID = 0 }, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, 1)
			dir := filepath.Join(scratch(t), "dist")
			all, _ := w.build(t, w.store(t), dir)
			loan := w.any()
			id := loan.ID
			c.change(w, &loan)
			if loan.ID != 0 {
				w.loans[id] = loan
			}
			again, _ := w.build(t, w.store(t), dir)
			pages, lists := 0, 0
			for _, name := range again {
				_, number := strconv.Atoi(strings.TrimSuffix(path.Base(name), path.Ext(name)))
				switch folder := path.Dir(name); {
				case folder == "lend" || folder == "embed" && number == nil || folder == "services/oembed/lend":
					pages++
				case strings.Contains(name, "page/"):
					lists++
				}
			}
			if pages > c.pages || lists > 0 != c.lists || len(again) > len(all)/2 {
				t.Errorf("%d pages of loans and %d of lists were made, of %d: %q", pages, lists, len(all), again)
			}
		})
	}
}

func changesOfWorldsOf(name string) func(*world, *kiva.Loan) {
	return func(w *world, _ *kiva.Loan) { changesOfWorlds[name](w) }
}

// TestWithoutAMemoThatFitsEveryPageIsMade damages what the last build left.
func TestWithoutAMemoThatFitsEveryPageIsMade(t *testing.T) {
	w := newWorld(t, 1)
	loans := w.store(t)
	whole := filepath.Join(scratch(t), "dist")
	all, _ := w.build(t, loans, whole)
	const memo, manifest = ".loanleaf/inputs", ".loanleaf/manifest"
	other := filepath.Join(scratch(t), "dist")
	w.config.Name = "Others"
	w.build(t, loans, other)
	w.config.Name = "Loans"
	left := tree(t, whole)
	for name, damage := range map[string]func(dir string) error{
		"it is gone":          func(dir string) error { return os.Remove(dir + memo) },
		"it is empty":         func(dir string) error { return os.WriteFile(dir+memo, nil, 0o644) },
		"it is cut":           func(dir string) error { return os.Truncate(dir+memo, int64(len(left[memo])/2)) },
		"a bit is another":    func(dir string) error { return os.WriteFile(dir+memo, flipped(left[memo]), 0o644) },
		"it is of other site": func(dir string) error { return copyFile(other+"/"+memo, dir+memo) },
		"the manifest is of another generation": func(dir string) error {
			lines := strings.SplitAfter(left[manifest], "\n")
			lines[1] = strings.Repeat("0", 64) + lines[1][64:]
			return os.WriteFile(dir+manifest, []byte(strings.Join(lines, "")), 0o644)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(scratch(t), "dist")
			if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
				t.Fatal(err)
			}
			if err := damage(dir + "/"); err != nil {
				t.Fatal(err)
			}
			made, _ := w.build(t, loans, dir)
			if !slices.Equal(made, all) {
				t.Errorf("%d of %d files were made", len(made), len(all))
			}
			sameTrees(t, name, tree(t, dir), left)
			if made, _ = w.build(t, loans, dir); len(made) > len(all)/2 {
				t.Errorf("%d of %d files were made when it was whole again", len(made), len(all))
			}
		})
	}
}

func flipped(body string) []byte {
	b := []byte(body)
	b[len(b)/3] ^= 1
	return b
}

func copyFile(from, to string) error {
	body, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, body, 0o644)
}

// TestFilesEditedByHandAreMadeAgain edits pages of which nothing changed.
func TestFilesEditedByHandAreMadeAgain(t *testing.T) {
	w := newWorld(t, 1)
	loans := w.store(t)
	dir := filepath.Join(scratch(t), "dist")
	w.build(t, loans, dir)
	want := tree(t, dir)
	page := fmt.Sprintf("%s/lend/%d.html", dir, w.any().ID)
	if err := os.WriteFile(page, bytes.ToUpper([]byte(want[strings.TrimPrefix(page, dir+"/")])), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(dir + "/page/1.html"); err != nil {
		t.Fatal(err)
	}
	w.build(t, loans, dir)
	sameTrees(t, "after an edit by hand", tree(t, dir), want)
}
