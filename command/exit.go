package command

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"syscall"

	"loanleaf/generator/output"
	"loanleaf/kiva/snapshot"
	"loanleaf/store"
)

// Exit codes; scripts rely on them.
const (
	exitClean    = 0
	exitFailed   = 1
	exitUsage    = 2
	exitSetAside = 3
)

// hinted is an error with what to do about it.
type hinted struct {
	error
	hint string
	code int
}

func (h *hinted) Unwrap() error { return h.error }

// usage is an error of how the program was called.
func usage(err error, hint string) error { return &hinted{err, hint, exitUsage} }

// withHint is an error with advice.
func withHint(err error, hint string) error { return &hinted{err, hint, exitFailed} }

// errSetAside ends a command that did its work, though not with everything.
var errSetAside = errors.New("something was set aside")

// errBroken ends a check that found something broken, and has said so.
var errBroken = errors.New("something is broken")

// fail prints an error and gives its exit code.
func (p *Program) fail(err error) int {
	if errors.Is(err, errSetAside) {
		return exitSetAside
	}
	if errors.Is(err, errBroken) {
		return exitFailed
	}
	code, message, hint := explain(err)
	fmt.Fprintf(p.Err, "%s %s\n", p.colour("1;31", "loanleaf:"), message)
	if hint != "" {
		fmt.Fprintf(p.Err, "%s %s\n", p.colour("1", "hint:"), hint)
	}
	return code
}

// explain puts an error into words, with what to do about it, which may be
// empty, and gives its exit code.
func explain(err error) (code int, message, hint string) {
	code, message, hint = exitFailed, err.Error(), hintFor(err)
	if h, ok := errors.AsType[*hinted](err); ok {
		code, hint = h.code, h.hint
	} else if refused, ok := errors.AsType[*snapshot.RefusedError](err); ok {
		message, hint = refused.Path+": "+refused.What, refused.Hint
	} else if errors.Is(err, context.Canceled) {
		message = "stopped before it was done; what stood there is unharmed"
	}
	return code, message, hint
}

// hintFor is advice on errors of the packages below.
func hintFor(err error) string {
	switch {
	case errors.Is(err, output.ErrLocked), errors.Is(err, store.ErrBusy):
		return "wait until the other loanleaf has ended, then try again"
	case errors.Is(err, output.ErrNotOurs):
		return "name another folder with --out, or an empty one"
	case errors.Is(err, syscall.ENOSPC):
		return "make room on the disk; what stood there before is unharmed"
	}
	return ""
}

// colour marks words on a terminal whose owner wants colours (NO_COLOR).
func (p *Program) colour(code, words string) string {
	if _, plain := p.LookupEnv("NO_COLOR"); plain || !p.Terminal {
		return words
	}
	return "\x1b[" + code + "m" + words + "\x1b[0m"
}

// note tells something that is not an error.
func (p *Program) note(format string, values ...any) {
	fmt.Fprintf(p.Err, "%s %s\n", p.colour("2", "note:"), fmt.Sprintf(format, values...))
}

func quote(s string) string { return strconv.Quote(s) }

// counted is a number with its noun: "1 loan", "1,234 loans".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	var b strings.Builder
	for i, digit := range s {
		if i > 0 && (len(s)-i)%3 == 0 && s[i-1] != '-' {
			b.WriteByte(',')
		}
		b.WriteRune(digit)
	}
	return b.String()
}
