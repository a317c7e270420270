package snapshot

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// kind is how a file is read.
type kind struct {
	name  string // for reports
	shape shape
}

// shape is how records stand in a file.
type shape uint8

const (
	bodies  shape = iota // an object with lists of loans or partners, or several such objects
	array                // one list of records
	lines                // a record on each line
	objects              // records one after another, each over several lines
	rows                 // a table in CSV: a header, and a record in each row
)

var magicGzip = []byte{0x1f, 0x8b}

func bytesAre(head, magic []byte) bool { return bytes.HasPrefix(head, magic) }

// magics are beginnings of files that are no text.
var magics = []struct{ begin, what, hint string }{
	{"Rar!\x1a\x07", "is a RAR archive", "unpack it and give the folder"},
	{"7z\xbc\xaf\x27\x1c", "is a 7z archive", "unpack it and give the folder"},
	{"BZh", "is compressed with bzip2", "unpack it, or use gzip or zip"},
	{"\xfd7zXZ\x00", "is compressed with xz", "unpack it, or use gzip or zip"},
	{"\x28\xb5\x2f\xfd", "is compressed with zstd", "unpack it, or use gzip or zip"},
	{"\x1f\x9d", "is compressed with compress (.Z)", "unpack it, or use gzip or zip"},
	{"PK\x03\x04", "is a zip inside a zip or gzip", "unpack the outer one first"},
	{"PK\x05\x06", "is an empty zip", "get the file again"},
	{"PK\x07\x08", "is one part of a split zip", "join its parts first"},
	{"PAR1", "is a Parquet file", dataHint},
	{"SQLite format 3\x00", "is an SQLite database", dataHint},
	{"%PDF-", "is a PDF document", dataHint},
	{"\xff\xd8\xff", "is a JPEG picture", dataHint},
	{"\x89PNG", "is a PNG picture", dataHint},
	{"GIF8", "is a GIF picture", dataHint},
	{"Obj\x01", "is an Avro file", dataHint},
	{"ORC", "is an ORC file", dataHint},
	{"\xff\xfe", "is text in UTF-16", "save it as UTF-8"},
	{"\xfe\xff", "is text in UTF-16", "save it as UTF-8"},
}

const (
	dataHint = "give API v1 bodies, a JSON or CSV snapshot, or JSON lines of loans, plain, .gz or in a zip"
	apiHint  = "give a listing or details of loans, or the list of partners"
)

// kindOf tells what a file is from its beginning, or why it is not read.
func kindOf(head []byte, complete bool) (kind, *refusal) {
	k, why := firstKind(head, complete)
	if why != nil && why.unsure && laterRecord(head) {
		return kind{name: "JSON lines", shape: lines}, nil
	}
	return k, why
}

// laterRecord tells whether one of the first lines after the first is a
// record: a file of JSON lines is one even when its first line is broken.
func laterRecord(head []byte) bool {
	const most = 20
	for range most {
		_, rest, more := bytes.Cut(head, []byte{'\n'})
		if !more {
			return false
		}
		if len(rest) > 0 && rest[0] == '{' {
			if o := outlineOf(rest); isRecord(o.keys) {
				return true
			}
		}
		head = rest
	}
	return false
}

// firstKind goes by the first thing in the file.
func firstKind(head []byte, complete bool) (kind, *refusal) {
	if len(head) == 0 {
		return kind{}, &refusal{what: "is empty", hint: dataHint}
	}
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.begin)) {
			return kind{}, &refusal{what: m.what, hint: m.hint}
		}
	}
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		return kind{}, &refusal{what: "is a tar archive", hint: "unpack it and give the folder"}
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, byteOrderMark), " \t\r\n")
	switch {
	case len(text) == 0 && complete:
		return kind{}, &refusal{what: "holds nothing but white space", hint: dataHint}
	case len(text) == 0:
		return kind{}, &refusal{what: "begins with 64 KB of white space", hint: dataHint}
	case bytes.IndexByte(head, 0) >= 0:
		return kind{}, &refusal{what: "is a binary file of a kind this program does not know", hint: dataHint}
	case text[0] == '<':
		return kind{}, markupKind(text)
	case text[0] == '{' || text[0] == '[':
		return jsonKind(text)
	}
	return textKind(text, complete)
}

// markupKind tells XML and HTML apart, none of which is read.
func markupKind(text []byte) *refusal {
	begin := strings.ToLower(string(text[:min(len(text), 2000)]))
	switch {
	case strings.Contains(begin, "<response"):
		return &refusal{what: "is an XML answer of API v1, which this version does not read", hint: "ask the API for .json instead"}
	case strings.HasPrefix(begin, "<!doctype html"), strings.Contains(begin, "<html"):
		return &refusal{what: "is an HTML page", hint: dataHint}
	case strings.Contains(begin, "<rss"), strings.Contains(begin, "<feed"):
		return &refusal{what: "is a feed (RSS or Atom)", hint: dataHint}
	}
	return &refusal{what: "is an XML or HTML document", hint: dataHint}
}

