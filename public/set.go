// Package public holds the files that are served beside the pages, as their
// source: the stylesheets of the pages, scripts for their buttons and forms, a map,
// the widget's style and script, the icon, the script for other people's pages, and
// examples of pages that embed a widget.
//
// A [Set] is one state of these files: those of the program ([Embedded]), or
// those of a folder ([Read]), for people who work on them. [Set.Assets] are the
// files that pages link to. Each is named by its content, so a cache may keep
// it for ever and a page always finds the version it was made with. A build
// writes them to /assets/, a server answers them from memory.
//
// # What is not here
//
// Pictures of loans, and anything made from data. The widget's style and
// script are no assets: they stand inside the widget document, where they cost no
// request ([Set.WidgetStyle], [Set.ListStyle], [Set.FrameScript]). Nor is the script for the pages
// of others, whose address must not change ([Set.CardScript]).
package public

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Names of the files, in this folder and in every other that [Read] takes.
const (
	CopyScript  = "copy.js"
	SiteStyle   = "site.css"
	DocsStyle   = "docs.css"  // of documents, after the other
	DocsScript  = "docs.js"   // of documents
	EmbedScript = "embed.js"  // of the page that hands out code
	EmbedStyle  = "embed.css" // likewise, after the other
	FindScript  = "find.js"   // of the search of the documentation
	Icon        = "icon.svg"
	World       = "world.svg"
	widgetStyle = "widget.css"
	listStyle   = "list.css" // of the widget of a list
	frameScript = "frame.js"
	cardScript  = "loan-card.js"
)

//go:embed copy.js docs.css docs.js embed.css embed.js find.js site.css icon.svg list.css widget.css frame.js loan-card.js world.svg
var embedded embed.FS

// texts are the files as they are served, or stand in a document.
type texts struct {
	cardScript, copyScript, docsScript, docsStyle, embedScript, embedStyle, findScript, frameScript, icon, listStyle, siteStyle, widgetStyle, world string
}

// Set is one state of all files. It does not change, and is safe for
// concurrent use.
type Set struct {
	texts

	light, dark palette
	assets      []Asset
}

// Embedded is the set of the program, the same in every run.
func Embedded() *Set {
	s, err := Read(embedded)
	if err != nil {
		panic(err) // of files that tests have read: there is nobody who could mend it at run time
	}
	return s
}

// Read takes the files from a folder, where they have the names they have in
// this one; others in it are not looked at. It fails when one is missing, empty
// or not UTF-8, when the stylesheet lacks a colour of one of its two schemes, and when the widget's style or script could not stand inside a
// document: a line that ends where the next may not be joined to it, or a sign
// that would end its element. Errors name file and line, and all files that are
// wrong.
func Read(folder fs.FS) (*Set, error) {
	var faults []error
	text := func(name string) string {
		body, err := fs.ReadFile(folder, name)
		switch {
		case err != nil:
			faults = append(faults, fmt.Errorf("files beside the pages: %w", err))
		case len(body) == 0:
			faults = append(faults, fmt.Errorf("files beside the pages: %s is empty", name))
		case !utf8.Valid(body):
			faults = append(faults, fmt.Errorf("files beside the pages: %s is not UTF-8", name))
		}
		return string(body)
	}
	inline := func(name, forbidden string) string {
		condensed, err := condense(text(name), forbidden)
		if err != nil {
			faults = append(faults, fmt.Errorf("files beside the pages: %s%w", name, err))
		}
		return condensed
	}
	// The last declaration of a block needs no semicolon; in a script one may mean
	// a statement that does nothing.
	style := func(name string) string { return strings.ReplaceAll(inline(name, "<"), ";}", "}") }
	files := texts{
		icon: text(Icon), copyScript: text(CopyScript), siteStyle: text(SiteStyle), docsStyle: text(DocsStyle), docsScript: text(DocsScript), world: text(World),
		embedScript: text(EmbedScript), embedStyle: text(EmbedStyle), findScript: text(FindScript), widgetStyle: style(widgetStyle), listStyle: style(listStyle), frameScript: inline(frameScript, "<&"), cardScript: inline(cardScript, ""),
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return newSet(files)
}

// newSet makes a set of finished texts.
func newSet(files texts) (*Set, error) {
	light, dark, err := palettes(files.siteStyle)
	if err != nil {
		return nil, fmt.Errorf("files beside the pages: %s: %w", SiteStyle, err)
	}
	const drawing = "image/svg+xml"
	return &Set{texts: files, light: light, dark: dark, assets: []Asset{
		newAsset(CopyScript, "text/javascript; charset=utf-8", files.copyScript),
		newAsset(DocsStyle, "text/css; charset=utf-8", files.docsStyle),
		newAsset(DocsScript, "text/javascript; charset=utf-8", files.docsScript),
		newAsset(EmbedStyle, "text/css; charset=utf-8", files.embedStyle),
		newAsset(EmbedScript, "text/javascript; charset=utf-8", files.embedScript),
		newAsset(FindScript, "text/javascript; charset=utf-8", files.findScript),
		newAsset(Icon, drawing, files.icon),
		newAsset(SiteStyle, "text/css; charset=utf-8", files.siteStyle),
		newAsset(World, drawing, files.world),
	}}, nil
}

// WidgetStyle is the text of the one style element of every widget document,
// without the comments and the indentation of its source. It is not served as a
// file.
func (s *Set) WidgetStyle() string { return s.widgetStyle }

// ListStyle is the text of the one style element of every widget document of a
// list, likewise.
func (s *Set) ListStyle() string { return s.listStyle }

// FrameScript is the text of the one script element of every widget document,
// likewise. The comments of its source say what it tells the page around the
// frame, and to whom.
func (s *Set) FrameScript() string { return s.frameScript }

// CardScript is the script of the web component for the pages of others, which
// asks for the widget at base, an absolute address that ends in a slash, in one of
// the site's languages, the default one first. It has an address that never
// changes (site.EmbedScript) and is no asset: what people have pasted must go on
// to work, and the next build removes a hashed name.
func (s *Set) CardScript(base string, languages []string) []byte {
	// Neither can fail: they are strings. encoding/json writes < as an escape, so
	// that nothing in an address could end a script element it is copied into.
	address, _ := json.Marshal(base)
	tags, _ := json.Marshal(languages)
	return fmt.Appendf(nil, "(%s)(%s,%s);\n", s.cardScript, address, tags)
}

var blockComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// condense leaves out comments and indentation, which are for the readers of
// the source. It joins lines without a space, so each must end where none is
// needed: in a brace, a comma or a semicolon. Its errors begin with ":LINE: ".
func condense(source, forbidden string) (string, error) {
	source = blockComment.ReplaceAllStringFunc(source, func(comment string) string {
		return strings.Repeat("\n", strings.Count(comment, "\n"))
	})
	var b strings.Builder
	n := 0
	for line := range strings.Lines(source) {
		n++
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if !strings.Contains("{},;", line[len(line)-1:]) {
			return "", fmt.Errorf(":%d: the next line is joined to this one, so it has to end in a brace, a comma or a semicolon", n)
		}
		if i := strings.IndexAny(line, forbidden); i >= 0 {
			return "", fmt.Errorf(":%d: %q may not stand inside a document", n, line[i])
		}
		b.WriteString(line)
	}
	return b.String(), nil
}
