package command

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"loanleaf/generator/docs"
	"loanleaf/locale"
	"loanleaf/site"
)

func (p *Program) docsCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "docs",
		Short:   "Look after documentation in several languages",
		Long:    "Docs tells how translations stand beside the documents they were made from.",
		Example: "  loanleaf docs status --content website",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.docsStatusCommand(), p.docsMarkCommand())
	return c
}

func (p *Program) docsStatusCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "status",
		Short: "Tell which translations are missing, stale, or built otherwise",
		Long: `Status compares every language of a content folder with its source, the first
language, and tells with file and line what is:

  missing    not translated
  orphan     there in a translation alone
  stale      made from a source that changed since: by default_lang_commit where
             git knows it, by the source_hash that "loanleaf docs mark" writes
  structure  of other headings, links, images, blocks of code, list items, items
             that begin in bold, quotations or admonitions than the source
  title      still titled as the source is

It lists what is wrong with documents themselves, too. The languages are those of
the settings, or where that is one alone, those that have a translation. The exit code is 1 when
there is something that --fail-on names, or anything wrong with a document and
--strict; else 3 when a document cannot be used; else 0.`,
		Example: `  loanleaf docs status --content website
  loanleaf docs status --fail-on stale,missing --strict
  loanleaf docs status --json`,
		RunE: p.docsStatus,
	}
	flags := c.Flags()
	docsFlags(c)
	flags.StringSlice("fail-on", nil, "states that make the exit code 1, among stale, missing, orphan, structure, title")
	flags.Bool("strict", false, "make it 1 for so much as a warning about a document")
	flags.Bool("json", false, "print all of it as JSON")
	return c
}

func (p *Program) docsMarkCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "mark FILE...",
		Short: "Note that translations are as new as their source, or when documents changed",
		Long: `Mark writes source_hash into the front matter of translations: a hash of the
source as it is now, without its front matter, empty lines and spaces at the ends
of lines. When the source changes, "loanleaf docs status" calls them stale.

With --dates it writes ` + docs.DatesFile + ` into the content folder instead: the day on
which each document changed last, as git has it, today for what is not committed yet.
Commit that file. Pages say "last updated" by it, feeds and sitemaps too, and a build
asks git nothing. What a document's front matter says (last_update, date) goes
before it.`,
		Example: "  loanleaf docs mark --content website website/docs/es/guide.md\n  loanleaf docs mark --content website --dates",
		RunE: func(c *cobra.Command, args []string) error {
			if dates, _ := c.Flags().GetBool("dates"); dates {
				return p.docsMarkDates(c)
			}
			return p.docsMark(c, args)
		},
	}
	docsFlags(c)
	c.Flags().Bool("dates", false, "write the days of last changes from git")
	return c
}

func docsFlags(c *cobra.Command) {
	c.Flags().String("content", "", "folder of documentation in Markdown (default: the setting)")
	c.Flags().String("config", "", "configuration file (default ./"+configFile+" when there is one)")
	c.Flags().StringSlice("languages", nil, "languages to compare, the source first (default: the setting, or those there are)")
}

// translations is documentation in every language that is asked about.
type translations struct {
	folder    string
	tree      *docs.Tree
	findings  []docs.Finding // files as seen from the content folder
	languages []*locale.Language
}

// openTranslations reads the documentation of a content folder. Where the
// settings name one language alone it reads all that the program speaks.
func (p *Program) openTranslations(c *cobra.Command) (translations, error) {
	s, err := p.readSettings(c.Flags())
	if err != nil {
		return translations{}, err
	}
	named := len(s.Languages) > 1
	for _, tag := range locale.Shipped() {
		if !named && !slices.Contains(s.Languages, tag) {
			s.Languages = append(slices.Clip(s.Languages), tag)
		}
	}
	made, folder, err := openContent(&s, c)
	if err != nil {
		return translations{}, err
	}
	defer folder.Close()
	t := translations{folder: s.Content}
	t.tree, t.findings = docs.Read(folder.FS(), made, site.Doc)
	_, moves := docs.NewMoves(made, t.tree)
	t.findings = slices.Concat(t.findings, moves, t.tree.Strays())
	if t.tree.Len("") == 0 && len(t.findings) == 0 {
		return translations{}, withHint(fmt.Errorf("%s holds no documentation", s.Content), "name a folder that holds docs/en or the like with --content")
	}
	for _, language := range append(slices.Clip(made.Languages()), t.tree.Guests()...) {
		if source := t.tree.Source(); source != nil && language.Tag != source.Tag && (named && made.Language(language.Tag) != nil || t.tree.Translated(language) > 0) {
			t.languages = append(t.languages, language)
		}
	}
	return t, nil
}

