package server

import (
	"net/http"

	"loanleaf/generator/page"
)

// setHeaders writes the headers of a kind of answer, by the table of package
// page.
func setHeaders(h http.Header, k page.Answer, p page.Policies) {
	for _, header := range page.Headers(k, p) {
		h.Set(header.Name, header.Value)
	}
}
