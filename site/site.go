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
	"regexp"
	"strings"

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

// Config is what an operator says of a site.
type Config struct {
	BaseURL   string              // absolute, http or https, maybe with a path; no query, no fragment
	Name      string              // "Loanleaf"; what titles begin with
	Languages []string            // tags of package locale; the first is the default and has no prefix
	Images    string              // NoImages, ServedImages, or a pattern with <size> and <id>
	Gallery   Gallery             // the measures of served pictures; needed with ServedImages
	LendURL   string              // where a fundraising loan can be lent to, with <id>; empty: nowhere
	AppID     string              // added to LendURL as app_id; may be empty
	Aliases   []string            // other hosts whose /lend/<id> means our loan: "www.kiva.org"
	OEmbed    string              // Static, or the absolute URL of an endpoint
	Logo      string              // absolute URL or path of a picture for the frame; may be empty
	Links     []Link              // footer links
	Cards     func(id int64) bool // which loans have their card and badge as files; nil: none
	ListCards bool                // whether lists have theirs
	EditURL   string              // where a file of the content folder is edited, with <path>; empty: nowhere
	Redirects map[string]string   // paths that documents had, and where they lead: paths of the site, or absolute addresses
	Colour    string              // of links where no stylesheet reaches, "#rrggbb"; readable on white; empty: Loanleaf's own
}

// ownColour is the brand's colour in package public, which is not known here.
const ownColour = "#4338a8"

var hexColour = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// Link is a link of the frame, in the operator's words.
type Link struct{ Label, URL string }

// Gallery measures the pictures that the site serves itself.
type Gallery interface {
	// PictureSize is the size in pixels of picture id at a size of Kiva's
	// grammar ("s300"); false when there is no such picture.
	PictureSize(size string, id int64) (width, height int, ok bool)
}

// Site is a checked configuration. Its methods are safe for concurrent use.
type Site struct {
	config     Config
	searchable bool
	root       string // path of the base address without a final slash: "" or "/loans"
	origin     string // "https://loans.example"
	base       string // both: "https://loans.example/loans"
	hostname   string // "loans.example", with a port that is not the scheme's own
	languages  []*locale.Language
	homes      map[string]home // by language, as addresses have it
	redirects  []Redirect
	hosts      []host // the base address' own host first, then the aliases
}

// New checks a configuration. Its errors name the setting and say what it
// should look like, for an operator to read.
func New(config Config) (*Site, error) {
	s := &Site{config: config}
	if err := s.setBase(config.BaseURL); err != nil {
		return nil, err
	}
	s.config.OEmbed, s.config.Images, s.config.Logo = inASCII(config.OEmbed), inASCII(config.Images), inASCII(config.Logo)
	if strings.TrimSpace(config.Name) == "" {
		return nil, fmt.Errorf("name: is empty; a site needs one, since every title begins with it")
	}
	if err := s.setLanguages(config.Languages); err != nil {
		return nil, err
	}
	s.homes = map[string]home{"": s.mintHome("")}
	for _, language := range s.languages {
		s.homes[language.Tag] = s.mintHome(language.Tag)
	}
	if s.config.Colour == "" {
		s.config.Colour = ownColour
	}
	if !hexColour.MatchString(s.config.Colour) {
		return nil, fmt.Errorf("colours: %q is not written as \"#4338a8\" is", config.Colour)
	}
	for _, alias := range config.Aliases {
		h, err := parseAlias(alias)
		if err != nil {
			return nil, err
		}
		s.hosts = append(s.hosts, h)
	}
	if err := s.setRedirects(config.Redirects); err != nil {
		return nil, err
	}
	return s, checkTargets(config)
}

func (s *Site) setBase(raw string) error {
	u, err := parseAbsolute(raw)
	if err != nil {
		return fmt.Errorf("base_url: %q %w", raw, err)
	}
	if u.RawQuery != "" || u.Fragment != "" {
		return fmt.Errorf("base_url: %q has a query or a fragment; addresses are built by adding to it", raw)
	}
	if _, ok := asciiName(u.Hostname()); !ok {
		return fmt.Errorf("base_url: %q has a host that no name can be", raw)
	}
	own := hostOf(u)
	s.root = strings.TrimRight(u.EscapedPath(), "/")
	s.hostname = own.String()
	s.origin = u.Scheme + "://" + s.hostname
	s.base = s.origin + s.root
	s.hosts = []host{own}
	return nil
}