// openContent opens the content folder of the settings, and makes a site of their
// languages to read its documents for. The caller closes it.
func openContent(s *Settings, c *cobra.Command) (*site.Site, *os.Root, error) {
	if s.Content == "" || s.Content == ownContent {
		return nil, nil, usage(errors.New("no folder of documentation is named"), "name one with --content, or content in "+configFile)
	}
	made, err := site.New(site.Config{BaseURL: "http://" + defaultAddr, Name: "Loanleaf", Languages: s.Languages, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		return nil, nil, usage(fmt.Errorf("settings: %w", err), seeHelp(c))
	}
	folder, err := os.OpenRoot(s.Content)
	if err != nil {
		return nil, nil, withHint(fmt.Errorf("content: %w", err), "name a folder that holds docs/en or the like with --content")
	}
	return made, folder, nil
}

// statusReport is what docs status has to say, as JSON has it.
type statusReport struct {
	Languages []languageStatus `json:"languages"`
	Documents []docs.Standing  `json:"documents"`
	Findings  []foundFault     `json:"findings"`
}

// languageStatus is how many documents of a language are in each state.
type languageStatus struct {
	Language string             `json:"language"`
	Counts   map[docs.State]int `json:"documents"`
}

// foundFault is a finding, as JSON has it.
type foundFault struct {
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Severity string `json:"severity"`
	Reason   string `json:"reason"`
}

func (p *Program) docsStatus(c *cobra.Command, _ []string) error {
	flags := c.Flags()
	if err := p.envFlags(flags, "fail-on", "strict"); err != nil {
		return err
	}
	failOn, err := failingStates(flags.GetStringSlice("fail-on"))
	if err != nil {
		return err
	}
	t, err := p.openTranslations(c)
	if err != nil {
		return err
	}
	strict, _ := flags.GetBool("strict")
	report, failed := statusReport{Languages: []languageStatus{}, Documents: []docs.Standing{}, Findings: []foundFault{}}, false
	all := documents{findings: t.findings}
	for _, language := range t.languages {
		standings, findings := t.tree.Status(language, gitChanged(c.Context(), t.folder))
		counts := countStates(standings)
		for i := range standings {
			standings[i].File = filepath.Join(t.folder, standings[i].File)
			failed = failed || slices.Contains(failOn, standings[i].State)
		}
		report.Languages = append(report.Languages, languageStatus{language.Tag, counts})
		report.Documents = append(report.Documents, standings...)
		all.findings = append(all.findings, findings...)
	}
	for i, f := range all.findings {
		all.findings[i].File = filepath.Join(t.folder, f.File)
		report.Findings = append(report.Findings, foundFault{all.findings[i].File, f.Line, f.Severity.String(), f.Reason})
	}
	if asJSON, _ := flags.GetBool("json"); asJSON {
		encoder := json.NewEncoder(p.Out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		err = encoder.Encode(report)
	} else {
		p.tellFindings(all)
		err = p.printStatus(report)
	}
	switch {
	case err != nil:
		return err
	case failed || strict && len(all.findings) > 0:
		return errBroken
	case all.setAside() > 0:
		return errSetAside
	}
	return nil
}

// failingStates reads the words of --fail-on.
func failingStates(words []string, _ error) ([]docs.State, error) {
	choice := docs.States()[1:]
	var states []docs.State
	for _, word := range words {
		state := docs.State(strings.TrimSpace(word))
		if !slices.Contains(choice, state) {
			var names []string
			for _, s := range choice {
				names = append(names, string(s))
			}
			return nil, usage(fmt.Errorf("--fail-on: there is no %q", word), "choose from "+joined(names)+", with commas between")
		}
		states = append(states, state)
	}
	return states, nil
}

// countStates counts documents, each once for a state, however many faults it
// has.
func countStates(standings []docs.Standing) map[docs.State]int {
	counts, seen := map[docs.State]int{}, map[[2]string]bool{}
	for _, state := range docs.States() {
		counts[state] = 0
	}
	for _, s := range standings {
		if once := [2]string{s.Document, string(s.State)}; !seen[once] {
			seen[once] = true
			counts[s.State]++
		}
	}
	return counts
}

// printStatus prints a table of languages, then what is wrong, a line each.
func (p *Program) printStatus(report statusReport) error {
	w := bufio.NewWriter(p.Out)
	fmt.Fprintf(w, "%-8s", "language")
	for _, state := range docs.States() {
		fmt.Fprintf(w, "  %10s", state)
	}
	for _, l := range report.Languages {
		fmt.Fprintf(w, "\n%-8s", l.Language)
		for _, state := range docs.States() {
			fmt.Fprintf(w, "  %10d", l.Counts[state])
		}
	}
	fmt.Fprintln(w)
	for i, s := range report.Documents {
		if i == 0 || s.Language != report.Documents[i-1].Language {
			fmt.Fprintf(w, "\n%s\n", p.paint("1", s.Language))
		}
		colour := "33"
		if s.State == docs.Translated {
			colour = "32"
		}
		fmt.Fprintf(w, "  %s  %s:%d", p.paint(colour, fmt.Sprintf("%-10s", s.State)), s.File, s.Line)
		if s.Reason != "" {
			fmt.Fprintf(w, ": %s", s.Reason)
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// gitChanged asks git whether a file of a folder is another than at a commit,
// saved or not; nil where the folder is in no repository.
func gitChanged(ctx context.Context, folder string) docs.Changed {
	if exec.CommandContext(ctx, "git", "-C", folder, "rev-parse", "--git-dir").Run() != nil {
		return nil
	}
	return func(commit, file string) (bool, error) {
		unknown := fmt.Errorf("git does not know the commit %q here", commit)
		if strings.Trim(strings.ToLower(commit), "0123456789abcdef") != "" || len(commit) < 4 {
			return false, unknown
		}
		if exec.CommandContext(ctx, "git", "-C", folder, "cat-file", "-e", commit+"^{commit}").Run() != nil {
			return false, unknown
		}
		err := exec.CommandContext(ctx, "git", "-C", folder, "diff", "--quiet", "--no-ext-diff", commit, "--", file).Run()
		if ended, ok := errors.AsType[*exec.ExitError](err); ok && ended.ExitCode() == 1 {
			return true, nil
		}
		if err != nil {
			return false, fmt.Errorf("git diff: %w", err)
		}
		return false, nil
	}
}

func (p *Program) docsMark(c *cobra.Command, args []string) error {
	t, err := p.openTranslations(c)
	if err != nil {
		return err
	}
	type mark struct{ file, hash string }
	var marks []mark
	for _, file := range args { // all are known before one is written
		hash, ok := t.hashFor(file)
		if !ok {
			return withHint(fmt.Errorf("%s is no translation of a document of %s", file, t.folder), "name a file in Markdown whose path below its language's folder is that of a document of the source")
		}
		marks = append(marks, mark{file, hash})
	}
	for _, m := range marks {
		if err := markFile(m.file, m.hash); err != nil {
			return fmt.Errorf("%s: %w", m.file, err)
		}
		fmt.Fprintf(p.Out, "%s: source_hash %s\n", m.file, m.hash)
	}
	return nil
}

// someFiles takes the files that the command is about.
func someFiles(c *cobra.Command, args []string) error {
	dates, _ := c.Flags().GetBool("dates")
	if dates && len(args) > 0 {
		return usage(errors.New("--dates is about all documents and takes no file"), "leave the files out, or --dates")
	}
	if len(args) == 0 && !dates {
		return usage(errors.New("the file of a translation is missing"), "name one or more; "+seeHelp(c))
	}
	return nil
}

// hashFor is the hash of the source of a file, named as seen from the current
// folder.
func (t translations) hashFor(file string) (string, bool) {
	folder, err := filepath.Abs(t.folder)
	if err != nil {
		return "", false
	}
	whole, err := filepath.Abs(file)
	if err != nil {
		return "", false
	}
	below, err := filepath.Rel(folder, whole)
	if err != nil {
		return "", false
	}
	return t.tree.SourceHash(filepath.ToSlash(below))
}

// markFile writes a hash into a file.
func markFile(file, hash string) error {
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text, err := docs.MarkSource(string(body), hash)
	if err != nil || text == string(body) {
		return err
	}
	return writeFile(file, []byte(text), info.Mode().Perm())
}
