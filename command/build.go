package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loanleaf/generator"
	"loanleaf/generator/output"
	"loanleaf/site"
)

func (p *Program) buildCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "build",
		Short: "Write a static site from loan data",
		Long: `Build writes a static site: a page and a widget document for every loan, lists
by status, country, sector and partner, a sitemap, and oEmbed answers as files.

The folder is replaced as a whole when everything is written, so readers never
see half a site; files that did not change are kept as they are. A record that
cannot be read is set aside with its place and reason, and the others go on: the
exit code is 3 then, and --report has a line of JSON for each.`,
		Example: `  loanleaf build --data kiva_ds_json.zip --base-url https://loans.example
  loanleaf build --data loans.json --data partners.json --out public_html --report set-aside.jsonl
  loanleaf build --data sample --outputs page`,
		RunE: p.build,
	}
	flags := c.Flags()
	sharedFlags(flags)
	flags.String("out", "dist", "folder to write the site into")
	flags.String("report", "", "file for what was set aside, one line of JSON each (\"-\": standard output)")
	flags.Int("workers", runtime.GOMAXPROCS(0), "how many pages are made at the same time")
	flags.StringSlice("languages", nil, "languages of the site, the first one without a prefix")
	flags.StringSlice("outputs", []string{"page", "widget", "oembed"}, "what to write of each loan: page, widget, oembed")
	return c
}

func (p *Program) build(c *cobra.Command, _ []string) error {
	flags := c.Flags()
	s, err := p.readSettings(flags)
	if err != nil {
		return err
	}
	if err := p.envFlags(flags, "report", "workers", "outputs"); err != nil {
		return err
	}
	words, _ := flags.GetStringSlice("outputs")
	outputs, err := parseOutputs(words)
	if err != nil {
		return err
	}
	workers, _ := flags.GetInt("workers")
	if workers < 1 || workers > 1024 {
		return usage(fmt.Errorf("--workers: %d is not between 1 and 1024", workers), "leave it out to use every processor")
	}
	if s.BaseURL == "" {
		s.BaseURL = "http://" + defaultAddr
		p.note("no base address is set, so links say %s; set base_url or --base-url before publishing", s.BaseURL)
	}
	if s.OEmbed.Endpoint == "" {
		s.OEmbed.Endpoint = site.Static
	}
	if len(s.Data) == 0 {
		p.note("no data is given, so the site has no loans; give --data, or --data sample to see one")
	}
	if s.Content != "" {
		p.note("--content is not read by this version yet: the site has no documentation")
	}
	began := p.Now()
	report, _ := flags.GetString("report")
	return p.buildSite(c.Context(), &s, report, generator.Options{Workers: workers, Outputs: outputs}, began)
}

func (p *Program) buildSite(ctx context.Context, s *Settings, report string, o generator.Options, began time.Time) error {
	d, err := p.openData(ctx, s)
	if err != nil {
		return err
	}
	defer d.Close()
	made, pictures, err := newSite(s, d.sample)
	if err != nil {
		return err
	}
	if pictures != nil {
		o.Picture = pictures.Picture
	}
	out, err := output.Open(s.Out, output.Options{Version: fingerprint(s)})
	if err != nil {
		return err
	}
	defer out.Abort()
	progress := p.progress("building", d.Counts().Loans)
	o.Progress = progress.at
	if err := generator.Build(ctx, made, d.Store, d.date, out, o); err != nil {
		progress.end()
		return err
	}
	result, err := out.Commit(ctx)
	progress.end()
	if err != nil {
		return err
	}
	if err := p.copyReport(d.report, report); err != nil {
		return err
	}
	p.tellImport(d, report)
	fmt.Fprintf(p.Out, "%s: %s from %s: %s made, %s changed, %s kept, %s removed; %s set aside; %s\n",
		s.Out, counted(result.Made+result.Changed+result.Kept, "file", "files"), counted(d.Counts().Loans, "loan", "loans"),
		thousands(result.Made), thousands(result.Changed), thousands(result.Kept), thousands(result.Removed),
		counted(d.SetAside, "record", "records"), p.Now().Sub(began).Round(10*time.Millisecond))
	if d.SetAside > 0 {
		return errSetAside
	}
	return nil
}

// tellImport says what became of records that are on no page.
func (p *Program) tellImport(d *data, report string) {
	for _, note := range d.Notes {
		p.note("%s", note)
	}
	counts := d.Counts()
	if counts.Replaced > 0 {
		p.note("%s came more than once; the last one counts", counted(counts.Replaced, "record", "records"))
	}
	if counts.Withheld > 0 {
		p.note("%s of a status that is not public", counted(counts.Withheld, "loan is", "loans are"))
	}
	if d.Excluded > 0 {
		p.note("%s held back by your own list", counted(d.Excluded, "loan is", "loans are"))
	}
	if d.SetAside == 0 {
		return
	}
	fmt.Fprintf(p.Err, "%s %s set aside:\n", p.colour("33", "warning:"), counted(d.SetAside, "record was", "records were"))
	for _, line := range d.First {
		fmt.Fprintf(p.Err, "  %s\n", line)
	}
	if more := d.SetAside - len(d.First); more > 0 || report == "" {
		where := "all of them: --report FILE"
		if report != "" {
			where = "all of them: " + report
		}
		fmt.Fprintf(p.Err, "  %s\n", where)
	}
}

// parseOutputs reads the words of --outputs.
func parseOutputs(words []string) (generator.Outputs, error) {
	var o generator.Outputs
	for _, word := range words {
		switch strings.TrimSpace(word) {
		case "page":
			o.Page = true
		case "widget":
			o.Widget = true
		case "oembed":
			o.OEmbed = true
		default:
			return o, usage(fmt.Errorf("--outputs: there is no %q", word), "choose from page, widget, oembed, with commas between")
		}
	}
	if o == (generator.Outputs{}) {
		return o, usage(errors.New("--outputs: is empty"), "choose from page, widget, oembed, with commas between")
	}
	return o, nil
}

// fingerprint names the program and the settings that made a site, for its
// manifest.
func fingerprint(s *Settings) string {
	said, err := json.Marshal(struct {
		Version               string
		BaseURL, Name, OEmbed string
		Languages             []string
	}{version(), s.BaseURL, s.Name, s.OEmbed.Endpoint, s.Languages})
	if err != nil || len(said) > 1000 {
		return version()
	}
	return string(said)
}

// version is the program's, as Go recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "devel"
	}
	return strings.Trim(info.Main.Version, "()")
}

func (p *Program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version",
		Long: "Version prints the version of the program and of the Go release that built it.",
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(p.Out, "loanleaf %s %s\n", version(), runtime.Version())
			return err
		},
	}
}
