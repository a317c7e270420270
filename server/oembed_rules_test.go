package server

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// rule is something that a specification or a consumer asks of a provider. The
// scripts of testdata/oembed prove it: those that have it in a comment line
// "# rules: …" before the requests that show it. What no request can show is
// proved by a test in Go: proof is its file, from here, and its name.
type rule struct{ id, source, says, proof string }

// rules are those of the oEmbed specification (oembed.com, by section), those of
// its registry, and what consumers were found to need, of which DESIGN keeps the
// list by the letters a to i.
var rules = []rule{
	{"2.1-pairs", "oEmbed 2.1", "schemes have wildcards in subdomain or path alone; http and https are two", ""},
	{"2.1-endpoint", "oEmbed 2.1", "the endpoint is an address with http or https", ""},
	{"2.2-query", "oEmbed 2.2", "requests are GET, arguments stand in the query, escaped as RFC 1738 has it: bare slashes are legal", ""},
	{"2.2-url", "oEmbed 2.2", "url is required", ""},
	{"2.2-bounds", "oEmbed 2.2", "maxwidth and maxheight are respected", ""},
	{"2.2-format", "oEmbed 2.2", "an answer is in the format asked for, or is an error", ""},
	{"2.2-implied-format", "oEmbed 2.2", "where the path implies the format, the parameter is ignored", ""},
	{"2.2-unknown-ignored", "oEmbed 2.2", "unknown arguments are ignored: the same body under the same tag", ""},
	{"2.3.1-json", "oEmbed 2.3.1", "JSON is well-formed, application/json, UTF-8", ""},
	{"2.3.2-xml", "oEmbed 2.3.2", "XML is well-formed, text/xml, UTF-8, with its declaration and the root oembed", ""},
	{"2.3.4-type", "oEmbed 2.3.4", "type is one of four", ""},
	{"2.3.4-version", "oEmbed 2.3.4", "version is 1.0", ""},
	{"2.3.4-optional", "oEmbed 2.3.4", "title, author, provider and cache_age are under their names", ""},
	{"2.3.4-thumbnail", "oEmbed 2.3.4", "a thumbnail has all three keys or none, and is within both bounds", ""},
	{"2.3.4-own-keys", "oEmbed 2.3.4", "further keys have the same form", ""},
	{"2.3.4.1-photo", "oEmbed 2.3.4.1", "a photo has an address and a size: there is none, so it is never said", ""},
	{"2.3.4.2-video", "oEmbed 2.3.4.2", "a widget is never called a video", ""},
	{"2.3.4.3-link", "oEmbed 2.3.4.3", "a link needs neither html nor size", ""},
	{"2.3.4.4-rich", "oEmbed 2.3.4.4", "rich has html, width and height", ""},
	{"2.3.4.4-no-margin", "oEmbed 2.3.4.4", "its html has no margin around it", ""},
	{"2.3.5-404", "oEmbed 2.3.5", "404 for addresses without an answer, within a scheme too", ""},
	{"2.3.5-501", "oEmbed 2.3.5", "501 for a format that is not there", ""},
	{"2.3.5-401", "oEmbed 2.3.5", "401 for what is private", ""},
	{"3-schemes", "oEmbed 3", "addresses in an answer are http or https", "oembed_rules_test.go TestAddressesInAnswersAreHTTP"},
	{"3-off-domain", "oEmbed 3", "html works in a frame of another domain", "../smoke/frame_hosts_test.go TestFrameInOtherHosts"},
	{"4-links", "oEmbed 4", "pages link to their answers by rel alternate and the two types", ""},
	{"4-href", "oEmbed 4", "the href is endpoint, url and format, and no other parameter", ""},
	{"4-header", "oEmbed 4", "the same as headers", ""},
	{"4-title", "oEmbed 4", "links have a title", ""},
	{"7.1-entry", "oEmbed 7.1, registry", "the registry's own checks pass the entry", ""},
	{"7.1-entry-checks", "oEmbed 7.1, registry", "each check of the registry refuses an entry that is wrong", "../oembed/provider_test.go TestTheRegistryTakesTheEntry"},
	{"7.1-audit", "registry, audit", "the sample request is answered with 200, a type and something to show", ""},

	{"a-page", "WordPress, Drupal, Mastodon", "a loan's page is 200, text/html, UTF-8", ""},
	{"a-early", "WordPress", "both links stand before anything long, within the first 150 KB", ""},
	{"a-type", "WordPress", "the plus sign of the type is literal", ""},
	{"a-href", "extractus, Drupal, oscarotero", "the href is absolute, url first, then format", ""},
	{"a-title", "WordPress", "a title has no angle brackets", ""},
	{"a-same-on-every-page", "Mastodon", "hrefs of different pages differ in url alone", ""},
	{"a-no-redirect", "Mastodon", "the page is at the address that is written, others lead there in one step", ""},
	{"b-previews", "Mastodon, iframely, Discourse", "the page has what previews are made of, and is of type website", ""},
	{"c-no-redirect", "several", "a slash behind the endpoint changes nothing", ""},
	{"c-type", "unfurl, Mastodon", "media types are exact and name their charset", ""},
	{"c-fast", "Ghost, WordPress", "an answer comes within 2 s, and is below 1 MB", "oembed_wire_test.go TestOEmbedOverTheWire"},
	{"d-version", "Drupal, Misskey", "version is a string", ""},
	{"d-integers", "iframely", "width and height are whole numbers above 0", ""},
	{"d-nothing-empty", "Drupal", "no key is empty or null", ""},
	{"d-provider", "Drupal", "provider_name is the name in the lists of providers", ""},
	{"d-names", "unfurl", "no name begins like an HTML entity", "../oembed/facts_test.go TestNoNameBeginsLikeAnEntity"},
	{"e-one-frame", "Misskey, WordPress, iframely", "html is one bare frame on one line with an end tag, a title and a link in it", ""},
	{"e-no-fragment", "WordPress", "its address has no fragment", ""},
	{"e-no-script", "WordPress, Misskey", "no script, no allow, no wp-embedded-content", ""},
	{"e-quotes", "unfurl, oembetter", "quotes are not escaped in XML", ""},
	{"e-well-formed", "XML readers", "html is well-formed as XML", "../oembed/answer_test.go TestFramesAreWhatEveryConsumerKeeps"},
	{"f-alone", "several", "the framed document loads no style and no script, and sets no cookie", ""},
	{"f-framable", "several", "it may be framed anywhere", ""},
	{"f-not-listed", "search engines", "it is noindex, indexifembedded", ""},
	{"f-sandbox", "WordPress", "it works in a sandbox, with an opaque origin, and says ready, height and link", "../smoke/frame_script_test.go TestFrameInWordPress"},
	{"f-without-script", "several", "it shows the same without its script", "../smoke/frame_hosts_test.go TestFrameWithoutItsScript"},
	{"g-blockquote", "WordPress", "WordPress' own client gets a blockquote and the frame, and the answer varies by who asks", ""},
	{"h-format", "several", "errors come in the format asked for", ""},
	{"h-no-type", "WordPress, unfurl", "errors have no type and no html", ""},
	{"l-lists", "DESIGN", "lists are answered as loans are: rich, in every format, size and language; a link below the least size", ""},
	{"l-discovery", "oEmbed 4", "the newest end of a list names its answers, in its head and as headers; one by status names none", ""},
	{"l-widget", "DESIGN", "a list's widget is alone, framable, not listed, and its card as large as its frame", ""},
	{"l-ours-alone", "DESIGN", "an alias has loans and no lists; numbered pages and lists by status are none", ""},
	{"i-wordpress", "WordPress", "WordPress' bounds and dnt change nothing of the kind of an answer", ""},
	{"static-same", "DESIGN", "static answers are the live ones, byte for byte", ""},
	{"static-same-everywhere", "DESIGN", "so they are for every loan, in every language and format", "oembed_static_test.go TestStaticAnswersAreTheLiveOnes"},
}

