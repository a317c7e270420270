package server

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/oembed"
	"loanleaf/oembed/check"
	"loanleaf/site"
)

const (
	// mostTrials are checked at a time: each costs some twenty answers. Others
	// are asked to come again.
	mostTrials  = 2
	trialTime   = 10 * time.Second
	trialLimit  = 64 << 10 // bytes of an answer that are shown
	trialNarrow = 300
)

// trial answers with the page on which oEmbed answers are tried. It asks this
// server itself, without the network, so an address of another site gets the
// refusal that the endpoint gives it, and no request goes out.
func (s *Server) trial(w *visit, r *http.Request, st *state, language string) {
	t := page.Trial{}
	words := st.Site.Language(language).Words
	fields, _ := url.ParseQuery(r.URL.RawQuery) // gives what it could read
	t.Fields.URL = page.TrialField{Name: site.TrialURL, Value: short(fields.Get(site.TrialURL))}
	t.Fields.Width = page.TrialField{Name: site.TrialWidth, Value: short(fields.Get(site.TrialWidth))}
	t.Fields.Height = page.TrialField{Name: site.TrialHeight, Value: short(fields.Get(site.TrialHeight))}
	status := http.StatusOK
	if t.Fields.URL.Value == "" {
		t.Fields.URL.Value = st.exampleLoan(r.Context(), language)
	} else if !w.may(r, trials) {
		st.refuse(w, r, site.Address{Kind: site.Search, Language: language}, true, s.log)
		return
	} else {
		select {
		case s.trials <- struct{}{}:
			func() {
				defer func() { <-s.trials }() // after a fault in it, too
				s.try(r.Context(), st, &t, words)
			}()
		default:
			t.Notice, status = words.TrialBusy, http.StatusServiceUnavailable
			w.Header().Set("Retry-After", "5")
		}
	}
	buffer := buffers.Get().(*bytes.Buffer)
	defer keep(buffer)
	buffer.Reset()
	headers, err := st.pages.RenderTrial(r.Context(), buffer, language, t)
	if err != nil {
		internal(w, r, err, s.log)
		return
	}
	h := w.Header()
	for _, header := range headers {
		h.Set(header.Name, header.Value)
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", st.Site.Language(language).Tag)
	h.Set("Content-Length", strconv.Itoa(buffer.Len()))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(buffer.Bytes()) // an error means that the client has gone
	}
}

// try asks for the answers that the form names and checks the page.
func (s *Server) try(ctx context.Context, st *state, t *page.Trial, words *locale.Words) {
	ctx, cancel := context.WithTimeout(ctx, trialTime)
	defer cancel()
	origin, err := url.Parse(st.Site.Origin())
	if err != nil {
		return
	}
	ask := func(w http.ResponseWriter, r *http.Request) { s.askSelf(w, r, st) }
	self := check.Handler{Handler: http.HandlerFunc(ask), Host: origin.Host, Agent: "Loanleaf (oEmbed check)"}
	for _, format := range []oembed.Format{oembed.JSON, oembed.XML, oembed.JSONP, oembed.Preview} {
		address := st.trialRequest(t, format)
		answer, err := self.Fetch(ctx, check.Request{URL: address, Limit: trialLimit})
		if err != nil {
			continue
		}
		t.Answers = append(t.Answers, page.TrialAnswer{
			Format: string(format), URL: address, Body: string(bytes.ToValidUTF8(answer.Body, []byte("\uFFFD"))),
			Status: strconv.Itoa(answer.Status) + " " + http.StatusText(answer.Status),
		})
	}
	tried, widget, ok := st.tried(ctx, t.Fields.URL.Value)
	if !ok {
		return
	}
	t.Frames = st.trialFrames(ctx, self, t, widget, words)
	if report, err := check.Run(ctx, self, st.Site.URL(tried)); err == nil {
		t.Report = shown(report)
	}
}

// askSelf answers a request of our own, which nobody pays for, from the state that the
// trial is about. The trial holds that one: to take it again would wait for whoever
// waits to close it, who waits for the trial.
func (s *Server) askSelf(w http.ResponseWriter, r *http.Request, st *state) {
	defer func() {
		// The time for a trial is over, which ends this answer and not that page.
		if fault := recover(); fault != nil && fault != http.ErrAbortHandler {
			panic(fault)
		}
	}()
	s.routeOn(&visit{ResponseWriter: w}, r, st)
}

