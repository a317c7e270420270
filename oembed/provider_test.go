package oembed

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"loanleaf/site"
)

// registryFaults are what the checks of the registry's own build and tests
// would say of a file of its folder "providers": one document that is ended, a
// list of providers with known keys alone, schemes whose wildcards are whole
// labels or in the path, an endpoint without a wildcard, sample requests that
// are requests.
func registryFaults(file string) (faults []string) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	if !strings.HasSuffix(strings.TrimRight(file, "\n"), "\n...") || strings.Count(file, "\n---") > 0 {
		fault("is not one document that is ended")
	}
	var providers []map[string]any
	if err := yaml.Unmarshal([]byte(file), &providers); err != nil || len(providers) == 0 {
		return append(faults, fmt.Sprintf("is no list of providers: %v", err))
	}
	for _, p := range providers {
		unknown(p, fault, "provider_name", "provider_url", "endpoints")
		for _, key := range []string{"provider_name", "provider_url"} {
			if text, ok := p[key].(string); !ok || text == "" {
				fault("%s is not a text", key)
			}
		}
		endpoints, ok := p["endpoints"].([]any)
		if !ok || len(endpoints) == 0 {
			fault("has no endpoints")
		}
		for _, e := range endpoints {
			endpoint, ok := e.(map[string]any)
			if !ok {
				fault("has an endpoint without keys")
				continue
			}
			endpointFaults(endpoint, fault)
		}
	}
	return faults
}

func unknown(object map[string]any, fault func(string, ...any), known ...string) {
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if !slices.Contains(known, key) {
			fault("has the unknown key %s", key)
		}
	}
}

func endpointFaults(e map[string]any, fault func(string, ...any)) {
	unknown(e, fault, "schemes", "url", "example_urls", "discovery", "formats", "notes", "docs_url")
	address, _ := e["url"].(string)
	if u, err := url.Parse(address); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Contains(address, "*") {
		fault("endpoint %q is not an address, or has a wildcard", address)
	}
	schemes, _ := e["schemes"].([]any)
	if discovery, _ := e["discovery"].(bool); len(schemes) == 0 && !discovery {
		fault("has neither schemes nor discovery")
	}
	for _, scheme := range schemes {
		text, _ := scheme.(string)
		parts := regexp.MustCompile(`^https?://([^/]+)/`).FindStringSubmatch(text)
		if parts == nil || strings.ContainsAny(text, "()") {
			fault("scheme %q is not a pattern of addresses", text)
			continue
		}
		labels := strings.Split(parts[1], ".")
		partly := slices.ContainsFunc(labels, func(label string) bool { return strings.Contains(label, "*") && label != "*" })
		if len(labels) < 2 || partly || labels[len(labels)-1] == "*" || len(labels) == 2 && labels[0] == "*" {
			fault("scheme %q has no domain, or a wildcard in one", text)
		}
	}
	examples, _ := e["example_urls"].([]any)
	for _, example := range examples {
		if text, _ := example.(string); !regexp.MustCompile(`^https?://.*[?&]url=`).MatchString(text) {
			fault("example %q is no request", text)
		}
	}
}

func entry(t *testing.T, aliases bool, change ...func(*site.Config)) Provider {
	t.Helper()
	p, ok := ProviderOf(newSite(t, change...), 100000, aliases)
	if !ok {
		t.Fatal("a site with an endpoint has no entry")
	}
	return p
}

