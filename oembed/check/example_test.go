package check_test

import (
	"context"
	"fmt"
	"net/http"

	"loanleaf/oembed/check"
)

// A server checks a page of its own without a network. This one offers a link
// to an endpoint that it does not have.
func ExampleRun() {
	pages := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/loan/5" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<title>Mai</title><link rel="alternate" type="application/json+oembed" href="https://loans.example/oembed?url=https%3A%2F%2Floans.example%2Floan%2F5">`)
	})
	fetcher := check.Handler{Handler: pages, Host: "loans.example"}
	report, err := check.Run(context.Background(), fetcher, "https://loans.example/loan/5", check.As(check.Ghost))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range report.Consumers {
		fmt.Println(v.Name, v.Survives, v.Broken)
	}
	// Output: Ghost false [answer-status]
}
