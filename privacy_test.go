package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A value that must never come out holds one of these; one that is public, and
// must be found, holds shownMark. Numbers and dates cannot hold words, so
// theirs are values that nothing else here has.
const (
	hiddenMark = "quillsecret"
	shownMark  = "harborpublic"
)

var hiddenValues = []string{
	hiddenMark,
	"73100001", "73100002", "73100003", // pictures of loans that show none
	"2031-", " 2031", "2032-", " 2032", // years of schedules and payments that are not shown
	"987654", "987,654", // an amount of theirs
	"61.73", "44.51", // a point on the map
	"8800042", // the id of a loan that is on the operator's list
	"8800043", // and of one that answers 401
	"8800044", // of a status that is not public
}

var shownValues = []string{
	shownMark + "name", shownMark + "story", shownMark + "use", shownMark + "town", shownMark + "partner", shownMark + "activity",
	shownMark + "borrower", shownMark + "picture", "73100009", "2029-", "8800001",
}

// TestPrivateFieldsAppearNowhere takes a snapshot in which every private and
// every unlisted field is marked through the whole program, and looks for the
// marks in every byte that leaves it: files, answers, headers, report, logs, and
// the store that is kept.
func TestPrivateFieldsAppearNowhere(t *testing.T) {
	w := newWorld(t)
	args := markedWorld(w)
	came := &came{t: t}

	args = append(args, "--base-url", "http://127.0.0.1:8080", "--store", w.path("store"))
	build := append([]string{"build", "--out", w.path("dist"), "--report", w.path("report.jsonl")}, args...)
	if code := w.run(build...); code != 3 {
		t.Fatalf("build ended with %d, want 3, since a record is broken: %s", code, w.err.String())
	}
	came.folder(w.path("dist"))
	came.folder(w.path("store"))
	came.file(w.path("report.jsonl"))
	report, err := os.ReadFile(w.path("report.jsonl"))
	if err != nil || !bytes.Contains(report, []byte("8800005")) {
		t.Errorf("the report does not name the broken loan: %s %v", report, err)
	}

	web := w.serve(append(args, "--access-log", w.path("access.log"), "--metrics-addr", "127.0.0.1:9090", "--rate-limit", "1000000", "--log", "json")...)
	measures := "http://" + (<-web.opened).Addr().String() + "/metrics"
	paths := pathsOf(t, w.path("dist"))
	for _, path := range paths {
		came.answer(web, path)
	}
	for _, query := range embedQueries() {
		came.answer(web, "/services/oembed"+query, "User-Agent: WordPress/6.8")
		came.answer(web, "/services/oembed"+query)
	}
	for _, path := range []string{"/healthz", "/lend/1", "/embed/1", "/nothing", "/services/oembed?url=", "/img/s300/1.jpg"} {
		came.answer(web, path)
	}
	came.look("standard output", w.out.String())
	came.look("standard error and log", clockTimes.ReplaceAllString(w.err.String(), ""))
	askForHidden(came, web)
	askWithSecrets(web)
	came.measures(measures)
	if code := web.stop(); code != 0 {
		t.Errorf("serve ended with %d", code)
	}
	came.accessLog(w.path("access.log"))
	for _, value := range shownValues {
		if !came.shown[value] {
			t.Errorf("%q is public and came out nowhere: this test looks in the wrong places", value)
		}
	}
	if len(paths) < 20 || came.looked < 100 {
		t.Errorf("%d pages and %d things looked at are too few", len(paths), came.looked)
	}
}

// clockTimes are the fractions of seconds and the durations of a log: digits that
// may look like any id.
var clockTimes = regexp.MustCompile(`\.\d+Z|"took":\d+`)

