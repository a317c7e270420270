package templates

import (
	"cmp"
	"iter"
	"strings"

	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// Frame is what every page of a site shares: where it stands, in which
// language, and the files it needs. All addresses in it were minted by package
// site.
type Frame struct {
	Site     *site.Site
	Language *locale.Language

	Style string // path of the stylesheet, by its hashed name
	Icon  string // path of the icon (SVG), likewise
	World string // path of the map of the front page (SVG), likewise; empty: no map
	Copy  string // path of the script of buttons that copy, likewise; empty: no such buttons

	// Card is shown by previews of pages that have no picture of their own
	// ([SiteCard]).
	Card view.Picture

	// Policy is a content security policy for <meta http-equiv>, as [Policy]
	// makes it; empty when it comes as a header alone.
	Policy string

	// Script is the path of a script for the head; empty on every page that is
	// meant for readers. [Scripted] makes the policy that allows it.
	Script string

	// Canonical is the absolute address of the page; empty on a page that has
	// none, such as the one for what is not there.
	Canonical string
	// Alternates are the same page in every language of the site, this one
	// included, with "x-default" last; empty on a site of one language. They
	// make the hreflang links and the language switch.
	Alternates []Alternate

	// Versions are the page for readers of each language, where that is more than
	// Alternates: a page that one language has only in the words of another has no
	// alternate in it, and is switched to all the same. Empty: the alternates.
	Versions []Alternate

	// Reader is the tag of the language of the page's text and of its address, where
	// that is none of the site's: Language is that of what stands around it.
	Reader string

	// Sections lead to the parts of the site beside its loans, in the head of every
	// page, and Extra to the page that hands out code and to pages of the operator's
	// own, in the foot.
	Sections, Extra []Way

	// Feeds are the feeds of the list that the page shows; empty on every other
	// page.
	Feeds []FeedLink

	// List is the list of which the page is the newest end, for people who show it
	// elsewhere; nil on every other page.
	List *ListOffer

	// Title and Description are for <title> and <meta name=description>. Where
	// they are empty, the view's own are used.
	Title, Description string
}

// Alternate is the page in a language: a tag of package locale or "x-default",
// and an absolute address. A language that package locale has no words of brings
// its Name.
type Alternate struct{ Lang, Name, URL string }

// Way is a link within the site: its words, the tag of their language, its path,
// and whether the page is there already.
type Way struct {
	Label, Lang, URL string
	Here             bool
}

// FeedLink leads feed readers to a feed: its media type without parameters, an
// absolute address, and what it is called.
type FeedLink struct{ Type, URL, Title string }

// Policy is the content security policy under which the pages of a site work:
// its own stylesheet, script and icon, pictures from where the site has them,
// forms only where it answers searches, and nothing else; a page that has no
// script is as well off. Scripts may fetch from the site itself: a document's
// text to copy it, the index that documents are searched in; and what judges a
// page from inside it reads robots.txt so. It serves as a header as well;
// frame-ancestors only works there and is added by whoever writes headers.
func Policy(s *site.Site) string {
	images := []string{"'self'"} // the icon
	for _, source := range s.ImageSources() {
		if source != "'self'" {
			images = append(images, source)
		}
	}
	forms := "'none'"
	if s.Searchable() {
		forms = "'self'"
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src " + strings.Join(images, " ") +
		"; connect-src 'self'; base-uri 'none'; form-action " + forms
}

// Scripted is a policy that allows what it did, scripts of the site itself, and
// that these speak to the site.
func Scripted(policy string) string {
	if !strings.Contains(policy, "; script-src 'self'") {
		policy = strings.Replace(policy, "; script-src ", "; script-src 'self' ", 1)
	}
	if !strings.Contains(policy, "; connect-src ") {
		policy += "; connect-src 'self'"
	}
	return policy
}

// home is the front page in the frame's language.
func (f Frame) home() site.Address { return f.in(site.Address{Kind: site.Home}) }

// searching is where the search box leads.
func (f Frame) searching() site.Address { return f.in(site.Address{Kind: site.Search}) }

// in is an address in the frame's language.
func (f Frame) in(a site.Address) site.Address {
	a.Language = f.Language.Tag
	if f.Language.Tag == f.Site.Languages()[0].Tag {
		a.Language = ""
	}
	return a
}

// orElse fills in the view's own title and description.
func (f Frame) orElse(title, description string) Frame {
	if f.Title == "" {
		f.Title = title
	}
	if f.Description == "" {
		f.Description = description
	}
	return f
}

// choice is a link of the language switch.
type choice struct {
	lang, name, url string
	here            bool
}

// choices are the languages to switch to; none where there is only this one.
func (f Frame) choices() []choice {
	var list []choice
	versions := f.Versions
	if len(versions) == 0 {
		versions = f.Alternates
	}
	list = make([]choice, 0, len(versions))
	for _, a := range versions {
		c := choice{lang: a.Lang, name: a.Name, url: a.URL, here: a.Lang == cmp.Or(f.Reader, f.Language.Tag)}
		if l, ok := locale.Get(a.Lang); ok {
			c.name = l.Name
		}
		if c.name != "" {
			list = append(list, c)
		}
	}
	if len(list) < 2 {
		return nil
	}
	return list
}

// others are the other languages that the page is in.
func (f Frame) others() iter.Seq[*locale.Language] {
	return func(yield func(*locale.Language) bool) {
		for _, a := range f.Alternates {
			if l, ok := locale.Get(a.Lang); ok && l.Tag != f.Language.Tag && !yield(l) {
				return
			}
		}
	}
}
