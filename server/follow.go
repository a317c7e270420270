package server

import (
	"log/slog"
	"net/http"
	"time"
)

// logRequests writes a line for every request to the log of somebody who follows
// their own requests on their own machine, without the query, which may hold
// what other people wrote. What a public server writes is an [accessLog].
func logRequests(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		counted := &counter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(counted, r)
		log.Info("request", "method", r.Method, "path", r.URL.Path, "status", counted.status, "bytes", counted.bytes, "took", time.Since(began))
	})
}

// counter sees what is answered.
type counter struct {
	http.ResponseWriter
	status, bytes int
}

func (c *counter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the writer underneath.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
