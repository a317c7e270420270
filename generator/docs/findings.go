package docs

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// What is told of documents has bounds, since a page of a megabyte may have a fault
// every three bytes. Of what is beyond them only the number is told.
const (
	mostOfFile    = 50
	mostOfAll     = 10_000
	longestReason = 600 // bytes
)

// severityCount is how many severities there are.
const severityCount = int(Error) + 1

// findings collect what is wrong with files. Which are kept, where there are too many,
// does not depend on the order they come in: errors before warnings, then by file, by
// line and by reason.
type findings struct {
	files map[string]*fileFindings
	kept  int // in all files
}

// fileFindings are those of one file.
type fileFindings struct {
	kept []Finding
	all  [severityCount]int // that were told, kept or not
}

func (c *findings) find(what fault, file string, line int, format string, values ...any) {
	c.add(Finding{Severity: severities[what], File: file, Line: line, Reason: clipped(fmt.Sprintf(format, values...))})
}

// clipped is as much of a reason as is told: some quote what stands in a document.
func clipped(reason string) string {
	if len(reason) <= longestReason {
		return reason
	}
	end := longestReason
	for !utf8.RuneStart(reason[end]) {
		end--
	}
	return strings.TrimRight(reason[:end], " ") + "…"
}

func (c *findings) add(f Finding) {
	of := c.of(f.File)
	of.all[f.Severity]++
	of.kept = append(of.kept, f)
	c.kept++
	if len(of.kept) >= 2*mostOfFile {
		c.kept -= of.cut()
	}
	if c.kept >= 4*mostOfAll {
		c.cut()
	}
}

func (c *findings) of(file string) *fileFindings {
	of := c.files[file]
	if of == nil {
		if c.files == nil {
			c.files = map[string]*fileFindings{}
		}
		of = &fileFindings{}
		c.files[file] = of
	}
	return of
}

// merge adds all that others have, what they dropped among it.
func (c *findings) merge(others *findings) {
	for file, other := range others.files {
		dropped := other.dropped()
		for _, f := range other.kept {
			c.add(f)
		}
		for severity, n := range dropped {
			c.of(file).all[severity] += n
		}
	}
}

// cut drops what is too much for one file, and tells how many that are.
func (of *fileFindings) cut() (dropped int) {
	if dropped = len(of.kept) - mostOfFile; dropped <= 0 {
		return 0
	}
	slices.SortFunc(of.kept, byWeight)
	of.kept = slices.Clip(append([]Finding(nil), of.kept[:mostOfFile]...))
	return dropped
}

// dropped is how many of each severity are not kept.
func (of *fileFindings) dropped() [severityCount]int {
	left := of.all
	for _, f := range of.kept {
		left[f.Severity]--
	}
	return left
}

// cut drops what is too much for all files together.
func (c *findings) cut() {
	var all []Finding
	for _, of := range c.files {
		of.cut()
		all = append(all, of.kept...)
	}
	if len(all) > mostOfAll {
		slices.SortFunc(all, byWeight)
		all = all[:mostOfAll]
		for _, of := range c.files {
			of.kept = nil
		}
		for _, f := range all {
			c.files[f.File].kept = append(c.files[f.File].kept, f)
		}
	}
	c.kept = len(all)
}

// byWeight sorts what is kept rather than other things to the front.
func byWeight(a, b Finding) int {
	return cmp.Or(-cmp.Compare(a.Severity, b.Severity), inOrder(a.File, a.Line, b.File, b.Line), cmp.Compare(a.Reason, b.Reason))
}

// list is what is told, sorted by file and line. Behind what is told of a file, and of
// all, stands how many more there are.
func (c *findings) list() []Finding {
	c.cut()
	var told []Finding
	var rest, files [severityCount]int // of files of which nothing is told
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		of := c.files[name]
		slices.SortFunc(of.kept, func(a, b Finding) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Reason, b.Reason))
		})
		told = append(told, of.kept...)
		for severity, n := range of.dropped() {
			switch {
			case n == 0:
			case len(of.kept) == 0:
				rest[severity] += n
				files[severity]++
			default:
				told = append(told, more(Severity(severity), n, name, of.kept[len(of.kept)-1].Line, "of this file"))
			}
		}
	}
	for severity, n := range rest {
		if n > 0 {
			told = append(told, more(Severity(severity), n, ".", 0, fmt.Sprintf("of %d other files", files[severity])))
		}
	}
	return told
}

// more stands for findings that are not told.
func more(severity Severity, n int, file string, line int, whose string) Finding {
	kind := severity.String() + "s"
	if n == 1 {
		kind = severity.String()
	}
	return Finding{Severity: severity, File: file, Line: line, Reason: fmt.Sprintf("and %d more %s %s, not listed here", n, kind, whose), More: n}
}
