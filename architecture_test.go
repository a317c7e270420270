package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// room is a package of the house: what it may import, and why.
type room struct {
	layer   int      // imports lead to lower layers, or to the same one where named
	ours    []string // packages of this module, all there may be
	theirs  []string // modules of others
	allowed []string // names of forbidden that it may use all the same
	why     string   // for what stands in theirs and allowed, or for its layer
	support bool     // helps tests alone: nothing but tests imports it
}

// house is DESIGN's table of who may import whom. A package that is not in it
// fails, and so does a row whose package or import is gone.
var house = map[string]room{
	"kiva":    {layer: 0, why: "the domain is plain values"},
	"locale":  {layer: 0, theirs: []string{"golang.org/x/text"}, why: "matching of language tags; nothing is formatted with it"},
	"public":  {layer: 0, why: "bytes and their hashes"},
	"content": {layer: 0, why: "Markdown, as bytes"},
	"site":    {layer: 1, ours: []string{"kiva", "locale"}, theirs: []string{"golang.org/x/net"}, why: "addresses are made of text; names of hosts in other letters than ASCII's (idna)"},
	"kiva/snapshot": {layer: 1, ours: []string{"kiva"}, theirs: []string{"github.com/go-json-experiment/json"}, allowed: []string{"os"},
		why: "reads files; the token reader of the json experiment tells of doubled keys and of offsets"},
	"store": {layer: 1, ours: []string{"kiva", "locale"}, theirs: []string{"github.com/fxamacker/cbor/v2", "golang.org/x/sys", "modernc.org/sqlite"}, allowed: []string{"os"},
		why: "loans at rest are a file"},
	"generator/docs": {layer: 1, ours: []string{"locale", "site"}, theirs: []string{"github.com/alecthomas/chroma/v2", "github.com/goccy/go-yaml", "github.com/yuin/goldmark", "github.com/yuin/goldmark-emoji"},
		why: "the one place that reads Markdown, its front matter and the code in it"},
	"generator/docs/search": {layer: 1, ours: []string{"locale"}, why: "browsers search by the same words as Go"},
	"templates/view": {layer: 2, ours: []string{"kiva", "locale", "site"}, theirs: []string{"github.com/rivo/uniseg"},
		why: "texts are shortened between characters as people see them"},
	"templates/snippet": {layer: 2, ours: []string{"templates/view"}, why: "texts to paste are made of a view"},
	"templates": {layer: 2, ours: []string{"kiva", "locale", "public", "site", "templates/snippet", "templates/view"}, theirs: []string{"github.com/a-h/templ"}, allowed: []string{"templ"},
		why: "the one place that makes HTML"},
	"oembed": {layer: 3, ours: []string{"kiva", "locale", "site", "templates", "templates/view"}, why: "the protocol is pure"},
	"card": {layer: 3, ours: []string{"locale", "public", "templates/view"}, theirs: []string{"github.com/go-text/typesetting", "golang.org/x/image"},
		why: "text is shaped as its script asks, and drawn"},
	"oembed/check": {layer: 3, theirs: []string{"golang.org/x/net"}, allowed: []string{"net/http", "os", "time.Now", "outgoing"},
		why: "asks other people's sites: the one place from which requests go out; reads their pages as browsers do, and times them; syscall is in the face of net.Dialer"},
	"generator/feed": {layer: 3, theirs: []string{"github.com/gorilla/feeds"}, why: "the formats of feeds; what they lack is added around them"},
	"generator/page": {layer: 4, ours: []string{"card", "generator/docs", "generator/docs/search", "generator/feed", "kiva", "locale", "oembed", "public", "site", "templates", "templates/snippet", "templates/view"}, theirs: []string{"github.com/a-h/templ"},
		allowed: []string{"templ"}, why: "hands finished cards to the templates of lists"},
	"generator/output": {layer: 4, theirs: []string{"golang.org/x/sys"}, allowed: []string{"os"}, why: "swaps folders on the disk"},
	"generator/pack": {layer: 4, ours: []string{"generator/output"}, theirs: []string{"github.com/klauspost/compress", "golang.org/x/sys"}, allowed: []string{"os"},
		why: "packs what a folder's generation holds, and maps it to be read; deflates 2.5 times as fast as compress/flate"},
	"generator/watch": {layer: 4, theirs: []string{"github.com/fsnotify/fsnotify"}, allowed: []string{"os", "time.Now"},
		why: "looks at files and waits until they are quiet"},
	"generator/hosting": {layer: 4, ours: []string{"generator/page", "public", "site"}, theirs: []string{"golang.org/x/net"},
		why: "a file host's settings say what the server says; a header that is read is checked as net/http checks it"},
	"generator": {layer: 5, ours: []string{"generator/docs", "generator/hosting", "generator/page", "kiva", "public", "site"}, theirs: []string{"golang.org/x/sync"},
		why: "workers that stop at the first error"},
	"server": {layer: 5, ours: []string{"generator/docs", "generator/hosting", "generator/pack", "generator/page", "kiva", "locale", "oembed", "oembed/check", "public", "server/limit", "server/metric", "site", "templates/view"},
		theirs:  []string{"golang.org/x/sync"},
		allowed: []string{"net/http", "os", "time.Now"}, why: "speaks HTTP, serves a folder, and waits for what is under way; draws a card once for all who ask"},
	"server/limit": {layer: 4, why: "counts what clients ask for; a clock is given to it"},
	"server/metric": {layer: 4, theirs: []string{"github.com/prometheus/client_golang"}, allowed: []string{"net/http"},
		why: "tells Prometheus, in the form and by the library that Prometheus reads"},
	"sample": {layer: 5, theirs: []string{"golang.org/x/image"}, allowed: []string{"os", "rand"},
		why: "writes a snapshot folder; draws from a generator with a seed"},
	"command": {layer: 6, ours: []string{"content", "generator", "generator/docs", "generator/output", "generator/pack", "generator/watch", "kiva", "kiva/snapshot", "locale", "oembed/check", "public", "sample", "server", "server/limit", "site", "store"},
		theirs:  []string{"github.com/goccy/go-yaml", "github.com/schollz/progressbar/v3", "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"},
		allowed: []string{"os", "time.Now", "environment"}, why: "the program as a person meets it"},
	".": {layer: 7, ours: []string{"command"}, allowed: []string{"os"}, why: "ends the process with the exit code"},

	"templates/generate": {layer: 7, allowed: []string{"os"}, why: "runs templ and rewrites what it wrote; no part of the program"},
	"bench": {layer: 7, ours: []string{"kiva/snapshot", "store"}, allowed: []string{"net/http", "os", "time.Now", "environment", "outgoing"},
		why: "measures the program from outside, on the machine it runs on; no part of it"},
	"packaging/sbom":    {layer: 7, allowed: []string{"os", "environment"}, why: "writes down what is in a program that was built; no part of it"},
	"locale/cldr":       {layer: 7, allowed: []string{"os"}, why: "a generator, run by hand when CLDR has a new release; no part of the program"},
	"server/httpscript": {layer: 7, support: true, allowed: []string{"net/http", "os"}, why: "runs scripts of requests on a handler"},
	"store/storetest": {layer: 7, support: true, ours: []string{"kiva", "locale", "store"}, theirs: []string{"github.com/google/go-cmp"}, allowed: []string{"rand"},
		why: "what every store has to pass, drawn with a seed"},
	"smoke": {layer: 7, support: true, why: "tests of the widget in a browser; it has no code beside them"},
}

