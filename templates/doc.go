// Package templates turns views into HTML: the pages of a site, the sentence
// they share with the widget, and the widget itself.
//
// Values come in, bytes go out. A page is a templ component made from a
// [Frame], which every page of a site shares, and from one value of package
// view; rendering it twice writes the same bytes. Nothing here looks anything
// up, reads a clock, or puts an address together: package site minted every
// address before. Everything that comes from data is escaped by templ's
// encoder, and JSON-LD by encoding/json.
//
// # Pages
//
// [LoanPage], [HomePage], [ListPage] and [NotFoundPage] are whole documents.
// They need one stylesheet and no script: the one of the loan page adds buttons
// that copy. They carry no style attribute and no script of their own, so that
// [Policy] can forbid both. A block whose values
// are absent is left out with its heading.
//
// # Generated files
//
// The *_templ.go files are made by the one go:generate line in main.go and are
// committed, so that building needs nothing but Go. Edit the .templ files.
//
// # What is not here
//
// Words: they are in package locale, and the sentences of a loan in package
// view. The styles: they are in package public. XML, feeds and e-mail: templ
// writes HTML only.
package templates
