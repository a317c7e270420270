package command

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"loanleaf/generator/docs"
	"loanleaf/site"
)

var update = flag.Bool("update", false, "write the pages of reference into the documentation")

// referenceLanguages are those of the program's own documentation.
var referenceLanguages = []string{"en", "es", "fr"}

// referenceFile holds the words of the pages, in each language.
const referenceFile = "testdata/reference.yaml"

// said is a text by language.
type said map[string]string

// referencePage is what stands around a table.
type referencePage struct {
	Title       said                `yaml:"title"`
	Description said                `yaml:"description"`
	Intro       said                `yaml:"intro"`
	Columns     map[string][]string `yaml:"columns"`
}

// reference is what code cannot say of itself.
type reference struct {
	SettingsPage referencePage   `yaml:"settings_page"`
	CommandsPage referencePage   `yaml:"commands_page"`
	Defaults     map[string]said `yaml:"defaults"` // of flags whose default depends on the machine
	Types        map[string]said `yaml:"types"`
	Settings     map[string]said `yaml:"settings"`
	Texts        []said          `yaml:"texts"`

	used   map[string]bool
	faults []string
}

// TestReference holds the two pages of reference in the documentation to the
// table of settings and to the commands themselves; -update writes them. A
// setting without words, a text of a command that is not translated, and words
// that nothing needs any more are faults.
func TestReference(t *testing.T) {
	body, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	var words reference
	if err := yaml.NewDecoder(bytes.NewReader(body), yaml.Strict()).Decode(&words); err != nil {
		t.Fatalf("%s: %v", referenceFile, err)
	}
	words.used = map[string]bool{}
	for _, language := range referenceLanguages {
		for name, page := range map[string]func(language string) string{"settings.md": words.settings, "commands.md": words.commands} {
			text := marked(t, page(language), language, page(referenceLanguages[0]))
			path := filepath.Join("..", "content", "docs", language, "reference", name)
			if *update {
				if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			if was, err := os.ReadFile(path); err != nil || string(was) != text {
				t.Errorf("%s is not what the code says (%v): go test ./command -run TestReference -update", path, err)
			}
		}
	}
	for name := range words.Settings {
		if !words.used["setting "+name] {
			t.Errorf("%s: there is no setting %s", referenceFile, name)
		}
	}
	for _, text := range words.Texts {
		if !words.used[text["en"]] {
			t.Errorf("%s: no command says %q", referenceFile, text["en"])
		}
	}
	slices.Sort(words.faults)
	for _, fault := range slices.Compact(words.faults) {
		t.Error(referenceFile + ": " + fault)
	}
}

// marked is a page of reference with the source_hash that "docs mark" gives a
// translation; the source itself has none.
func marked(t *testing.T, text, language, source string) string {
	t.Helper()
	if language == referenceLanguages[0] {
		return text
	}
	made, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loanleaf", Languages: referenceLanguages, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	file := "docs/" + language + "/a.md"
	tree, _ := docs.Read(fstest.MapFS{"docs/" + referenceLanguages[0] + "/a.md": {Data: []byte(source)}, file: {Data: []byte(text)}}, made, site.Doc)
	hash, ok := tree.SourceHash(file)
	if !ok {
		t.Fatalf("a page of reference in %s is no translation", language)
	}
	if text, err = docs.MarkSource(text, hash); err != nil {
		t.Fatal(err)
	}
	return text
}

// in is a text in a language.
func (r *reference) in(what said, language, place string) string {
	if what[language] == "" {
		r.faults = append(r.faults, fmt.Sprintf("%s has no words in %s", place, language))
	}
	return what[language]
}

// text is what a command says, in a language.
func (r *reference) text(english, language string) string {
	r.used[english] = true
	if i := slices.IndexFunc(r.Texts, func(s said) bool { return s["en"] == english }); i >= 0 {
		return r.in(r.Texts[i], language, fmt.Sprintf("%q", english))
	}
	r.faults = append(r.faults, fmt.Sprintf("%q is not translated", english))
	return english
}

// begin is a page up to its table.
func (r *reference) begin(page referencePage, language string, position int) *strings.Builder {
	var b strings.Builder
	title := r.in(page.Title, language, "title")
	fmt.Fprintf(&b, "---\ntitle: %s\ndescription: %s\nsidebar_position: %d\n---\n\n<!-- go test ./command -run TestReference -update writes this page. -->\n\n# %s\n\n%s\n",
		title, r.in(page.Description, language, "description"), position, title, r.in(page.Intro, language, "intro"))
	return &b
}

func head(b *strings.Builder, columns []string) {
	fmt.Fprintf(b, "\n| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
}

// settings is the page of the configuration file.
func (r *reference) settings(language string) string {
	b := r.begin(r.SettingsPage, language, 1)
	head(b, r.SettingsPage.Columns[language])
	flags := (&Program{}).buildCommand().Flags()
	for _, leaf := range leaves("", reflect.ValueOf(defaultSettings())) {
		r.used["setting "+leaf.name] = true
		kind := "text"
		switch leaf.value.Kind() {
		case reflect.Slice:
			kind = "list"
		case reflect.Map:
			kind = "map"
		}
		about := r.in(r.Types[kind], language, "type "+kind)
		if text := shownDefault(leaf.value); text != "" {
			about += ", `" + text + "`"
		}
		names := []string{"`" + leaf.name + "`"}
		if name := settingName(leaf.name); name != "" {
			if flags.Lookup(name) != nil {
				names = append(names, "`--"+name+"`")
			}
			names = append(names, "`"+envName(name)+"`")
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", strings.Join(names, "<br/>"), about,
			r.in(r.Settings[leaf.name], language, "setting "+leaf.name))
	}
	return b.String()
}

// leaf is a key of the configuration file with its default.
type leaf struct {
	name  string // "oembed.endpoint", "links[].url"
	value reflect.Value
}

func leaves(prefix string, of reflect.Value) []leaf {
	var all []leaf
	for _, field := range reflect.VisibleFields(of.Type()) {
		name, value := prefix+field.Tag.Get("yaml"), of.FieldByIndex(field.Index)
		switch {
		case value.Kind() == reflect.Struct:
			all = append(all, leaves(name+".", value)...)
		case value.Kind() == reflect.Slice && value.Type().Elem().Kind() == reflect.Struct:
			all = append(all, leaf{name, value})
			all = append(all, leaves(name+"[].", reflect.Zero(value.Type().Elem()))...)
		default:
			all = append(all, leaf{name, value})
		}
	}
	return all
}

func shownDefault(value reflect.Value) string {
	if value.IsZero() {
		return ""
	}
	return strings.Trim(fmt.Sprint(value), "[]")
}

// settingName is the name that flags and the environment have for a key; empty
// where they have none. It is found by setting it.
func settingName(key string) string {
	for _, one := range settings {
		var s Settings
		one.set(&s, []string{"x"})
		for _, leaf := range leaves("", reflect.ValueOf(s)) {
			if leaf.name == key && !leaf.value.IsZero() {
				return one.name
			}
		}
	}
	return ""
}

// commands is the page of commands and flags.
func (r *reference) commands(language string) string {
	b := r.begin(r.CommandsPage, language, 2)
	root := (&Program{}).root()
	r.command(b, root, language, "##")
	return b.String()
}

func (r *reference) command(b *strings.Builder, c *cobra.Command, language, level string) {
	about := r.text(c.Short, language)
	if c.HasParent() {
		fmt.Fprintf(b, "\n%s %s\n\n%s.\n", level, c.CommandPath(), about)
		use := c.UseLine()
		if c.HasSubCommands() {
			use = c.CommandPath() + " " + strings.Join(names(c), "|")
		}
		fmt.Fprintf(b, "\n```text\n%s\n```\n", use)
		r.flags(b, c, language)
		if c.HasExample() && !c.HasSubCommands() {
			fmt.Fprintf(b, "\n```text\n%s\n```\n", strings.ReplaceAll(strings.TrimPrefix(c.Example, "  "), "\n  ", "\n"))
		}
		level += "#"
	}
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			r.command(b, below, language, level)
		}
	}
}