// askForHidden asks for what is hidden by its own address.
func askForHidden(came *came, web *served) {
	for path, code := range map[string]int{
		"/lend/8800042": 404, "/embed/8800042": 404, "/lend/8800043": 404, "/lend/8800044": 404,
		"/img/w450h360/73100001.jpg": 404, "/img/w450h360/73100002.jpg": 404, "/img/fullsize/73100003.jpg": 404,
		"/img/fullsize/73100009.jpg":                                          200,
		"/services/oembed?format=json&url=http://127.0.0.1:8080/lend/8800042": 404,
		"/services/oembed?format=json&url=http://127.0.0.1:8080/lend/8800043": 401,
		"/services/oembed?url=http://127.0.0.1:8080/lend/8800044":             404,
	} {
		if got := came.answer(web, path); got.code != code {
			came.t.Errorf("%s: answered %d, want %d", path, got.code, code)
		}
	}
}

// askWithSecrets asks as somebody does who types what is nobody's business, from
// where nobody else need know.
func askWithSecrets(web *served) {
	for _, path := range []string{
		"/search?q=" + hiddenMark, "/" + hiddenMark, "/lend/" + hiddenMark, "/docs/" + hiddenMark, "/embed/?loan=" + hiddenMark, "/lend/8800001?" + hiddenMark + "=" + hiddenMark,
		"/services/oembed?url=" + hiddenMark + "&format=json&maxwidth=" + hiddenMark, "/services/oembed?format=" + hiddenMark, "/services/oembed?format=jsonp&jsonp=" + hiddenMark,
		"/services/oembed/try?url=" + hiddenMark,
	} {
		web.get(path, "User-Agent: Mozilla/5.0 ("+hiddenMark+")", "Referer: https://example.org/"+hiddenMark, "X-Forwarded-For: 198.51.100.77", "Cookie: a="+hiddenMark, "Authorization: Basic "+hiddenMark)
	}
}

// measures looks at what Prometheus would be told.
func (c *came) measures(address string) {
	c.t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		c.t.Fatalf("%s: %s %v", address, answer.Status, err)
	}
	// Figures may look like anything; names and labels are what could hold a word.
	var names []string
	for line := range strings.Lines(string(body)) {
		if name, _, ok := strings.Cut(line, "} "); ok && strings.HasPrefix(name, "loanleaf_") {
			names = append(names, name)
		}
	}
	if len(names) < 20 {
		c.t.Errorf("%d measures with labels are too few to have been told", len(names))
	}
	c.look("the measures", strings.Join(names, "\n"))
}

// accessLog looks at the log of all that was asked, what is hidden among it.
func (c *came) accessLog(path string) {
	c.t.Helper()
	c.file(path)
	body, err := os.ReadFile(path)
	if err != nil {
		c.t.Fatal(err)
	}
	log := string(body)
	for _, expected := range []string{`"client":"127.0.0.0/24"`, `"path":"/lend/8800001"`, `"family":"search"`, `"status":401`, `"agent":"WordPress"`, `"agent":"browser"`, `"query":"format=json&maxwidth=400"`} {
		if !strings.Contains(log, expected) {
			c.t.Errorf("the log of requests has no %s: this test looks for the wrong things", expected)
		}
	}
	for _, private := range []string{"127.0.0.1", "198.51.100", "Mozilla", "WordPress/6.8", "example.org"} {
		if strings.Contains(log, private) {
			c.t.Errorf("the log of requests says %s", private)
		}
	}
}

// came looks at what came out.
type came struct {
	t      *testing.T
	looked int
	shown  map[string]bool
}

func (c *came) look(where, text string) {
	c.t.Helper()
	c.looked++
	for _, value := range hiddenValues {
		if i := strings.Index(text, value); i >= 0 {
			c.t.Errorf("%s gives away %q: …%q…", where, value, text[max(0, i-60):min(len(text), i+60)])
		}
	}
	for _, value := range shownValues {
		if strings.Contains(text, value) {
			if c.shown == nil {
				c.shown = map[string]bool{}
			}
			c.shown[value] = true
		}
	}
}

func (c *came) file(path string) {
	c.t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		c.t.Fatal(err)
	}
	c.look(path, string(body))
}

