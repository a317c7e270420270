package server_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"

	"loanleaf/kiva"
	"loanleaf/server"
)

// patient looks a loan up for as long as its client is there.
type patient struct{ server.Source }

func (p patient) Loan(ctx context.Context, _ int64) (kiva.Loan, error) {
	<-ctx.Done()
	return kiva.Loan{}, ctx.Err()
}

func (p patient) Listings(ctx context.Context, _ []int64) ([]kiva.Loan, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestWhoClosedItsSideIsNotToldNothing sends requests and closes the sending side while
// they are answered, as old clients do: there is a whole answer, or none. The library
// takes the client for gone, and an empty page with status 200 would be kept by caches.
func TestWhoClosedItsSideIsNotToldNothing(t *testing.T) {
	s := start(t, server.Operation{})
	config := pathConfig(t, sampleStore(t))
	config.Source = patient{config.Source}
	s.web.Reload(config)
	for _, path := range []string{"/of/ours/lend/100001", "/of/ours/embed/100001", "/of/ours/badge/100001.svg", oembedQuery + "json", oembedQuery + "xml&maxwidth=300"} {
		c := s.mustDial()
		fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: loans.example\r\n\r\n", path)
		c.Conn.(*net.TCPConn).CloseWrite()
		answer, err := http.ReadResponse(c.read, nil)
		if err == nil || !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: answered %v, %v", path, answer, err)
		}
	}
}
