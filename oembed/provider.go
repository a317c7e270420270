package oembed

import (
	"bytes"
	"encoding/json"
	"strings"

	"loanleaf/site"
)

// Provider is what lists of providers say of a site (oEmbed 7.1): which
// addresses it has answers for, and where. It is what the endpoint does, put
// down for those who do not look for links in pages.
type Provider struct {
	Name      string // provider_name of every answer: Drupal compares them
	URL       string
	Schemes   []string // patterns of addresses, http and https apart
	Endpoint  string
	Example   string // a request with its query; empty where there is no loan
	Discovery bool   // pages name their answers
}

// ProviderOf is the entry of a site. example is a loan whose address stands in
// the sample request, 0 for none. A site with static answers has no entry, and
// is false: there is no one address that answers for all loans.
//
// The addresses of other hosts (aliases) are in it only if asked for. A public
// registry takes an owner's word for a host, and an alias may be somebody
// else's; a site that reads its own list wants them.
func ProviderOf(s *site.Site, example int64, aliases bool) (Provider, bool) {
	endpoint, live := s.Endpoint()
	if !live {
		return Provider{}, false
	}
	own, others := s.Schemes()
	p := Provider{
		Name: s.Name(), URL: s.URL(site.Address{Kind: site.Home}), Schemes: own, Endpoint: endpoint, Discovery: true,
	}
	if aliases {
		p.Schemes = append(p.Schemes, others...)
	}
	if example > 0 {
		p.Example, _ = s.Discovery(site.Address{Kind: site.Loan, ID: example})
	}
	return p, true
}

// yamlQuotes escapes tidy text for double quotes of YAML.
var yamlQuotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// AppendYAML writes the entry as a file of the registry's folder "providers":
// one document with a list of one provider.
func (p Provider) AppendYAML(dst []byte) []byte {
	line := func(before, text string) {
		dst = append(dst, before...)
		dst = append(dst, '"')
		dst = append(dst, yamlQuotes.Replace(clean(text))...)
		dst = append(dst, "\"\n"...)
	}
	dst = append(dst, "---\n"...)
	line("- provider_name: ", p.Name)
	line("  provider_url: ", p.URL)
	dst = append(dst, "  endpoints:\n  - schemes:\n"...)
	for _, scheme := range p.Schemes {
		line("    - ", scheme)
	}
	line("    url: ", p.Endpoint)
	if p.Example != "" {
		dst = append(dst, "    example_urls:\n"...)
		line("    - ", p.Example)
	}
	if p.Discovery {
		dst = append(dst, "    discovery: true\n"...)
	}
	return append(dst, "    formats:\n    - json\n    - xml\n...\n"...)
}

// AppendJSON writes the entry as Drupal's setting oembed_providers_url expects
// it: the list that oembed.com/providers.json is, with this provider alone.
func (p Provider) AppendJSON(dst []byte) []byte {
	type endpoint struct {
		Schemes     []string `json:"schemes"`
		URL         string   `json:"url"`
		ExampleURLs []string `json:"example_urls,omitempty"`
		Discovery   bool     `json:"discovery,omitempty"`
		Formats     []string `json:"formats"`
	}
	type provider struct {
		Name      string     `json:"provider_name"`
		URL       string     `json:"provider_url"`
		Endpoints []endpoint `json:"endpoints"`
	}
	e := endpoint{Schemes: p.Schemes, URL: p.Endpoint, Discovery: p.Discovery, Formats: []string{string(JSON), string(XML)}}
	if p.Example != "" {
		e.ExampleURLs = []string{p.Example}
	}
	w := bytes.NewBuffer(dst)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode([]provider{{clean(p.Name), p.URL, []endpoint{e}}}) // texts, lists and a truth: nothing that could fail
	return w.Bytes()
}
