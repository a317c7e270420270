// Package site knows one site: its base address, its name, its languages,
// where its pictures and its lending pages are. It mints every address and
// reads every address back; no other package puts one together or takes one
// apart.
//
// # Addresses
//
// An [Address] names a thing the site has: a loan's page in a language, the
// third page of the loans of a country. [Site.Path] and [Site.URL] mint it,
// [Site.File] says where a build puts it on disk, and [Site.Resolve] reads a
// request's path back. The table of all addresses is in ARCHITECTURE.md.
//
// Addresses that other people hold (the url of an oEmbed request) are read by
// [Site.ParseLoanURL], which is stricter about where they come from and more
// lenient about how they are written.
//
// # What is not here
//
// No look-up: an address may be well-formed and have nothing behind it. No
// HTML, no HTTP.
package site

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"loanleaf/kiva"
	"loanleaf/locale"
)

// Static is the value of [Config.OEmbed] that makes pages point at answers
// written as files beside them, for hosts that run no program.
const Static = "static"

// Values of [Config.Images]; anything else is a URL pattern.
const (
	NoImages     = "none"   // pages show no pictures
	ServedImages = "served" // pictures are served by the site under /img/
)

// Config is what an operator says of a site. See the comments of
// `loanleaf init` for each value in the operator's words.
type Config struct {
	BaseURL   string   // absolute, http or https, maybe with a path; no query, no fragment
	Name      string   // "Loanleaf"; what titles begin with
	Languages []string // tags of package locale; the first is the default and has no prefix
	Images    string   // NoImages, ServedImages, or a pattern with <size> and <id>
	Gallery   Gallery  // the measures of served pictures; needed with ServedImages
	LendURL   string   // where a fundraising loan can be lent to, with <id>; empty: nowhere
	AppID     string   // added to LendURL as app_id; may be empty
	Aliases   []string // other hosts whose /lend/<id> means our loan: "www.kiva.org"
	OEmbed    string   // Static, or the absolute URL of an endpoint
	Logo      string   // absolute URL or site path of a picture for the frame; may be empty
	Links     []Link   // footer links
}

// Link is a link of the frame, in the operator's words.
type Link struct{ Label, URL string }

// Gallery measures the pictures that the site serves itself.
type Gallery interface {
	// PictureSize is the size in pixels of picture id at a size of Kiva's
	// grammar ("s300"); false when there is no such picture.
	PictureSize(size string, id int64) (width, height int, ok bool)
}

// Picture is a picture of a loan at one size.
type Picture struct {
	URL           string // absolute
	Width, Height int    // pixels; 0 when not known
}

// Site is a checked configuration. Its methods are safe for concurrent use.
type host struct{ name, port string }

type Site struct {
	config    Config
	base      *url.URL
	root      string // path of base without the final slash: "" or "/loans"
	origin    string // "https://loans.example"
	languages []*locale.Language
	hosts     []host
}
