package check

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

// How much of a body is read, in bytes.
const (
	maxPage      = 2 << 20
	maxAnswer    = 1 << 20
	maxThumbnail = 1 << 20
)

// atOnce is how many questions are under way at a time, after the first ones,
// which are asked alone so that their times mean something.
const atOnce = 4

// wordpressAgent is how WordPress calls itself, with a site that is nobody's.
const wordpressAgent = "WordPress/6.8; https://blog.example"

// WordPress' usual bounds: 500 wide, and one and a half times that in height
// (wp_embed_defaults).
const wordpressWidth, wordpressHeight = 500, 750

// boxes that are asked for. 0 bounds nothing.
var boxes = []box{{width: 320, height: 240}, {width: 333}, {height: 111}, {width: 60, height: 60}}

// ErrTimeUp is that the context of [Run] had a deadline, and it came.
var ErrTimeUp = errors.New("the time was up before everything was asked")

// gatherer asks, and keeps what it asked.
type gatherer struct {
	fetcher Fetcher
	options options
	e       *evidence

	mu    sync.Mutex
	asked []Exchange
}

// question is something to ask, and where its answer goes.
type question struct {
	what, address, agent string
	limit                int
	into                 **answer
}

func (g *gatherer) fetch(ctx context.Context, q question) (*Response, error) {
	got, err := g.fetcher.Fetch(ctx, Request{URL: q.address, UserAgent: q.agent, Limit: q.limit})
	exchange := Exchange{What: q.what, URL: tame(q.address)}
	if err != nil {
		exchange.Error = tame(err.Error())
	} else {
		exchange.Status, exchange.Bytes, exchange.Milliseconds = got.Status, len(got.Body), got.Took.Milliseconds()
	}
	g.mu.Lock()
	g.asked = append(g.asked, exchange)
	done := len(g.asked)
	g.mu.Unlock()
	if g.options.progress != nil {
		g.options.progress(done, q.what)
	}
	return got, err
}

func (g *gatherer) ask(ctx context.Context, q question) error {
	got, err := g.fetch(ctx, q)
	if ctx.Err() != nil {
		return stopped(ctx)
	}
	*q.into = readAnswer(q.address, got, err)
	return nil
}

func stopped(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return ErrTimeUp
	}
	return ctx.Err()
}

// askAll asks several at a time. What was asked is listed in the order of the
// questions, whichever came first.
func (g *gatherer) askAll(ctx context.Context, questions []question) error {
	before := len(g.asked)
	errs := make([]error, len(questions))
	slots := make(chan struct{}, atOnce)
	var group sync.WaitGroup
	for i, q := range questions {
		group.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			errs[i] = g.ask(ctx, q)
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		return errs[firstError(errs)]
	}
	sorted := make([]Exchange, 0, len(questions))
	for _, q := range questions {
		for _, x := range g.asked[before:] {
			if x.What == q.what {
				sorted = append(sorted, x)
			}
		}
	}
	copy(g.asked[before:], sorted)
	return nil
}

func firstError(errs []error) int {
	for i, err := range errs {
		if err != nil {
			return i
		}
	}
	return 0
}

// gather asks for everything the rules look at.
func (g *gatherer) gather(ctx context.Context) error {
	e := g.e
	u, err := askable(e.address)
	if err != nil {
		return err
	}
	e.local = local(u.Hostname())
	e.page, e.pageErr = g.fetch(ctx, question{what: "page", address: e.address, limit: maxPage})
	if ctx.Err() != nil {
		return stopped(ctx)
	}
	if e.pageErr != nil && g.options.endpoint == "" {
		return e.pageErr
	}
	if e.page != nil {
		e.doc = readDocument(e.page.Body)
		e.headers = readLinkHeaders(e.page.Header.Values("Link"))
		e.wpFound = wordpressDiscovers(e.page.Body)
	}
	g.chooseEndpoint()
	if e.endpoint == "" && e.xmlLink == "" {
		return nil
	}
	if err := g.askLinks(ctx); err != nil {
		return err
	}
	if err := g.askAll(ctx, g.probes()); err != nil {
		return err
	}
	return g.askParts(ctx)
}

// chooseEndpoint takes the endpoint that was named, else the links of the page,
// else those of its headers.
func (g *gatherer) chooseEndpoint() {
	e := g.e
	if named := g.options.endpoint; named != "" {
		e.named = true
		e.endpoint = named
		if !strings.Contains(named, "{format}") {
			e.endpoint = with(named, "format", "json")
		}
		e.endpoint = with(e.endpoint, "url", url.QueryEscape(e.address))
		e.xmlLink = strings.ReplaceAll(e.endpoint, "{format}", "xml")
		if !strings.Contains(named, "{format}") {
			e.xmlLink = with(e.endpoint, "format", "xml")
		}
		e.endpoint = strings.ReplaceAll(e.endpoint, "{format}", "json")
		return
	}
	if link := e.jsonLink(); link != nil {
		e.endpoint = e.resolved(link.Href)
	} else if link := first(e.headers, typeJSON); link != nil {
		e.endpoint = e.resolved(link.Href)
	}
	if link := first(e.links(), typeXML, "application/xml+oembed"); link != nil {
		e.xmlLink = e.resolved(link.Href)
	} else if link := first(e.headers, typeXML); link != nil {
		e.xmlLink = e.resolved(link.Href)
	}
}

