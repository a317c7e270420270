package command

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
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
				return fmt.Errorf("init: %w", err)
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
	return usage(fmt.Errorf("%s: %s", place, detail.GetMessage()), "compare with what \"loanleaf init\" writes")
}

// settingLine is the line, from 1, on which a configuration file says a setting,
// such as "oembed.endpoint".
func settingLine(body []byte, name string) (line int, ok bool) {
	path, err := yaml.PathString("$." + name)
	if err != nil {
		return 0, false
	}
	node, err := path.ReadNode(bytes.NewReader(body))
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
