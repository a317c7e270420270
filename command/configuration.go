package command

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

//go:embed loanleaf.yaml
var commentedConfiguration []byte

func (p *Program) initCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "init",
		Short: "Write a configuration file that explains every setting",
		Long: `Init writes ` + configFile + ` into the current folder: every setting there is,
with its default and what it does. It overwrites nothing.

"loanleaf build" and "loanleaf serve" read it when it is there. Flags and the
environment (LOANLEAF_BASE_URL for --base-url) go before it.`,
		Example: "  loanleaf init\n  loanleaf init --config sites/loans.yaml",
		RunE: func(c *cobra.Command, _ []string) error {
			path, _ := c.Flags().GetString("config")
			file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if errors.Is(err, os.ErrExist) {
				return withHint(fmt.Errorf("%s is there already and stays as it is", path), "edit it, or name another file with --config")
			}
			if err != nil {
				return withHint(fmt.Errorf("init: %w", err), "name a file that can be written with --config")
			}
			_, err = file.Write(commentedConfiguration)
			if err := errors.Join(err, file.Close()); err != nil {
				return fmt.Errorf("init: %w", err)
			}
			fmt.Fprintf(p.Out, "wrote %s: say at least base_url and data in it, then run \"loanleaf build\"\n", path)
			return nil
		},
	}
	c.Flags().String("config", configFile, "file to write")
	return c
}

// parseSettings reads a configuration file over s. A key that is not a setting
// is an error, since a setting that is misspelt and passed over in silence
// publishes what its writer meant to hold back.
func parseSettings(path string, body []byte, s *Settings) error {
	body = bytes.TrimPrefix(body, []byte("\ufeff")) // which some editors put there
	decoder := yaml.NewDecoder(bytes.NewReader(body), yaml.Strict())
	defaults := *s
	err := decoder.Decode(s)
	if reflect.ValueOf(*s).IsZero() {
		*s = defaults // a file of comments alone decodes to nothing
	}
	if err == nil {
		var more any
		if !errors.Is(decoder.Decode(&more), io.EOF) {
			return usage(fmt.Errorf("%s: a second document follows the first", path), "settings are one document; take the line --- out")
		}
		return checkQuotes(path, body)
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	detail, ok := errors.AsType[yaml.Error](err)
	if !ok || detail.GetToken() == nil {
		return usage(fmt.Errorf("%s: %w", path, err), "the file is YAML; \"loanleaf init --config other.yaml\" writes one to compare with")
	}
	at := detail.GetToken()
	place := fmt.Sprintf("%s:%d:%d", path, at.Position.Line, at.Position.Column)
	if unknown, ok := errors.AsType[*yaml.UnknownFieldError](err); ok && unknown != nil {
		hint := "\"loanleaf init\" writes a file with every setting; those at the top are " + strings.Join(settingNames(Settings{}), ", ")
		if near := nearest(at.Value, settingNames(Settings{}, Link{}, OEmbed{}, Colours{}, Shades{})); near != "" {
			hint = "did you mean " + near + "?"
		}
		return usage(fmt.Errorf("%s: there is no setting %q", place, at.Value), hint)
	}
	message, hint := wrongKind(err, at)
	switch {
	case strings.Contains(detail.GetMessage(), "'\t'"):
		message, hint = "a line begins with a tab", "indent with spaces: YAML takes no tabs there"
	case message == "":
		message = detail.GetMessage()
	}
	return usage(fmt.Errorf("%s: %s", place, message), hint)
}

// wrongKind puts into words that a setting has a value of another kind than it
// takes; the message is empty where the error is about something else.
func wrongKind(err error, at *token.Token) (message, hint string) {
	hint = "compare with what \"loanleaf init\" writes"
	wants, here := "", ""
	if wrong, ok := errors.AsType[*yaml.UnexpectedNodeTypeError](err); ok {
		switch wrong.Expected {
		case ast.SequenceType:
			wants, here = "wants a list, not", "a list should stand here, not"
		case ast.MappingType:
			wants, here = "wants keys with values, not", "keys with values should stand here, not"
		}
	} else if wrong, ok := errors.AsType[*yaml.TypeError](err); ok && wrong.DstType.Kind() == reflect.String {
		wants, here = "wants one value, not", "one value should stand here, not"
	}
	if wants == "" {
		return "", hint
	}
	name := ""
	if colon := at.Prev; colon != nil && colon.Type == token.MappingValueType && colon.Prev != nil {
		name = colon.Prev.Value
	}
	given := quote(at.Value)
	switch at.Type {
	case token.SequenceStartType, token.SequenceEntryType:
		given = "a list"
	case token.MappingStartType, token.MappingValueType:
		given = "keys with values"
	default:
		if name != "" && strings.HasPrefix(here, "a list") {
			hint = "write " + name + ": [" + strings.TrimSpace(at.Origin) + "]"
		}
	}
	if name == "" {
		return here + " " + given, hint
	}
	return name + " " + wants + " " + given, hint
}

// settingAtFault finds the settings that an error of [newSite] or [newFiles] is
// about, one on a line.
var settingAtFault = regexp.MustCompile(`(?m)^settings: ([a-z_]+(?:\.[a-z_]+)*): `)

// placed puts file and line before errors about settings, where it is the file
// that says them.
func (p *Program) placed(flags *pflag.FlagSet, err error) error {
	code, message, hint := explain(err)
	path, _ := configPath(flags)
	body, unread := os.ReadFile(path)
	if !settingAtFault.MatchString(message) || unread != nil {
		return err
	}
	message = settingAtFault.ReplaceAllStringFunc(message, func(start string) string {
		name := settingAtFault.FindStringSubmatch(start)[1]
		flag := strings.NewReplacer("_", "-", ".", "-").Replace(name)
		if said, _ := p.LookupEnv(envName(flag)); said != "" || flags.Changed(flag) {
			return start // which goes before the file
		}
		line, ok := settingLine(body, name)
		if !ok {
			return start
		}
		return fmt.Sprintf("%s:%d: %s", path, line, strings.TrimPrefix(start, "settings: "))
	})
	return &hinted{errors.New(message), hint, code}
}

// placing runs a command that has settings: a slip in a name of the environment is
// told, and errors about settings say file and line.
func (p *Program) placing(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		p.noteSlips(c.Root())
		if err := run(c, args); err != nil {
			return p.placed(c.Flags(), err)
		}
		return nil
	}
}

// settingLine is the line, from 1, on which a configuration file says a setting,
// such as "oembed.endpoint".
func settingLine(body []byte, name string) (line int, ok bool) {
	path, err := yaml.PathString("$." + name)
	if err != nil {
		return 0, false
	}
	node, err := path.ReadNode(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	if err != nil || node.GetToken() == nil {
		return 0, false
	}
	return node.GetToken().Position.Line, true
}

// settingNames are the keys of parts of the file.
func settingNames(parts ...any) []string {
	var names []string
	for _, part := range parts {
		for _, field := range reflect.VisibleFields(reflect.TypeOf(part)) {
			names = append(names, field.Tag.Get("yaml"))
		}
	}
	return names
}

// nearest is the name that at most two slips of the keyboard make of word, or
// empty.
func nearest(word string, names []string) string {
	best, least := "", 3
	for _, name := range names {
		if d := distance(word, name); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is Levenshtein's: how many letters to add, drop or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
