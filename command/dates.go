package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loanleaf/generator/docs"
	"loanleaf/locale"
	"loanleaf/site"
)

// docsMarkDates writes the file of dates of a content folder from git. Builds read
// that file and ask git nothing, so that the same folder makes the same site
// wherever it is built.
func (p *Program) docsMarkDates(c *cobra.Command) error {
	s, err := p.readSettings(c.Flags())
	if err != nil {
		return err
	}
	s.Languages = locale.Shipped() // a date is true whatever the site speaks
	made, folder, err := openContent(&s, c)
	if err != nil {
		return err
	}
	defer folder.Close()
	dates, err := gitDates(c.Context(), s.Content, p.Now())
	if err != nil {
		return withHint(fmt.Errorf("%s: %w", s.Content, err), "dates come from git; without it, write last_update into the front matter of documents")
	}
	noted := map[string]time.Time{}
	for _, kind := range []site.Kind{site.Doc, site.Prose} {
		tree, _ := docs.Read(folder.FS(), made, kind)
		for _, file := range tree.Files() {
			if day, ok := dates[file]; ok {
				noted[file] = day
			}
		}
	}
	file := filepath.Join(s.Content, docs.DatesFile)
	if err := writeFile(file, docs.Dates(noted), 0o644); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	fmt.Fprintf(p.Out, "%s: %s\n", file, counted(len(noted), "document", "documents"))
	return nil
}

// gitDates are the days on which the files of a folder changed last, by their
// paths in it: that of the newest commit, as its author's clock had it, or today for
// what is not committed as it is now.
func gitDates(ctx context.Context, folder string, now time.Time) (map[string]time.Time, error) {
	git := func(args ...string) (string, error) {
		out, err := exec.CommandContext(ctx, "git", append([]string{"-C", folder, "-c", "core.quotePath=false"}, args...)...).Output()
		if ended, ok := errors.AsType[*exec.ExitError](err); ok {
			said, _, _ := strings.Cut(strings.TrimSpace(string(ended.Stderr)), "\n")
			return "", fmt.Errorf("git %s: %s", args[0], said)
		}
		return string(out), err
	}
	dates := map[string]time.Time{}
	log, err := git("log", "--relative", "--name-only", "--no-renames", "--format=commit %as", "--", ".")
	if err != nil {
		return nil, err
	}
	var day time.Time
	for line := range strings.Lines(log) {
		line = strings.TrimSuffix(line, "\n")
		if date, ok := strings.CutPrefix(line, "commit "); ok {
			if at, err := time.Parse(time.DateOnly, date); err == nil {
				day = at
				continue
			}
		}
		if name := unquotedPath(line); name != "" && day.After(dates[name]) {
			dates[name] = day
		}
	}
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	for _, args := range [][]string{{"diff", "--name-only", "--relative", "--no-ext-diff", "HEAD", "--", "."}, {"ls-files", "--others", "--exclude-standard"}} {
		changed, err := git(args...)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(changed) {
			dates[unquotedPath(strings.TrimSuffix(line, "\n"))] = today
		}
	}
	return dates, nil
}

// unquotedPath is a path as git lists it, which quotes odd ones as C does.
func unquotedPath(line string) string {
	if plain, err := strconv.Unquote(line); err == nil && strings.HasPrefix(line, `"`) {
		return plain
	}
	return line
}

// writeFile writes a file, which readers find as it was or as it is then.
func writeFile(file string, body []byte, mode os.FileMode) error {
	next, err := os.CreateTemp(filepath.Dir(file), ".loanleaf-*")
	if err != nil {
		return err
	}
	defer os.Remove(next.Name())
	_, err = next.Write(body)
	if err := errors.Join(err, next.Chmod(mode), next.Close()); err != nil {
		return err
	}
	return os.Rename(next.Name(), file)
}