// tried is the page of the loan or the list at an address, and its widget; false
// where there is none.
func (st *state) tried(ctx context.Context, address string) (tried, widget site.Address, ok bool) {
	if list, err := st.Site.ParseListURL(address); err == nil {
		widget, _ = list.ListWidget(site.ListWidget)
		_, err = st.pages.ListCard(ctx, list)
		return list, widget, err == nil
	}
	tried, err := st.Site.ParseLoanURL(address)
	if err == nil {
		_, err = st.Source.Loan(ctx, tried.ID)
	}
	widget = tried
	widget.Kind = site.Widget
	return tried, widget, err == nil
}

// trialRequest is the address of an oEmbed request as the form asks for it.
func (st *state) trialRequest(t *page.Trial, format oembed.Format) string {
	query := "?" + site.TrialURL + "=" + url.QueryEscape(t.Fields.URL.Value) + "&format=" + string(format)
	for _, field := range []page.TrialField{t.Fields.Width, t.Fields.Height} {
		if field.Value != "" {
			query += "&" + field.Name + "=" + url.QueryEscape(field.Value)
		}
	}
	if format == oembed.JSONP {
		query += "&jsonp=show"
	}
	return st.Site.OwnEndpoint() + query
}

// trialFrames frame the widget document as programs do: at the size that an
// answer says, and with the secret that WordPress gives its frames.
func (st *state) trialFrames(ctx context.Context, self check.Handler, t *page.Trial, widget site.Address, words *locale.Words) []page.TrialFrame {
	address := st.Site.URL(widget)
	narrow := *t
	if n, err := strconv.Atoi(t.Fields.Width.Value); err != nil || n > trialNarrow {
		narrow.Fields.Width.Value = strconv.Itoa(trialNarrow)
	}
	var frames []page.TrialFrame
	for _, f := range []struct {
		caption, fragment, sandbox string
		asked                      *page.Trial
	}{
		{words.TrialWordPress, "#?secret=trial00000", "allow-scripts", t},
		{words.TrialPlain, "", "allow-scripts allow-popups allow-popups-to-escape-sandbox", t},
		{words.TrialNarrow, "", "allow-scripts allow-popups allow-popups-to-escape-sandbox", &narrow},
	} {
		answer, err := self.Fetch(ctx, check.Request{URL: st.trialRequest(f.asked, oembed.JSON), Limit: trialLimit})
		if err != nil || answer.Status != http.StatusOK {
			continue
		}
		var says struct {
			Type          string
			Width, Height int
		}
		if err := json.Unmarshal(answer.Body, &says); err != nil || says.Type != "rich" {
			continue
		}
		frames = append(frames, page.TrialFrame{
			Caption: f.caption, URL: address + f.fragment, Sandbox: f.sandbox,
			Width: strconv.Itoa(says.Width), Height: strconv.Itoa(says.Height),
		})
	}
	return append(frames, page.TrialFrame{Caption: words.TrialPreview, URL: st.trialRequest(t, oembed.Preview), Width: "600", Height: "420"})
}

// shown puts a report into the values of the page.
func shown(report *check.Report) *page.TrialReport {
	r := &page.TrialReport{Held: strconv.Itoa(report.Count(check.Held)), All: strconv.Itoa(len(report.Rules) - report.Count(check.Moot))}
	for _, v := range report.Consumers {
		shows := v.Shows
		if !v.Survives {
			shows = ""
		}
		r.Programs = append(r.Programs, page.TrialProgram{Name: v.Name, Shows: shows})
	}
	for _, rule := range report.Rules {
		if rule.State == check.Broken || rule.State == check.Advice {
			r.Broken = append(r.Broken, page.TrialRule{ID: rule.ID, Rule: rule.Rule, Seen: rule.Seen, Mend: rule.Mend, Source: rule.Source})
		}
	}
	return r
}

// exampleLoan is the address of a loan to begin with: the newest that raises
// funds, else the newest; empty where there is none.
func (st *state) exampleLoan(ctx context.Context, language string) string {
	for _, list := range []kiva.List{{Kind: kiva.ByStatus, Key: kiva.Fundraising.String()}, {Kind: kiva.AllLoans}} {
		if ids, err := st.Source.NewestIDs(ctx, list, 1); err == nil && len(ids) > 0 {
			return st.Site.URL(site.Address{Kind: site.Loan, ID: ids[0], Language: language})
		}
	}
	return ""
}

// short is what was typed, or nothing where it is longer than any address.
func short(value string) string {
	const most = 2048
	if len(value) > most {
		return ""
	}
	return value
}
