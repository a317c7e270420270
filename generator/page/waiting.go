package page

import (
	"bytes"
	"context"

	"loanleaf/templates"
)

// waitingPolicy allows a waiting page its script and nothing else.
const waitingPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"

// RenderWaiting writes the page that stands in place of every other while there
// is no site yet, with the path of its script and with what is wrong, and gives
// the headers it is sent with.
func RenderWaiting(ctx context.Context, w *bytes.Buffer, script string, problems []string) ([]Header, error) {
	headers := Headers(Missing, Policies{Page: waitingPolicy})
	return headers, templates.WaitingPage(script, waitingPolicy, problems).Render(ctx, w)
}
