// Package httpscript tests an HTTP handler by plain text scripts, so that
// somebody who knows the protocol, but not Go, can read and write the tests.
//
// A script is a list of requests, each followed by what its answer must be:
//
//	# The default format is XML.
//	GET /services/oembed?url=https://loans.example/lend/1
//	with Accept: application/json
//	code == 200
//	header Content-Type == text/xml; charset=utf-8
//	xml title == Loanleaf - Mai's Loan
//
// Empty lines and lines that begin with # say nothing. A line that begins with
// a method in capitals is a request; "with" lines under it are its headers.
// Every other line is a claim about the answer, of the form
//
//	SUBJECT OPERATOR EXPECTED
//
// The subjects are
//
//	code            the status code
//	header NAME     a header; several of a name are joined by ", "
//	body            the body
//	json .KEY       a value of the object that the body is, as text
//	json keys       its keys, in the order in which they stand
//	xml NAME        the text of a child of the root element
//	xml root        the name of the root element
//	xml keys        the names of its children, in order
//
// and the operators
//
//	== !=                 equal
//	contains !contains    part of it
//	~ !~                  matches the regular expression, somewhere
//	is absent, is there   whether there is such a header, key or element; a
//	                      body is there when it is not empty
//
// What is expected runs to the end of the line and is not quoted. A line
//
//	keep NAME = SUBJECT
//
// keeps a value; {NAME} stands for it in all lines after it. A line
//
//	repeat NAME = COUNT TEXT
//
// does so for a text that is too long to be written down: the text, so many times.
//
// # What is not here
//
// No cookies, no redirects followed, no request bodies, no network: the handler
// is called directly.
package httpscript
