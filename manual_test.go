package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// manualRoot is where the program's own documentation is written.
const manualRoot = "content/docs"

// manualLanguages are those it is written in, the source first.
var manualLanguages = []string{"en", "es", "fr"}

// fence is a block of code of a document. After the language on its first line
// there may be more:
//
//	console              a scene: commands after "$ ", and what they print
//	console elsewhere    commands that need another machine, and are not run
//	title="FILE"         a file that the scenes after it find in their folder
//	answer="PATH"        what a server of the sample answers there
//	form="NAME"          what the page /embed/ hands out for the first loan
//
// The last two are written by go test . -run TestManualSamples -update.
type fence struct {
	file     string
	line     int // of the line that begins it, from 1
	language string
	meta     string
	body     string
}

func (f fence) place() string { return fmt.Sprintf("%s:%d", f.file, f.line) }

// value is what the first line says behind a name and an equals sign.
func (f fence) value(name string) string {
	found := regexp.MustCompile(`(?:^|\s)` + name + `="([^"]*)"`).FindStringSubmatch(f.meta)
	if found == nil {
		return ""
	}
	return found[1]
}

func (f fence) scene() bool { return f.language == "console" }

// elsewhere tells whether a scene needs another machine.
func (f fence) elsewhere() bool { return slices.Contains(strings.Fields(f.meta), "elsewhere") }

var fenceBegin = regexp.MustCompile("^( *)(```+)([a-z]*) ?(.*)$")

// fences are the blocks of code of a document, from top to bottom.
func fences(file, text string) ([]fence, error) {
	var all []fence
	var open *fence
	indent, ticks := "", ""
	for i, line := range strings.Split(text, "\n") {
		if open == nil {
			if begin := fenceBegin.FindStringSubmatch(line); begin != nil {
				open = &fence{file: file, line: i + 1, language: begin[3], meta: begin[4]}
				indent, ticks = begin[1], begin[2]
			}
			continue
		}
		if strings.TrimSpace(line) == ticks {
			all = append(all, *open)
			open = nil
			continue
		}
		open.body += strings.TrimPrefix(line, indent) + "\n"
	}
	if open != nil {
		return nil, fmt.Errorf("%s: the block has no end", open.place())
	}
	return all, nil
}

// manualPages are the documents of a language, by their paths below its folder.
func manualPages(t testing.TB, language string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	root := filepath.Join(manualRoot, language)
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		body, err := os.ReadFile(name)
		below, _ := filepath.Rel(root, name)
		pages[filepath.ToSlash(below)] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func manualFences(t testing.TB, language, page, text string) []fence {
	t.Helper()
	all, err := fences(path.Join(manualRoot, language, page), text)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What is run in English is what readers of every language see.
func TestManualHasTheSameCodeInEachLanguage(t *testing.T) {
	source := manualPages(t, manualLanguages[0])
	if len(source) < 20 {
		t.Fatalf("%d documents", len(source))
	}
	for _, language := range manualLanguages[1:] {
		pages := manualPages(t, language)
		for page, text := range source {
			translated, ok := pages[page]
			if !ok {
				t.Errorf("%s: there is no %s", language, page)
				continue
			}
			want, got := manualFences(t, manualLanguages[0], page, text), manualFences(t, language, page, translated)
			if len(want) != len(got) {
				t.Errorf("%s/%s has %d blocks of code, and its source %d", language, page, len(got), len(want))
				continue
			}
			for i := range want {
				w, g := want[i], got[i]
				if w.language != g.language || w.meta != g.meta || w.body != g.body {
					t.Errorf("%s: differs from %s:\n```%s %s\n%s", g.place(), w.place(), g.language, g.meta, g.body)
				}
			}
		}
	}
}

// sourceMark is what "docs mark" writes into a translation.
var sourceMark = regexp.MustCompile(`(?m)^source_hash: "[0-9a-f]{16}"$`)

// Every translation says which text it was made from, so that one whose source has
// changed since is found, also where there is no git.
func TestManualTranslationsSayWhatTheyWereMadeFrom(t *testing.T) {
	for _, language := range manualLanguages[1:] {
		for page, text := range manualPages(t, language) {
			if front, _, _ := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n"); !sourceMark.MatchString(front) {
				t.Errorf("%s/%s/%s has no source_hash: loanleaf docs mark --content content content/docs/%[2]s/%[3]s", manualRoot, language, page)
			}
		}
	}
}

// The program itself finds nothing wrong with its documentation. A translation that
// says what its source says now is marked anew: loanleaf docs mark FILE.
func TestManualTranslationsAreWhole(t *testing.T) {
	content, err := filepath.Abs("content")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	t.Chdir(w.dir)
	if code := w.run("docs", "status", "--content", content, "--strict", "--fail-on", "stale,missing,orphan,structure,title"); code != 0 {
		t.Errorf("docs status ended with %d:\n%s%s", code, w.err.String(), w.out.String())
	}
	for _, language := range manualLanguages[1:] {
		if !strings.Contains(w.out.String(), "\n"+language+" ") {
			t.Errorf("docs status says nothing of %s:\n%s", language, w.out.String())
		}
	}
}

// TestManualCommands runs the commands of the English documents, those of a
// document in one folder, in which the files stand that the document shows.
func TestManualCommands(t *testing.T) {
	run, here, elsewhere := 0, 0, 0
	pages := manualPages(t, manualLanguages[0])
	for _, page := range sortedNames(pages) {
		blocks := manualFences(t, manualLanguages[0], page, pages[page])
		for _, block := range blocks {
			scenes, err := blockScenes(block)
			if err != nil {
				t.Fatal(err)
			}
			if block.elsewhere() {
				elsewhere += len(scenes)
			} else {
				here += len(scenes)
			}
		}
		if !slices.ContainsFunc(blocks, func(f fence) bool { return f.scene() && !f.elsewhere() }) {
			continue
		}
		t.Run(page, func(t *testing.T) { run += playPage(t, blocks) })
	}
	t.Logf("%d of %d commands of the documentation were run; %d need another machine", run, here+elsewhere, elsewhere)
	if here < 20 {
		t.Errorf("%d commands can be run: too few to be a manual", here)
	}
}

// playPage runs the commands of one document and gives their number.
func playPage(t *testing.T, blocks []fence) (run int) {
	terminal := newReadmeTerminal(t)
	for _, block := range blocks {
		if name := block.value("title"); name != "" && filepath.IsLocal(name) && !strings.Contains(name, " ") {
			terminal.world.write(name, block.body)
		}
		if !block.scene() || block.elsewhere() {
			continue
		}
		scenes, err := blockScenes(block)
		if err != nil {
			t.Fatal(err)
		}
		for i, scene := range scenes {
			terminal.mayFail = i+1 < len(scenes) && scenes[i+1].command == "echo $?"
			words, err := strings.Fields(scene.command), error(nil)
			if scene.command != "echo $?" {
				words, err = splitShell(scene.command)
			}
			if err != nil {
				t.Fatalf("%s:%d: %v", block.file, scene.line, err)
			}
			printed, known := terminal.do(t, words)
			if !known {
				t.Errorf("%s:%d: %q is not run: mark its block elsewhere", block.file, scene.line, scene.command)
				continue
			}
			run++
			if err := sameOutput(scene.output, printed); err != nil {
				t.Errorf("%s:%d: $ %s: %v\nit says\n%s\nit is\n%s", block.file, scene.line, scene.command, err, scene.output, printed)
			}
		}
	}
	return run
}

// blockScenes are the commands of a block, with the lines of its file.
func blockScenes(block fence) ([]scene, error) {
	if !block.scene() {
		return nil, nil
	}
	scenes, err := readmeScenes("```console\n" + block.body + "```\n")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", block.place(), err)
	}
	for i := range scenes {
		scenes[i].line += block.line - 1
	}
	return scenes, nil
}

