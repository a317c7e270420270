package site

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// ErrNotLoan is what [Site.ParseLoanURL] says of every address that is not a
// loan page of this site.
var ErrNotLoan = errors.New("is not the address of a loan on this site")

// host is a host that we answer for, in lower case and in ASCII, with the port only
// where it is not the scheme's own.
type host struct{ name, port string }

// asciiName is the name of a host as browsers and headers have it: in lower case, and
// one of other letters than ASCII's as RFC 5891 writes it ("xn--prstamos-c1a.example").
// false where no host can have that name, which is left as it is but for its case.
func asciiName(name string) (string, bool) {
	if !strings.ContainsFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return strings.ToLower(name), true
	}
	ascii, err := idna.Lookup.ToASCII(name)
	if err != nil {
		return strings.ToLower(name), false
	}
	return ascii, true
}

// inASCII is an address with the name of its host so, and otherwise as it was written.
func inASCII(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	ascii, ok := asciiName(u.Hostname())
	if name := u.Hostname(); ok && !strings.EqualFold(ascii, name) {
		return strings.Replace(address, name, ascii, 1)
	}
	return address
}

func hostOf(u *url.URL) host {
	name, _ := asciiName(u.Hostname())
	h := host{name: name, port: u.Port()}
	if (u.Scheme == "http" && h.port == "80") || (u.Scheme == "https" && h.port == "443") {
		h.port = ""
	}
	return h
}

func (h host) String() string {
	name := h.name
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	if h.port != "" {
		return name + ":" + h.port
	}
	return name
}

func parseAlias(alias string) (host, error) {
	u, err := url.Parse("http://" + alias)
	if err != nil || u.Host != alias || u.Hostname() == "" {
		return host{}, fmt.Errorf("aliases: %q is not a host such as www.kiva.org or loans.example:8080", alias)
	}
	name, ok := asciiName(u.Hostname())
	if !ok {
		return host{}, fmt.Errorf("aliases: %q is not the name of a host", alias)
	}
	return host{name: name, port: u.Port()}, nil
}

// ParseLoanURL reads the address of a loan page as other people wrote it down:
// http or https, our host or an alias, upper-case host, the scheme's own port,
// a trailing slash, ".html", any query and fragment. The answer is of kind
// [Loan] and carries the language of the address, "" for the default. Every
// other address fails with [ErrNotLoan]. Nothing is ever fetched.
func (s *Site) ParseLoanURL(raw string) (Address, error) {
	if a, ok := s.parseForeign(raw, false); ok && a.Kind == Loan {
		return a, nil
	}
	return Address{}, fmt.Errorf("%q %w", clip(raw), ErrNotLoan)
}

// parseForeign reads an address that other people wrote down, on our host, or, if
// own is false, on that of an alias.
func (s *Site) parseForeign(raw string, own bool) (Address, bool) {
	const longest = 2048
	if len(raw) > longest || strings.ContainsAny(raw, "\\ \t\r\n") {
		return Address{}, false
	}
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.User != nil || u.Opaque != "" {
		return Address{}, false
	}
	asked := hostOf(u)
	for i, h := range s.hosts {
		if h != asked || own && i > 0 {
			continue
		}
		path, ok := u.EscapedPath(), true
		if i == 0 {
			path, ok = strings.CutPrefix(path, s.root)
		}
		if !ok {
			continue
		}
		if a, ok := s.resolve(path); ok && (i == 0 || a.Kind == Loan) {
			return a, true
		}
	}
	return Address{}, false
}

// Endpoint is the oEmbed endpoint that pages advertise; false when they point
// at static answers.
func (s *Site) Endpoint() (string, bool) {
	return s.config.OEmbed, s.config.OEmbed != Static
}

// OwnEndpoint is where this site's own program would answer oEmbed requests.
func (s *Site) OwnEndpoint() string { return s.origin + s.root + "/" + endpointPath }

// EndpointFormat reads the path of an oEmbed request: the endpoint itself with
// no format implied, or ".json" and ".xml" with that one.
func (s *Site) EndpointFormat(escaped string) (format string, ok bool) {
	rest, ok := strings.CutPrefix(escaped, s.root+"/"+endpointPath)
	if !ok {
		return "", false
	}
	switch rest {
	case "", "/":
		return "", true
	case ".json":
		return "json", true
	case ".xml":
		return "xml", true
	}
	return "", false
}

// Discovery is the pair of addresses of the discovery links of a loan page, or of
// the newest end of a list that has a widget: the same on every page but for url,
// url first and then format, or the static answers of the loan or the list in the
// page's language (oEmbed §4; DESIGN, "discovery hrefs").
func (s *Site) Discovery(a Address) (json, xml string) {
	list, isList := a.ListWidget(ListAnswerJSON)
	endpoint, live := s.Endpoint()
	if !live {
		if isList {
			json = s.URL(list)
			list.Kind = ListAnswerXML
			return json, s.URL(list)
		}
		return s.URL(Address{Kind: AnswerJSON, Language: a.Language, ID: a.ID}), s.URL(Address{Kind: AnswerXML, Language: a.Language, ID: a.ID})
	}
	if isList {
		a.Page = 0
	} else {
		a.Kind = Loan
	}
	asked := endpoint + "?url=" + url.QueryEscape(s.URL(a)) + "&format="
	return asked + "json", asked + "xml"
}

// Schemes are the patterns of the addresses that [Site.ParseLoanURL] and
// [Site.ParseListURL] read as ours, as oEmbed 2.1 writes them: http and https are
// two pairs, and so are two languages. own are those of the site's host, loans
// before lists, aliases those of the others.
func (s *Site) Schemes() (own, aliases []string) {
	for i, h := range s.hosts {
		if i > 0 {
			aliases = append(aliases, s.patterns(h.String(), s.loanScheme)...)
			continue
		}
		own = append(own, s.patterns(h.String()+s.root, s.loanScheme)...)
		own = append(own, s.patterns(h.String()+s.root, s.listSchemes)...)
	}
	return own, aliases
}

// patterns are those of the paths of each language, with both schemes.
func (s *Site) patterns(host string, paths func(language string) []string) []string {
	var all []string
	for _, scheme := range []string{"https", "http"} {
		for _, language := range s.languages {
			for _, path := range paths(language.Tag) {
				all = append(all, scheme+"://"+host+path)
			}
		}
	}
	return all
}

func (s *Site) loanScheme(language string) []string {
	return []string{starred(s.path(Address{Kind: Loan, Language: language, ID: 1}))}
}

// LendURL is where money can be lent to the loan; false when the operator
// named no such place.
func (s *Site) LendURL(id int64) (string, bool) {
	if s.config.LendURL == "" {
		return "", false
	}
	target := strings.ReplaceAll(s.config.LendURL, "<id>", strconv.FormatInt(id, 10))
	if s.config.AppID == "" {
		return target, true
	}
	sign := "?"
	if strings.Contains(target, "?") {
		sign = "&"
	}
	return target + sign + "app_id=" + url.QueryEscape(s.config.AppID), true
}

// VideoURL is where YouTube shows the video of an id, which is escaped whatever it
// holds.
func VideoURL(id string) string { return "https://www.youtube.com/watch?v=" + url.QueryEscape(id) }

// clip keeps an address short enough for a message.
func clip(s string) string {
	const most = 120
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
