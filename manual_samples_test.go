package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestManualSamples holds the answers and the code that the documentation shows
// to what a server of the sample says; with -update it writes them there, in
// every language.
func TestManualSamples(t *testing.T) {
	w := newWorld(t)
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(w.dir)
	w.write("loanleaf.yaml", "base_url: https://loans.example\nname: Our Loans\ndata: [sample]\n")
	web := w.serve()
	t.Chdir(root)
	shown := 0
	for _, language := range manualLanguages {
		for page, text := range manualPages(t, language) {
			blocks := manualFences(t, language, page, text)
			lines := strings.Split(text, "\n")
			changed := false
			for i := len(blocks) - 1; i >= 0; i-- { // from the end, so that lines before stay where they are
				want, err := sampleFor(web, blocks[i])
				if err != nil {
					t.Fatalf("%s: %v", blocks[i].place(), err)
				}
				if want == "" {
					continue
				}
				shown++
				if blocks[i].body == want {
					continue
				}
				if !*update {
					t.Errorf("%s: shows\n%s\nand is\n%s", blocks[i].place(), blocks[i].body, want)
					continue
				}
				begin := blocks[i].line
				end := begin + strings.Count(blocks[i].body, "\n")
				lines = append(lines[:begin:begin], append(strings.Split(strings.TrimSuffix(want, "\n"), "\n"), lines[end:]...)...)
				changed = true
			}
			if changed {
				if err := os.WriteFile(manualRoot+"/"+language+"/"+page, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if shown < 30 {
		t.Errorf("%d samples: too few to be a reference in %d languages", shown, len(manualLanguages))
	}
}

// sampleFor is what a block has to show; empty where it shows something else.
func sampleFor(web *served, block fence) (string, error) {
	if address := block.value("answer"); address != "" {
		return answerSample(web.get(address), block.language)
	}
	form := block.value("form")
	if form == "" {
		return "", nil
	}
	page := web.get("/embed/?loan=100001&form=" + form)
	found := regexp.MustCompile(`(?s)<textarea[^>]* data-form="` + regexp.QuoteMeta(form) + `"[^>]*>(.*?)</textarea>`).FindStringSubmatch(page.body)
	if found == nil {
		return "", fmt.Errorf("/embed/ has no form %q", form)
	}
	return html.UnescapeString(strings.TrimPrefix(found[1], "\n")) + "\n", nil
}

// answerSample is an answer with a line for each of its parts.
func answerSample(got answer, language string) (string, error) {
	switch language {
	case "json":
		var out bytes.Buffer
		if err := json.Indent(&out, []byte(got.body), "", "  "); err != nil {
			return "", err
		}
		text := out.String()
		for code, sign := range map[string]string{`\u003c`: "<", `\u003e`: ">", `\u0026`: "&"} {
			text = strings.ReplaceAll(text, code, sign)
		}
		return strings.TrimRight(text, "\n") + "\n", nil
	case "xml":
		text := strings.ReplaceAll(got.body, "><", ">\n  <")
		text = strings.ReplaceAll(text, "\n  <oembed>", "\n<oembed>")
		return strings.ReplaceAll(text, "\n  </oembed>", "\n</oembed>") + "\n", nil
	}
	return "", fmt.Errorf("answers are shown as json or xml, not as %q", language)
}

// TestManualSaysHowManyFilesASiteHas holds the first row of the table of numbers of
// files to what a build of as many sample loans would write, in every language.
func TestManualSaysHowManyFilesASiteHas(t *testing.T) {
	w := newWorld(t)
	row := regexp.MustCompile(`(?m)^\| 200 \| \D+([\d,.\x{a0}\x{202f} ]+) \|$`)
	projected := regexp.MustCompile(`would hold ([\d,]+) files`)
	count := func(text string) int {
		n, err := strconv.Atoi(regexp.MustCompile(`\D`).ReplaceAllString(text, ""))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if code := w.run("sample", "--loans", "200", "--out", w.path("snapshot")); code != 0 {
		t.Fatalf("exit code %d: %s", code, w.err.take())
	}
	w.run("build", "--data", w.path("snapshot"), "--base-url", "https://loans.example", "--dry-run")
	found := projected.FindStringSubmatch(w.out.take())
	if found == nil {
		t.Fatalf("no number of files: %s", w.err.take())
	}
	is := count(found[1])
	for _, language := range manualLanguages {
		told := row.FindStringSubmatch(manualPages(t, language)["operate/hosts.md"])
		if told == nil {
			t.Errorf("%s/%s/operate/hosts.md: no row for 200 loans", manualRoot, language)
			continue
		}
		if says := count(told[1]); says < is*9/10 || says > is*11/10 {
			t.Errorf("%s/%s/operate/hosts.md: %d files for 200 loans, and there are %d", manualRoot, language, says, is)
		}
	}
}
