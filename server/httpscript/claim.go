package httpscript

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// claim is one line about an answer.
type claim struct {
	subject  subject
	operator string
	expected string
}

// subject is what a claim is about: a kind, and for header, json and xml which.
type subject struct{ kind, name string }

var (
	subjectLine = regexp.MustCompile(`^(code|body|header [A-Za-z-]+|json (?:\.\w+|keys)|xml [\w-]+)(?: |$)`)
	keepLine    = regexp.MustCompile(`^keep (\w+) = (.+)$`)
	repeatLine  = regexp.MustCompile(`^repeat (\w+) = ([1-9][0-9]{0,5}) (.+)$`)
)

func parseSubject(text string) (subject, string, error) {
	m := subjectLine.FindStringSubmatch(text)
	if m == nil {
		return subject{}, "", fmt.Errorf("%q does not begin with code, body, header NAME, json .KEY, json keys or xml NAME", text)
	}
	kind, name, _ := strings.Cut(m[1], " ")
	return subject{kind, name}, strings.TrimPrefix(text[len(m[1]):], " "), nil
}

func parseClaim(text string) (claim, error) {
	s, rest, err := parseSubject(text)
	if err != nil {
		return claim{}, err
	}
	operator, expected, _ := strings.Cut(rest, " ")
	c := claim{s, operator, expected}
	switch operator {
	case "==", "!=", "contains", "!contains":
		if expected == "" && operator != "==" && operator != "!=" {
			return c, fmt.Errorf("%q expects nothing, which every answer holds", text)
		}
	case "~", "!~":
		_, err = regexp.Compile(expected)
	case "is":
		if expected != "absent" && expected != "there" {
			err = fmt.Errorf("%q: what is known is \"is absent\" and \"is there\"", text)
		}
	default:
		err = fmt.Errorf("%q has no operator: ==, !=, contains, !contains, ~, !~, is absent, is there", text)
	}
	return c, err
}

func parseKeep(text string) (name string, s subject, err error) {
	m := keepLine.FindStringSubmatch(text)
	if m == nil {
		return "", subject{}, fmt.Errorf("%q is not of the form keep NAME = SUBJECT", text)
	}
	s, rest, err := parseSubject(m[2])
	if err == nil && rest != "" {
		err = fmt.Errorf("%q goes on after its subject", text)
	}
	return m[1], s, err
}

// parseRepeat reads a line that names a text by a shorter one.
func parseRepeat(text string) (name, value string, err error) {
	m := repeatLine.FindStringSubmatch(text)
	if m == nil {
		return "", "", fmt.Errorf("%q is not of the form repeat NAME = COUNT TEXT, with a count of up to six digits", text)
	}
	count, err := strconv.Atoi(m[2])
	return m[1], strings.Repeat(m[3], count), err
}

// errAbsent says that an answer does not have what a claim is about.
var errAbsent = errors.New("is absent")

// check tells whether a claim is true of a value, which may be absent.
func (c claim) check(got string, present bool) error {
	if c.operator == "is" {
		if present != (c.expected == "there") {
			return fmt.Errorf("got %s", describe(got, present))
		}
		return nil
	}
	if !present {
		return fmt.Errorf("it %w", errAbsent)
	}
	var holds bool
	switch c.operator {
	case "==", "!=":
		holds = got == c.expected
	case "contains", "!contains":
		holds = strings.Contains(got, c.expected)
	case "~", "!~":
		pattern, err := regexp.Compile(c.expected)
		if err != nil {
			return err
		}
		holds = pattern.MatchString(got)
	}
	if holds == strings.HasPrefix(c.operator, "!") {
		return fmt.Errorf("got %s", describe(got, present))
	}
	return nil
}

func describe(got string, present bool) string {
	const most = 2000
	switch {
	case !present:
		return "nothing"
	case len(got) > most:
		return got[:most] + "…"
	}
	return got
}
