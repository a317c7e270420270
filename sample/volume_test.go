package sample

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestTheFirstLoansOfSeedOneStayAsTheyAre(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, 3, 1); err != nil {
		t.Fatal(err)
	}
	golden(t, "seed1-3.jsonl", out.Bytes())
}

func TestALoanDependsOnSeedAndPlaceAlone(t *testing.T) {
	var long, again, short, other bytes.Buffer
	for _, w := range []struct {
		out  *bytes.Buffer
		n    int
		seed uint64
	}{{&long, 700, 5}, {&again, 700, 5}, {&short, 123, 5}, {&other, 123, 6}} {
		if err := Write(w.out, w.n, w.seed); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(long.Bytes(), again.Bytes()) {
		t.Error("the same number and seed gave other bytes")
	}
	if !bytes.HasPrefix(long.Bytes(), short.Bytes()) {
		t.Error("123 loans are not the first 123 of 700")
	}
	if bytes.HasPrefix(other.Bytes(), short.Bytes()[:2000]) {
		t.Error("another seed gave the same loans")
	}
}

func TestNoLoansAreNoLines(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out, 0, 1); err != nil || out.Len() != 0 {
		t.Errorf("wrote %q, %v", out.String(), err)
	}
	if err := Write(&out, -1, 1); err == nil {
		t.Error("-1 loans were written without a word")
	}
}

type brokenPipe struct{ after int }

var errBroken = errors.New("pipe broken")

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.after--; b.after < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

func TestAWriterThatFailsEndsTheVolumeWithItsCause(t *testing.T) {
	err := Write(&brokenPipe{after: 1}, 100_000, 1)
	if !errors.Is(err, errBroken) || !strings.Contains(err.Error(), "near loan") {
		t.Errorf("got %v", err)
	}
}

// twentyThousand is the volume of seed 1 that two tests look at; parsing it is most of their time.
func twentyThousand(t *testing.T) []record {
	twentyThousandOnce.Do(func() { twentyThousandRecords = volume(t, 20_000, 1) })
	return twentyThousandRecords
}

var (
	twentyThousandOnce    sync.Once
	twentyThousandRecords []record
)

func TestEveryLoanOfAVolumeHoldsTogether(t *testing.T) {
	last := int64(0)
	gaps := 0
	stories := map[string]bool{}
	for _, r := range twentyThousand(t) {
		checkMoney(t, r)
		checkTime(t, r)
		if r.ID <= last {
			t.Fatalf("loan %d comes after %d", r.ID, last)
		}
		if r.ID > last+1 {
			gaps++
		}
		last = r.ID
		if r.Name == nil {
			if r.Description != nil || r.Image != nil || r.Use != "" || len(r.Borrowers) > 0 {
				t.Errorf("loan %d is anonymous, but tells of its borrower", r.ID)
			}
			continue
		}
		for l, text := range r.Description.Texts {
			if n := len([]rune(text)); n < 150 || n > 2500 {
				t.Errorf("loan %d: %d characters of %s", r.ID, n, l)
			}
			if strings.ContainsAny(text, "{}[]|") {
				t.Errorf("loan %d: a blank was left open: %s", r.ID, text)
			}
			if stories[text] {
				t.Errorf("loan %d tells a story that was told before", r.ID)
			}
			stories[text] = true
		}
		if r.Status == "fundraising" != (r.Basket != nil) {
			t.Errorf("loan %d is %s; basket_amount %v", r.ID, r.Status, r.Basket)
		}
		if (r.Terms.Liability.Exchange == "shared") != (r.Terms.Liability.Rate != nil) {
			t.Errorf("loan %d: coverage rate without a shared loss, or the reverse", r.ID)
		}
	}
	if gaps == 0 {
		t.Error("ids are consecutive")
	}
}

// A translation must tell the same story: as many paragraphs, and the same numbers.
func TestTranslationsSayTheSame(t *testing.T) {
	digits := regexp.MustCompile(`\d+`)
	compared := map[string]int{}
	for _, r := range twentyThousand(t) {
		if r.Description == nil || len(r.Description.Texts) < 2 {
			continue
		}
		original := r.Description.Languages[0]
		compared[original]++
		var told [2]string
		for i, text := range []string{r.Description.Texts[original], r.Description.Texts["en"]} {
			breaks := strings.Count(text, "<br") + strings.Count(text, "\n")
			numbers := digits.FindAllString(text, -1)
			slices.Sort(numbers) // languages order a sentence differently
			told[i] = fmt.Sprintf("%v in %d breaks", numbers, breaks)
		}
		if told[0] != told[1] {
			t.Errorf("loan %d: %s tells %q, English %q", r.ID, original, told[0], told[1])
		}
	}
	for _, l := range []string{"es", "fr", "ru", "pt"} {
		if compared[l] == 0 {
			t.Errorf("no translation from %s was there to compare", l)
		}
	}
}

