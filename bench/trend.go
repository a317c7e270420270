package main

import (
	"math"
	"slices"
	"time"
)

// spread is how long answers took, counted in steps of one in a hundred, so that
// a day of them takes no more memory than a minute.
type spread struct {
	counts [spreadSteps]int
	n      int
	most   time.Duration
}

// From 1 µs, in steps of 1 %, to some 400 s.
const (
	spreadSteps = 2000
	spreadLeast = time.Microsecond
)

func (s *spread) add(d time.Duration) {
	step := 0
	if d > spreadLeast {
		step = int(math.Log(float64(d)/float64(spreadLeast)) / math.Log(1.01))
	}
	s.counts[min(step, spreadSteps-1)]++
	s.n++
	s.most = max(s.most, d)
}

// part is what this part of the answers took no longer than; 0 of none.
func (s *spread) part(of float64) time.Duration {
	left := int(math.Ceil(of * float64(s.n)))
	for step, n := range s.counts {
		if left -= n; left <= 0 && s.n > 0 {
			return min(s.most, time.Duration(float64(spreadLeast)*math.Pow(1.01, float64(step+1))))
		}
	}
	return s.most
}

// merge adds the answers of other.
func (s *spread) merge(other *spread) {
	for step, n := range other.counts {
		s.counts[step] += n
	}
	s.n += other.n
	s.most = max(s.most, other.most)
}

// point is something measured, at a time in minutes.
type point struct{ at, value float64 }

// medians takes points together that lie within the same so many minutes: what
// a reload holds for a moment is not what stays.
func medians(points []point, minutes float64) []point {
	var windows []point
	for len(points) > 0 {
		end := (math.Floor(points[0].at/minutes) + 1) * minutes
		n := 1
		for n < len(points) && points[n].at < end {
			n++
		}
		windows = append(windows, point{median(points[:n], func(p point) float64 { return p.at }), median(points[:n], func(p point) float64 { return p.value })})
		points = points[n:]
	}
	return windows
}

func median(points []point, of func(point) float64) float64 {
	values := make([]float64, len(points))
	for i, p := range points {
		values[i] = of(p)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// slope is how much values grow in a minute: the median of the slopes between
// any two points (Theil 1950, Sen 1968), which a few that lie elsewhere do not
// move.
func slope(points []point) float64 {
	var slopes []float64
	for i, a := range points {
		for _, b := range points[i+1:] {
			if b.at > a.at {
				slopes = append(slopes, (b.value-a.value)/(b.at-a.at))
			}
		}
	}
	if len(slopes) == 0 {
		return 0
	}
	slices.Sort(slopes)
	return slopes[len(slopes)/2]
}
