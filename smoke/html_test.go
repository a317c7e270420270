package smoke

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// bought is a file of a package that .ci/pages/package.json pins. Without "npm
// ci" there the test is skipped, except where CI=true promises one.
func bought(t *testing.T, name string) string {
	t.Helper()
	file, err := filepath.Abs(filepath.Join("..", ".ci", "pages", "node_modules", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(file); err != nil {
		missing(t, "%s is not here: npm ci --prefix .ci/pages", name)
	}
	return file
}

// missing ends a test for which something is not on this machine.
func missing(t *testing.T, format string, about ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, about...)
	}
	t.Skipf(format, about...)
}

// unsaid is what the checker says that is no fault of the page's.
var unsaid = regexp.MustCompile(strings.Join([]string{
	// A file has no origin that its policy could name, and JSON-LD is data, not a
	// script. Policies are held by the browsers of the other tests.
	`Resource violates Content Security Policy`, `Inline script violates Content Security Policy \(meta tag\): blocked by .script-src. directive \(missing .*unsafe-inline`,
	// It reads the CSS of before container queries.
	`^CSS: (Unrecognized at-rule “@container”|“container(-type)?”: Property|“max-height”: Unknown dimension)`,
	// The blanks of the embed page's forms of code, marked in its data.
	`Unicode Private Use Area`,
}, "|"))

// These are the same of what is there on purpose in codes for other people's
// pages: a frame holds a link for programs that leave frames out, although HTML
// gives the element no content; e-mail programs know the attributes of HTML 4.
var (
	unsaidOfFrames = regexp.MustCompile(`^Text not allowed in element “iframe” in this context`)
	unsaidOfLetter = regexp.MustCompile(`attribute on the “\w+” element is obsolete`)
)

// TestHTMLIsValid gives every kind of page, what is drawn as SVG and the examples to the checker
// behind validator.w3.org. It warns of nothing either.
func TestHTMLIsValid(t *testing.T) {
	jar := bought(t, "vnu-jar/build/dist/vnu.jar")
	java, err := exec.LookPath("java")
	if err != nil {
		missing(t, "no java on this machine")
	}
	s, dir := serve(t), t.TempDir()
	from := map[string]string{}
	put := func(path, extension string) {
		body, code := s.get(t, path)
		if code >= 500 || body == "" {
			t.Fatalf("%s: %d", path, code)
		}
		file := filepath.Join(dir, fmt.Sprintf("%d%s", len(from), extension))
		from[filepath.Base(file)] = path
		if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, v := range s.sights(t) {
		for _, language := range []string{"en", "ar"} {
			put(strings.TrimPrefix(s.address(v, language), s.base), ".html")
		}
	}
	assets := regexp.MustCompile(`/assets/\w+\.\w+\.svg`).FindAllString(s.page(t, "/"), -1)
	for _, path := range append(assets, "/badge/100001.svg", "/badge/1.svg") {
		put(path, ".svg")
	}
	examples, err := filepath.Glob("../public/examples/*.html")
	if err != nil || len(examples) < 9 {
		t.Fatalf("%d examples, %v", len(examples), err)
	}
	var out bytes.Buffer
	check := exec.CommandContext(t.Context(), java, append([]string{"-Xmx400m", "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar, "--format", "json", "--also-check-svg", dir}, examples...)...)
	check.Stderr = &out
	err = check.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	var report struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine                             int
		}
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatalf("%v: %s", err, out.Bytes())
	}
	t.Logf("%d pages and drawn files, %d examples", len(from), len(examples))
	for _, m := range report.Messages {
		name := filepath.Base(m.URL)
		path, ours := from[name]
		switch {
		case unsaid.MatchString(m.Message):
			continue
		case ours:
			name = path
		case unsaidOfFrames.MatchString(m.Message), name == "email.html" && unsaidOfLetter.MatchString(m.Message):
			continue
		}
		t.Errorf("%s, line %d: %s %s: %s", name, m.LastLine, m.Type+" "+m.SubType, m.Message, m.Extract)
	}
}