func sortedNames(pages map[string]string) []string {
	var names []string
	for name := range pages {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestManualFencesAreFound(t *testing.T) {
	text := "# T\n\n```console elsewhere\n$ a\n```\n\n1. x\n\n   ```yaml title=\"a b.yaml\" {1}\n   k: v\n     l: w\n   ```\n"
	got, err := fences("f", text)
	want := []fence{
		{"f", 3, "console", "elsewhere", "$ a\n"},
		{"f", 9, "yaml", `title="a b.yaml" {1}`, "k: v\n  l: w\n"},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("found %+v, want %+v: %v", got, want, err)
	}
	if !got[0].elsewhere() || got[1].value("title") != "a b.yaml" || got[1].value("itle") != "" {
		t.Errorf("what their first lines say is lost: %+v", got)
	}
	if _, err := fences("f", "```\n"); err == nil {
		t.Error("a block without an end was taken")
	}
}

// TestManualMakefile runs the Makefile of the documentation, where there is a make: as
// many processes as it says make the shares, and one the site.
func TestManualMakefile(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path, err := exec.LookPath("make")
	if err != nil {
		t.Log("there is no make on this machine")
		return
	}
	w := newWorld(t)
	w.write("loanleaf.yaml", "base_url: https://loans.example\ndata: [sample]\n")
	const page = "operate/shares.md"
	found := false
	for _, block := range manualFences(t, "en", page, manualPages(t, "en")[page]) {
		if block.value("title") == "Makefile" {
			w.write("Makefile", block.body)
			found = true
		}
	}
	if !found {
		t.Fatalf("%s shows no Makefile", page)
	}
	if err := os.Symlink(program, w.path("loanleaf")); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(path, "-j", "4")
	c.Dir = w.dir
	c.Env = append(os.Environ(), "PATH="+w.dir+":"+os.Getenv("PATH"), "XDG_CACHE_HOME="+w.path("cache"), "HOME="+w.path("home"))
	said, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("make: %v\n%s", err, said)
	}
	if code := w.run("build", "--data", "sample", "--base-url", "https://loans.example", "--out", w.path("whole")); code != 0 {
		t.Fatal(w.err.String())
	}
	sameSite(t, "made by make", w.path("dist"), w.path("whole"))
}
