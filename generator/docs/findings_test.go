package docs

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"loanleaf/site"
)

// TestOfManyFaultsTheNumberIsTold reads a page with more faults than it is told of.
func TestOfManyFaultsTheNumberIsTold(t *testing.T) {
	const faults = 120_000
	tree, told := Read(folder("docs/en/a.md", "# A\n\n"+strings.Repeat("![](b)\n\n", faults), "docs/en/b.md", "# B\n\n[a](nowhere.md)\n"), newSite(t, "en"), site.Doc)
	if len(told) != mostOfFile+2 || tree.Len("") != 2 {
		t.Fatalf("%d are told", len(told))
	}
	last := told[mostOfFile]
	if want := fmt.Sprintf("docs/en/a.md:%d: and %d more warnings of this file, not listed here", 1+2*mostOfFile, faults-mostOfFile); last.String() != want || last.More != faults-mostOfFile {
		t.Errorf("got %s (%d), want %s", last, last.More, want)
	}
	if first := told[0]; first.Line != 3 || first.More != 0 || told[len(told)-1].File != "docs/en/b.md" {
		t.Errorf("got %v", told)
	}
}

// TestWhichFaultsAreToldDoesNotDependOnTheirOrder tells of files what is too much for
// each and for all together, in any order and in parts.
func TestWhichFaultsAreToldDoesNotDependOnTheirOrder(t *testing.T) {
	var all []Finding
	errors := 0
	for file := range 700 {
		for line := range file % 90 {
			f := Finding{Severity: Warning, File: fmt.Sprintf("f%03d.md", file), Line: line, Reason: "is odd"}
			if line%41 == 40 {
				f.Severity = Error
				errors++
			}
			all = append(all, f)
		}
	}
	var want []Finding
	for n := range 4 {
		r := rand.New(rand.NewPCG(uint64(n), 5))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		var whole, part findings
		for i, f := range all {
			if whole.kept > 4*mostOfAll {
				t.Fatalf("%d are held", whole.kept)
			}
			if n == 0 || i < len(all)/2 {
				whole.add(f)
			} else {
				part.add(f)
			}
		}
		whole.merge(&part)
		got := whole.list()
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			t.Fatalf("in another order other faults are told: %d and %d", len(got), len(want))
		}
	}
	count, told := 0, 0
	for _, f := range want {
		count += f.Count()
		if f.Severity == Error && f.More == 0 {
			told++
		}
	}
	if count != len(all) || told != errors || len(want) > mostOfAll+mostOfAll/10 {
		t.Errorf("%d findings stand for %d faults of %d; %d of %d errors are told", len(want), count, len(all), told, errors)
	}
	if last := want[len(want)-1]; last.File != "." || !strings.Contains(last.Reason, "other files, not listed here") {
		t.Errorf("at the end stands %v", last)
	}
}

// TestFaultsTakeLittleMemory adds 300,000, of one file and of many.
func TestFaultsTakeLittleMemory(t *testing.T) {
	for name, files := range map[string]int{"one file": 1, "many files": 20_000} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		var c findings
		for n := range 300_000 {
			c.find(deadLink, fmt.Sprintf("f%05d.md", n%files), n/files, "the link to %q leads nowhere", "/a/b/c")
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		if held := int64(after.HeapAlloc) - int64(before.HeapAlloc); held > 32<<20 {
			t.Errorf("%s: %d MB are held", name, held>>20)
		}
		runtime.KeepAlive(&c)
	}
}

func TestReasonsAreClipped(t *testing.T) {
	_, told := Read(folder("docs/en/a.md", "# A\n\n[a](<"+strings.Repeat("é", 5000)+".md>)\n"), newSite(t, "en"), site.Doc)
	if len(told) != 1 || len(told[0].Reason) > longestReason+len("…") || !strings.HasSuffix(told[0].Reason, "é…") {
		t.Errorf("got %v", told)
	}
}
