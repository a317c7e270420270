// Package content is what the program says of itself: its documentation, in
// Markdown, a folder for each language, as part of the program. Package docs
// (generator/docs) reads it as it reads an operator's own content.
//
// # What is not here
//
// Words of pages (package locale), and documentation of anybody else.
package content

import (
	"embed"
	"io/fs"
)

// all: takes in names that begin with a low line too, as _category_.json does.
//
//go:embed all:docs
var files embed.FS

// Files are the content folder of the program. It holds docs/en, docs/es and
// docs/fr.
func Files() fs.FS { return files }
