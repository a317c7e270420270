package check

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestARightProviderSurvivesEverywhere(t *testing.T) {
	report := run(t, newProvider(t))
	for _, r := range report.Rules {
		if r.State == Broken || r.State == Advice {
			t.Errorf("%s: %s: %s", r.State, r.ID, r.Seen)
		}
	}
	if !report.Clean() || report.Count(Held) < 100 || report.Type != "rich" || report.Title != "Mai's Loan" {
		t.Errorf("%d rules are held; type %q, title %q", report.Count(Held), report.Type, report.Title)
	}
	for _, v := range report.Consumers {
		if !v.Survives || v.Shows == "" || v.Name == "" {
			t.Errorf("%+v", v)
		}
	}
}

func TestRulesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	minded := map[Consumer]int{}
	for _, r := range rules() {
		if seen[r.id] {
			t.Errorf("%s stands there twice", r.id)
		}
		if r.rule == "" || r.mend == "" || r.source == "" || r.check == nil || len(r.consumers) == 0 {
			t.Errorf("%s is not whole", r.id)
		}
		for _, id := range r.needs {
			if !seen[id] {
				t.Errorf("%s needs %s, which does not stand before it", r.id, id)
			}
		}
		for i, c := range r.consumers {
			if c.Name() == "" || slices.Contains(r.consumers[:i], c) {
				t.Errorf("%s: consumer %q", r.id, c)
			}
			minded[c]++
		}
		if strings.HasSuffix(r.rule, ".") || strings.HasSuffix(r.mend, ".") {
			t.Errorf("%s: its words end with a full stop", r.id)
		}
		seen[r.id] = true
	}
	for _, c := range Consumers() {
		if minded[c] < 5 {
			t.Errorf("%s minds %d rules", c, minded[c])
		}
	}
	if len(seen) < 100 {
		t.Errorf("%d rules", len(seen))
	}
}

func TestABrokenRuleMakesThoseThatNeedItMoot(t *testing.T) {
	p := newProvider(t)
	never("html")(p)
	got := found(run(t, p))
	for id, seen := range map[string]string{"frame": "needs html", "frame-one": "needs frame", "frame-bare": "needs frame-one"} {
		if got[id].State != Moot || got[id].Seen != seen {
			t.Errorf("%s: %s, %q", id, got[id].State, got[id].Seen)
		}
	}
}

// Who reads JSON does not mind what is wrong with XML.
func TestXMLIsMindedByWhoReadsIt(t *testing.T) {
	p := newProvider(t)
	inXML(func(a *thing) {
		a.body = strings.ReplaceAll(a.body, "<oembed>", "<!DOCTYPE oembed><oembed><note></note>")
	})(p)
	report := run(t, p)
	got := found(report)
	if !report.Clean() || got["xml-doctype"].State != Advice || got["xml-empty"].State != Advice {
		t.Errorf("beside JSON: %+v, %+v", got["xml-doctype"], got["xml-empty"])
	}
	p.instead = func(q url.Values, r Request) *thing { // XML where no format is asked for
		if q.Has("format") {
			return nil
		}
		q.Set("format", "xml")
		a := p.answer(q, r)
		return &a
	}
	got = found(run(t, p))
	if got["xml-doctype"].State != Advice || got["xml-empty"].State != Broken || !slices.Equal(got["xml-empty"].Consumers, []Consumer{Drupal}) {
		t.Errorf("where url alone brings XML: %+v, %+v", got["xml-doctype"], got["xml-empty"])
	}
	p.replace(p.linkTo(typeJSON), "")
	if got = found(run(t, p)); got["xml-doctype"].State != Broken {
		t.Errorf("alone: %+v", got["xml-doctype"])
	}
}

func TestWordPressLetsPort8080Pass(t *testing.T) {
	for port, want := range map[string][]Consumer{"8443": {WordPress, Discourse}, "8080": {Discourse}} {
		e := &evidence{endpoint: "https://loans.example:" + port + "/oembed", named: true}
		results := judge(e, slices.DeleteFunc(hrefRules(), func(r rule) bool { return r.id != "href-port" }))
		if results[0].State != Broken || !slices.Equal(results[0].Consumers, want) {
			t.Errorf("%s: %+v", port, results[0])
		}
	}
}

func TestVerdictsNameWhatIsBroken(t *testing.T) {
	p := newProvider(t)
	p.html(`<div><iframe src="https://loans.example/frame/5" width="WIDTH" height="HEIGHT"></iframe></div>`)
	for _, v := range run(t, p).Consumers {
		switch v.Consumer {
		case Misskey:
			if v.Survives || !slices.Equal(v.Broken, []string{"frame-bare"}) || v.Shows != "" {
				t.Errorf("%+v", v)
			}
		case WordPress:
			if !v.Survives || !slices.Equal(v.Advice, []string{"frame-title"}) || v.Shows != "the frame, 400 × 200, in a sandbox" {
				t.Errorf("%+v", v)
			}
		default:
			if !v.Survives || len(v.Advice) > 0 {
				t.Errorf("%+v", v)
			}
		}
	}
}

