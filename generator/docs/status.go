package docs

import (
	"fmt"
	"slices"
	"strings"

	"loanleaf/locale"
)

// State is how a document stands in a language other than the source's.
type State string

// The states. A document may be in several of the last four at once.
const (
	Translated State = "translated" // nothing is wrong
	Missing    State = "missing"    // the language does not have it
	Orphan     State = "orphan"     // the source does not have it
	Stale      State = "stale"      // the source changed since
	Structure  State = "structure"  // it is built otherwise than the source
	Title      State = "title"      // its title is still that of the source
)

// States are all of them, in the order that they are shown in.
func States() []State { return []State{Translated, Stale, Missing, Orphan, Structure, Title} }

// Standing is a state of a document in a language.
type Standing struct {
	Language string `json:"language"`
	Document string `json:"document"` // its path below the language's folder, without its ending
	State    State  `json:"state"`
	File     string `json:"file"` // path in the content folder; of a missing one the source's
	Line     int    `json:"line"` // from 1
	Reason   string `json:"reason,omitempty"`
}

// Changed tells whether a file of the content folder is another now than at a
// commit; an error where that cannot be told.
type Changed func(commit, file string) (bool, error)

// Status compares what a language has with the source: a line for each document
// that is as it should be, else one for each fault. A translation is stale when
// neither its source_hash nor, where changed is not nil, its default_lang_commit is
// that of the source as it is; one with neither is never stale. Findings are the
// commits that cannot be compared. Drafts, documents that were set aside and
// indexes made for folders are passed over. The source language has no status.
func (t *Tree) Status(language *locale.Language, changed Changed) (standings []Standing, findings []Finding) {
	if t.source == nil || language.Tag == t.source.Tag {
		return nil, nil
	}
	own, source := t.documents[language.Tag], t.documents[t.source.Tag]
	for key, from := range source {
		d := own[key]
		switch {
		case from.category != nil || t.withheld[language.Tag][key]:
		case d == nil:
			standings = append(standings, Standing{language.Tag, key, Missing, from.file, 1, "is not translated"})
		default:
			faults, unknown := compareDocuments(d, from, changed)
			standings, findings = append(standings, faults...), append(findings, unknown...)
		}
	}
	for key, d := range own {
		if source[key] == nil && d.category == nil && !t.withheld[t.source.Tag][key] {
			standings = append(standings, Standing{language.Tag, key, Orphan, d.file, 1, "the source has no document of that path"})
		}
	}
	order := States()
	slices.SortStableFunc(standings, func(a, b Standing) int {
		if by := inOrder(a.File, a.Line, b.File, b.Line); by != 0 {
			return by
		}
		return slices.Index(order, a.State) - slices.Index(order, b.State)
	})
	slices.SortFunc(findings, func(a, b Finding) int { return inOrder(a.File, a.Line, b.File, b.Line) })
	return standings, findings
}

// compareDocuments tells what is wrong with a translation.
func compareDocuments(d, from *document, changed Changed) (standings []Standing, findings []Finding) {
	add := func(state State, line int, reason string) {
		standings = append(standings, Standing{d.language.Tag, d.key, state, d.file, max(line, 1), reason})
	}
	line, reason, err := staleness(d, from, changed)
	if err != nil {
		findings = append(findings, Finding{Severity: severities[unknownCommit], File: d.file, Line: line, Reason: err.Error()})
	} else if reason != "" {
		add(Stale, line, reason)
	}
	for _, difference := range d.outline.differences(&from.outline) {
		add(Structure, difference.line, difference.reason)
	}
	if sameTitle(d.title, from.title) {
		line := d.matter.line("title")
		if !d.matter.says("title") && len(d.outline[headings]) > 0 {
			line = d.outline[headings][0].line
		}
		add(Title, line, fmt.Sprintf("is titled %q, as the source is", d.title))
	}
	if len(standings) == 0 {
		add(Translated, 1, "")
	}
	return standings, findings
}

// staleness is why a translation is stale, if it is, and on which line it says
// what it was made from.
func staleness(d, from *document, changed Changed) (line int, reason string, err error) {
	hash, commit := string(d.matter.SourceHash), string(d.matter.SourceCommit)
	if hash == from.hash {
		return 0, "", nil
	}
	if hash != "" {
		line, reason = d.matter.line("source_hash"), fmt.Sprintf("%s changed since this was marked; its source_hash is %s now", from.file, from.hash)
	}
	if commit == "" || changed == nil {
		return line, reason, nil
	}
	is, err := changed(commit, from.file)
	switch {
	case err != nil && reason == "":
		return d.matter.line("default_lang_commit"), "", fmt.Errorf("whether it is stale cannot be told: %w", err)
	case err != nil:
		return line, reason, nil
	case !is:
		return 0, "", nil
	}
	return d.matter.line("default_lang_commit"), fmt.Sprintf("%s changed since commit %s", from.file, commit), nil
}

// sameTitle tells whether a title was left as it was. One word is often the same
// in many languages, as names are.
func sameTitle(own, source string) bool {
	return len(strings.Fields(own)) > 1 && strings.EqualFold(own, source)
}

// withhold notes that there is a document that is not shown.
func (t *Tree) withhold(language, key string) {
	if t.withheld[language] == nil {
		t.withheld[language] = map[string]bool{}
	}
	t.withheld[language][key] = true
}

// SourceHash is the source_hash of a translation that is as new as its source;
// false where the file, a path in the content folder, is no translation of
// anything.
func (t *Tree) SourceHash(file string) (hash string, ok bool) {
	if t.source == nil {
		return "", false
	}
	for tag, documents := range t.documents {
		for key, d := range documents {
			from := t.documents[t.source.Tag][key]
			if d.file == file && d.category == nil && tag != t.source.Tag && from != nil {
				return from.hash, true
			}
		}
	}
	return "", false
}

// MarkSource writes a source_hash into the front matter of a document's text,
// which may have none, and leaves everything else as it is.
func MarkSource(text, hash string) (string, error) {
	bom := ""
	if rest, ok := strings.CutPrefix(text, "\ufeff"); ok {
		bom, text = "\ufeff", rest
	}
	end := "\n"
	if first, _, _ := strings.Cut(text, "\n"); strings.HasSuffix(first, "\r") {
		end = "\r\n"
	}
	said := "source_hash: \"" + hash + "\"" + end
	front, _, count, err := cutMatter(strings.ReplaceAll(text, "\r\n", "\n"))
	if err != nil {
		return "", fmt.Errorf("front matter: %w", err)
	}
	if count == 0 {
		return bom + fence + end + said + fence + end + text, nil
	}
	m, err := parseMatter(front)
	if err != nil {
		return "", fmt.Errorf("front matter: %w", err)
	}
	lines := strings.SplitAfter(text, "\n")
	if at := m.lines["source_hash"]; at > 0 {
		lines[at-1] = said
	} else {
		lines = slices.Insert(lines, count-1, said)
	}
	return bom + strings.Join(lines, ""), nil
}
