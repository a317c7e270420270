package command

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Settings are what an operator can say of a site, as in loanleaf.yaml.
type Settings struct {
	BaseURL   string   `yaml:"base_url"`
	Name      string   `yaml:"name"`
	Logo      string   `yaml:"logo"`
	Links     []Link   `yaml:"links"`
	Colours   Colours  `yaml:"colours"`
	Languages []string `yaml:"languages"`
	Images    string   `yaml:"images"`
	LendURL   string   `yaml:"lend_url"`
	AppID     string   `yaml:"app_id"`
	Aliases   []string `yaml:"aliases"`
	OEmbed    OEmbed   `yaml:"oembed"`
	Cards     string   `yaml:"cards"`
	Exclude   string   `yaml:"exclude"`
	Private   string   `yaml:"private"`
	Data      []string `yaml:"data"`
	Content   string   `yaml:"content"`
	Docs      string   `yaml:"docs"`
	EditURL   string   `yaml:"edit_url"`
	Out       string   `yaml:"out"`
	Store     string   `yaml:"store"`
	Now       string   `yaml:"now"`

	Redirects map[string]string `yaml:"redirects"`
}

// Link is a link of the footer.
type Link struct {
	Label string `yaml:"label"`
	URL   string `yaml:"url"`
}

// OEmbed is the part of the settings that speaks of oEmbed.
type OEmbed struct {
	Endpoint string `yaml:"endpoint"`
}

// configFile is read when it is there and --config names no other.
const configFile = "loanleaf.yaml"

// setting is one value and its names; set replaces what a lower layer said.
type setting struct {
	name string // of the flag, and of the environment in upper case
	many bool   // the environment gives several values, parted by commas
	set  func(*Settings, []string)
}

func text(name string, field func(*Settings) *string) setting {
	return setting{name, false, func(s *Settings, values []string) { *field(s) = values[0] }}
}

func list(name string, field func(*Settings) *[]string) setting {
	return setting{name, true, func(s *Settings, values []string) { *field(s) = values }}
}

// split reads a value of the environment.
func (one setting) split(value string) []string {
	if !one.many {
		return []string{value}
	}
	values := strings.Split(value, ",")
	for i := range values {
		values[i] = strings.TrimSpace(values[i])
	}
	return values
}

// settings is the table of everything that a flag or the environment may say
// instead of the file. Some have no flag.
var settings = []setting{
	text("base-url", func(s *Settings) *string { return &s.BaseURL }),
	text("name", func(s *Settings) *string { return &s.Name }),
	text("logo", func(s *Settings) *string { return &s.Logo }),
	text("images", func(s *Settings) *string { return &s.Images }),
	text("lend-url", func(s *Settings) *string { return &s.LendURL }),
	text("app-id", func(s *Settings) *string { return &s.AppID }),
	text("oembed-endpoint", func(s *Settings) *string { return &s.OEmbed.Endpoint }),
	text("cards", func(s *Settings) *string { return &s.Cards }),
	text("exclude", func(s *Settings) *string { return &s.Exclude }),
	text("private", func(s *Settings) *string { return &s.Private }),
	list("data", func(s *Settings) *[]string { return &s.Data }),
	text("content", func(s *Settings) *string { return &s.Content }),
	text("docs", func(s *Settings) *string { return &s.Docs }),
	text("edit-url", func(s *Settings) *string { return &s.EditURL }),
	text("out", func(s *Settings) *string { return &s.Out }),
	text("store", func(s *Settings) *string { return &s.Store }),
	text("now", func(s *Settings) *string { return &s.Now }),
	list("languages", func(s *Settings) *[]string { return &s.Languages }),
	list("aliases", func(s *Settings) *[]string { return &s.Aliases }),
}

