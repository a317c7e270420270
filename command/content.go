package command

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
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
			n++
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
		if f.Line > 0 { // of a document
			findings[i].File = path.Join(s.Content, f.File)
		}
	}
	return findings
}

// tellFindings prints what is wrong with documents, all of it.
func (p *Program) tellFindings(d documents) {
	for _, f := range d.findings {
		colour := "33"
		if f.Severity == docs.Error {
			colour = "1;31"
		}
		fmt.Fprintf(p.Err, "%s %s\n", p.colour(colour, f.Severity.String()+":"), f)
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
	n := counted(len(b.documents.findings), "fault", "faults")
	return withHint(fmt.Errorf("--strict: documents have %s, so nothing was built", n), "mend what is listed above, or leave --strict out")
}

// logFindings tells the same to the log of a server.
func logFindings(log *slog.Logger, d documents) {
	for _, f := range d.findings {
		log.Warn("document", "severity", f.Severity.String(), "file", f.File, "line", f.Line, "reason", f.Reason)
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
		}{f.File, f.Line, f.Severity.String(), f.Reason})
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
	for _, f := range d.findings {
		lines = append(lines, f.String())
	}
	if len(lines) == 0 {
		return nil
	}
	return []server.Problem{{Text: strings.Join(lines, "\n")}}
}