const rulesLine = "# rules: "

// TestEveryRuleHasItsProof holds that no rule is without a script, or a test,
// that shows it, and that no script speaks of a rule that is not here.
func TestEveryRuleHasItsProof(t *testing.T) {
	shown := map[string]int{}
	files, err := filepath.Glob("testdata/oembed/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	request := regexp.MustCompile(`^[A-Z]+ /`)
	for _, file := range files {
		var named []string
		for line := range strings.SplitSeq(read(t, file)+"\n"+rulesLine+"\n", "\n") {
			list, names := strings.CutPrefix(line, rulesLine)
			switch {
			case names && len(named) > 0:
				t.Errorf("%s: no request follows %q", file, named)
				fallthrough
			case names:
				named = strings.Fields(list)
			case request.MatchString(line):
				for _, id := range named {
					shown[id]++
				}
				named = nil
			}
		}
	}
	for _, r := range rules {
		if r.source == "" || r.says == "" {
			t.Errorf("%s has no source or no sentence", r.id)
		}
		switch {
		case r.proof == "" && shown[r.id] == 0:
			t.Errorf("%s: no script shows that %s", r.id, r.says)
		case r.proof != "":
			file, test, _ := strings.Cut(r.proof, " ")
			if !strings.Contains(read(t, filepath.FromSlash(file)), "\nfunc "+test+"(t *testing.T) {") {
				t.Errorf("%s: %s has no %s", r.id, file, test)
			}
		}
	}
	requests := 0
	for id, n := range shown {
		requests += n
		if !slices.ContainsFunc(rules, func(r rule) bool { return r.id == id }) {
			t.Errorf("a script shows %s, which is no rule", id)
		}
	}
	for i, r := range rules {
		if slices.ContainsFunc(rules[i+1:], func(other rule) bool { return other.id == r.id }) {
			t.Errorf("%s stands twice", r.id)
		}
	}
	t.Logf("%d rules, %d places in scripts that show them", len(rules), requests)
}

func read(t *testing.T, file string) string {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestAddressesInAnswersAreHTTP looks at every key that holds an address, of
// every loan there is.
func TestAddressesInAnswersAreHTTP(t *testing.T) {
	addresses := regexp.MustCompile(`"(\w*url|web_page)":"([^"]*)"`)
	targets := regexp.MustCompile(`(?:src|href)=\\"([^"\\]*)\\"`)
	seen := 0
	for id := range newOEmbedLoans() {
		if id == privateLoan || id == hiddenLoan || id == halfLoan {
			continue
		}
		body := answerTo(t, oembedEndpoint(t), id)
		for _, m := range append(addresses.FindAllStringSubmatch(body, -1), targets.FindAllStringSubmatch(body, -1)...) {
			seen++
			if !strings.HasPrefix(m[len(m)-1], "https://loans.example/") {
				t.Errorf("loan %d: %s", id, m[0])
			}
		}
	}
	if seen < 15 {
		t.Errorf("%d addresses: too few to prove anything", seen)
	}
}

// answerTo is the JSON answer for a loan.
func answerTo(t *testing.T, endpoint http.Handler, id int64) string {
	t.Helper()
	w := httptest.NewRecorder()
	endpoint.ServeHTTP(w, httptest.NewRequest(http.MethodGet, fmt.Sprintf("/services/oembed?format=json&url=https://loans.example/lend/%d", id), nil))
	if w.Code != http.StatusOK {
		t.Fatalf("loan %d: %d %s", id, w.Code, w.Body)
	}
	return w.Body.String()
}
