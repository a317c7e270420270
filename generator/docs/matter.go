package docs

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// matter is what the front matter of a document says.
type matter struct {
	Title       string   `yaml:"title"`
	Description string   `yaml:"description"`
	Slug        *string  `yaml:"slug"`
	Label       string   `yaml:"sidebar_label"`
	Position    *float64 `yaml:"sidebar_position"`
	Draft       bool     `yaml:"draft"`
	Unlisted    bool     `yaml:"unlisted"`

	// Those of Docusaurus.
	ID              string  `yaml:"id"`
	NumberPrefixes  *bool   `yaml:"parse_number_prefixes"`
	PaginationLabel string  `yaml:"pagination_label"`
	Prev            *string `yaml:"pagination_prev"` // an id; the key without a value: none
	Next            *string `yaml:"pagination_next"`

	HideTitle    bool `yaml:"hide_title"`
	HideContents bool `yaml:"hide_table_of_contents"`
	ContentsFrom *int `yaml:"toc_min_heading_level"` // 2 to 6
	ContentsTo   *int `yaml:"toc_max_heading_level"`

	// What a translation was made from: the normalized text of the source, hashed,
	// or a commit of git.
	SourceHash   verbatim `yaml:"source_hash"`
	SourceCommit verbatim `yaml:"default_lang_commit"`

	// Where it comes from, and where it was: see [Origin] and [Moves].
	LastUpdate   lastUpdate `yaml:"last_update"`     // Docusaurus'
	Date         verbatim   `yaml:"date"`            // of the last change, where there is no last_update
	CustomEdit   *string    `yaml:"custom_edit_url"` // Docusaurus'; without a value: nowhere
	RedirectFrom oneOrMore  `yaml:"redirect_from"`

	lines map[string]int // of the keys, in the file
}

// verbatim is a text as it was written: 12e4567 is a commit and no number.
type verbatim string

// UnmarshalYAML takes a value as it stands, without its quotation marks.
func (v *verbatim) UnmarshalYAML(text []byte) error {
	*v = verbatim(strings.Trim(strings.TrimSpace(string(text)), `"'`))
	return nil
}

// says tells whether a key is there, be it without a value.
func (m matter) says(key string) bool { return m.lines[key] > 0 }

// line is where a key stands, or the first line.
func (m matter) line(key string) int { return max(m.lines[key], 1) }

// matterError is a fault of the front matter at a line of the file.
type matterError struct {
	line   int
	reason string
}

func (e *matterError) Error() string { return e.reason }

const fence = "---"

// cutMatter parts the front matter of a text from its body; lines is how many
// lines stand before the body.
func cutMatter(text string) (front, body string, lines int, err error) {
	first, rest, ok := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t") != fence {
		return "", text, 0, nil
	}
	lines = 1
	for ok {
		var line string
		line, body, ok = strings.Cut(rest[len(front):], "\n")
		lines++
		if strings.TrimRight(line, " \t") == fence {
			return front, body, lines, nil
		}
		front = rest[:min(len(front)+len(line)+1, len(rest))]
	}
	return "", "", 0, &matterError{1, "the front matter has no end: a line of three hyphens is missing"}
}

// parseMatter reads front matter, whose first line is the second of the file.
func parseMatter(front string) (m matter, err error) {
	if len(front) > longestMatter {
		return m, &matterError{1, fmt.Sprintf("the front matter has more than %d kB", longestMatter>>10)}
	}
	m.lines, err = decode(front, 1, "the front matter", &m)
	return m, err
}

// decode reads YAML, or JSON, which is YAML too, that stands behind so many lines
// of a file. It gives the lines of the keys; faults are a [matterError].
func decode(text string, before int, what string, into any) (lines map[string]int, err error) {
	if line := tooDeep(text); line > 0 {
		return nil, &matterError{line + before, fmt.Sprintf("%s has more than %d lists and maps in each other", what, deepestYAML)}
	}
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		return nil, asMatterError(err, before, what)
	}
	if len(file.Docs) > 1 {
		return nil, &matterError{1, what + " is more than one YAML document"}
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return nil, nil
	}
	var pairs []*ast.MappingValueNode
	switch body := file.Docs[0].Body.(type) {
	case *ast.MappingNode:
		pairs = body.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{body}
	case *ast.CommentGroupNode, *ast.NullNode:
		return nil, nil
	default:
		return nil, &matterError{body.GetToken().Position.Line + before, what + " is not a list of keys and values such as \"title: …\""}
	}
	if err := yaml.NodeToValue(file.Docs[0].Body, into); err != nil {
		return nil, asMatterError(err, before, what)
	}
	lines = map[string]int{}
	for _, pair := range pairs {
		lines[pair.Key.GetToken().Value] = pair.Key.GetToken().Position.Line + before
	}
	return lines, nil
}

func asMatterError(err error, before int, what string) error {
	detail, ok := errors.AsType[yaml.Error](err)
	if !ok || detail.GetToken() == nil {
		return &matterError{1, fmt.Sprintf("%s is not YAML: %v", what, err)}
	}
	if wrong, ok := errors.AsType[*yaml.TypeError](err); ok && wrong.DstType != nil {
		kind := map[reflect.Kind]string{reflect.Float64: "a number", reflect.Int: "a whole number", reflect.Bool: "true or false", reflect.String: "a text"}[wrong.DstType.Kind()]
		if kind != "" {
			return &matterError{detail.GetToken().Position.Line + before, fmt.Sprintf("%s is wrong: %q is not %s", what, detail.GetToken().Value, kind)}
		}
	}
	return &matterError{detail.GetToken().Position.Line + before, what + " is wrong: " + detail.GetMessage()}
}