// jsonKind tells how JSON is to be read. text begins with '{' or '['.
func jsonKind(text []byte) (kind, *refusal) {
	o := outlineOf(text)
	if o.top == '[' {
		return arrayKind(&o)
	}
	if hasFigures(o.keys) {
		// Whatever stands beside a loan's figures is passed over unread.
		return recordsKind(text, &o), nil
	}
	if why := foreign(o.keys...); why != nil && why.private {
		return kind{}, why
	}
	for _, list := range [...]string{"loans", "partners"} {
		if k, isList := o.kinds[list]; isList {
			return bodyKind(&o, list, k)
		}
	}
	if code, is := o.strings["code"]; is {
		if _, said := o.strings["message"]; said || strings.HasPrefix(code, "org.kiva.") {
			return kind{}, &refusal{what: fmt.Sprintf("is an error answer of the API (%s)", clip(code)), hint: "ask again, and keep the answer"}
		}
	}
	if isRecord(o.keys) || o.cut && couldBeRecord(o.keys) {
		return recordsKind(text, &o), nil
	}
	if why := foreign(o.keys...); why != nil {
		for _, key := range o.keys {
			if inside := foreign(o.first[key]...); inside != nil && inside.private {
				return kind{}, inside
			}
		}
		return kind{}, why
	}
	if _, paged := o.has("header", "paging"); paged && !o.closed {
		return kind{name: "API v1 listing", shape: bodies}, nil
	}
	switch {
	case len(o.keys) == 0 && o.closed:
		return kind{}, &refusal{what: "is an empty JSON object", hint: dataHint}
	case len(o.keys) == 0:
		return kind{}, &refusal{what: "begins like JSON, but no name of a member can be read", hint: dataHint, unsure: true}
	}
	keys := o.keys[:min(len(o.keys), 4)]
	return kind{}, &refusal{
		what: fmt.Sprintf("is JSON, but neither loans nor partners: its first keys are %s", clip(strings.Join(keys, ", "))),
		hint: dataHint, unsure: true,
	}
}

// recordsKind tells JSON lines from objects that run over several lines: the
// first object ends on its own line, or the second line begins another one,
// which it cannot do inside of one that people's tools indent.
func recordsKind(text []byte, o *outline) kind {
	if o.closed && o.oneLine {
		return kind{name: "JSON lines", shape: lines}
	}
	first, second, found := bytes.Cut(text, []byte{'\n'})
	if !found || len(bytes.TrimSpace(first)) > 1 && bytes.HasPrefix(second, []byte{'{'}) {
		return kind{name: "JSON lines", shape: lines}
	}
	return kind{name: "JSON objects", shape: objects}
}

func arrayKind(o *outline) (kind, *refusal) {
	if o.firstAt == ']' || isRecord(o.element) || o.cut && couldBeRecord(o.element) {
		return kind{name: "JSON array", shape: array}, nil
	}
	if why := foreign(o.element...); why != nil {
		return kind{}, why
	}
	return kind{}, &refusal{what: "is a JSON array, but of neither loans nor partners", hint: dataHint}
}

func bodyKind(o *outline, list string, is byte) (kind, *refusal) {
	if is != '[' {
		return kind{}, &refusal{what: fmt.Sprintf("has %q, but that is not a list", list), hint: dataHint}
	}
	element := o.first[list]
	if len(element) > 0 && !isRecord(element) {
		if why := foreign(element...); why != nil {
			return kind{}, why
		}
	}
	k := kind{name: "API v1 listing", shape: bodies}
	_, dated := o.has("header")
	switch {
	case list == "partners":
		k.name = "API v1 partners"
	case dated:
		k.name = "JSON snapshot"
	case slices.ContainsFunc(element, func(key string) bool { return key == "terms" || key == "borrowers" || key == "payments" }):
		k.name = "API v1 detail"
	}
	return k, nil
}

// isRecord tells whether an object with these keys is meant as a public loan
// or partner, be it a broken one.
func isRecord(keys []string) bool {
	return hasFigures(keys) || foreign(keys...) == nil && slices.Contains(keys, "id") && slices.Contains(keys, "status")
}

// hasFigures tells whether among the keys is one that only loans and partners
// have.
func hasFigures(keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool {
		switch key {
		case "loan_amount", "funded_amount", "basket_amount", "lender_count", "borrowers", "planned_expiration_date",
			"loans_posted", "total_amount_raised", "delinquency_rate":
			return true
		}
		return false
	})
}

// couldBeRecord is for an object so long that not all its keys are seen, as
// with a story of many megabytes.
func couldBeRecord(keys []string) bool {
	return foreign(keys...) == nil && slices.ContainsFunc(keys, func(key string) bool {
		switch key {
		case "description", "use", "location", "terms", "payments", "activity", "name":
			return true
		}
		return false
	})
}
