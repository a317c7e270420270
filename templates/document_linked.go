package templates

import "github.com/a-h/templ"

// linkedReading is a document in the words of schema.org: the page, its path of
// links, and the text as an article.
type linkedReading struct {
	Context     string         `json:"@context"`
	Type        string         `json:"@type"`
	URL         string         `json:"url,omitempty"`
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Language    string         `json:"inLanguage"`
	Modified    string         `json:"dateModified,omitempty"`
	Site        *linkedThing   `json:"isPartOf,omitempty"`
	Breadcrumb  *linkedCrumbs  `json:"breadcrumb,omitempty"`
	Main        *linkedArticle `json:"mainEntity,omitempty"`
}

type linkedArticle struct {
	Type     string       `json:"@type"`
	Headline string       `json:"headline"`
	URL      string       `json:"url,omitempty"`
	Language string       `json:"inLanguage"`
	Modified string       `json:"dateModified,omitempty"`
	Author   *linkedThing `json:"author,omitempty"`
}

// linkDocument says so of a document that search engines may show. Pages of the
// operator's own are no articles, and have no path of links.
func linkDocument(f Frame, d Document) written {
	if d.Hidden {
		return nil
	}
	return func(out *markupWriter) {
		out.component(templ.JSONScript("", readingOf(f, d)).WithType("application/ld+json"))
	}
}

func readingOf(f Frame, d Document) *linkedReading {
	p := &linkedReading{
		Context: "https://schema.org", Type: "WebPage", URL: f.Canonical, Name: d.Title, Description: d.Description, Language: d.Language.Tag,
		Site: &linkedThing{Type: "WebSite", Name: f.Site.Name(), URL: f.Site.URL(f.home())},
	}
	if !d.Updated.IsZero() {
		p.Modified = d.Updated.Format("2006-01-02")
	}
	if len(d.Crumbs) == 0 {
		return p
	}
	p.Main = &linkedArticle{Type: "TechArticle", Headline: d.Title, URL: f.Canonical, Language: d.Language.Tag, Modified: p.Modified}
	if d.Author != "" {
		p.Main.Author = &linkedThing{Type: "Person", Name: d.Author}
	}
	p.Breadcrumb = &linkedCrumbs{Type: "BreadcrumbList"}
	add := func(name, address string) {
		p.Breadcrumb.Items = append(p.Breadcrumb.Items, linkedCrumb{Type: "ListItem", Position: len(p.Breadcrumb.Items) + 1, Name: name, Item: address})
	}
	for _, c := range d.Crumbs {
		if c.URL != "" { // what leads nowhere is no step for a search engine
			add(c.Label, f.Site.Origin()+c.URL)
		}
	}
	add(d.Title, "")
	return p
}

// linkedThing is somebody or something with a name.
type linkedThing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type linkedCrumbs struct {
	Type  string        `json:"@type"`
	Items []linkedCrumb `json:"itemListElement"`
}

type linkedCrumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item,omitempty"`
}
