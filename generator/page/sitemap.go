package page

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"

	"loanleaf/kiva"
	"loanleaf/site"
)

// sitemapWidth is how many loan ids one sitemap spans, whether or not there
// are loans for all of them: with up to five languages it stays under the
// protocol's 50,000 addresses, and a new loan changes one file only.
const sitemapWidth = 10_000

const sitemapStart = xml.Header + `<%s xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n"

// renderSitemap writes the index for page 0, and the loans of a span of ids
// for the others: page n spans the ids from (n-1)*sitemapWidth on. The index
// names the lists' sitemap nowhere: lists are reached from the pages.
func (r *Renderer) renderSitemap(ctx context.Context, w *bytes.Buffer, page int) error {
	if page == 0 {
		return r.renderSitemapIndex(ctx, w)
	}
	from := int64(page-1) * sitemapWidth
	ids, err := r.source.LoanIDs(ctx, from, from+sitemapWidth)
	if err != nil {
		return fmt.Errorf("sitemap %d: %w", page, err)
	}
	if len(ids) == 0 {
		return fmt.Errorf("sitemap %d: %w", page, kiva.ErrNotFound)
	}
	fmt.Fprintf(w, sitemapStart, "urlset")
	for _, id := range ids {
		for _, language := range r.site.Languages() {
			writeElement(w, "url", r.site.URL(site.Address{Kind: site.Loan, ID: id, Language: language.Tag}))
		}
	}
	w.WriteString("</urlset>\n")
	return nil
}

func (r *Renderer) renderSitemapIndex(ctx context.Context, w *bytes.Buffer) error {
	buckets, err := r.source.IDBuckets(ctx, sitemapWidth)
	if err != nil {
		return fmt.Errorf("sitemap: %w", err)
	}
	fmt.Fprintf(w, sitemapStart, "sitemapindex")
	if r.hasProse() {
		writeElement(w, "sitemap", r.site.URL(site.Address{Kind: site.Sitemap, Slug: site.ProseSitemap}))
	}
	for _, bucket := range buckets {
		writeElement(w, "sitemap", r.site.URL(site.Address{Kind: site.Sitemap, Page: int(bucket) + 1}))
	}
	w.WriteString("</sitemapindex>\n")
	return nil
}

// writeElement writes one address. Addresses are percent-encoded where they
// were minted; what is left for XML is the ampersand.
func writeElement(w *bytes.Buffer, name, address string) {
	w.WriteString("<" + name + "><loc>")
	xml.EscapeText(w, []byte(address))
	w.WriteString("</loc></" + name + ">\n")
}

// renderRobots lets everybody in, to widget documents too: their own mark
// (noindex, indexifembedded) must be read to be obeyed. Only searches are kept
// from crawlers: there is no end of them, each costs a look-up, and all they
// lead to is on lists. The mark on their pages is for who comes all the same.
func (r *Renderer) renderRobots(w *bytes.Buffer) {
	w.WriteString("User-agent: *\n")
	if r.site.Searchable() {
		for _, language := range r.site.Languages() {
			w.WriteString("Disallow: " + r.site.Path(site.Address{Kind: site.Search, Language: language.Tag}) + "\n")
		}
	} else {
		w.WriteString("Disallow:\n")
	}
	w.WriteString("\nSitemap: " + r.site.URL(site.Address{Kind: site.Sitemap}) + "\n")
}