func (s *Site) setLanguages(tags []string) error {
	if len(tags) == 0 {
		return fmt.Errorf("languages: is empty; list at least one of %s", strings.Join(locale.Shipped(), ", "))
	}
	for i, tag := range tags {
		language, ok := locale.Get(tag)
		if !ok || language.Words == nil {
			return fmt.Errorf("languages: %q is not available; choose from %s", tag, strings.Join(locale.Shipped(), ", "))
		}
		for _, earlier := range s.languages {
			if earlier == language {
				return fmt.Errorf("languages: %q is listed twice", tags[i])
			}
		}
		s.languages = append(s.languages, language)
	}
	return nil
}

// checkTargets checks the settings that lead elsewhere.
func checkTargets(c Config) error {
	switch c.Images {
	case NoImages:
	case ServedImages:
		if c.Gallery == nil {
			return fmt.Errorf("images: pictures are to be served, but there are none to serve")
		}
	default:
		if err := checkPattern(c.Images); err != nil {
			return fmt.Errorf("images: %q %w; or say none, or name a folder of pictures", c.Images, err)
		}
	}
	if c.LendURL != "" {
		if err := checkPattern(c.LendURL); err != nil {
			return fmt.Errorf("lend_url: %q %w", c.LendURL, err)
		}
	}
	if err := checkEdit(c.EditURL); err != nil {
		return err
	}
	if c.OEmbed != Static {
		u, err := parseAbsolute(c.OEmbed)
		if err != nil {
			return fmt.Errorf("oembed.endpoint: %q %w; or say %s", c.OEmbed, err, Static)
		}
		if u.RawQuery != "" || u.Fragment != "" {
			return fmt.Errorf("oembed.endpoint: %q has a query or a fragment; the request's own is added to it", c.OEmbed)
		}
	}
	if c.Logo != "" && !harmless(c.Logo) {
		return fmt.Errorf("logo: %q %s", c.Logo, notHarmless)
	}
	for _, link := range c.Links {
		switch {
		case strings.TrimSpace(link.Label) == "":
			return fmt.Errorf("links: the link to %q has no label", link.URL)
		case link.URL == "":
			return fmt.Errorf("links: %q has no url", link.Label)
		case !harmless(link.URL):
			return fmt.Errorf("links: %q: %q %s", link.Label, link.URL, notHarmless)
		}
	}
	return nil
}

func checkPattern(pattern string) error {
	if !strings.Contains(pattern, "<id>") {
		return fmt.Errorf("has no <id>")
	}
	_, err := parseAbsolute(strings.NewReplacer("<id>", "1", "<size>", "s300").Replace(pattern))
	return err
}

const notHarmless = "is neither a path that begins with / nor an address that begins with http, https or mailto"

// harmless tells what a browser may safely be sent to: a path of the site, or an
// address with a harmless scheme.
func harmless(address string) bool {
	if strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && !strings.Contains(address, `\`) {
		return true
	}
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "mailto")
}

func parseAbsolute(raw string) (*url.URL, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.Opaque != "":
		return nil, fmt.Errorf("is not an absolute address such as https://loans.example")
	case u.User != nil:
		return nil, fmt.Errorf("names a user; addresses of a site are public")
	}
	return u, nil
}

// Name is the site's name.
func (s *Site) Name() string { return s.config.Name }

// Host is the host of the base address, as a person writes it.
func (s *Site) Host() string { return s.hostname }

// Logo is the picture of the frame, or empty.
func (s *Site) Logo() string { return s.config.Logo }

// Colour is that of links where no stylesheet reaches, and of a browser's own
// frame around a page: "#rrggbb", readable on white.
func (s *Site) Colour() string { return s.config.Colour }

// Searchable tells whether searches are answered ([Site.WithSearch]). Where they
// are not, pages lead to lists alone.
func (s *Site) Searchable() bool { return s.searchable }

// WithSearch is the site where searches are answered, and whose pages have a
// box for them. Only a program with the loans at hand can do that, which shows
// after the site is made; a site of files does without.
func (s *Site) WithSearch() *Site {
	with := *s
	with.searchable = true
	return &with
}

// Links are the footer links.
func (s *Site) Links() []Link { return s.config.Links }

// Languages are the site's languages, the default one first.
func (s *Site) Languages() []*locale.Language { return s.languages }

// Around is the language of what stands around a text in the language with this
// tag: that language where the site has it, else the default one. A site may have
// documents in languages that it does not speak itself.
func (s *Site) Around(tag string) *locale.Language {
	if l := s.Language(tag); l != nil {
		return l
	}
	return s.languages[0]
}

// Language is the language with this tag, the default one for "", or nil when
// the site does not have it.
func (s *Site) Language(tag string) *locale.Language {
	if tag == "" {
		return s.languages[0]
	}
	for _, l := range s.languages {
		if l.Tag == tag {
			return l
		}
	}
	return nil
}
