package command

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"loanleaf/generator/output"
	"loanleaf/store"
)

// screen is a program whose standard error a test can read, and whose clock it
// can turn.
type screen struct {
	Program
	err bytes.Buffer
	now time.Time
}

func newScreen(terminal bool, env ...string) *screen {
	s := &screen{now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	s.Program = Program{
		Err: &s.err, Terminal: terminal, Now: func() time.Time { return s.now },
		LookupEnv: func(name string) (string, bool) {
			for _, one := range env {
				if key, value, _ := strings.Cut(one, "="); key == name {
					return value, true
				}
			}
			return "", false
		},
	}
	return s
}

func TestColoursAreForTerminalsWhoseOwnerWantsThem(t *testing.T) {
	for _, test := range []struct {
		name   string
		screen *screen
		want   string
	}{
		{"a terminal", newScreen(true), "\x1b[2mnote:\x1b[0m a word\n"},
		{"a file", newScreen(false), "note: a word\n"},
		{"a terminal and NO_COLOR", newScreen(true, "NO_COLOR="), "note: a word\n"},
	} {
		test.screen.note("a %s", "word")
		if got := test.screen.err.String(); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestProgressElsewhereIsALineNowAndThen(t *testing.T) {
	s := newScreen(false)
	g := s.progress("reading loans", 200_000)
	for i := range 40 {
		g.at(i * 1000)
		s.now = s.now.Add(time.Second / 2)
	}
	g.end()
	want := "reading loans: 10,000 of 200,000\nreading loans: 20,000 of 200,000\nreading loans: 30,000 of 200,000\n"
	if got := s.err.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestProgressOnATerminalMovesAndGoesAway(t *testing.T) {
	s := newScreen(true)
	g := s.progress("reading loans", 10)
	g.at(5)
	time.Sleep(120 * time.Millisecond) // the bar's own clock
	g.at(6)
	g.end()
	got := s.err.String()
	if !strings.Contains(got, "reading loans") || strings.Contains(got, "\n") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("got %q", got)
	}
}

func TestErrorsComeWithAHintAndACode(t *testing.T) {
	for _, test := range []struct {
		name string
		err  error
		code int
		want string
	}{
		{"a failure", errors.New("the disk is on fire"), 1, "loanleaf: the disk is on fire\n"},
		{"wrong usage", usage(errors.New("no"), "do this"), 2, "loanleaf: no\nhint: do this\n"},
		{"advice that something wraps", fmt.Errorf("import: %w", withHint(errors.New("no"), "do this")), 1, "loanleaf: import: no\nhint: do this\n"},
		{"a folder in use", fmt.Errorf("out: %w", output.ErrLocked), 1, "loanleaf: out: another build is writing this folder\nhint: wait until the other loanleaf has ended, then try again\n"},
		{"a store in use", store.ErrBusy, 1, "loanleaf: another import into it is at work\nhint: wait until the other loanleaf has ended, then try again\n"},
		{"something was set aside", errSetAside, 3, ""},
	} {
		s := newScreen(false)
		if code := s.fail(test.err); code != test.code || s.err.String() != test.want {
			t.Errorf("%s: code %d and %q, want %d and %q", test.name, code, s.err.String(), test.code, test.want)
		}
	}
}

func TestNearestIsWhatTwoSlipsMake(t *testing.T) {
	names := []string{"build", "serve", "sample", "init", "version"}
	for word, want := range map[string]string{
		"build": "build", "biuld": "build", "buidl": "build", "buil": "build", "serv": "serve", "sever": "serve", "samples": "sample",
		"deploy": "", "": "", "x": "", "it": "init",
	} {
		if got := nearest(word, names); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}

func TestCountsReadLikeASentence(t *testing.T) {
	for n, want := range map[int]string{0: "0 loans", 1: "1 loan", 999: "999 loans", 1000: "1,000 loans", 2_000_000: "2,000,000 loans"} {
		if got := counted(n, "loan", "loans"); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}
