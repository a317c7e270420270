package main

import (
	"math"
	"testing"
	"time"
)

func TestASlopeIsWhatGrowsAndNotWhatJumps(t *testing.T) {
	line := func(value func(minute float64) float64) []point {
		var points []point
		for second := range 1800 {
			at := float64(second) / 60
			points = append(points, point{at, value(at)})
		}
		return points
	}
	for name, c := range map[string]struct {
		points []point
		want   float64
	}{
		"nothing changes":                    {line(func(float64) float64 { return 150 }), 0},
		"three a minute":                     {line(func(at float64) float64 { return 150 + 3*at }), 3},
		"a peak at each reload":              {line(func(at float64) float64 { return 150 + 40*math.Floor(math.Mod(at*60, 30)/27) }), 0},
		"one descriptor a reload, a leak":    {line(func(at float64) float64 { return 150 + math.Floor(2*at) }), 2},
		"a saw that always comes down again": {line(func(at float64) float64 { return 150 + math.Mod(at*60, 7) }), 0},
	} {
		if got := slope(medians(c.points, .5)); math.Abs(got-c.want) > .02 {
			t.Errorf("%s: the slope is %.3f, want %.3f", name, got, c.want)
		}
	}
	if got := slope(nil); got != 0 {
		t.Errorf("the slope of nothing is %v", got)
	}
}

func TestWhatGrowsInOneWayAloneIsChance(t *testing.T) {
	for name, c := range map[string]struct {
		values []float64
		want   bool
	}{
		"one descriptor a reload":           {[]float64{150, 151, 152, 153, 154, 155, 156, 157, 158}, true},
		"nothing":                           {[]float64{150, 150, 150, 150, 150, 150, 150, 150, 150}, false},
		"a peak in the middle":              {[]float64{150, 150, 150, 190, 190, 190, 150, 150, 150}, false},
		"a step at the end of one window":   {[]float64{150, 150, 150, 150, 150, 150, 150, 150, 190}, false},
		"less at the end than at the start": {[]float64{158, 157, 156, 155, 154, 153, 152, 151, 150}, false},
		"too few windows to tell":           {[]float64{150, 190}, false},
		"a leak beside what comes and goes": {[]float64{150, 156, 152, 158, 154, 160, 156, 162, 158}, true},
	} {
		var points []point
		for i, value := range c.values {
			points = append(points, point{float64(i), value})
		}
		if got := grows(points, .5); got != c.want {
			t.Errorf("%s: it grows is %v", name, got)
		}
	}
}

func TestASpreadKnowsItsPartsToOneInAHundred(t *testing.T) {
	var all, half spread
	for i := range 10_000 {
		into := &all
		if i%2 == 1 {
			into = &half
		}
		into.add(time.Duration(i+1) * 10 * time.Microsecond) // up to 100 ms
	}
	all.merge(&half)
	for part, want := range map[float64]time.Duration{.5: 50 * time.Millisecond, .99: 99 * time.Millisecond, 1: 100 * time.Millisecond} {
		if got := all.part(part); math.Abs(float64(got-want)) > .011*float64(want) {
			t.Errorf("%v of the answers came within %v, want %v", part, got, want)
		}
	}
	if all.n != 10_000 || all.most != 100*time.Millisecond {
		t.Errorf("%d answers, the longest took %v", all.n, all.most)
	}
	if got := new(spread).part(.99); got != 0 {
		t.Errorf("of no answers a part took %v", got)
	}
}

func TestAMixHasAllKindsAndAsManyBadOnesAsItIsTold(t *testing.T) {
	shares := 0
	for _, kind := range kinds {
		shares += kind.share
	}
	if shares != 1000 {
		t.Fatalf("the kinds make %d of a thousand", shares)
	}
	m := mix{host: "127.0.0.1:1", ids: []string{"1", "2", "3"}, bad: 100}
	bad, texts := 0, map[string]bool{}
	for n := range 100_000 {
		v := m.visit(n)
		if v.bad {
			bad++
		}
		texts[v.text] = true
	}
	if bad < 900 || bad > 1100 {
		t.Errorf("%d of 100000 requests are bad, want about 1000", bad)
	}
	// Of three loans every path that names one, plain and compressed, and all bad ones.
	if want := len(rude) + 2*len(kinds); len(texts) < want {
		t.Errorf("%d different requests, want %d at least", len(texts), want)
	}
	if again := m.visit(77); again.text != m.visit(77).text {
		t.Error("the same number gives different requests")
	}
}