// forbidden is what only the rows that name it may use.
var forbidden = map[string]func(file *source) []string{
	"net/http": func(f *source) []string { return f.importing("net/http", "net/http/...") },
	"os":       func(f *source) []string { return f.importing("os", "os/...", "syscall") },
	"templ":    func(f *source) []string { return f.importing("github.com/a-h/templ/...") },
	"rand":     func(f *source) []string { return f.importing("math/rand", "math/rand/...", "crypto/rand") },
	"unsafe":   func(f *source) []string { return f.importing("unsafe", "C") },
	"time.Now": func(f *source) []string {
		return f.calling("time.Now", "time.Since", "time.Until", "time.Tick", "time.After", "time.NewTimer", "time.NewTicker", "time.AfterFunc")
	},
	"outgoing": func(f *source) []string {
		return f.calling("http.Get", "http.Head", "http.Post", "http.PostForm", "http.Client", "http.DefaultClient", "http.Transport",
			"http.DefaultTransport", "net.Dial", "net.DialTimeout", "net.Dialer", "tls.Dial", "tls.Dialer")
	},
	"environment": func(f *source) []string {
		return f.calling("os.Getenv", "os.LookupEnv", "os.Environ", "os.ExpandEnv", "os.Args", "os.UserCacheDir", "os.UserHomeDir", "os.UserConfigDir")
	},
}

