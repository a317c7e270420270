package public

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func source(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func readExample(t *testing.T, name string) []byte {
	t.Helper()
	return source(t, filepath.Join("examples", name+".html"))
}

func TestAssetsAreNamedByTheirContent(t *testing.T) {
	named := regexp.MustCompile(`^[a-z]+\.([0-9a-f]{8})\.[a-z]+$`)
	for _, a := range Embedded().Assets() {
		match := named.FindStringSubmatch(a.File)
		if match == nil {
			t.Errorf("%s is filed as %q", a.Name, a.File)
			continue
		}
		sum := sha256.Sum256(a.Body)
		if !strings.HasPrefix(hex.EncodeToString(sum[:]), match[1]) {
			t.Errorf("%s is not named by its content", a.File)
		}
		if len(a.Body) == 0 || a.ContentType == "" {
			t.Errorf("%s has no body or no type", a.Name)
		}
	}
}

func TestAssetsAreSortedAndTheCallersOwn(t *testing.T) {
	set := Embedded()
	first := set.Assets()
	if !slices.IsSortedFunc(first, func(a, b Asset) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("not sorted by name")
	}
	first[0].Body[0] = 'x'
	if set.Assets()[0].Body[0] == 'x' {
		t.Error("a caller can change what the next one gets")
	}
}

func TestDrawingsAreWellFormed(t *testing.T) {
	for _, name := range []string{Icon, World} {
		decoder := xml.NewDecoder(bytes.NewReader(source(t, name)))
		for {
			_, err := decoder.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
}

func TestTheMapIsLightAndNamesItsSource(t *testing.T) {
	const most = 20 << 10
	if size := len(source(t, World)); size > most {
		t.Errorf("%s has %d bytes, at most %d", World, size, most)
	}
	if note := string(source(t, "world.txt")); !strings.Contains(note, "Natural Earth") || !strings.Contains(note, "public domain") {
		t.Error("world.txt does not say whose the shapes are")
	}
}

func TestTheStyleAsksForNothingElse(t *testing.T) {
	for name, most := range map[string]int{SiteStyle: 16 << 10, DocsStyle: 10 << 10, EmbedStyle: 6 << 10} {
		style := string(source(t, name))
		for _, forbidden := range []string{"url(", "@import", "@font-face", "http:", "https:", "</"} {
			if strings.Contains(style, forbidden) {
				t.Errorf("%s has %s", name, forbidden)
			}
		}
		if open, closed := strings.Count(style, "{"), strings.Count(style, "}"); open != closed {
			t.Errorf("%s opens %d braces and closes %d", name, open, closed)
		}
		if len(style) > most {
			t.Errorf("%s has %d bytes, at most %d", name, len(style), most)
		}
	}
}

func TestTheStyleKnowsNoLeftAndRight(t *testing.T) {
	physical := regexp.MustCompile(`(?:margin|padding|border)-(?:left|right)|text-align:(?:left|right)|[;{](?:left|right):|float:`)
	for _, name := range []string{SiteStyle, DocsStyle, EmbedStyle, listStyle} {
		if found := physical.FindString(string(source(t, name))); found != "" {
			t.Errorf("%s has %s, which does not mirror in Arabic", name, found)
		}
	}
}

func TestExamplesFrameTheWidgetAsTheSnippetDoes(t *testing.T) {
	frames := regexp.MustCompile(`<iframe src="http://127\.0\.0\.1:8080(?:/ar)?/embed/\d+(?:#dark)?" width="\d+" height="\d+" title="[^"]+"(?: loading="lazy")? sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"><a href="http://127\.0\.0\.1:8080(?:/ar)?/lend/\d+">[^<]+</a></iframe>`)
	for name, want := range map[string]int{"white": 1, "dark": 1, "rtl": 1, "three": 3} {
		text := readExample(t, name)
		if got := len(frames.FindAll(text, -1)); got != want || bytes.Count(text, []byte("<iframe")) != want {
			t.Errorf("%s.html has %d frames written as they should be, want %d", name, got, want)
		}
		if bytes.Contains(text, []byte("<script")) {
			t.Errorf("%s.html runs a script", name)
		}
	}
}

// The script for other people's pages costs them at most 2 KB, and asks nobody
// but the widget for anything.
func TestTheCardScriptIsSmallAndKeepsNothing(t *testing.T) {
	script := Embedded().CardScript("https://loans.example/of/ours/", []string{"en", "es", "fr", "ar"})
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(script)
	w.Close()
	t.Logf("%d bytes, %d gzip", len(script), b.Len())
	if b.Len() > 2048 {
		t.Errorf("the script is %d bytes gzip, want at most 2048", b.Len())
	}
	for _, forbidden := range []string{"cookie", "torage", "fetch", "XMLHttp", "sendBeacon", "innerHTML", "eval", "setTimeout", "document.write", "http://"} {
		if bytes.Contains(script, []byte(forbidden)) {
			t.Errorf("the script says %s", forbidden)
		}
	}
	if !bytes.HasSuffix(script, []byte(`)("https://loans.example/of/ours/",["en","es","fr","ar"]);`+"\n")) {
		t.Errorf("it ends %s", script[len(script)-80:])
	}
}

// The script of the documentation's search is at most 5 KB, runs under a policy
// that allows no code made of text, and makes no markup of what it shows.
func TestTheSearchScriptIsSmallAndMakesNoMarkup(t *testing.T) {
	script := source(t, FindScript)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(script)
	w.Close()
	t.Logf("%d bytes, %d gzip", len(script), b.Len())
	if b.Len() > 5<<10 {
		t.Errorf("the script is %d bytes gzip, want at most 5120", b.Len())
	}
	for _, forbidden := range []string{"innerHTML", "outerHTML", "insertAdjacent", "eval", "Function(", "document.write", "http", ".style", "import"} {
		if bytes.Contains(script, []byte(forbidden)) {
			t.Errorf("the script says %s", forbidden)
		}
	}
}

func TestTheScriptOfThePageThatHandsOutCodeIsSmall(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(source(t, EmbedScript))
	w.Close()
	t.Logf("%d bytes gzip", b.Len())
	if b.Len() > 4096 {
		t.Errorf("the script is %d bytes gzip, want at most 4096", b.Len())
	}
}

func TestNothingInAnAddressEndsTheCardScript(t *testing.T) {
	script := string(Embedded().CardScript(`https://x/</script>"\`+"\u2028", nil))
	_, end, _ := strings.Cut(script, "})(")
	if strings.ContainsAny(end, "<\u2028") || strings.Count(end, `"`) != 3 {
		t.Errorf("it ends %s", end)
	}
}
