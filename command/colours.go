package command

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"loanleaf/public"
)

// Colours are an operator's colours, for each scheme; see [public.Brand].
type Colours struct {
	Light Shades `yaml:"light"`
	Dark  Shades `yaml:"dark"`
}

// Shades are the colours of a scheme.
type Shades struct {
	Brand      string `yaml:"brand"`
	OnBrand    string `yaml:"on_brand"`
	Background string `yaml:"background"`
}

// checkQuotes refuses the slip that everybody makes: to YAML, # without
// quotation marks begins a comment, and the colour would be passed over in
// silence.
func checkQuotes(path string, body []byte) error {
	for _, scheme := range settingNames(Colours{}) {
		for _, name := range settingNames(Shades{}) {
			at, err := yaml.PathString("$.colours." + scheme + "." + name)
			if err != nil {
				return err
			}
			node, err := at.ReadNode(bytes.NewReader(body))
			if err != nil || node.Type() != ast.NullType {
				continue // what the file does not say is no error
			}
			line := node.GetToken().Position.Line
			return usage(fmt.Errorf("%s:%d: colours.%s.%s has no colour", path, line, scheme, name),
				"a colour stands in quotation marks, such as \"#4338a8\": without them # begins a comment")
		}
	}
	return nil
}

// newFiles are the files beside the pages in the operator's colours, made from
// those of the program or of a folder.
func newFiles(s *Settings, from *public.Set) (*public.Set, error) {
	light, dark := public.Shades(s.Colours.Light), public.Shades(s.Colours.Dark)
	files, err := from.Branded(public.Brand{Light: light, Dark: dark})
	if err == nil {
		return files, nil
	}
	each := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		each = joined.Unwrap()
	}
	for i := range each {
		each[i] = fmt.Errorf("settings: %w", each[i])
	}
	return nil, usage(errors.Join(each...), "\"loanleaf init\" writes a file that explains every setting")
}
