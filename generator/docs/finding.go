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

// Finding is something wrong with a document.
type Finding struct {
	Severity Severity
	File     string // path in the content folder
	Line     int    // from 1; 0 where it is about the file as a whole
	Reason   string
}

// String is the finding as a line for people: "docs/es/embed.md:12: …".
func (f Finding) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.File, f.Reason)
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Reason)
}
