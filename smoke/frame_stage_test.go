package smoke

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"loanleaf/kiva/snapshot"
	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
	"loanleaf/store"
)

// exhibition is a server of the sample and, at another origin, pages that frame
// its widgets as other people's sites do.
type exhibition struct {
	loans, hosts *httptest.Server
	base         string // what the addresses in the server's pages begin with

	site  *site.Site
	store *store.Store

	mu       sync.Mutex
	pages    map[string]string // of hosts, by path
	policies map[string]string // likewise
}

// dataDate is what counts as now.
var dataDate = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

// newExhibition starts both. The addresses in the server's pages begin with
// http://name:port, so that a name other than 127.0.0.1 makes every link of a
// widget lead to another host than the one it came from.
func newExhibition(t *testing.T, name string) *exhibition {
	t.Helper()
	return exhibit(t, name, sampleStore(t))
}

// exhibit is the same of other loans, and maybe with other settings.
func exhibit(t *testing.T, name string, loans *store.Store, changes ...func(*site.Config)) *exhibition {
	t.Helper()
	x := &exhibition{pages: map[string]string{}, policies: map[string]string{}, loans: httptest.NewUnstartedServer(nil)}
	_, port, _ := strings.Cut(x.loans.Listener.Addr().String(), ":")
	x.base = "http://" + name + ":" + port
	images := site.ServedImages
	if name != "127.0.0.1" {
		images = site.NoImages // the policy of a card allows those of its own origin alone
	}
	settings := site.Config{
		BaseURL: x.base, Name: "Loanleaf", Languages: locale.Shipped(),
		Images: images, Gallery: gallery{}, OEmbed: x.base + "/services/oembed", LendURL: "https://lend.example/<id>",
	}
	for _, change := range changes {
		change(&settings)
	}
	made, err := site.New(settings)
	if err != nil {
		t.Fatal(err)
	}
	x.site, x.store = made, loans
	web, err := server.New(server.Config{
		Site: made, Source: x.store, DataDate: dataDate, Picture: sample.Picture,
	})
	if err != nil {
		t.Fatal(err)
	}
	routes := http.NewServeMux()
	routes.Handle("/", web)
	routes.Handle("/host/", http.StripPrefix("/host", x)) // of the frames' own origin, so that a test can look into them
	x.loans.Config.Handler = routes
	x.loans.Start()
	t.Cleanup(x.loans.Close)
	x.hosts = httptest.NewServer(x)
	t.Cleanup(x.hosts.Close)
	return x
}

// ServeHTTP answers with a host page.
func (x *exhibition) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x.mu.Lock()
	page, found := x.pages[r.URL.Path]
	policy := x.policies[r.URL.Path]
	x.mu.Unlock()
	switch {
	case r.URL.Path == "/favicon.ico":
		w.WriteHeader(http.StatusNoContent)
	case !found:
		http.NotFound(w, r)
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if policy != "" {
			w.Header().Set("Content-Security-Policy", policy)
		}
		_, _ = io.WriteString(w, page)
	}
}

// host is the address of a page with this body, which keeps what it is told in
// the array heard.
func (x *exhibition) host(body string) string {
	x.mu.Lock()
	defer x.mu.Unlock()
	path := fmt.Sprintf("/%d", len(x.pages))
	x.pages[path] = "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Host</title>" +
		"<script>const heard=[];addEventListener('message',e=>heard.push(e.data))</script>\n" + body
	return x.hosts.URL + path
}

// whole is the address of a page that is this text, under a content security
// policy where one is given.
func (x *exhibition) whole(page, policy string) string {
	x.mu.Lock()
	defer x.mu.Unlock()
	path := fmt.Sprintf("/%d", len(x.pages))
	x.pages[path], x.policies[path] = page, policy
	return x.hosts.URL + path
}

// widget is the address of the sample's first loan's card. It is asked for at
// 127.0.0.1, as its frame is.
func (x *exhibition) widget() string { return fmt.Sprintf("%s/embed/%d", x.loans.URL, firstLoan) }

// firstLoan is the sample's first, which raises funds: its card has an action.
const firstLoan = 100001

// wordpress is what WordPress makes of the oEmbed answer to its own request, as
// wp_filter_oembed_result does: the quote stays in sight and the frame, in a
// sandbox, is hidden until the page in it gives the secret back.
func (x *exhibition) wordpress(t *testing.T, secret string) string {
	t.Helper()
	const frame = `<iframe src="`
	answer := x.ask(t)
	if strings.Count(answer, frame) != 1 || !strings.HasPrefix(answer, "<blockquote>") || !strings.HasSuffix(answer, "</iframe>") {
		t.Fatalf("the answer is not a quote and a frame: %s", answer)
	}
	answer = strings.Replace(answer, "<blockquote>", `<blockquote class="wp-embedded-content" data-secret="`+secret+`">`, 1)
	return regexp.MustCompile(frame+`([^"]+)"`).ReplaceAllString(answer,
		`<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" style="position: absolute; visibility: hidden;" `+
			`src="$1#?secret=`+secret+`" data-secret="`+secret+`"`)
}

// ask is the html that the server answers WordPress with, its addresses at
// 127.0.0.1.
func (x *exhibition) ask(t *testing.T) string {
	t.Helper()
	query := url.Values{"url": {fmt.Sprintf("%s/lend/%d", x.base, firstLoan)}, "format": {"json"}, "dnt": {"1"}, "maxwidth": {"500"}, "maxheight": {"750"}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, x.loans.URL+"/services/oembed?"+query.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("User-Agent", "WordPress/6.9; https://blog.example")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer struct{ HTML string }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(answer.HTML, x.base+"/embed/", x.loans.URL+"/embed/")
}

type gallery struct{}

func (gallery) PictureSize(size string, id int64) (width, height int, ok bool) {
	return sample.PictureSize(size, id)
}

// sampleStore is the embedded sample, imported.
func sampleStore(t *testing.T) *store.Store {
	t.Helper()
	return storeOf(t, func(ctx context.Context, into *store.Import) error {
		for name, body := range map[string][]byte{"loans.jsonl": sample.Loans(), "partners.json": sample.Partners()} {
			source := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(source, body, 0o600); err != nil {
				return err
			}
			if err := importFile(ctx, into, source); err != nil {
				return err
			}
		}
		return nil
	})
}

// storeOf is a store of what fill puts into it.
func storeOf(t *testing.T, fill func(context.Context, *store.Import) error) *store.Store {
	t.Helper()
	file := filepath.Join(t.TempDir(), "loans.sqlite")
	into, err := store.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer into.Abort()
	if err := fill(t.Context(), into); err != nil {
		t.Fatal(err)
	}
	if _, err := into.Commit(t.Context(), store.Meta{DataDate: dataDate}); err != nil {
		t.Fatal(err)
	}
	loans, err := store.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { loans.Close() })
	return loans
}

func importFile(ctx context.Context, into *store.Import, source string) error {
	snap, err := snapshot.Open(source)
	if err != nil {
		return err
	}
	defer snap.Close()
	for record, err := range snap.Records() {
		switch {
		case err != nil:
		case record.Loan != nil:
			_, err = into.AddLoan(ctx, record.Loan)
		case record.Partner != nil:
			_, err = into.AddPartner(ctx, record.Partner)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
