package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// asking is a mix on its way to a server, and what came back so far.
type asking struct {
	mix

	mu     sync.Mutex
	late   *spread // since the last look
	took   spread
	codes  tally
	faults faults
	gone   int // requests that were broken off, as they were meant to be
	bad    int
}

func newAsking(m mix) *asking { return &asking{mix: m, codes: tally{}, late: new(spread)} }

// tally counts answers by their status.
type tally map[string]int

func (t tally) String() string {
	var words []string
	for _, code := range slices.Sorted(maps.Keys(t)) {
		words = append(words, fmt.Sprintf("%s %d", code, t[code]))
	}
	return strings.Join(words, ", ")
}

// of counts the codes that begin with a digit.
func (t tally) of(digit int) (n int) {
	for code, count := range t {
		if strings.HasPrefix(code, strconv.Itoa(digit)) {
			n += count
		}
	}
	return n
}

// faults are what should not have happened.
type faults struct {
	n     int
	first string
}

// loop asks at a fixed rate, whether or not the server keeps up. Each connection
// comes from a loopback address of its own, as clients do.
func (a *asking) loop(ctx context.Context, address string, rate int, long time.Duration) error {
	total := int(long.Seconds() * float64(rate))
	due := make(chan int)
	began := time.Now()
	at := func(n int) time.Time { return began.Add(time.Duration(n) * time.Second / time.Duration(rate)) }
	errs := make([]error, 2*connections)
	var working sync.WaitGroup
	for i := range errs {
		working.Go(func() {
			to := client{address: address, from: net.IPv4(127, 0, 1, byte(i+1))}
			defer to.hangUp()
			for n := range due {
				v := a.visit(n)
				code, err := to.visit(ctx, v)
				if ctx.Err() != nil {
					errs[i] = ctx.Err()
					continue
				}
				a.note(v, code, err, time.Since(at(n)))
			}
		})
	}
	for n := range total {
		if time.Sleep(time.Until(at(n))); ctx.Err() != nil {
			break
		}
		due <- n
	}
	close(due)
	working.Wait()
	return errors.Join(errs...)
}

// note counts an answer.
func (a *asking) note(v visit, code int, err error, took time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if v.bad {
		a.bad++
	}
	if v.codes == nil && err == nil {
		a.gone++
		return
	}
	a.late.add(took)
	if code != 0 {
		a.codes[strconv.Itoa(code)]++
	}
	if err == nil && !v.allows(code) {
		err = fmt.Errorf("status %d", code)
	}
	if err != nil {
		if a.faults.n++; a.faults.n == 1 {
			a.faults.first = fmt.Sprintf("(the first: %.80q: %v)", v.text, err)
		}
	}
}

// look gives how long answers took since the last look.
func (a *asking) look() *spread {
	a.mu.Lock()
	defer a.mu.Unlock()
	late := a.late
	a.took.merge(late)
	a.late = new(spread)
	return late
}

func (a *asking) result() (*spread, tally, faults) {
	a.look()
	return &a.took, a.codes, a.faults
}

// client keeps one connection and opens another when the server closes it.
type client struct {
	address string
	from    net.IP
	line    net.Conn
	in      *bufio.Reader
}

func (c *client) hangUp() {
	if c.line != nil {
		c.line.Close()
		c.line = nil
	}
}

// visit sends a request and reads its answer whole. There is no second try: a
// kept connection that is closed at the wrong moment is an error.
func (c *client) visit(ctx context.Context, v visit) (code int, err error) {
	if c.line == nil {
		dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: c.from}}
		if c.line, err = dialer.DialContext(ctx, "tcp", c.address); err != nil {
			c.line = nil
			return 0, err
		}
		c.in = bufio.NewReader(c.line)
	}
	const patience = 20 * time.Second
	if err := c.line.SetDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	_, err = io.WriteString(c.line, v.text)
	if v.codes == nil {
		c.hangUp()
		return 0, err
	}
	// A refusal may come before all of a request was written; what counts is
	// whether there is one.
	answer, readErr := http.ReadResponse(c.in, nil)
	if readErr != nil {
		c.hangUp()
		return 0, errors.Join(err, readErr)
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	if answer.Close || v.bad || err != nil {
		c.hangUp()
	}
	return answer.StatusCode, err
}
