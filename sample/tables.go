package sample

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed tables/countries.txt tables/activities.txt tables/names.txt
var tableFiles embed.FS

// country is a row of tables/countries.txt.
type country struct {
	code, name, spoken string // "PH", "Philippines", "the Philippines"
	region             string
	weight             int // of 100,000 loans
	currency           string
	rate               float64 // local units per US dollar
	step               int     // smallest local amount a schedule uses
	people             *people
	language           language
	languageShare      int // of 100,000 stories, told in language rather than English
	scale              float64
	center             string
	towns              []string
	partners           []*partner
}

// activity is one activity of a sector, with the trade whose sentences fit it.
type activity struct {
	name, sector string
	work, goods  *section
}

// people are the names of one culture. The native lists are in the culture's own script, and may be empty.
type people struct {
	women, men, families                   []string
	nativeWomen, nativeMen, nativeFamilies []string
}

// atlas is everything read from tables/.
type atlas struct {
	countries     []*country
	countryShares shares
	activities    []activity
	activityShare shares
	partners      []*partner
}

// world is the embedded atlas, parsed once.
var world = sync.OnceValue(func() *atlas {
	a, err := readAtlas(library())
	if err != nil {
		panic("sample: " + err.Error()) // our own embedded tables; a test reads them
	}
	return a
})

func readAtlas(prose book) (*atlas, error) {
	peoples := map[string]*people{}
	a := &atlas{}
	readers := []struct {
		file string
		row  func(string) error
	}{
		{"tables/names.txt", nameReader(peoples)},
		{"tables/countries.txt", func(row string) error { return a.readCountry(row, peoples) }},
		{"tables/activities.txt", func(row string) error { return a.readSector(row, prose) }},
	}
	for _, r := range readers {
		text, err := tableFiles.ReadFile(r.file)
		if err != nil {
			return nil, err
		}
		for i, row := range strings.Split(strings.TrimSpace(string(text)), "\n") {
			if row[0] == '#' {
				continue
			}
			if err := r.row(row); err != nil {
				return nil, fmt.Errorf("%s line %d: %w", r.file, i+1, err)
			}
		}
	}
	a.addUp()
	return a, nil
}

// addUp makes the running totals and founds the partners, once all rows are read.
func (a *atlas) addUp() {
	weights := make([]int, len(a.countries))
	for i, c := range a.countries {
		weights[i] = c.weight
	}
	a.countryShares = sharesOf(weights...)
	a.foundPartners()
}

// nameReader reads names.txt: a culture's name on a line of its own, then lines of one letter and names.
func nameReader(peoples map[string]*people) func(string) error {
	var p *people
	return func(row string) error {
		kind, names, ok := strings.Cut(row, " ")
		if !ok {
			p = &people{}
			peoples[row] = p
			return nil
		}
		list, known := map[string]*[]string{
			"f": &p.women, "m": &p.men, "l": &p.families,
			"F": &p.nativeWomen, "M": &p.nativeMen, "L": &p.nativeFamilies,
		}[kind]
		if !known {
			return fmt.Errorf("%q is no list of names", kind)
		}
		*list = strings.Fields(names)
		for i, name := range *list {
			(*list)[i] = strings.ReplaceAll(name, "_", " ")
		}
		return nil
	}
}

func (a *atlas) readCountry(row string, peoples map[string]*people) error {
	f := strings.Split(row, "|")
	if len(f) != 13 {
		return fmt.Errorf("%d fields, want 13", len(f))
	}
	number := numbers{}
	c := &country{
		code: f[0], name: f[1], spoken: f[2], region: f[3], weight: int(number.of(f[4])), currency: f[5],
		rate: number.of(f[6]), step: int(number.of(f[7])), people: peoples[f[8]], scale: number.of(f[10]) / 100,
		center: f[11], towns: strings.Split(f[12], ";"),
	}
	if code, share, ok := strings.Cut(f[9], ":"); ok {
		c.language = language(slices.Index(languages[:], code))
		c.languageShare = int(number.of(share) * 1000)
	}
	if c.people == nil || c.language < 0 {
		return fmt.Errorf("%s: unknown culture %q or language %q", c.code, f[8], f[9])
	}
	a.countries = append(a.countries, c)
	return number.err
}

// readSector reads one sector and its activities. An activity's share within the sector follows its weight.
func (a *atlas) readSector(row string, prose book) error {
	f := strings.Split(row, "|")
	if len(f) != 3 {
		return fmt.Errorf("%d fields, want 3", len(f))
	}
	number := numbers{}
	sectorShare, total := number.of(f[1]), 0.0
	entries := strings.Split(f[2], ";")
	weights := make([]float64, len(entries))
	for i, entry := range entries {
		name, rest, _ := strings.Cut(entry, "=")
		weight, trade, ok := strings.Cut(rest, ">")
		work, goods := prose["work."+trade], prose["goods."+trade]
		if !ok || work == nil || goods == nil {
			return fmt.Errorf("activity %q has no trade with sentences", entry)
		}
		weights[i] = number.of(weight)
		total += weights[i]
		a.activities = append(a.activities, activity{name: name, sector: f[0], work: work, goods: goods})
	}
	for _, w := range weights {
		last := 0
		if n := len(a.activityShare); n > 0 {
			last = a.activityShare[n-1]
		}
		a.activityShare = append(a.activityShare, last+int(sectorShare*1000*w/total))
	}
	return number.err
}

// numbers parses several fields and keeps the first error.
type numbers struct{ err error }

func (n *numbers) of(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil && n.err == nil {
		n.err = err
	}
	return v
}