// shareCheck is a share of all loans (or of the named ones), in percent, and how far off it may be.
type shareCheck struct {
	what           string
	want, within   float64
	holds          func(record) bool
	amongNamedOnly bool
}

func TestSharesAreThoseOfARealSnapshot(t *testing.T) {
	status := func(s string) func(record) bool { return func(r record) bool { return r.Status == s } }
	sector := func(s string) func(record) bool { return func(r record) bool { return r.Sector == s } }
	country := func(s string) func(record) bool { return func(r record) bool { return r.Location.Code == s } }
	told := func(s string) func(record) bool {
		return func(r record) bool { return r.Description.Languages[0] == s }
	}
	interval := func(s string) func(record) bool { return func(r record) bool { return r.Terms.Interval == s } }
	tagged := func(s string) func(record) bool {
		return func(r record) bool {
			return slices.ContainsFunc(r.Tags, func(t struct{ Name string }) bool { return t.Name == s })
		}
	}
	alone := func(gender string) func(record) bool {
		return func(r record) bool { return len(r.Borrowers) == 1 && r.Borrowers[0].Gender == gender }
	}
	checks := []shareCheck{
		{"fundraising", 0.25, 0.15, status("fundraising"), false},
		{"funded and what follows", 95.1, 0.8, func(r record) bool {
			return slices.Contains([]string{"funded", "in_repayment", "paid", "defaulted"}, r.Status)
		}, false},
		{"expired", 4.2, 0.6, status("expired"), false},
		{"refunded", 0.46, 0.2, status("refunded"), false},
		{"agriculture", 27, 1.5, sector("Agriculture"), false},
		{"food", 20, 1.5, sector("Food"), false},
		{"retail", 20, 1.5, sector("Retail"), false},
		{"services", 7, 1, sector("Services"), false},
		{"Philippines", 21.7, 1.5, country("PH"), false},
		{"Kenya", 11, 1, country("KE"), false},
		{"told in English", 69.3, 2, told("en"), true},
		{"told in Spanish", 22.1, 1.5, told("es"), true},
		{"told in French", 5.3, 1, told("fr"), true},
		{"told in Russian", 2.7, 0.6, told("ru"), true},
		{"told in Portuguese", 0.55, 0.3, told("pt"), true},
		{"a woman alone", 64.8, 1.5, alone("F"), true},
		{"a man alone", 19.9, 1.5, alone("M"), true},
		{"a group", 15.3, 1.5, func(r record) bool { return len(r.Borrowers) > 1 }, true},
		{"monthly", 54.8, 2, interval("Monthly"), false},
		{"irregular", 37.3, 2, interval("Irregularly"), false},
		{"at end of term", 7.9, 1, interval("At end of term"), false},
		{"direct", 1.05, 0.4, func(r record) bool { return r.Partner == nil }, false},
		{"disbursed before posted", 92.3, 1.5, func(r record) bool { return r.Terms.Disbursed < r.Posted }, false},
		{"raised before posted", 0.3, 0.2, func(r record) bool { return r.FundedDate != nil && *r.FundedDate < r.Posted }, false},
		{"anonymous", 3.4, 0.6, func(r record) bool { return r.Name == nil }, false},
		{"without a town", 11, 1, func(r record) bool { return r.Location.Town == nil }, false},
		{"without a picture", 4, 0.7, func(r record) bool { return r.Image == nil }, false},
		{"with a video", 0.3, 0.2, func(r record) bool { return r.Video != nil }, false},
		{"without tags", 24, 1.5, func(r record) bool { return len(r.Tags) == 0 }, false},
		{"#Parent", 37, 3, tagged("#Parent"), false},
		{"user_favorite", 30, 2.5, tagged("user_favorite"), false},
		{"stray spaces in use", 8, 1, func(r record) bool { return r.Use != strings.TrimSpace(r.Use) }, true},
		{"empty use", 0.5, 0.3, func(r record) bool { return r.Use == "" }, true},
		{"paid with a loss", 3.6, 1, func(r record) bool { return r.Status == "paid" && r.Loss != nil }, false},
	}
	records := twentyThousand(t)
	named := slices.DeleteFunc(slices.Clone(records), func(r record) bool { return r.Name == nil })
	for _, c := range checks {
		among := records
		if c.amongNamedOnly {
			among = named
		}
		n := 0
		for _, r := range among {
			if c.holds(r) {
				n++
			}
		}
		if got := 100 * float64(n) / float64(len(among)); got < c.want-c.within || got > c.want+c.within {
			t.Errorf("%s: %.2f %%, want %.2f ± %.2f", c.what, got, c.want, c.within)
		}
	}
	checkMiddles(t, named)
}