// askLinks asks what the links name, one after the other.
func (g *gatherer) askLinks(ctx context.Context) error {
	e := g.e
	if e.endpoint != "" {
		if err := g.ask(ctx, question{what: "json", address: e.endpoint, limit: maxAnswer, into: &e.json}); err != nil {
			return err
		}
	}
	if e.xmlLink != "" {
		if err := g.ask(ctx, question{what: "xml", address: e.xmlLink, limit: maxAnswer, into: &e.xml}); err != nil {
			return err
		}
	}
	if e.endpoint == "" {
		e.endpoint = e.xmlLink
	}
	e.markup = readMarkup(e.main().text("html"))
	return nil
}

// probes are the questions that show how the endpoint behaves.
func (g *gatherer) probes() []question {
	e := g.e
	self := url.QueryEscape(e.address)
	wordpress := with(with(e.endpoint, "maxwidth", strconv.Itoa(wordpressWidth)), "maxheight", strconv.Itoa(wordpressHeight))
	wordpress = with(with(with(wordpress, "url", self), "dnt", "1"), "format", formatOf(e))
	list := []question{
		{what: "as WordPress", address: wordpress, agent: wordpressAgent, into: &e.wordpress},
		{what: "with an unknown parameter", address: with(e.endpoint, "oembed_check", "1"), into: &e.extra},
	}
	if asked, ok := value(e.endpoint, "url"); ok {
		absent := *e.base()
		absent.Path, absent.RawPath, absent.RawQuery, absent.Fragment = "/oembed-check/no-such-page-4b1f", "", "", ""
		list = append(list,
			question{what: "with the address of the page", address: with(e.endpoint, "url", self), into: &e.page2},
			question{what: "with slashes as they are", address: with(e.endpoint, "url", lazilyEncoded(asked)), into: &e.lazy},
			question{what: "for a page that is not there", address: with(e.endpoint, "url", url.QueryEscape(absent.String())), into: &e.absent})
	}
	if _, ok := value(e.endpoint, "format"); ok {
		list = append(list,
			question{what: "with url alone", address: without(e.endpoint, "format"), into: &e.bare},
			question{what: "in a format that is none", address: with(e.endpoint, "format", "oembedcheck"), into: &e.strange})
		if e.xmlLink == "" {
			list = append(list, question{what: "in XML", address: with(e.endpoint, "format", "xml"), into: &e.other})
		}
	}
	e.boxes = append([]box(nil), boxes...)
	for i := range e.boxes {
		b := &e.boxes[i]
		address := e.endpoint
		if b.width > 0 {
			address = with(address, "maxwidth", strconv.Itoa(b.width))
		}
		if b.height > 0 {
			address = with(address, "maxheight", strconv.Itoa(b.height))
		}
		list = append(list, question{what: "at most " + b.String(), address: address, into: &b.answer})
	}
	for i := range list {
		list[i].limit = maxAnswer
	}
	return list
}

// String is a box in words: "333 wide", "320 × 240".
func (b box) String() string {
	switch {
	case b.height == 0:
		return fmt.Sprintf("%d wide", b.width)
	case b.width == 0:
		return fmt.Sprintf("%d high", b.height)
	}
	return fmt.Sprintf("%d × %d", b.width, b.height)
}

func formatOf(e *evidence) string {
	if e.endpoint == e.xmlLink {
		return "xml"
	}
	return "json"
}

// askParts asks for what the answer names: the document of its frame and its
// thumbnail.
func (g *gatherer) askParts(ctx context.Context) error {
	e := g.e
	if html := e.wordpress.text("html"); html != "" {
		e.wpHTML = wordpressKeeps(html)
	}
	var list []question
	if src := e.markup.src(); src != "" {
		if strings.HasPrefix(src, "//") {
			src = "https:" + src
		}
		list = append(list, question{what: "frame", address: src, limit: maxPage, into: &e.frame})
	}
	if thumbnail := e.main().text("thumbnail_url"); thumbnail != "" {
		list = append(list, question{what: "thumbnail", address: thumbnail, limit: maxThumbnail, into: &e.thumbnail})
	}
	return g.askAll(ctx, list)
}
