package server

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestOfAnAddressItsNetworkIsLogged(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.7": "203.0.113.0/24", "2001:db8:1:2::7": "2001:db8:1::/48", "127.0.0.1": "127.0.0.0/24", "::1": "::/48",
	} {
		if got := network(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
	if got := network(netip.Addr{}); got != "" {
		t.Errorf("no address: %q", got)
	}
}

func TestOfAQueryWhatIsTheSameForAllIsLogged(t *testing.T) {
	for query, want := range map[string]string{
		"": "",
		"url=https://loans.example/lend/5&format=json&maxwidth=400": "format=json&maxwidth=400",
		"q=Mai":                                  "",
		"format=Mai&maxwidth=me":                 "",
		"format=json;q=Mai":                      "",
		"maxwidth=123456":                        "",
		"page=2&q=Mai&html=inline&dnt=1&lang=es": "page=2&html=inline&dnt=1",
		"FORMAT=json":                            "",
		"format=%6ason":                          "",
		"format=":                                "",
		"format":                                 "",
		strings.Repeat("page=1&", 100):           "page=1&page=1&page=1&page=1&page=1&page=1",
		strings.Repeat("x", 5000) + "&format=json":                 "",
		"jsonp=alert&callback=Mai&format=jsonp&secret=quillsecret": "format=jsonp",
	} {
		if got := harmless(query); got != want {
			t.Errorf("%.60s: %q, want %q", query, got, want)
		}
	}
}

func TestOfAProgramANameThatManyShareIsLogged(t *testing.T) {
	for userAgent, want := range map[string]string{
		"": "none",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":   "browser",
		"WordPress/6.8; https://blog-of-mai.example":                               "WordPress",
		"Mastodon/4.4 (http.rb/5.2; +https://mai.example/)":                        "Mastodon",
		"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": "Googlebot",
		"Mozilla/5.0 (compatible; MaisOwnBot/1.0)":                                 "robot",
		"curl/8.14.1":                          "curl",
		"Mai's phone":                          "other",
		strings.Repeat("x", 600) + " curl/8.0": "other",
	} {
		if got := agent(userAgent); got != want {
			t.Errorf("%.60s: %s, want %s", userAgent, got, want)
		}
	}
}

// TestALineOfTheLogIsWholeAndDated takes the line apart again.
func TestALineOfTheLogIsWholeAndDated(t *testing.T) {
	var log bytes.Buffer
	at := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	l := newAccessLog(&log)
	r := httptest.NewRequest("QUILL", "/x?format=xml", nil)
	r.RemoteAddr = "203.0.113.7:1"
	v := &visit{ResponseWriter: httptest.NewRecorder(), family: loanFamily, path: "/lend/5", status: http.StatusOK, bytes: 12}
	l.write(v, r, at, 1500*time.Microsecond)
	want := `{"time":"2026-11-22T10:00:00Z","msg":"request","client":"203.0.113.0/24","method":"other","family":"loan","path":"/lend/5","query":"format=xml","status":200,"bytes":12,"ms":1.5,"agent":"none"}` + "\n"
	if log.String() != want {
		t.Errorf("it says\n%s\nwant\n%s", log.String(), want)
	}
	log.Reset()
	v.status = http.StatusNotFound
	l.write(v, r, at, 0)
	var line struct{ Path *string }
	if err := json.Unmarshal(log.Bytes(), &line); err != nil || line.Path == nil || *line.Path != "" {
		t.Errorf("of what is not there it says %s", log.String())
	}
}

// TestALoanThatIsNotShownIsInNoLine asks for one in every way that there is.
func TestALoanThatIsNotShownIsInNoLine(t *testing.T) {
	var log bytes.Buffer
	s := Open(Operation{Access: &log})
	s.Reload(Config{Site: oembedSite(t), Source: oembedSource{oembedLoans: newOEmbedLoans()}})
	for _, id := range []string{"987654", "100000"} {
		for _, path := range []string{
			"/lend/" + id, "/lend/" + id + "/", "/lend/" + id + ".html", "/embed/" + id, "/embed/" + id + "/", "/card/" + id + ".png", "/card/" + id + ".jpg",
			"/badge/" + id + ".svg", "/badge/" + id + ".svg/", "/services/oembed/lend/" + id + ".json", "/services/oembed?format=json&url=https://loans.example/lend/" + id,
			"/services/oembed/try?url=https://loans.example/lend/" + id, "/search?q=" + id, "/page/" + id, "/lend/" + id + "?x=" + id, "/lend%2F" + id, "/img/s300/" + id + ".jpg",
		} {
			s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
		}
	}
	if strings.Contains(log.String(), "987654") {
		t.Errorf("the log names a loan that is not there:\n%s", log.String())
	}
	if got := strings.Count(log.String(), "100000"); got < 5 {
		t.Errorf("the log names what is there %d times:\n%s", got, log.String())
	}
}

// FuzzHarmless: whatever a query holds, what is logged of it is made of the
// values in the table.
func FuzzHarmless(f *testing.F) {
	for _, query := range []string{"format=json&maxwidth=400", "q=a&page=1", "format=json;x", "maxwidth=%31", "&&==&page=\n1"} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		kept := harmless(query)
		if len(kept) > 200 {
			t.Fatalf("%d bytes are logged", len(kept))
		}
		values, err := url.ParseQuery(kept)
		if err != nil {
			t.Fatal(err)
		}
		for name, all := range values {
			for _, value := range all {
				known, ok := harmlessValues[name]
				if !ok || known == nil && !isNumber(value) || known != nil && !strings.Contains(" "+strings.Join(known, " ")+" ", " "+value+" ") {
					t.Errorf("%q: %s=%q is logged", query, name, value)
				}
			}
		}
	})
}
