package server

import (
	"net/http"

	"loanleaf/generator/page"
)

// hosted is a file of a built site as a file host sends it. It is a kind of our
// own beside those of package page.
const hosted = page.Answer(255)

// setHeaders writes the headers of a kind of answer, by the table of package
// page.
func setHeaders(h http.Header, k page.Answer, p page.Policies) {
	if k == hosted {
		// A file host adds nothing: pages carry their policy with them.
		h.Set("Cache-Control", page.Briefly)
		h.Set("X-Content-Type-Options", "nosniff")
		return
	}
	for _, header := range page.Headers(k, p) {
		h.Set(header.Name, header.Value)
	}
}
