package check

import (
	"context"
	"slices"
	"strings"
)

// Option changes what a check asks or reports.
type Option func(*options)

type options struct {
	endpoint string
	as       []Consumer
	progress func(asked int, what string)
}

// Endpoint names the endpoint, for pages that do not link to it; the links of
// the page are then not looked at. "{format}" in it is replaced, as in the
// registry of providers; without it the parameter format says it.
func Endpoint(address string) Option { return func(o *options) { o.endpoint = address } }

// As reports for some consumers alone.
func As(consumers ...Consumer) Option { return func(o *options) { o.as = consumers } }

// Progress is called after every answer with how many came, and which. Calls
// may overlap.
func Progress(tell func(asked int, what string)) Option {
	return func(o *options) { o.progress = tell }
}

// Run checks the page at an address. It asks some fifteen questions, four at a
// time at most; ctx bounds all of them.
//
// An error means that there is nothing to report: the address may not be asked
// (a [*RefusedError]), nothing answers there, or ctx ended ([ErrTimeUp] at its
// deadline). Everything else,
// a page of status 404 among it, is in the report.
func Run(ctx context.Context, f Fetcher, address string, with ...Option) (*Report, error) {
	g := gatherer{fetcher: f, e: &evidence{address: strings.TrimSpace(address)}}
	for _, option := range with {
		option(&g.options)
	}
	if err := g.gather(ctx); err != nil {
		return nil, err
	}
	list := rules()
	of := Consumers()
	if len(g.options.as) > 0 {
		of = slices.DeleteFunc(of, func(c Consumer) bool { return !slices.Contains(g.options.as, c) })
	}
	results := slices.DeleteFunc(judge(g.e, list), func(r Result) bool {
		return !slices.ContainsFunc(r.Consumers, func(c Consumer) bool { return slices.Contains(of, c) })
	})
	links := slices.Concat([]Link{}, g.e.links(), g.e.headers)
	return &Report{
		URL: g.e.address, Endpoint: g.e.endpoint, Title: short(g.e.main().text("title")), Type: g.e.main().kind(), Links: links,
		Consumers: verdicts(g.e, results, of), Rules: results, Asked: g.asked,
	}, nil
}
