package command

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/spf13/pflag"

	"loanleaf/generator/watch"
)

func TestChangedFilesNamesAFew(t *testing.T) {
	for _, test := range []struct {
		paths []string
		want  string
	}{
		{nil, "a change"},
		{[]string{"a"}, "a"},
		{[]string{"a", "b", "c"}, "a, b, c"},
		{[]string{"a", "b", "c", "d"}, "a, b, c and 1 other file"},
		{[]string{"a", "b", "c", "d", "e"}, "a, b, c and 2 other files"},
	} {
		if got := changedFiles(watch.Change{Paths: test.paths}); got != test.want {
			t.Errorf("%q: %q, want %q", test.paths, got, test.want)
		}
	}
}

func TestOnlyTheStylesheetIsExchangedAlone(t *testing.T) {
	style := filepath.Join("public", "site.css")
	for _, test := range []struct {
		name   string
		w      workshop
		change watch.Change
		want   bool
	}{
		{"the stylesheet", workshop{public: "public"}, watch.Change{Roots: []string{"public"}, Paths: []string{style}}, true},
		{"the style of widgets, which stands in them", workshop{public: "public"}, watch.Change{Roots: []string{"public"}, Paths: []string{filepath.Join("public", "widget.css")}}, false},
		{"both", workshop{public: "public"}, watch.Change{Roots: []string{"public"}, Paths: []string{style, filepath.Join("public", "widget.css")}}, false},
		{"and a setting", workshop{public: "public"}, watch.Change{Roots: []string{"public", "site.yaml"}, Paths: []string{style, "site.yaml"}}, false},
		{"after something wrong, under which more may be new", workshop{public: "public", failed: true}, watch.Change{Roots: []string{"public"}, Paths: []string{style}}, false},
		{"when reports were lost", workshop{public: "public"}, watch.Change{Roots: []string{"public"}, Paths: []string{style}, All: true}, false},
		{"the first state", workshop{public: "public"}, watch.Change{}, false},
		{"a file of that name among the data", workshop{}, watch.Change{Roots: []string{"public"}, Paths: []string{style}}, false},
	} {
		if got := test.w.onlyStyle(test.change); got != test.want {
			t.Errorf("%s: %t, want %t", test.name, got, test.want)
		}
	}
}

func TestWhatASiteIsMadeFromIsWatched(t *testing.T) {
	for _, test := range []struct {
		name          string
		w             workshop
		paths, except []string
	}{
		{"nothing said", workshop{config: "loanleaf.yaml"}, []string{"loanleaf.yaml"}, nil},
		{"the sample is no file", workshop{config: "a.yaml", settings: Settings{Data: []string{"sample"}, Images: "none", Out: "dist"}}, []string{"a.yaml"}, []string{"dist"}},
		{"everything", workshop{config: "a.yaml", public: "public", checkout: true, settings: Settings{
			Data: []string{"loans.zip", "sample", "partners.json"}, Content: "content", Exclude: "exclude.txt", Private: "private.txt", Images: "photos",
			Store: "data/store", Out: "dist",
		}}, []string{"a.yaml", "loans.zip", "partners.json", "content", "exclude.txt", "private.txt", "public", "photos", "templates"}, []string{"data/store", "dist"}},
		{"pictures that somebody else serves", workshop{config: "a.yaml", settings: Settings{Images: "https://www.example.org/<size>/<id>.jpg"}}, []string{"a.yaml"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			paths, except := test.w.sources()
			if !slices.Equal(paths, test.paths) || !slices.Equal(except, test.except) {
				t.Errorf("watched are %q without %q, want %q without %q", paths, except, test.paths, test.except)
			}
		})
	}
}

func TestTheBaseAddressIsThisMachine(t *testing.T) {
	for _, test := range []struct{ name, configured, flag, environment, want string }{
		{name: "none", want: "http://127.0.0.1:8080"},
		{name: "a host", configured: "https://loans.example", want: "http://127.0.0.1:8080"},
		{name: "a host and a path", configured: "https://loans.example/of/ours", want: "http://127.0.0.1:8080/of/ours"},
		{name: "what is wrong with it stays", configured: "https://loans.example/?a=b", want: "http://127.0.0.1:8080/?a=b"},
		{name: "no address at all", configured: "loans.example", want: "loans.example"},
		{name: "no address of the web", configured: "ftp://loans.example", want: "ftp://loans.example"},
		{name: "given by a flag", configured: "https://loans.example", flag: "https://loans.example", want: "https://loans.example"},
		{name: "given by the environment", configured: "https://loans.example", environment: "https://loans.example", want: "https://loans.example"},
	} {
		t.Run(test.name, func(t *testing.T) {
			flags := pflag.NewFlagSet("dev", pflag.ContinueOnError)
			sharedFlags(flags)
			if test.flag != "" {
				if err := flags.Set("base-url", test.flag); err != nil {
					t.Fatal(err)
				}
			}
			w := workshop{flags: flags, reached: "http://127.0.0.1:8080", Program: &Program{LookupEnv: func(name string) (string, bool) {
				return test.environment, name == "LOANLEAF_BASE_URL" && test.environment != ""
			}}}
			s := Settings{BaseURL: test.configured}
			if err := w.rebase(&s); err != nil || s.BaseURL != test.want {
				t.Errorf("it is %q, want %q: %v", s.BaseURL, test.want, err)
			}
		})
	}
}

func TestSettingLine(t *testing.T) {
	const body = "# a comment\nname: Loans\noembed:\n  # where\n  endpoint: x\nlinks:\n  - label: a\n    url: b\nlanguages: [en,\n  xx]\n"
	for name, want := range map[string]int{"name": 2, "oembed.endpoint": 5, "languages": 9, "base_url": 0, "oembed.none": 0} {
		if got, ok := settingLine([]byte(body), name); got != want || ok != (want > 0) {
			t.Errorf("%s: line %d, %t, want %d", name, got, ok, want)
		}
	}
	if line, ok := settingLine([]byte("name: [x"), "name"); ok {
		t.Errorf("a file that is not YAML has the setting on line %d", line)
	}
}
