package smoke

import (
	"maps"
	"slices"
	"testing"
)

// choice is a value for each of several dimensions, by number.
type choice []int

// product is every choice there is of dimensions with so many values each, the
// last one changing fastest; possible leaves out what does not exist.
func product(values []int, possible func(choice) bool) (all []choice) {
	at := make(choice, len(values))
	for {
		if possible(at) {
			all = append(all, append(choice(nil), at...))
		}
		d := len(at) - 1
		for ; d >= 0; d-- {
			if at[d]++; at[d] < values[d] {
				break
			}
			at[d] = 0
		}
		if d < 0 {
			return all
		}
	}
}

// meetings are numbers for each two values of different dimensions that meet in
// a choice, below the most of them that dimensions with so many values have.
func (c choice) meetings(values []int, into []int) []int {
	first := 0
	for one := range c {
		for other := one + 1; other < len(c); other++ {
			into = append(into, first+c[one]*values[other]+c[other])
			first += values[one] * values[other]
		}
	}
	return into
}

// pairs picks from all so that each two values that meet in any choice meet in
// one of those that are picked: what depends on two things at once is seen. It
// takes the choice with most that is new, time and again, so the first of
// those picked are the ones that show most.
func pairs(values []int, all []choice) (picked []choice) {
	met := make([][]int, len(all))
	open := map[int]bool{}
	for i, c := range all {
		met[i] = c.meetings(values, nil)
		for _, m := range met[i] {
			open[m] = true
		}
	}
	fresh := make([]int, 1+slices.Max(slices.Collect(maps.Keys(open)))) // 1 where two values have not met yet
	for m := range open {
		fresh[m] = 1
	}
	for left := len(open); left > 0; {
		best, most := 0, 0
		for i := range all {
			sum := 0
			for _, m := range met[i] {
				sum += fresh[m]
			}
			if sum > most {
				best, most = i, sum
			}
		}
		for _, m := range met[best] {
			fresh[m] = 0
		}
		left -= most
		picked = append(picked, all[best])
	}
	return picked
}

func TestPairsMeetAllOfThemInFewChoices(t *testing.T) {
	for name, c := range map[string]struct {
		values   []int
		possible func(choice) bool
		least    int // of the choices: the product of the two longest dimensions
	}{
		"two dimensions":           {[]int{3, 4}, func(choice) bool { return true }, 12},
		"several":                  {[]int{7, 5, 4, 3, 2}, func(choice) bool { return true }, 35},
		"some do not exist":        {[]int{7, 5, 4, 2}, func(c choice) bool { return c[0] != 6 || c[3] == 0 }, 35},
		"one value has one choice": {[]int{3, 3, 3}, func(c choice) bool { return c[0] != 2 || c[1] == 0 && c[2] == 0 }, 9},
	} {
		t.Run(name, func(t *testing.T) {
			all := product(c.values, c.possible)
			picked := pairs(c.values, all)
			type meeting struct{ one, value, other, with int }
			meetings := func(c choice) (met []meeting) {
				for one := range c {
					for other := one + 1; other < len(c); other++ {
						met = append(met, meeting{one, c[one], other, c[other]})
					}
				}
				return met
			}
			met := map[meeting]bool{}
			for _, p := range picked {
				if !c.possible(p) {
					t.Errorf("%v does not exist", p)
				}
				for _, m := range meetings(p) {
					met[m] = true
				}
			}
			for _, a := range all {
				for _, m := range meetings(a) {
					if !met[m] {
						t.Errorf("value %d of %d and value %d of %d never meet", m.value, m.one, m.with, m.other)
					}
				}
			}
			if len(picked) < c.least || len(picked) > c.least*5/4 {
				t.Errorf("%d of %d choices, want %d or a few more", len(picked), len(all), c.least)
			}
		})
	}
}
