package docs

import "fmt"

// Severity says what a finding means for its document.
type Severity uint8

// The severities.
const (
	Warning Severity = iota // the document is kept
	Error                   // it is set aside
)

// String is "warning" or "error".
func (s Severity) String() string {
	if s == Error {
		return "error"
	}
	return "warning"
}

// fault is a kind of thing that can be wrong.
type fault uint8

const (
	unreadable fault = iota
	tooLarge
	badMatter
	badCategory
	badMessages
	badSlug
	takenSlug
	cycle

	deadLink
	noPicture
	unknownComponent
	unknownAdmonition
	refusedTag
	openTag
	openCode
	openAdmonition
	openComment
	badPartial
	unspokenLanguage
	unknownCommit
	frontPage
	linkedFolder
	badSidebar
	unreadVersions
	badDates
	badDate
	badRedirect
	strayHeading
	faults // how many there are
)

// severities is the one table of what sets a document aside and what does not.
var severities = [faults]Severity{
	unreadable:  Error, // no file to open, not UTF-8, or larger than a page can be
	tooLarge:    Error, // nested deeper, or a paragraph longer, than is read in time
	badMatter:   Error, // no YAML, or a value of another kind
	badCategory: Error, // of a folder: its documents stay, without its words
	badMessages: Error, // of a language's menu: its documents stay
	badSlug:     Error, // outside of the tree, or something else stands there
	takenSlug:   Error, // two documents at one address
	cycle:       Error, // documents that take one another in

	deadLink:          Warning, // or one to a heading that is not there
	noPicture:         Warning,
	unknownComponent:  Warning,
	unknownAdmonition: Warning,
	refusedTag:        Warning, // HTML that is not on the list
	openTag:           Warning,
	openCode:          Warning,
	openAdmonition:    Warning,
	openComment:       Warning,
	badPartial:        Warning, // what it should take in cannot be read
	unspokenLanguage:  Warning,
	unknownCommit:     Warning, // so nobody knows whether a translation is stale
	frontPage:         Warning, // of a Docusaurus project: loans stand there
	linkedFolder:      Warning, // so no loop of links is walked
	badSidebar:        Warning, // a menu, or a line of it, that is not read
	unreadVersions:    Warning, // documents of versions other than the current one
	badDates:          Warning, // a file of dates that cannot be read
	badDate:           Warning,
	strayHeading:      Warning, // maybe; told by [Tree.Strays] alone
	badRedirect:       Warning, // from where a document is, in a circle, or to nothing
}

// Finding is something wrong with a document. Of one file 50 are told at most, of a
// reading 10,000; a Finding with More set stands for those beyond.
type Finding struct {
	Severity Severity
	File     string // path in the content folder
	Line     int    // from 1; 0 where it is about the file as a whole
	Reason   string // 600 bytes at most
	More     int    // of how many others this only tells the number; else 0
}

// Count is how many faults the finding stands for: one, unless it tells of More.
func (f Finding) Count() int { return max(1, f.More) }

// String is the finding as a line for people: "docs/es/embed.md:12: …".
func (f Finding) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.File, f.Reason)
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Reason)
}