func TestTheRegistryTakesTheEntry(t *testing.T) {
	good := string(entry(t, false).AppendYAML(nil))
	if faults := registryFaults(good); len(faults) > 0 {
		t.Errorf("%s\n%q", good, faults)
	}
	odd := string(entry(t, false, func(c *site.Config) {
		c.Name, c.BaseURL, c.Languages = `Señor "Quick": #1 & <co>`, "https://example.org/our/loans/", []string{"en", "es", "ar"}
	}).AppendYAML(nil))
	if faults := registryFaults(odd); len(faults) > 0 {
		t.Errorf("%s\n%q", odd, faults)
	}
	for rule, replacement := range map[string][2]string{
		"a document is ended":              {"...\n", ""},
		"there is one document":            {"...\n", "...\n---\n- a\n...\n"},
		"a provider has a name":            {`"Loanleaf"`, `""`},
		"keys are known":                   {"discovery: true", "discovers: true"},
		"keys of providers are known":      {"  endpoints:", "  contact: x\n  endpoints:"},
		"an endpoint has no wildcard":      {"https://loans.example/services/oembed\"\n", "https://*.example/services/oembed\"\n"},
		"an endpoint is an address":        {"    url: \"https:", "    url: \"ftp:"},
		"a scheme has no brackets":         {"lend/*", "(lend)/*"},
		"a label is a wildcard as a whole": {"https://loans.example/lend", "https://loans*.example/lend"},
		"a domain is not a wildcard":       {"https://loans.example/lend", "https://*.example/lend"},
		"a domain has two labels":          {"https://loans.example/lend", "https://localhost/lend"},
		"an example is a request":          {"oembed?url=", "oembed?u="},
	} {
		bad := strings.Replace(good, replacement[0], replacement[1], 1)
		if bad == good {
			t.Errorf("%s: nothing was made wrong", rule)
		}
		if len(registryFaults(bad)) == 0 {
			t.Errorf("%s: not seen in\n%s", rule, bad)
		}
	}
	none := strings.Replace(regexp.MustCompile(`(?s)  - schemes:.*?    url:`).ReplaceAllString(good, "  - url:"), "    discovery: true\n", "", 1)
	if len(registryFaults(none)) == 0 {
		t.Errorf("neither schemes nor discovery is not seen in\n%s", none)
	}
}

func TestBothEntriesSayTheSame(t *testing.T) {
	own, all := entry(t, false), entry(t, true)
	type provider struct {
		Name      string `json:"provider_name" yaml:"provider_name"`
		URL       string `json:"provider_url" yaml:"provider_url"`
		Endpoints []struct {
			Schemes   []string `json:"schemes" yaml:"schemes"`
			URL       string   `json:"url" yaml:"url"`
			Examples  []string `json:"example_urls" yaml:"example_urls"`
			Discovery bool     `json:"discovery" yaml:"discovery"`
			Formats   []string `json:"formats" yaml:"formats"`
		} `json:"endpoints" yaml:"endpoints"`
	}
	var fromYAML, fromJSON, withAliases []provider
	if err := yaml.UnmarshalWithOptions(own.AppendYAML(nil), &fromYAML, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	for p, into := range map[*Provider]*[]provider{&own: &fromJSON, &all: &withAliases} {
		if err := json.Unmarshal(p.AppendJSON(nil), into); err != nil {
			t.Fatal(err)
		}
	}
	if a, b := fmt.Sprint(fromYAML), fmt.Sprint(fromJSON); a != b {
		t.Errorf("YAML: %s\nJSON: %s", a, b)
	}
	s := newSite(t)
	r := Request{Format: JSON}
	answer := For(s, mai(t), r)
	if len(withAliases) != 1 || withAliases[0].Name != answer.ProviderName || withAliases[0].URL != answer.ProviderURL {
		t.Errorf("%+v, but answers are by %s, %s", withAliases, answer.ProviderName, answer.ProviderURL)
	}
	e := withAliases[0].Endpoints[0]
	if len(e.Schemes) != 20 || len(fromYAML[0].Endpoints[0].Schemes) != 18 {
		t.Errorf("%d schemes with an alias and %d without", len(e.Schemes), len(fromYAML[0].Endpoints[0].Schemes))
	}
	for _, scheme := range e.Schemes {
		if !strings.HasSuffix(scheme, "/lend/*") {
			continue // those of lists; site's TestSchemes has them
		}
		if a, err := (Request{URL: strings.TrimSuffix(scheme, "*") + "100000"}).Loan(s); err != nil || a.ID != 100000 {
			t.Errorf("%s is not answered: %v", scheme, err)
		}
	}
	_, query, _ := strings.Cut(e.Examples[0], "?")
	request, err := Parse(query, "")
	if a, refused := request.Loan(s); err != nil || refused != nil || a.ID != 100000 || request.Format != JSON {
		t.Errorf("%s: %v, %v", e.Examples[0], err, refused)
	}
}

func TestASiteWithStaticAnswersHasNoEntry(t *testing.T) {
	if p, ok := ProviderOf(newSite(t, func(c *site.Config) { c.OEmbed = site.Static }), 1, true); ok {
		t.Errorf("%+v", p)
	}
	empty, _ := ProviderOf(newSite(t), 0, false)
	if text := string(empty.AppendYAML(nil)) + string(empty.AppendJSON(nil)); strings.Contains(text, "example_urls") {
		t.Errorf("a site without loans has an example: %s", text)
	}
}