// envName is the variable of a setting or flag: LOANLEAF_BASE_URL.
func envName(flag string) string {
	return "LOANLEAF_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// sharedFlags are those of build and serve.
func sharedFlags(flags *pflag.FlagSet) {
	flags.StringArray("data", nil, "file or folder of loans or partners, or \"sample\" for those of the program (a folder of that name is ./sample); may be given several times")
	flags.String("content", "", "folder of documentation and pages in Markdown, or \""+ownContent+"\" for that of the program itself (a folder of that name is ./"+ownContent+"; without data it is the default)")
	flags.String("base-url", "", "address the site has on the web, such as https://loans.example")
	flags.String("config", "", "configuration file (default ./"+configFile+" when there is one)")
	flags.String("store", "", "folder for the imported loans (default in your cache directory)")
	flags.String("now", "", "the day that counts as now when the data has no date, such as 2026-11-22")
}

// noteSlips tells of variables that are named as nothing here is, but nearly so: one
// that is passed over in silence publishes what it was meant to hold back. Others may
// be somebody else's.
func (p *Program) noteSlips(root *cobra.Command) {
	if p.Environ == nil {
		return
	}
	var known []string
	for _, one := range settings {
		known = append(known, envName(one.name))
	}
	var collect func(*cobra.Command)
	collect = func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, envName(f.Name)) })
		for _, below := range c.Commands() {
			collect(below)
		}
	}
	collect(root)
	var slips []string
	for _, variable := range p.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, envName("")) && value != "" && !slices.Contains(known, name) {
			slips = append(slips, name)
		}
	}
	slices.Sort(slips)
	for _, name := range slips {
		if near := nearest(name, known); near != "" {
			p.note("%s is in the environment and means nothing; did you mean %s?", name, near)
		}
	}
}

// envFlags fills flags that are no settings (--addr, --workers …) from the
// environment where the command line does not give them.
func (p *Program) envFlags(flags *pflag.FlagSet, names ...string) error {
	for _, name := range names {
		value, _ := p.LookupEnv(envName(name))
		if value == "" || flags.Changed(name) {
			continue
		}
		if err := flags.Set(name, value); err != nil {
			return usage(wrongValue(envName(name), flags.Lookup(name), value), "--"+name+" goes before it; unset it for the default")
		}
	}
	return nil
}

// defaultSettings are the settings of somebody who says nothing.
func defaultSettings() Settings {
	return Settings{Name: "Loanleaf", Languages: []string{"en"}, Out: "dist"}
}

// readSettings puts the layers together and checks what can be checked before
// any data is read.
func (p *Program) readSettings(flags *pflag.FlagSet) (Settings, error) {
	s := defaultSettings()
	if err := p.envFlags(flags, "config"); err != nil {
		return s, err
	}
	path, named := configPath(flags)
	body, err := os.ReadFile(path)
	switch {
	case err == nil:
		if err := parseSettings(path, body, &s); err != nil {
			return s, err
		}
	case named || !os.IsNotExist(err):
		hint := "\"loanleaf init\" writes a configuration file to begin with"
		if os.IsPermission(err) {
			hint = "let the user that runs loanleaf read it"
		}
		return s, withHint(fmt.Errorf("configuration: %w", err), hint)
	}
	for _, one := range settings {
		if flag := flags.Lookup(one.name); flag != nil && flag.Changed {
			values := []string{flag.Value.String()}
			if slice, ok := flag.Value.(pflag.SliceValue); ok {
				values = slice.GetSlice()
			}
			one.set(&s, values)
			continue
		}
		if value, _ := p.LookupEnv(envName(one.name)); value != "" {
			one.set(&s, one.split(value))
		}
	}
	_, err = s.now()
	return s, err
}

// configPath is where the configuration is, and whether somebody named it.
func configPath(flags *pflag.FlagSet) (path string, named bool) {
	if path, _ = flags.GetString("config"); path != "" {
		return path, true
	}
	return configFile, false
}

// sample tells whether the embedded sample is among the data.
func (s *Settings) sample() bool { return slices.Contains(s.Data, sampleData) }

// now is the day that --now names; the zero time when it names none.
func (s *Settings) now() (time.Time, error) {
	if s.Now == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, s.Now)
	if err != nil {
		return time.Time{}, usage(fmt.Errorf("now: %q is not a day", s.Now), "write it as 2026-11-22")
	}
	return day, nil
}