// checkMiddles compares medians and ranges (kiva-data §9).
func checkMiddles(t *testing.T, records []record) {
	median := func(what string, want, within float64, of func(record) (float64, bool)) {
		var v []float64
		for _, r := range records {
			if x, ok := of(r); ok {
				v = append(v, x)
			}
		}
		slices.Sort(v)
		if got := v[len(v)/2]; got < want-within || got > want+within {
			t.Errorf("median %s: %v, want %v ± %v", what, got, want, within)
		}
	}
	alone := func(r record) bool { return len(r.Borrowers) == 1 }
	median("amount alone", 475, 25, func(r record) (float64, bool) { return r.Amount, alone(r) })
	median("amount in groups", 1050, 75, func(r record) (float64, bool) { return r.Amount, !alone(r) })
	median("lenders alone", 13, 2, func(r record) (float64, bool) { return float64(*r.Lenders), alone(r) })
	median("lenders of groups", 26, 4, func(r record) (float64, bool) { return float64(*r.Lenders), !alone(r) })
	median("months alone", 13, 1, func(r record) (float64, bool) { return float64(r.Terms.Months), alone(r) && r.Terms.Months > 0 })
	median("months of groups", 9, 1, func(r record) (float64, bool) { return float64(r.Terms.Months), !alone(r) && r.Terms.Months > 0 })
	median("length of use", 56, 6, func(r record) (float64, bool) { return float64(len(r.Use)), true })

	countries, activities := map[string]bool{}, map[string]bool{}
	largest := 0
	for i, r := range records {
		countries[r.Location.Code] = true
		largest = max(largest, len(r.Borrowers))
		if i < 1000 {
			activities[r.Activity] = true
		}
	}
	if len(countries) < 80 {
		t.Errorf("%d countries, want more than 80", len(countries))
	}
	if n := len(activities); n < 80 || n > 115 {
		t.Errorf("%d activities in the first thousand loans, want about 95", n)
	}
	if largest != 32 {
		t.Errorf("the largest group has %d members, want 32", largest)
	}
}

func TestMemoryDoesNotGrowWithTheVolume(t *testing.T) {
	allocated := func(n int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := Write(io.Discard, n, 9); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	allocated(100) // reads the tables
	few, many := allocated(1000), allocated(11_000)
	if perLoan := (float64(many) - float64(few)) / 10_000; perLoan > 200 {
		t.Errorf("every loan allocates %.0f bytes", perLoan)
	}
}

func TestAFolderHoldsLoansAndTheirPartners(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "snapshot")
	if err := WriteFolder(dir, 300, 4); err != nil {
		t.Fatal(err)
	}
	lines, err := os.ReadFile(filepath.Join(dir, "loans.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := Write(&want, 300, 4); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(lines, want.Bytes()) {
		t.Error("loans.json is not what Write writes")
	}
	body, err := os.ReadFile(filepath.Join(dir, "partners.json"))
	if err != nil {
		t.Fatal(err)
	}
	posted, raised := countedPartners(t, body)
	loans, usd := map[int]int{}, map[int]float64{}
	for _, r := range readLines(t, lines) {
		if r.Partner != nil {
			loans[*r.Partner]++
			usd[*r.Partner] += *r.Funded
		}
	}
	for id, n := range loans {
		if posted[id] != n || raised[id] != usd[id] {
			t.Errorf("partner %d: says %d loans and $%v, has %d and $%v", id, posted[id], raised[id], n, usd[id])
		}
	}
}

// countedPartners reads a partners body into loans and dollars by partner id.
func countedPartners(t *testing.T, body []byte) (posted map[int]int, raised map[int]float64) {
	t.Helper()
	var list struct {
		Paging   struct{ Total int }
		Partners []struct {
			ID        int
			Name      string
			Status    string
			Rating    float64
			Posted    int     `json:"loans_posted"`
			Raised    float64 `json:"total_amount_raised"`
			Countries []struct {
				Code   string `json:"iso_code"`
				Region string
			}
		}
	}
	if err := json.Unmarshal(body, &list); err != nil {
		t.Fatal(err)
	}
	posted, raised = map[int]int{}, map[int]float64{}
	for _, p := range list.Partners {
		if p.Name == "" || len(p.Countries) == 0 || p.Countries[0].Region == "" || p.Rating < 0 || p.Rating > 5 {
			t.Errorf("partner %d is incomplete: %+v", p.ID, p)
		}
		posted[p.ID], raised[p.ID] = p.Posted, p.Raised
	}
	if list.Paging.Total != len(posted) {
		t.Errorf("paging says %d partners, the list has %d", list.Paging.Total, len(posted))
	}
	return posted, raised
}

func TestAFolderThatHoldsSomethingIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "mine.txt")
	if err := os.WriteFile(mine, []byte("keep"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := WriteFolder(dir, 3, 1); err == nil || !strings.Contains(err.Error(), "mine.txt") {
		t.Errorf("got %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("%d entries afterwards", len(entries))
	}
}

func BenchmarkWrite(b *testing.B) {
	b.ReportAllocs()
	if err := Write(io.Discard, b.N, 1); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "loans/s")
}
