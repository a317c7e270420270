package command

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"slices"
	"strings"

	"loanleaf/content"
	"loanleaf/generator/docs"
	"loanleaf/server"
	"loanleaf/site"
)

// ownContent is the value of --content that means the documentation that is
// part of the program.
const ownContent = "loanleaf"

// contentFor is the content folder that is meant where none is named: nobody who
// has loans to show publishes our documentation by accident.
func contentFor(s *Settings) string {
	if s.Content == "" && len(s.Data) == 0 && s.documented() {
		return ownContent
	}
	return s.Content
}

// documented tells whether the site has documentation at all.
func (s *Settings) documented() bool { return s.Docs != "off" && s.Docs != "false" }

func (s *Settings) checkDocs() error {
	switch s.Docs {
	case "", "on", "off", "true", "false":
		return nil
	}
	return usage(fmt.Errorf("docs: %q is neither on nor off", s.Docs), "leave it out to have documentation where there is any, or say off")
}

// documents are those of a site, with what was wrong with some.
type documents struct {
	trees    []*docs.Tree
	findings []docs.Finding // files as seen from the current folder
}

// setAside is how many faults kept a document from being there.
func (d documents) setAside() int {
	n := 0
	for _, f := range d.findings {
		if f.Severity == docs.Error {
			n += f.Count()
		}
	}
	return n
}

// noteContent says whose documentation it is where nobody asked for it.
func (p *Program) noteContent(s *Settings) {
	if s.Content == ownContent {
		p.note("the documentation is that of Loanleaf itself; --content FOLDER gives your own, docs: off none")
	}
}

// openDocuments reads the content folder.
func (p *Program) openDocuments(s *Settings, made *site.Site) (documents, error) {
	if err := s.checkDocs(); err != nil {
		return documents{}, err
	}
	switch s.Content {
	case "":
		return documents{findings: movesFindings(s, made, nil)}, nil
	case ownContent:
		return readDocuments(content.Files(), s, made), nil
	}
	info, err := os.Stat(s.Content)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is a file", s.Content)
	}
	if err != nil {
		return documents{}, withHint(fmt.Errorf("content: %w", err), "name a folder that holds docs/en or the like with --content, or "+ownContent+" for the documentation of the program itself")
	}
	folder, err := os.OpenRoot(s.Content)
	if err != nil {
		return documents{}, fmt.Errorf("content: %w", err)
	}
	defer folder.Close()
	files := folder.FS()
	p.makeRoom(files)
	d := readDocuments(files, s, made)
	if len(d.trees) == 0 && len(d.findings) == 0 {
		p.note("%s holds neither docs/LANGUAGE nor pages/LANGUAGE, so the site has no documentation", s.Content)
	}
	return d, nil
}

// readDocuments reads documentation, unless it is turned off, and the
// operator's own pages.
func readDocuments(files fs.FS, s *Settings, made *site.Site) documents {
	var d documents
	for _, kind := range []site.Kind{site.Doc, site.Prose} {
		if kind == site.Doc && !s.documented() {
			continue
		}
		read := docs.Read
		if s.Content == ownContent { // whoever publishes ours did not write it
			read = docs.ReadSpoken
		}
		tree, findings := read(files, made, kind)
		for _, f := range findings {
			f.File = path.Join(s.Content, f.File)
			d.findings = append(d.findings, f)
		}
		if tree.Len("") > 0 {
			d.trees = append(d.trees, tree)
		}
	}
	d.findings = append(d.findings, movesFindings(s, made, d.trees)...)
	return d
}

// movesFindings are what is wrong with redirects, those of the settings and those
// of documents, and with links from one kind of documents to the other.
func movesFindings(s *Settings, made *site.Site, trees []*docs.Tree) []docs.Finding {
	moves, findings := docs.NewMoves(made, trees...)
	findings = append(findings, docs.CheckAcross(moves, trees...)...)
	for i, f := range findings {
		if f.Line > 0 || f.File == "." { // of a document, or of several
			findings[i].File = path.Join(s.Content, f.File)
		}
	}
	return findings
}

// mostTold is how many faults of documents are told on the screen and in a log; the
// report has as many as package docs tells.
const mostTold = 200

// told are the findings to tell, and how many faults there are beyond them. Where not
// all are told, those that set a document aside come first.
func (d documents) told() (told []docs.Finding, more int) {
	if len(d.findings) <= mostTold {
		return d.findings, 0
	}
	told = slices.Clone(d.findings)
	slices.SortStableFunc(told, func(a, b docs.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	for _, f := range told[mostTold:] {
		more += f.Count()
	}
	return told[:mostTold], more
}

// count is how many faults there are.
func (d documents) count() (n int) {
	for _, f := range d.findings {
		n += f.Count()
	}
	return n
}

// tellFindings prints what is wrong with documents.
func (p *Program) tellFindings(d documents) {
	told, more := d.told()
	for _, f := range told {
		colour := "33"
		if f.Severity == docs.Error {
			colour = "1;31"
		}
		fmt.Fprintf(p.Err, "%s %s\n", p.colour(colour, f.Severity.String()+":"), f)
	}
	if more > 0 {
		fmt.Fprintf(p.Err, "and %s; build --report FILE lists them\n", counted(more, "more fault of documents", "more faults of documents"))
	}
	if n := d.setAside(); n > 0 {
		fmt.Fprintf(p.Err, "%s set aside\n", counted(n, "document was", "documents were"))
	}
}

// refuseFindings ends a strict build: the report has what was found, and
// nothing else is written.
func (p *Program) refuseFindings(b *building) error {
	report, err := p.openReport(b.report)
	if err != nil {
		return err
	}
	if err := errors.Join(reportFindings(report, b.documents), report.close()); err != nil {
		return err
	}
	n := counted(b.documents.count(), "fault", "faults")
	return withHint(fmt.Errorf("--strict: documents have %s, so nothing was built", n), "mend what is listed above, or leave --strict out")
}

// logFindings tells the same to the log of a server.
func logFindings(log *slog.Logger, d documents) {
	told, more := d.told()
	for _, f := range told {
		log.Warn("document", "severity", f.Severity.String(), "file", f.File, "line", f.Line, "reason", f.Reason)
	}
	if more > 0 {
		log.Warn("documents have more faults than are told here", "faults", more)
	}
}

// reportFindings writes a line for each into the report, after those of
// records.
func reportFindings(to target, d documents) error {
	var errs []error
	for _, f := range d.findings {
		line, err := json.Marshal(struct {
			File     string `json:"file"`
			Line     int    `json:"line,omitempty"`
			Severity string `json:"severity"`
			Reason   string `json:"reason"`
			More     int    `json:"more,omitempty"`
		}{f.File, f.Line, f.Severity.String(), f.Reason, f.More})
		if err == nil {
			_, err = to.Write(append(line, '\n'))
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("report: %w", err))
		}
	}
	return errors.Join(errs...)
}

// ofDocuments are the faults of documents, as a problem to show over pages.
func ofDocuments(d documents) []server.Problem {
	var lines []string
	told, more := d.told()
	for _, f := range told {
		lines = append(lines, f.String())
	}
	if more > 0 {
		lines = append(lines, "and "+counted(more, "more fault", "more faults"))
	}
	if len(lines) == 0 {
		return nil
	}
	return []server.Problem{{Text: strings.Join(lines, "\n")}}
}
