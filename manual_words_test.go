package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	inlineCode  = regexp.MustCompile("`([^`]+)`")
	anything    = regexp.MustCompile(`%(\[\d+\])?[-+#]?[0-9.]*[a-z]`)
	linkTarget  = regexp.MustCompile(`\]\([^)]*\)`)
	commentLine = regexp.MustCompile(`<!--.*?-->`)
)

// Each message that the page of troubleshooting explains is one that the
// program has: what stands between its dots and colons is part of a text of the source.
func TestManualExplainsMessagesThatThereAre(t *testing.T) {
	texts := programTexts(t)
	messages := 0
	for i, line := range strings.Split(manualPages(t, "en")["troubleshooting.md"], "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		for _, found := range inlineCode.FindAllStringSubmatch(cells[1], -1) {
			messages++
			// A colon is where one error stands around another.
			for _, part := range strings.FieldsFunc(found[1], func(c rune) bool { return c == '…' || c == ':' }) {
				if part = strings.TrimSpace(part); len(part) > 2 && !strings.Contains(texts, part) {
					t.Errorf("%s/en/troubleshooting.md:%d: no text of the program has %q", manualRoot, i+1, part)
				}
			}
		}
	}
	if messages < 50 {
		t.Errorf("%d messages: too few to be what people meet", messages)
	}
}

// programTexts are all texts in the program's source, one on a line; what a
// verb of fmt stands for is left out, and a plural is there with both its nouns.
func programTexts(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	all.WriteString("no such file or directory\nno space left on device\nunknown flag: \n") // of the system, and of pflag
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
				said, _ := strconv.Unquote(text.Value)
				all.WriteString(anything.ReplaceAllString(said, "") + "\n")
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// A line of French never ends before a colon, and quotation marks hold on to
// what they quote.
func TestManualInFrenchHasSpacesThatDoNotBreak(t *testing.T) {
	breaking := regexp.MustCompile(`\S [:;!?%»]|« `)
	for page, text := range manualPages(t, "fr") {
		inside := false
		for i, line := range strings.Split(text, "\n") {
			if strings.HasPrefix(strings.TrimSpace(line), "```") {
				inside = !inside
			}
			if inside || strings.HasPrefix(line, ":::") {
				continue
			}
			line = commentLine.ReplaceAllString(linkTarget.ReplaceAllString(inlineCode.ReplaceAllString(line, "x"), "]"), "")
			if found := breaking.FindString(line); found != "" {
				t.Errorf("%s/fr/%s:%d: a line may break within %q", manualRoot, page, i+1, found)
			}
			if strings.Contains(line, "'") && !strings.Contains(line, "label=\"") {
				t.Errorf("%s/fr/%s:%d: an apostrophe is straight: %s", manualRoot, page, i+1, line)
			}
		}
	}
}

func TestReadmeLeadsToFilesThatThereAre(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	led := 0
	for _, found := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(string(text), -1) {
		led++
		if _, err := os.Stat(found[1]); err != nil {
			t.Error(err)
		}
	}
	if led < 10 {
		t.Errorf("%d links: too few to lead into the manual", led)
	}
}
