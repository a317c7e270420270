package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// serve starts the program with everything on that an operator may ask for.
func (s *suite) serve(ctx context.Context, data, store string) (*server, error) {
	return start(ctx, nil, "/readyz", s.program, "serve", "--data", s.at(data), "--addr", "ADDRESS", "--base-url", "https://loans.example", "--store", s.at(store),
		"--metrics-addr", "127.0.0.1:0", "--rate-limit", "10000000")
}

func endpoint(id, rest string) string {
	return "/services/oembed?url=" + url.QueryEscape("https://loans.example/lend/"+id) + rest
}

// serving starts the program with a store that is there, and asks for answers.
func (s *suite) serving(ctx context.Context) error {
	if !s.wants("serve") {
		return nil
	}
	web, err := s.serve(ctx, dataFolder, storeFolder)
	if err != nil {
		return err
	}
	defer web.stop()
	cpu, resident, err := web.now()
	if err != nil {
		s.table.notes = append(s.table.notes, fmt.Sprintf("what a server costs was not measured: %v", err))
		return nil
	}
	s.table.add(row{stage: "serve: from start to first answer", wall: millis(web.ready), cpu: seconds(cpu), peak: megabytes(resident)})

	if err := searches(ctx, web); err != nil {
		return err
	}
	random := make([]string, len(s.ids))
	for i, id := range s.ids {
		random[i] = endpoint(id, "&format=json")
	}
	for _, kind := range []struct {
		stage string
		paths []string
	}{
		{"serve: oEmbed JSON, one loan", []string{endpoint(s.ids[0], "&format=json")}},
		{"serve: oEmbed XML, one loan", []string{endpoint(s.ids[0], "&format=xml")}},
		{"serve: oEmbed JSON, random loans", random},
	} {
		if err := s.compare(ctx, web, kind.stage, kind.paths); err != nil {
			return fmt.Errorf("%s: %w", kind.stage, err)
		}
	}
	took, err := openLoop(ctx, web.address, random, s.rate, 5*s.turn)
	if err != nil {
		return err
	}
	part := func(of float64) string { return millis(took[min(int(of*float64(len(took))), len(took)-1)]) }
	s.table.add(row{stage: fmt.Sprintf("serve: open loop, random, %d a second", s.rate), wall: "p50 " + part(.5), cpu: "p99 " + part(.99), rate: "most " + part(1)})
	if _, resident, err = web.now(); err != nil {
		return err
	}
	s.table.add(row{stage: "serve: resident after that", peak: megabytes(resident)})
	return nil
}

// searches waits until a server has made its search index, which takes its processor
// for half a minute where there are a million loans.
func searches(ctx context.Context, web *server) error {
	for {
		answer, err := http.Get("http://" + web.address + "/search?q=a")
		if err != nil {
			return err
		}
		answer.Body.Close()
		switch answer.StatusCode {
		case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		default:
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(2 * time.Second):
		}
	}
}

// compare asks the program and a bare handler with an answer of the same length
// and headers, in turns, and adds a row with the medians.
func (s *suite) compare(ctx context.Context, web *server, stage string, paths []string) error {
	say, err := fetch(ctx, "http://"+web.address+paths[0])
	if err != nil {
		return err
	}
	input, err := json.Marshal(say)
	if err != nil {
		return err
	}
	bare, err := start(ctx, input, "/", s.self, "serve-bare", "ADDRESS")
	if err != nil {
		return err
	}
	defer bare.stop()
	var rates, ratios []float64
	for range s.rounds {
		plain, err := s.turnOf(ctx, bare, paths)
		if err != nil {
			return err
		}
		ours, err := s.turnOf(ctx, web, paths)
		if err != nil {
			return err
		}
		rates, ratios = append(rates, ours), append(ratios, ours/plain)
	}
	slices.Sort(rates)
	slices.Sort(ratios)
	s.table.add(row{stage: stage, rate: fmt.Sprintf("%.0f answers", rates[len(rates)/2]), bytes: fmt.Sprintf("%d B", len(say.Body)),
		ratio: fmt.Sprintf("%.2f of bare (%.2f to %.2f)", ratios[len(ratios)/2], ratios[0], ratios[len(ratios)-1])})
	return nil
}

// turnOf is how many answers a server gave in a second of its processor time.
func (s *suite) turnOf(ctx context.Context, of *server, paths []string) (float64, error) {
	before, _, err := of.now()
	if err != nil {
		return 0, err
	}
	answers, err := closedLoop(ctx, of.address, paths, s.turn)
	if err != nil {
		return 0, err
	}
	after, _, err := of.now()
	if err != nil {
		return 0, err
	}
	const least = 100 * time.Millisecond // of ticks of 10 ms
	if after-before < least {
		return 0, fmt.Errorf("the server had %v to do in %v: give it longer turns with -turn", after-before, s.turn)
	}
	return float64(answers) / (after - before).Seconds(), nil
}

// fetch keeps an answer as an example, without what net/http writes by itself.
func fetch(ctx context.Context, address string) (example, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return example{}, err
	}
	plain := &http.Transport{DisableCompression: true}
	defer plain.CloseIdleConnections()
	answer, err := plain.RoundTrip(request)
	if err != nil {
		return example{}, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return example{}, fmt.Errorf("status %s", answer.Status)
	}
	body, err := io.ReadAll(answer.Body)
	answer.Header.Del("Date")
	return example{Header: answer.Header, Body: body}, err
}