func names(c *cobra.Command) []string {
	var all []string
	for _, below := range c.Commands() {
		if below.IsAvailableCommand() {
			all = append(all, below.Name())
		}
	}
	return all
}

// address is one that is no link.
var address = regexp.MustCompile(`https?://[^\s,;]+`)

func (r *reference) flags(b *strings.Builder, c *cobra.Command, language string) {
	headed := false
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" || f.Hidden {
			return
		}
		if !headed {
			head(b, r.CommandsPage.Columns[language])
			headed = true
		}
		shown := strings.Trim(f.DefValue, "[]")
		if f.Value.Type() == "bool" {
			shown = ""
		}
		if shown != "" {
			shown = "`" + shown + "`"
		}
		if depends, ok := r.Defaults[f.Name]; ok {
			shown = r.in(depends, language, "default of "+f.Name)
		}
		fmt.Fprintf(b, "| `--%s` | %s | %s |\n", f.Name, shown, address.ReplaceAllString(r.text(f.Usage, language), "`$0`"))
	})
}

// The page of commands says so of these three.
func TestEveryFlagOfBuildServeAndDevMayComeFromTheEnvironment(t *testing.T) {
	t.Chdir(t.TempDir())
	last := envName(settings[len(settings)-1].name)
	for _, args := range [][]string{{"build", "--data", "nothing"}, {"serve", "--addr", "nothing"}, {"dev"}} {
		ctx, cancel := context.WithCancel(t.Context())
		var asked sync.Map
		p := &Program{
			Args: args, Out: io.Discard, Err: io.Discard, Now: time.Now, CacheDir: func() (string, error) { return t.TempDir(), nil },
			Listen: func(network, _ string) (net.Listener, error) { return net.Listen(network, "127.0.0.1:0") },
			LookupEnv: func(name string) (string, bool) {
				if asked.Store(name, true); name == last && args[0] == "dev" {
					cancel() // it goes on otherwise
				}
				return "", false
			},
		}
		p.Run(ctx)
		cancel()
		command, _, err := p.root().Find(args)
		if err != nil {
			t.Fatal(err)
		}
		command.Flags().VisitAll(func(f *pflag.Flag) {
			if _, ok := asked.Load(envName(f.Name)); !ok && f.Name != "help" && !slices.Contains(args, "--"+f.Name) {
				t.Errorf("%s --%s is not asked of %s", args[0], f.Name, envName(f.Name))
			}
		})
	}
}