// source is a Go file.
type source struct {
	name      string // with its folder
	folder    string
	test      bool
	generated bool
	lines     int
	imports   []string
	selectors []string // "time.Now", by the last word of the import's path
	comments  []string
}

func (f *source) importing(paths ...string) []string {
	var found []string
	for _, imported := range f.imports {
		for _, forbidden := range paths {
			below, all := strings.CutSuffix(forbidden, "/...")
			if imported == forbidden || all && (imported == below || strings.HasPrefix(imported, below+"/")) {
				found = append(found, imported)
			}
		}
	}
	return slices.Compact(found)
}

func (f *source) calling(names ...string) []string {
	var found []string
	for _, name := range f.selectors {
		if slices.Contains(names, name) {
			found = append(found, name)
		}
	}
	return found
}

var generatedLine = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// sources are all Go files of the module, without the fixtures of tests.
func sources(t *testing.T) []*source {
	t.Helper()
	var all []*source
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "testdata" || name != "." && strings.HasPrefix(entry.Name(), ".")) {
			return filepath.SkipDir
		}
		if entry.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, err := parse(filepath.ToSlash(name), body)
		all = append(all, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 100 {
		t.Fatalf("%d Go files found: too few to be the module", len(all))
	}
	return all
}

func parse(name string, body []byte) (*source, error) {
	tree, err := parser.ParseFile(token.NewFileSet(), name, body, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	f := &source{
		name: name, folder: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
		generated: generatedLine.Match(body), lines: strings.Count(string(body), "\n"),
	}
	for _, spec := range tree.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		f.imports = append(f.imports, imported)
	}
	for _, group := range tree.Comments {
		for _, comment := range group.List {
			f.comments = append(f.comments, comment.Text)
		}
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if from, ok := selector.X.(*ast.Ident); ok {
				f.selectors = append(f.selectors, from.Name+"."+selector.Sel.Name)
			}
		}
		return true
	})
	return f, nil
}

const module = "loanleaf"

// within gives the folder of a package of this module.
func within(imported string) (folder string, ok bool) {
	if imported == module {
		return ".", true
	}
	return strings.CutPrefix(imported, module+"/")
}

func TestEveryPackageStandsInTheHouse(t *testing.T) {
	all := map[string]bool{}
	for _, f := range sources(t) {
		all[f.folder] = true
		if _, ok := house[f.folder]; !ok {
			t.Errorf("%s: its package is not in the table of architecture_test.go", f.name)
		}
	}
	for folder, room := range house {
		if !all[folder] {
			t.Errorf("%s stands in the table and has no Go file", folder)
		}
		if room.why == "" {
			t.Errorf("%s has no reason in the table", folder)
		}
		for _, name := range room.allowed {
			if forbidden[name] == nil {
				t.Errorf("%s: nothing is forbidden under the name %s", folder, name)
			}
		}
	}
}