func TestPhotosAndLinksAreShownToo(t *testing.T) {
	p := newProvider(t)
	photo(p)
	report := run(t, p)
	if !report.Clean() || report.Consumers[1].Shows != "the picture, 400 × 200" {
		t.Errorf("%+v", report.Consumers[1])
	}
	p = newProvider(t)
	for _, key := range []string{"html", "width", "height"} {
		delete(p.fields, key)
	}
	p.fields["type"] = "link"
	report = run(t, p)
	if !report.Clean() || report.Consumers[7].Shows != "a bookmark" {
		t.Errorf("%+v", report.Consumers[7])
	}
}

func TestANamedEndpointNeedsNoLinks(t *testing.T) {
	for _, named := range []string{providerEndpoint, providerEndpoint + "?format={format}"} {
		p := newProvider(t)
		p.replace("<link", "<meta")
		report := run(t, p, Endpoint(named))
		if got := found(report); !report.Clean() || got["link"].State != Moot || got["answer-json"].State != Held || got["xml-root"].State != Held {
			t.Errorf("%s: link %+v, JSON %+v, XML %+v", named, got["link"], got["answer-json"], got["xml-root"])
		}
		p.page.status = 403
		if got := found(run(t, p, Endpoint(named))); got["page-answers"].State != Broken || got["answer-json"].State != Held {
			t.Errorf("%s: %+v", named, got["answer-json"])
		}
	}
}

func TestAPageWithAHeaderAloneIsAskedAllTheSame(t *testing.T) {
	p := newProvider(t)
	p.page.header.Set("Link", "<"+linked(p)+`>; rel="alternate"; type="application/json+oembed"`)
	p.replace("<link", "<meta")
	got := found(run(t, p))
	if got["link"].State != Broken || !strings.Contains(got["link"].Seen, "Link headers name https://loans.example/oembed?") || got["answer-json"].State != Held {
		t.Errorf("%+v, %+v", got["link"], got["answer-json"])
	}
}

func TestAsReportsForSomeAlone(t *testing.T) {
	report := run(t, newProvider(t), As(Misskey, Ghost))
	if len(report.Consumers) != 2 || report.Consumers[0].Consumer != Misskey {
		t.Errorf("%+v", report.Consumers)
	}
	for _, r := range report.Rules {
		if !slices.Contains(r.Consumers, Misskey) && !slices.Contains(r.Consumers, Ghost) {
			t.Errorf("%s is of %v", r.ID, r.Consumers)
		}
	}
}

func TestOnAPrivateAddressSchemeAndPortAreMoot(t *testing.T) {
	p := newProvider(t)
	const local = "http://127.0.0.1:3000"
	const public = "https://loans.example"
	out := strings.NewReplacer(local, public, url.QueryEscape(local), url.QueryEscape(public), lazilyEncoded(local), lazilyEncoded(public))
	back := strings.NewReplacer(public, local, url.QueryEscape(public), url.QueryEscape(local))
	moved := fetcherFunc(func(ctx context.Context, r Request) (*Response, error) {
		r.URL = out.Replace(r.URL)
		got, err := p.Fetch(ctx, r)
		if err == nil {
			got.URL, got.Body = back.Replace(got.URL), []byte(back.Replace(string(got.Body)))
		}
		return got, err
	})
	report, err := Run(t.Context(), moved, local+"/loan/5")
	if err != nil {
		t.Fatal(err)
	}
	got := found(report)
	if !report.Clean() || got["href-port"].State != Moot || got["frame-https"].State != Moot || got["href-https"].State != Moot {
		t.Errorf("clean: %t; %+v; %+v; %+v", report.Clean(), got["href-port"], got["frame-https"], got["href-https"])
	}
}

type fetcherFunc func(context.Context, Request) (*Response, error)

func (f fetcherFunc) Fetch(ctx context.Context, r Request) (*Response, error) { return f(ctx, r) }

func TestRunFailsOnlyWhereThereIsNothingToReport(t *testing.T) {
	p := newProvider(t)
	for _, address := range []string{"", "loans.example", "ftp://loans.example/", "https://mai:ducks@loans.example/"} {
		_, err := Run(t.Context(), p, address)
		if _, ok := errors.AsType[*RefusedError](err); !ok {
			t.Errorf("%q: %v", address, err)
		}
	}
	silent := errors.New("nobody is there")
	if _, err := Run(t.Context(), fetcherFunc(func(context.Context, Request) (*Response, error) { return nil, silent }), providerPage); !errors.Is(err, silent) {
		t.Errorf("a page that does not answer: %v", err)
	}
	// An endpoint that does not answer is reported.
	report := run(t, fetcherFunc(func(ctx context.Context, r Request) (*Response, error) {
		if r.URL == providerPage {
			return p.Fetch(ctx, r)
		}
		return nil, silent
	}))
	if got := found(report)["answer-status"]; got.State != Broken || !strings.Contains(got.Seen, "nobody is there") {
		t.Errorf("%+v", got)
	}
}

func TestRunStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := newProvider(t)
	n := 0
	_, err := Run(ctx, fetcherFunc(func(ctx context.Context, r Request) (*Response, error) {
		if n++; n == 3 {
			cancel()
		}
		return p.Fetch(ctx, r)
	}), providerPage)
	if !errors.Is(err, context.Canceled) || n != 3 {
		t.Errorf("after %d requests: %v", n, err)
	}
	late, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	if _, err := Run(late, p, providerPage); !errors.Is(err, ErrTimeUp) {
		t.Errorf("late: %v", err)
	}
}

func TestTheSameProviderMakesTheSameReport(t *testing.T) {
	var reports []string
	for range 3 {
		body, err := json.Marshal(run(t, newProvider(t)))
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, string(body))
	}
	if reports[0] != reports[1] || reports[1] != reports[2] {
		t.Error("they differ")
	}
}

func TestProgressIsTold(t *testing.T) {
	counts := make(chan int, 100)
	report := run(t, newProvider(t), Progress(func(asked int, _ string) { counts <- asked }))
	if len(counts) != len(report.Asked) || len(report.Asked) < 12 {
		t.Errorf("told %d times of %d questions", len(counts), len(report.Asked))
	}
}

func TestHandlerAnswersForItsHostAlone(t *testing.T) {
	h := Handler{Host: "loans.example", Agent: "self", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/here", http.StatusMovedPermanently)
		case "/away":
			http.Redirect(w, r, "https://elsewhere.example/", http.StatusFound)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		default:
			w.Header().Set("X-Agent", r.UserAgent())
			w.Write([]byte("a long body"))
		}
	})}
	got, err := h.Fetch(t.Context(), Request{URL: "https://loans.example/moved", Limit: 6})
	if err != nil || got.Status != 200 || got.Redirects != 1 || string(got.Body) != "a long" || !got.Truncated || got.Header.Get("X-Agent") != "self" {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := h.Fetch(t.Context(), Request{URL: "https://loans.example/round", Limit: 6}); err != nil || got.Status != http.StatusFound {
		t.Errorf("in circles: %+v, %v", got, err)
	}
	for _, address := range []string{"https://loans.example/away", "https://elsewhere.example/", "https://loans.example:8443/"} {
		if _, err := h.Fetch(t.Context(), Request{URL: address}); err == nil {
			t.Errorf("%s is answered", address)
		}
	}
}

// What a page says reaches a terminal without what a terminal obeys.
func TestReportsHoldNothingThatATerminalObeys(t *testing.T) {
	const hostile = "\x1b]0;owned\a\x1b[2J\u202e\u009b31m\r\n"
	p := newProvider(t)
	p.html(`<iframe src="https://loans.example/` + hostile + `" width="WIDTH" height="HEIGHT" title="` + hostile + `"></iframe>`)
	p.fields["title"], p.fields["thumbnail_url"], p.fields["type"+hostile] = hostile, "https://loans.example/"+hostile, hostile
	p.page.header.Set("Content-Type", "text/html; charset="+hostile)
	report := run(t, p)
	words := report.Title
	for _, r := range report.Rules {
		words += r.Seen
	}
	for _, x := range report.Asked {
		words += x.URL + x.Error
	}
	for _, r := range words {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			t.Fatalf("%q is in %q", r, words)
		}
	}
	if !strings.Contains(words, "owned") {
		t.Error("nothing of it was quoted")
	}
}

// What lies on hosts that were not asked is nobody's fault.
func TestWhatLiesElsewhereIsMoot(t *testing.T) {
	p := newProvider(t)
	report := run(t, fetcherFunc(func(ctx context.Context, r Request) (*Response, error) {
		if r.URL == providerFrame || r.URL == providerPic {
			return nil, &RefusedError{Address: r.URL, Reason: "is not on this host", Elsewhere: true}
		}
		return p.Fetch(ctx, r)
	}))
	got := found(report)
	for _, id := range []string{"framed-answers", "framed-allowed", "framed-html", "thumbnail-answers"} {
		if got[id].State != Moot || !strings.HasSuffix(got[id].Seen, "is not on this host: it was not asked for") {
			t.Errorf("%s: %s, %s", id, got[id].State, got[id].Seen)
		}
	}
	if !report.Clean() {
		t.Error("something is broken")
	}
}

func TestParametersAreSetInTheirPlace(t *testing.T) {
	const address = "https://a.example/o?url=https%3A//b.example&format=json&x#f"
	for _, test := range []struct{ got, want string }{
		{with(address, "format", "xml"), "https://a.example/o?url=https%3A//b.example&format=xml&x="},
		{with(address, "maxwidth", "5"), "https://a.example/o?url=https%3A//b.example&format=json&x=&maxwidth=5"},
		{with("https://a.example/o", "url", "u"), "https://a.example/o?url=u"},
		{without(address, "format"), "https://a.example/o?url=https%3A//b.example&x="},
		{without("https://a.example/o?format=json", "format"), "https://a.example/o"},
		{lazilyEncoded("https://a.example/?b=c&d"), "https%3A//a.example/%3Fb%3Dc%26d"},
	} {
		if test.got != test.want {
			t.Errorf("got %s, want %s", test.got, test.want)
		}
	}
}