func (c *came) folder(dir string) {
	c.t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		c.look("the name of a file", path)
		if entry.Type().IsRegular() {
			c.file(path)
		}
		return nil
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// answer asks once plainly and once for a part of nothing, so that headers of
// both 200 and 304 are looked at.
func (c *came) answer(web *served, path string, headers ...string) answer {
	c.t.Helper()
	got := web.get(path, headers...)
	c.look(path, got.String())
	if tag := got.header.Get("ETag"); tag != "" {
		c.look(path+" again", web.get(path, append(headers, "If-None-Match: "+tag)...).String())
	}
	return got
}

// pathsOf are the addresses of the files of a built site.
func pathsOf(t *testing.T, dir string) []string {
	t.Helper()
	var paths []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.Contains(path, ".loanleaf") {
			return err
		}
		name, err := filepath.Rel(dir, path)
		name = "/" + strings.TrimSuffix(strings.TrimSuffix(filepath.ToSlash(name), ".html"), "index")
		paths = append(paths, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// embedQueries ask for every loan, and for a list of each kind, in every format, size
// and form.
func embedQueries() []string {
	var all []string
	pages := []string{"", "country/vn/", "sector/food/", "partners/71/"}
	for _, id := range []int{8800001, 8800002, 8800003, 8800004, 8800006} {
		pages = append(pages, "lend/"+strconv.Itoa(id))
	}
	for _, page := range pages {
		address := "?url=" + url.QueryEscape("http://127.0.0.1:8080/"+page)
		for _, format := range []string{"", "&format=json", "&format=xml", "&format=jsonp&jsonp=show", "&format=preview"} {
			for _, form := range []string{"", "&html=inline", "&html=frame", "&dnt=1"} {
				for _, size := range []string{"", "&maxwidth=400", "&maxwidth=300&maxheight=120", "&maxwidth=120&maxheight=30", "&maxwidth=40"} {
					all = append(all, address+format+form+size)
				}
			}
		}
	}
	return all
}

// markedWorld writes the snapshot, the pictures and the operator's lists, and
// gives the arguments that name them.
func markedWorld(w *world) []string {
	w.t.Helper()
	lines := []object{
		markedLoan(8800001), markedGroup(8800006),
		anonymous(8800002, "Anonymous"), anonymous(8800003, ""), anonymous(8800004, "  ANONYMOUS group "),
		with(with(anonymous(8800007, ""), "status", "fundraising"), "funded_amount", 100),
		with(secretLoan(8800005), "loan_amount", -1), // broken: set aside
		secretLoan(8800042), secretLoan(8800043),
		with(secretLoan(8800044), "status", "inactive"), with(secretLoan(8800045), "status", "deleted"),
	}
	var loans strings.Builder
	for _, line := range lines {
		body, err := json.Marshal(line)
		if err != nil {
			w.t.Fatal(err)
		}
		loans.Write(append(body, '\n'))
	}
	partners, err := json.Marshal(object{"partners": []object{markedPartner()}, "paging": unlisted(object{"page": 1, "total": 1, "page_size": 50, "pages": 1})})
	if err != nil {
		w.t.Fatal(err)
	}
	for id, comment := range map[int]string{73100009: shownMark + "picture", 73100001: hiddenMark + "picture1", 73100002: hiddenMark + "picture2", 73100003: hiddenMark + "picture3"} {
		w.write(fmt.Sprintf("pictures/w450h360/%d.jpg", id), markedPicture(w.t, comment))
		w.write(fmt.Sprintf("pictures/%d.jpg", id), markedPicture(w.t, comment))
	}
	config := w.write("settings.yaml", "images: "+w.path("pictures")+"\nlend_url: https://lend.example/<id>\n"+
		"exclude: "+w.write("exclude.txt", "8800042 # asked to be taken down "+hiddenMark+"\n")+
		"\nprivate: "+w.write("private.txt", "8800043\n")+"\n")
	return []string{"--config", config, "--data", w.write("loans.jsonl", loans.String()), "--data", w.write("partners.json", string(partners))}
}

// markedPicture is a small JPEG whose comment segment is the text.
func markedPicture(t *testing.T, comment string) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 450, 300)), nil); err != nil {
		t.Fatal(err)
	}
	body := b.String()
	length := len(comment) + 2
	return body[:2] + "\xff\xfe" + string([]byte{byte(length >> 8), byte(length)}) + comment + body[2:]
}
