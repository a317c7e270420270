package docs

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"loanleaf/site"
)

// barred is a folder in which one file or folder is there and cannot be opened.
type barred struct {
	fs.FS
	name  string
	asked bool
}

func (b *barred) Open(name string) (fs.File, error) {
	if name == b.name {
		b.asked = true
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("input/output error")}
	}
	return b.FS.Open(name)
}

func (b *barred) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == b.name {
		b.asked = true
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("input/output error")}
	}
	return fs.ReadDir(b.FS, name)
}

func (b *barred) Stat(name string) (fs.FileInfo, error) { return fs.Stat(b.FS, name) }

// TestWhatIsThereAndFailsIsSetAside bars every file and folder that a site's documents
// come from, one after another: the build must not end as if all was well.
func TestWhatIsThereAndFailsIsSetAside(t *testing.T) {
	for name, files := range map[string][]string{
		"plain":      {"docs/en/a.md", "# A\n\n![b](b.svg)\n\nimport C from './_c.md'\n\n<C />", "docs/en/b.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>", "docs/en/_c.md", "c", "docs/en/deep/d.md", "# D", "docs/es/a.md", "# A", DatesFile, "docs/en/a.md: 2026-11-20\n"},
		"root":       {"en/a.md", "# A", "es/a.md", "# A"},
		"Docusaurus": {"docusaurus.config.js", "module.exports = {i18n: {defaultLocale: 'en', locales: ['en', 'es']}}", "sidebars.json", `{"docs": ["a"]}`, "docs/a.md", "# A", "docs/b.md", "# B", "i18n/es/docusaurus-plugin-content-docs/current/a.md", "# A", "i18n/es/docusaurus-plugin-content-docs/current.json", "{}"},
	} {
		t.Run(name, func(t *testing.T) {
			all := folder(files...)
			if _, findings := Read(all, newSite(t, "en", "es"), site.Doc); len(findings) > 0 {
				t.Fatalf("with nothing wrong it finds %v", findings)
			}
			count := 0
			err := fs.WalkDir(all, ".", func(name string, _ fs.DirEntry, err error) error {
				if err != nil {
					return err
				}
				b := &barred{FS: all, name: name}
				_, findings := Read(b, newSite(t, "en", "es"), site.Doc)
				if !b.asked {
					return nil
				}
				count++
				for _, f := range findings {
					if f.Severity == Error && f.File == name && strings.Contains(f.Reason, "input/output error") {
						return nil
					}
				}
				t.Errorf("%s cannot be read, and it finds %v", name, findings)
				return nil
			})
			if err != nil || count < 4 {
				t.Errorf("%d files and folders: %v", count, err)
			}
		})
	}
}

// TestWhatIsNotThereIsNoFailure has links that lead nowhere and names below files.
func TestWhatIsNotThereIsNoFailure(t *testing.T) {
	w := newWitness(folder("docs/en/a.md", "# A"))
	for _, name := range []string{"gone", "docs/en/a.md/below", "docs/en/a.md"} {
		fs.ReadDir(w, name)
		if file, err := w.Open(name); err == nil {
			file.Close()
		}
	}
	var found findings
	if w.tell(&found); len(found.list()) > 0 {
		t.Errorf("found %v", found.list())
	}
}
