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

	lines map[string]int // of the keys, in the file
}

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
func parseMatter(front string) (matter, error) {
	var m matter
	file, err := parser.ParseBytes([]byte(front), 0)
	if err != nil {
		return m, asMatterError(err)
	}
	if len(file.Docs) > 1 {
		return m, &matterError{1, "the front matter is more than one YAML document"}
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return m, nil
	}
	var pairs []*ast.MappingValueNode
	switch body := file.Docs[0].Body.(type) {
	case *ast.MappingNode:
		pairs = body.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{body}
	case *ast.CommentGroupNode, *ast.NullNode:
		return m, nil
	default:
		return m, &matterError{body.GetToken().Position.Line + 1, "the front matter is not a list of keys and values such as \"title: …\""}
	}
	if err := yaml.NodeToValue(file.Docs[0].Body, &m); err != nil {
		return m, asMatterError(err)
	}
	m.lines = map[string]int{}
	for _, pair := range pairs {
		m.lines[pair.Key.String()] = pair.Key.GetToken().Position.Line + 1
	}
	return m, nil
}

func asMatterError(err error) error {
	detail, ok := errors.AsType[yaml.Error](err)
	if !ok || detail.GetToken() == nil {
		return &matterError{1, fmt.Sprintf("the front matter is not YAML: %v", err)}
	}
	if wrong, ok := errors.AsType[*yaml.TypeError](err); ok && wrong.DstType != nil {
		kind := map[reflect.Kind]string{reflect.Float64: "a number", reflect.Bool: "true or false", reflect.String: "a text"}[wrong.DstType.Kind()]
		if kind != "" {
			return &matterError{detail.GetToken().Position.Line + 1, fmt.Sprintf("the front matter is wrong: %q is not %s", detail.GetToken().Value, kind)}
		}
	}
	return &matterError{detail.GetToken().Position.Line + 1, "the front matter is wrong: " + detail.GetMessage()}
}
