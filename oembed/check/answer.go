package check

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"strconv"
	"strings"
	"unicode"
)

// answer is what an endpoint said to one question, as far as it can be read.
type answer struct {
	asked    string    // the address
	got      *Response // nil where nothing came
	err      error     // why nothing came
	xml      bool      // read as XML, by its media type, else by its first byte
	fields   map[string]any
	fault    error    // why there are no fields
	elements elements // of XML
}

// bom is the mark that some programs put before UTF-8.
const bom = "\ufeff"

// readAnswer reads the body of a response, in JSON or XML.
func readAnswer(asked string, got *Response, err error) *answer {
	a := &answer{asked: asked, got: got, err: err}
	if got == nil {
		return a
	}
	body := bytes.TrimPrefix(got.Body, []byte(bom))
	switch media := a.media(); {
	case strings.HasSuffix(media, "xml"):
		a.xml = true
	case !strings.HasSuffix(media, "json"):
		a.xml = bytes.HasPrefix(bytes.TrimSpace(body), []byte("<"))
	}
	if a.xml {
		a.fields, a.elements, a.fault = readXML(body)
	} else {
		a.fields, a.fault = readJSON(body)
	}
	return a
}

// media is the media type that the answer says it has, in lower case and
// without parameters.
func (a *answer) media() string {
	media, _, _ := strings.Cut(a.header("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(media))
}

func (a *answer) charset() string { return charsetOf(a.header("Content-Type")) }

func charsetOf(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

func (a *answer) header(name string) string {
	if a == nil || a.got == nil {
		return ""
	}
	return a.got.Header.Get(name)
}

// status is 0 where nothing came.
func (a *answer) status() int {
	if a == nil || a.got == nil {
		return 0
	}
	return a.got.Status
}

// said tells of an answer in a few words.
func (a *answer) said() string {
	switch {
	case a == nil:
		return "not asked"
	case a.got == nil:
		return a.err.Error()
	case a.got.Status != 200:
		return "status " + strconv.Itoa(a.got.Status)
	case a.fault != nil:
		return a.fault.Error()
	}
	return fmt.Sprintf("status 200, type %s", shown(a.fields["type"]))
}

// told is said, with what was asked.
func (a *answer) told() string {
	if a.got == nil {
		return a.err.Error() // which names it
	}
	return a.asked + ": " + a.said()
}

// good tells whether there is an answer of status 200 that can be read.
func (a *answer) good() bool { return a.status() == 200 && a.fields != nil }

// kind is the type of an answer; empty where it has none.
func (a *answer) kind() string { return a.text("type") }

// framed tells whether the answer brings html.
func (a *answer) framed() bool { return a.kind() == "rich" || a.kind() == "video" }

// sized tells whether the answer has to have a size.
func (a *answer) sized() bool { return a.framed() || a.kind() == "photo" }

// text gives a field that is text; empty where it is not.
func (a *answer) text(key string) string {
	if a == nil {
		return ""
	}
	s, _ := a.fields[key].(string)
	return s
}

func (a *answer) has(key string) bool {
	if a == nil {
		return false
	}
	_, ok := a.fields[key]
	return ok
}

// number reads a field that is a whole number, or digits. XML knows no other.
func (a *answer) number(key string) (int, bool) {
	if a == nil {
		return 0, false
	}
	switch value := a.fields[key].(type) {
	case json.Number:
		n, err := strconv.Atoi(value.String())
		return n, err == nil
	case string:
		n, err := strconv.Atoi(value)
		return n, err == nil
	}
	return 0, false
}

func readJSON(body []byte) (map[string]any, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, errors.New("an empty body")
		}
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("not JSON: something follows the value")
	}
	fields, ok := value.(map[string]any)
	if !ok {
		return nil, errors.New("JSON, but not an object")
	}
	return fields, nil
}

// shown is a value as a report quotes it: as JSON, and short.
func shown(value any) string {
	if value == nil {
		return "nothing"
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "something"
	}
	return short(strings.TrimSpace(b.String()))
}

// tame takes away what a terminal would obey, and what would turn the order of
// words around.
func tame(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// short is tame, and cut where it is long.
func short(s string) string {
	const most = 160
	s = tame(s)
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most]) + "…"
}