func TestImportsLeadDownward(t *testing.T) {
	used := map[string]map[string]bool{}
	for _, f := range sources(t) {
		room, ok := house[f.folder]
		if !ok || f.test {
			continue
		}
		if used[f.folder] == nil {
			used[f.folder] = map[string]bool{}
		}
		for _, imported := range f.imports {
			if folder, ok := within(imported); ok {
				used[f.folder][folder] = true
				switch below := house[folder]; {
				case !slices.Contains(room.ours, folder):
					t.Errorf("%s imports %s, which its row does not name", f.name, folder)
				case below.support && !room.support:
					t.Errorf("%s imports %s, which helps tests alone", f.name, folder)
				case below.layer > room.layer:
					t.Errorf("%s imports %s, which is above it", f.name, folder)
				}
				continue
			}
			if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
				continue // the standard library
			}
			i := slices.IndexFunc(room.theirs, func(m string) bool { return imported == m || strings.HasPrefix(imported, m+"/") })
			if i < 0 {
				t.Errorf("%s imports %s, which its row does not name", f.name, imported)
				continue
			}
			used[f.folder][room.theirs[i]] = true
		}
	}
	for folder, room := range house {
		for _, name := range slices.Concat(room.ours, room.theirs) {
			if !used[folder][name] {
				t.Errorf("%s may import %s and does not: take it out of the table", folder, name)
			}
		}
	}
}

func TestOnlyTheRowsThatSaySoUseWhatIsForbidden(t *testing.T) {
	used := map[string]map[string]bool{}
	for _, f := range sources(t) {
		if f.test {
			continue
		}
		if used[f.folder] == nil {
			used[f.folder] = map[string]bool{}
		}
		for _, name := range slices.Sorted(maps.Keys(forbidden)) {
			found := forbidden[name](f)
			if len(found) == 0 {
				continue
			}
			used[f.folder][name] = true
			if !slices.Contains(house[f.folder].allowed, name) {
				t.Errorf("%s uses %s (%s), which its row does not allow", f.name, strings.Join(found, ", "), name)
			}
		}
	}
	for folder, room := range house {
		for _, name := range room.allowed {
			if !used[folder][name] {
				t.Errorf("%s may use %s and does not: take it out of the table", folder, name)
			}
		}
	}
}

func TestWhatIsForbiddenIsFound(t *testing.T) {
	f, err := parse("kiva/loan.go", []byte(`package kiva
import ("net/http"; "os/exec"; "github.com/a-h/templ/runtime"; "math/rand/v2"; "unsafe"; "time"; "os")
func f() { time.Sleep(time.Since(time.Time{})); os.Getenv("HOME"); http.Get("/") }`))
	if err != nil {
		t.Fatal(err)
	}
	for name, find := range forbidden {
		if len(find(f)) == 0 {
			t.Errorf("%s is not found where it is used", name)
		}
	}
	innocent, err := parse("kiva/money.go", []byte("package kiva\nimport \"time\"\nvar t = time.Time{}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, find := range forbidden {
		if found := find(innocent); len(found) > 0 {
			t.Errorf("%s is found where it is not: %s", name, found)
		}
	}
}

// The longest a file may be that somebody writes by hand.
const mostLines = 400

func TestFilesAreShortAndNamedAfterWhatIsInThem(t *testing.T) {
	empty := []string{"util", "utils", "helper", "helpers", "common", "misc", "base", "shared", "lib", "stuff", "types", "model", "models", "manager", "consts", "constants"}
	generated := 0
	for _, f := range sources(t) {
		if f.generated {
			generated++
			if !strings.HasSuffix(f.name, "_templ.go") && !strings.HasSuffix(f.name, ".gen.go") {
				t.Errorf("%s is generated and does not say so in its name", f.name)
			}
			continue
		}
		if f.lines > mostLines {
			t.Errorf("%s has %d lines, and %d is the most", f.name, f.lines, mostLines)
		}
		words := append(strings.Split(f.folder, "/"), strings.FieldsFunc(strings.TrimSuffix(path.Base(f.name), ".go"), func(r rune) bool { return r == '_' })...)
		for _, word := range words {
			if slices.Contains(empty, word) {
				t.Errorf("%s: %q does not say what is in it", f.name, word)
			}
		}
	}
	if generated == 0 {
		t.Error("no generated file was recognised")
	}
}

func TestThereIsOneLineThatGenerates(t *testing.T) {
	var lines []string
	for _, f := range sources(t) {
		for _, comment := range f.comments {
			if strings.HasPrefix(comment, "//go:generate ") {
				lines = append(lines, f.name+": "+comment)
			}
		}
	}
	if want := []string{"main.go: //go:generate go run ./templates/generate"}; !slices.Equal(lines, want) {
		t.Errorf("found %q, want %q", lines, want)
	}
}
