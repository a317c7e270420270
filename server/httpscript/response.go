package httpscript

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// response is an answer.
type response struct {
	code   int
	header http.Header
	body   string
}

// hold checks a claim, or keeps a value.
func (r *response) hold(text string, kept map[string]string) error {
	if strings.HasPrefix(text, "keep ") {
		name, s, err := parseKeep(text)
		if err != nil {
			return err
		}
		value, present, err := r.value(s)
		if err == nil && !present {
			err = fmt.Errorf("it %w", errAbsent)
		}
		kept[name] = value
		return err
	}
	c, err := parseClaim(text)
	if err != nil {
		return err
	}
	value, present, err := r.value(c.subject)
	if err != nil {
		return err
	}
	return c.check(value, present)
}

// value is what an answer has of a subject, as text.
func (r *response) value(s subject) (value string, present bool, err error) {
	switch s.kind {
	case "code":
		return strconv.Itoa(r.code), true, nil
	case "body":
		return r.body, r.body != "", nil
	case "header":
		values := r.header.Values(s.name)
		return strings.Join(values, ", "), len(values) > 0, nil
	}
	var o object
	if s.kind == "json" {
		o, err = readJSON(r.body)
	} else {
		o, err = readXML(r.body)
	}
	if err != nil {
		return "", false, fmt.Errorf("the body is not %s: %w: %s", s.kind, err, describe(r.body, true))
	}
	switch s.name {
	case "keys":
		return strings.Join(o.keys, " "), true, nil
	case "root":
		return o.root, true, nil
	}
	value, present = o.values[strings.TrimPrefix(s.name, ".")]
	return value, present, nil
}

// object is a flat list of keys and values.
type object struct {
	root   string
	keys   []string
	values map[string]string
}

func (o *object) add(key, value string) error {
	if _, twice := o.values[key]; twice {
		return fmt.Errorf("%s stands in it twice", key)
	}
	o.keys = append(o.keys, key)
	o.values[key] = value
	return nil
}

func readJSON(body string) (object, error) {
	o := object{values: map[string]string{}}
	d := json.NewDecoder(strings.NewReader(body))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return o, errors.Join(errors.New("no object"), err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return o, err
		}
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return o, err
		}
		value := string(raw)
		if raw[0] == '"' {
			if err := json.Unmarshal(raw, &value); err != nil {
				return o, err
			}
		}
		if err := o.add(key.(string), value); err != nil {
			return o, err
		}
	}
	if _, err := d.Token(); err != nil {
		return o, err
	}
	if _, err := d.Token(); err != io.EOF {
		return o, errors.New("something stands behind the object")
	}
	return o, nil
}

// readXML reads a root element whose children hold text alone.
func readXML(body string) (object, error) {
	o := object{values: map[string]string{}}
	d := xml.NewDecoder(strings.NewReader(body))
	depth, key, text := 0, "", strings.Builder{}
	for {
		token, err := d.Token()
		if err == io.EOF && depth == 0 && o.root != "" {
			return o, nil
		}
		if err != nil {
			return o, err
		}
		switch t := token.(type) {
		case xml.Directive:
			return o, errors.New("it has a document type")
		case xml.StartElement:
			depth++
			switch depth {
			case 1:
				o.root = t.Name.Local
			case 2:
				key = t.Name.Local
				text.Reset()
			default:
				return o, fmt.Errorf("an element inside %s", key)
			}
		case xml.EndElement:
			if depth == 2 {
				if err := o.add(key, text.String()); err != nil {
					return o, err
				}
			}
			depth--
		case xml.CharData:
			text.Write(t)
		}
	}
}
