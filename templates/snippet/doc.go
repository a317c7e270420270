// Package snippet writes a loan, or a list of loans, as text that people paste
// elsewhere: HTML for their own pages, Markdown, BBCode, plain text, an e-mail.
//
//	subject := snippet.Of(card, addresses)
//	text := snippet.Frame.Write(subject, snippet.Choice{Size: snippet.Standard, Theme: snippet.Light})
//
// Every [Form] says the same of a loan, from the same view, and escapes it by
// the rules of the place it is meant for. What is pasted stays as it is for
// years, so nothing in it depends on the program's version: the addresses are
// those of package site, and figures come with their date. A loan's number is
// text everywhere: a script that read it as a number could round it.
//
// # Themes
//
// A widget is light as written; a fragment of its address makes it dark or lets
// it follow its surroundings. A browser paints an opaque box behind a frame
// whose colour scheme differs from that of the document in it, so forms with a
// frame state the scheme of the frame as well. [Auto] states none: the frame
// then takes its page's, and the widget's media query with it. Chromium was
// measured in forty combinations of system, page and frame: to state "light
// dark" would follow the system against the page, and be dark on a page that
// says it is light. The smoke tests measure it again.
//
// # What is not here
//
// The words around a snippet (templates), the pictures that some forms could
// show (badges and cards are drawn elsewhere), addresses (site).
package snippet
