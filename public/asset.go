// Package public holds the files that are served beside the pages, as their
// source: the stylesheet of the pages, the widget's style and script, the icon, and
// examples of pages that embed a widget.
//
// [Assets] are the files that pages link to. Each is named by its content, so
// a cache may keep it for ever and a page always finds the version it was made
// with. A build writes them to /assets/, a server answers them from memory.
//
// # What is not here
//
// Pictures of loans, and anything made at build time. The widget's style and
// script are no assets: they stand inside the widget document, where they cost no
// request ([WidgetStyle], [FrameScript]).
package public

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"path"
	"strings"
)

// Names of the assets.
const (
	SiteStyle = "site.css"
	Icon      = "icon.svg"
)

//go:embed site.css
var siteStyle string

//go:embed icon.svg
var icon string

// Asset is a file that pages link to.
type Asset struct {
	Name        string // as in this folder: "site.css"
	File        string // with eight hexadecimal digits of the content's SHA-256: "site.3f2a9c1b.css"
	ContentType string // for the header of that name
	Body        []byte // the caller's own copy
}

// Assets are all files that pages link to, by name. They are the same in
// every run of one program.
func Assets() []Asset {
	return []Asset{
		newAsset(Icon, "image/svg+xml", icon),
		newAsset(SiteStyle, "text/css; charset=utf-8", siteStyle),
	}
}

func newAsset(name, contentType, body string) Asset {
	sum := sha256.Sum256([]byte(body))
	extension := path.Ext(name)
	return Asset{
		Name:        name,
		File:        strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:4]) + extension,
		ContentType: contentType,
		Body:        []byte(body),
	}
}
