package httpscript

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// sample answers with what its path names.
func sample(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	w.Header().Add("Vary", "A")
	w.Header().Add("Vary", "B")
	switch r.URL.Path {
	case "/json":
		io.WriteString(w, `{"title":"a \"b\"","width":450,"old":null}`)
	case "/xml":
		io.WriteString(w, `<?xml version="1.0"?><oembed><title>a &amp; b</title><width>450</width></oembed>`)
	case "/doctype":
		io.WriteString(w, `<!DOCTYPE x><oembed><a>1</a></oembed>`)
	case "/trailing":
		io.WriteString(w, `{"a":1}{}`)
	case "/echo":
		w.Header().Set("X-Query", r.URL.RawQuery)
		io.WriteString(w, r.Method+" "+r.Header.Get("X-Sent"))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// claims are lines under a request, with whether they are true of it.
var claims = []struct {
	request, claim string
	holds          bool
}{
	{"GET /json", "code == 200", true},
	{"GET /json", "code == 404", false},
	{"GET /none", "code == 404", true},
	{"GET /none", "code != 404", false},
	{"GET /none", "body is absent", true},
	{"GET /none", "body is there", false},
	{"GET /none", "body == ", false},
	{"GET /json", "header Content-Type == text/plain", true},
	{"GET /json", "header content-type == text/plain", true},
	{"GET /json", "header Content-Type == text/html", false},
	{"GET /json", "header Vary == A, B", true},
	{"GET /json", "header Vary !contains B", false},
	{"GET /json", "header ETag is absent", true},
	{"GET /json", "header ETag is there", false},
	{"GET /json", "header ETag == x", false},
	{"GET /json", "header ETag != x", false},
	{"GET /json", "header ETag !contains x", false},
	{"GET /json", "body contains width", true},
	{"GET /json", "body contains height", false},
	{"GET /json", "body !contains height", true},
	{"GET /json", "body !contains width", false},
	{"GET /json", `body ~ ^\{.*\}$`, true},
	{"GET /json", `body ~ ^\[`, false},
	{"GET /json", `body !~ ^\[`, true},
	{"GET /json", `body !~ ^\{`, false},
	{"GET /json", `json .title == a "b"`, true},
	{"GET /json", `json .title == a b`, false},
	{"GET /json", "json .width == 450", true},
	{"GET /json", "json .width == 45", false},
	{"GET /json", "json .height is absent", true},
	{"GET /json", "json .width is absent", false},
	{"GET /json", "json keys == title width old", true},
	{"GET /json", "json keys == width title old", false},
	{"GET /xml", "json .title is absent", false},
	{"GET /trailing", "json .a == 1", false},
	{"GET /xml", "xml root == oembed", true},
	{"GET /xml", "xml root == error", false},
	{"GET /xml", "xml title == a & b", true},
	{"GET /xml", "xml title == a &amp; b", false},
	{"GET /xml", "xml keys == title width", true},
	{"GET /xml", "xml html is absent", true},
	{"GET /json", "xml html is absent", false},
	{"GET /doctype", "xml a == 1", false},
	{"GET /echo?a=%zz&b;c", "header X-Query == a=%zz&b;c", true},
	{"DELETE /echo", "body contains DELETE", true},
	{"GET /echo\nwith X-Sent: a: b", "body == GET a: b", true},
}

func TestClaims(t *testing.T) {
	for _, c := range claims {
		script, err := Parse("claims.txt", c.request+"\n"+c.claim+"\n")
		if err != nil {
			t.Errorf("%s, %s: %v", c.request, c.claim, err)
			continue
		}
		failures := script.Run(http.HandlerFunc(sample))
		if holds := len(failures) == 0; holds != c.holds {
			t.Errorf("%s, %s: holds is %v, want %v %v", c.request, c.claim, holds, c.holds, failures)
		}
	}
}

func TestFailuresNameFileLineRequestAndClaim(t *testing.T) {
	script, err := Parse("dir/a.txt", "# why\n\nGET /json\ncode == 200\ncode == 500\nbody contains height\n")
	if err != nil {
		t.Fatal(err)
	}
	failures := script.Run(http.HandlerFunc(sample))
	if len(failures) != 2 {
		t.Fatalf("got %d failures, want 2: %q", len(failures), failures)
	}
	for _, want := range []string{"dir/a.txt:5: ", "GET /json", "code == 500", "got 200"} {
		if !strings.Contains(failures[0], want) {
			t.Errorf("%q does not say %q", failures[0], want)
		}
	}
}

func TestKeptValuesStandForThemselvesLater(t *testing.T) {
	const text = "GET /json\nkeep b = body\nkeep w = json .width\n" +
		"GET /json?{w}\nwith X-Sent: {w}\nbody == {b}\njson .width == {w}\n" +
		"GET /xml\nxml width == {w}\n" +
		"GET /xml\nbody == {b}\n"
	script, err := Parse("kept.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	failures := script.Run(http.HandlerFunc(sample))
	if len(failures) != 1 || !strings.HasPrefix(failures[0], "kept.txt:11: ") {
		t.Errorf("got %q, want the last line alone", failures)
	}
}

func TestRepeatedTextsStandForThemselvesLater(t *testing.T) {
	const text = "repeat a = 3 xy\nGET /echo\nwith X-Sent: {a}\nbody == GET xyxyxy\nrepeat b = 2 {a}\nGET /echo\nwith X-Sent: {b}\nbody == GET xyxyxyxyxyxy\n"
	script, err := Parse("repeat.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	if failures := script.Run(http.HandlerFunc(sample)); len(failures) > 0 {
		t.Errorf("%q", failures)
	}
}

func TestWhatIsAbsentCannotBeKept(t *testing.T) {
	script, err := Parse("kept.txt", "GET /json\nkeep e = header ETag\n")
	if err != nil {
		t.Fatal(err)
	}
	if failures := script.Run(http.HandlerFunc(sample)); len(failures) != 1 {
		t.Errorf("got %q, want one failure", failures)
	}
}

func TestScriptsThatMeanNothingAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"an empty script":               "",
		"comments alone":                "# nothing\n",
		"a request without a claim":     "GET /json\n",
		"a claim before any request":    "code == 200\n",
		"two requests, one unclaimed":   "GET /json\nGET /xml\ncode == 200\n",
		"an unknown subject":            "GET /json\nstatus == 200\n",
		"an unknown operator":           "GET /json\ncode = 200\n",
		"no operator":                   "GET /json\ncode\n",
		"a broken regular expression":   "GET /json\nbody ~ (\n",
		"a search for nothing":          "GET /json\nbody contains\n",
		"is with another word":          "GET /json\nbody is empty\n",
		"a header after a claim":        "GET /json\ncode == 200\nwith A: b\n",
		"a header without its value":    "GET /json\nwith A\ncode == 200\n",
		"keep without a subject":        "GET /json\nkeep a = \n",
		"keep with more than a subject": "GET /json\nkeep a = body == b\n",
		"repeat without a count":        "repeat a = x\nGET /json\ncode == 200\n",
		"repeat of nothing":             "repeat a = 5 \nGET /json\ncode == 200\n",
		"repeat too often":              "repeat a = 1000000 x\nGET /json\ncode == 200\n",
		"repeat in place of a claim":    "GET /json\nrepeat a = 2 x\n",
	} {
		if _, err := Parse("bad.txt", text); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}
