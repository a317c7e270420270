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
				return withHint(fmt.Errorf("%s is there already", path), "edit it, or name another file with --config")
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
	err := yaml.NewDecoder(bytes.NewReader(body), yaml.Strict()).Decode(s)
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	var detail yaml.Error
	if !errors.As(err, &detail) || detail.GetToken() == nil {
		return withHint(fmt.Errorf("%s: %w", path, err), "the file is YAML; \"loanleaf init --config other.yaml\" writes one to compare with")
	}
	at := detail.GetToken()
	place := fmt.Sprintf("%s:%d:%d", path, at.Position.Line, at.Position.Column)
	var unknown *yaml.UnknownFieldError
	if errors.As(err, &unknown) {
		hint := "the settings are " + strings.Join(settingNames(), ", ")
		if near := nearest(at.Value, settingNames()); near != "" {
			hint = "did you mean " + near + "?"
		}
		return withHint(fmt.Errorf("%s: there is no setting %q", place, at.Value), hint)
	}
	return withHint(fmt.Errorf("%s: %s", place, detail.GetMessage()), "compare with what \"loanleaf init\" writes")
}

// settingNames are the keys of the file.
func settingNames() []string {
	var names []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Settings]()) {
		names = append(names, field.Tag.Get("yaml"))
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
