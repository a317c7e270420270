package server_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
)

// TestOEmbedOverTheWire asks a server on a socket, where what is too long, or is
// no HTTP at all, might be answered by something before the endpoint.
func TestOEmbedOverTheWire(t *testing.T) {
	loans := sampleStore(t)
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: "https://loans.example/services/oembed",
		Images: site.ServedImages, Gallery: drawings{},
	})
	if err != nil {
		t.Fatal(err)
	}
	web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate, Picture: sample.Picture})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- web.Run(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	const loan = "url=https%3A%2F%2Floans.example%2Flend%2F100001"
	long := strings.Repeat("x", 64<<10)
	for _, test := range []struct {
		rule, query string
		status      int
	}{
		{"a loan", loan + "&format=json", http.StatusOK},
		{"WordPress' question", loan + "&format=json&maxwidth=500&maxheight=750&dnt=1", http.StatusOK},
		{"a url of 64 KB", "format=json&url=" + long, http.StatusRequestURITooLong},
		{"64 KB of another name", loan + "&format=json&x=" + long, http.StatusRequestURITooLong},
		{"64 KB of escapes", "format=json&url=" + strings.Repeat("%2F", 64<<10/3), http.StatusRequestURITooLong},
		{"a broken escape", loan + "&format=json&x=%zz", http.StatusOK},
		{"semicolons", loan + "&format=json&a;b", http.StatusOK},
		{"another host", "format=json&url=http%3A%2F%2F127.0.0.1%2Flend%2F100001", http.StatusNotFound},
	} {
		began := time.Now()
		address := &url.URL{Scheme: "http", Host: listener.Addr().String(), Path: "/services/oembed", RawQuery: test.query}
		answer, err := http.DefaultTransport.RoundTrip(&http.Request{Method: http.MethodGet, URL: address, Header: http.Header{"Accept-Encoding": {"identity"}}})
		if err != nil {
			t.Errorf("%s: %v", test.rule, err)
			continue
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		var keys map[string]any
		if err != nil || answer.StatusCode != test.status || json.Unmarshal(body, &keys) != nil {
			t.Errorf("%s: %d, want %d: %v: %.300s", test.rule, answer.StatusCode, test.status, err, body)
		}
		if took := time.Since(began); took > 2*time.Second || len(body) > 1<<20 {
			t.Errorf("%s: %d bytes took %s", test.rule, len(body), took)
		}
	}
}
