package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"loanleaf/generator"
	"loanleaf/generator/output"
	"loanleaf/generator/pack"
	"loanleaf/locale"
	"loanleaf/public"
	"loanleaf/site"
)

func (p *Program) buildCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "build",
		Short: "Write a static site from loan data",
		Long: `Build writes a static site: a page and a widget document for every loan, lists
by status, country, sector and partner, feeds, a sitemap, oEmbed answers as files,
and documentation from Markdown (--content). With --cards it also draws loans, and
lists, as pictures for previews of links and as badges.

The folder is replaced as a whole when everything is written, so readers never
see half a site; pages of which nothing changed are neither made again nor touched.
With --pack the folder holds some hundred ZIP archives with the same files in them,
which "loanleaf serve --dir" serves and "loanleaf unpack" takes out. A record that
cannot be read is set aside with its place and reason, and the others go on, and so
is a document: the exit code is 3 then, and --report has a line of JSON for each.
With --shard 2/8 it makes the pages of a share of the loans, in a folder of its own
beside that of --out, so that several processes can make a large site; --merge puts
the site together, the same to the last byte. A job that counts its tasks in
JOB_COMPLETION_INDEX says --shards 8.
With --strict, anything wrong with a document ends the build before it writes the
site, with the exit code 1.

Every flag may come from the environment instead (LOANLEAF_BASE_URL), and
settings of the site from loanleaf.yaml, which "loanleaf init" explains.`,
		Example: `  loanleaf build --data kiva_ds_json.zip --base-url https://loans.example
  loanleaf build --data loans.csv --data partners.json --out public_html --report set-aside.jsonl
  loanleaf build --data sample --outputs page
  loanleaf build --data kiva_ds_json.zip --cards featured.txt
  loanleaf build --data kiva_ds_json.zip --pack
  loanleaf build --data kiva_ds_json.zip --shard 2/8
  loanleaf build --data kiva_ds_json.zip --merge`,
		RunE: p.placing(p.build),
	}
	flags := c.Flags()
	sharedFlags(flags)
	flags.String("out", "dist", "folder to write the site into")
	flags.String("report", "", "file for what was set aside, one line of JSON each (\"-\": standard output)")
	flags.Int("workers", runtime.GOMAXPROCS(0), "how many pages are made at the same time")
	flags.StringSlice("languages", nil, "languages of the site among "+strings.Join(locale.Shipped(), ", ")+", the first one without a prefix (default: the setting, or en)")
	flags.StringSlice("outputs", []string{"page", "widget", "oembed"}, "what to write of each loan, and of each list: page, widget, oembed")
	flags.String("cards", "none", "loans whose card and badge are drawn as files: none, all (those of lists, too), or a file of loan ids")
	flags.Bool("dry-run", false, "say how many files and bytes the site would have, and write nothing")
	flags.Bool("pack", false, "keep the files in some hundred ZIP archives, for sites of many loans; \"loanleaf unpack\" takes them out")
	shardFlags(flags)
	flags.Bool("strict", false, "end with the exit code 1, and no site, when there is so much as a warning about a document")
	flags.Bool("yes", false, "write a site of more than "+thousands(manyFiles)+" files")
	return c
}

// manyFiles is from where on a plain folder of files becomes a burden: copying,
// listing and removing it takes longer than making it.
const manyFiles = 1_000_000

// filesOfLoan is more than any loan has, in all languages and with its part of
// the lists.
const filesOfLoan = 32

// maxWorkers is more than any machine gains from.
const maxWorkers = 1024

// building is one build: where it goes, and how.
type building struct {
	settings  Settings
	documents documents
	report    string // where the report goes; empty: nowhere
	dry, yes  bool   // --dry-run, --yes
	pack      bool   // --pack
	sharding  sharding
	options   generator.Options
	pictures  gallery // nil: none are served
	began     time.Time
}

func (p *Program) build(c *cobra.Command, _ []string) error {
	flags := c.Flags()
	s, err := p.readSettings(flags)
	if err != nil {
		return err
	}
	if err := p.envFlags(flags, "report", "workers", "outputs", "dry-run", "yes", "pack", "strict"); err != nil {
		return err
	}
	shards, err := p.readSharding(flags)
	if err != nil {
		return err
	}
	words, _ := flags.GetStringSlice("outputs")
	outputs, err := parseOutputs(words)
	if err != nil {
		return err
	}
	workers, _ := flags.GetInt("workers")
	if workers < 1 || workers > maxWorkers {
		return usage(fmt.Errorf("--workers: %d is not between 1 and %d", workers, maxWorkers), "leave it out to use every processor")
	}
	s.Content = contentFor(&s)
	if err := checkPlaces(&s); err != nil {
		return err
	}
	report, _ := flags.GetString("report")
	config, _ := configPath(flags)
	if err := checkReport(&s, config, report); err != nil {
		return err
	}
	noBase := s.BaseURL == ""
	if noBase {
		s.BaseURL = "http://" + defaultAddr
	}
	if s.OEmbed.Endpoint == "" {
		s.OEmbed.Endpoint = site.Static
	}
	files, err := newFiles(&s, public.Embedded())
	if err != nil {
		return err
	}
	made, pictures, err := newSite(&s, files)
	if err != nil {
		return err
	}
	if noBase {
		p.note("no base address is set, so links say %s; set base_url or --base-url before publishing", s.BaseURL)
	}
	if len(s.Data) == 0 {
		p.note("no data is given, so the site has no loans; give --data, or --data sample to see one")
	}
	p.noteContent(&s)
	p.collectLess(buildHeap)
	documents, err := p.openDocuments(&s, made)
	if err != nil {
		return err
	}
	p.tellFindings(documents)
	b := &building{settings: s, documents: documents, sharding: shards, pictures: pictures, began: p.Now()}
	b.options = generator.Options{Workers: workers, Outputs: outputs, Documents: documents.trees, Public: files}
	if b.report = report; shards.share.Of > 0 && report != "" {
		b.report = ""
		p.note("what was set aside is told once, in the report of --merge")
	}
	if strict, _ := flags.GetBool("strict"); strict && len(documents.findings) > 0 {
		return p.refuseFindings(b)
	}
	b.dry, _ = flags.GetBool("dry-run")
	b.yes, _ = flags.GetBool("yes")
	b.pack, _ = flags.GetBool("pack")
	if pictures != nil {
		b.options.Picture = pictures.Picture
	}
	return p.buildSite(c.Context(), made, b)
}

// buildSite opens what it writes to before it reads anything: a folder that
// cannot be written should cost no import.
func (p *Program) buildSite(ctx context.Context, made *site.Site, b *building) error {
	if b.dry {
		return p.dryRun(ctx, made, b)
	}
	if b.sharding.share.Of > 0 {
		if err := os.MkdirAll(sharesOf(b.settings.Out), 0o755); err != nil {
			return fmt.Errorf("share: %w", err)
		}
	}
	out, err := output.Open(b.folder(), output.Options{Version: fingerprint(&b.settings)})
	if err != nil {
		return err
	}
	defer out.Abort()
	d, err := p.takeIn(ctx, b)
	if err != nil {
		return err
	}
	defer d.Close()
	if !b.yes && !b.pack && d.Counts().Loans > manyFiles/filesOfLoan {
		if err := refuseMany(ctx, made, d, b.options); err != nil {
			return err
		}
	}
	written, err := p.write(ctx, made, d, out, b)
	if err != nil {
		return err
	}
	p.tellBuilt(b, d, written)
	if b.sharding.share.Of > 0 {
		return nil // what was set aside is the exit code of the build that has all
	}
	if d.SetAside+b.documents.setAside() > 0 {
		return errSetAside
	}
	return nil
}

// folder is what the build writes.
func (b *building) folder() string {
	if b.sharding.share.Of > 0 {
		return shareFolder(b.settings.Out, b.sharding.share)
	}
	return b.settings.Out
}

// takeIn reads the data and writes the report of it.
func (p *Program) takeIn(ctx context.Context, b *building) (*data, error) {
	report, err := p.openReport(b.report)
	if err != nil {
		return nil, err
	}
	open := p.openData
	if b.sharding.of > 0 || b.sharding.merge {
		open = p.together
	}
	d, err := open(ctx, &b.settings)
	if err != nil {
		return nil, errors.Join(err, report.close())
	}
	if err := errors.Join(d.copyReport(report), reportFindings(report, b.documents), report.close()); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	if b.sharding.share.Of > 0 {
		return d, nil
	}
	p.tellImport(d, whereReported(b.report))
	if len(b.settings.Data) > 0 && d.Counts().Loans == 0 {
		p.note("the data has no loans to show")
	}
	return d, nil
}

// written is what a build came to.
type written struct {
	output.Report
	packs pack.Report // of --pack
	loans int         // whose pages it has
}

// write makes the next generation of the folder.
func (p *Program) write(ctx context.Context, made *site.Site, d *data, out *output.Folder, b *building) (w written, err error) {
	total := d.Counts().Loans
	if b.sharding.share.Of > 0 {
		total = -1
	}
	progress := p.progress("making pages of loans", total)
	defer progress.end()
	options := b.options
	options.Progress = func(loans int) {
		w.loans = loans
		progress.at(loans)
	}
	if options.Program, err = programDigest(); err != nil {
		p.note("every page is made anew, since it cannot be told whether the program is the same (%v)", err)
	}
	if !b.pack {
		if err := p.fill(ctx, made, d, out, nil, b, options); err != nil {
			return w, err
		}
		w.Report, err = out.Commit(ctx)
		return w, err
	}
	packed, err := pack.Begin(out)
	if err != nil {
		return w, err
	}
	defer packed.Abort()
	if err := p.fill(ctx, made, d, out, packed, b, options); err != nil {
		return w, err
	}
	w.packs, err = packed.Commit(ctx)
	w.Report = w.packs.Report
	return w, err
}

// fill makes the files: of the whole site, of a share, or of the site of all shares.
// packed is nil unless they are packed into out.
func (p *Program) fill(ctx context.Context, made *site.Site, d *data, out *output.Folder, packed *pack.Writer, b *building, o generator.Options) error {
	if b.sharding.merge {
		return p.mergeShares(ctx, made, d, out, packed, b, o)
	}
	var to generator.Writer = out
	if packed != nil {
		to = packed
	}
	if b.sharding.share.Of > 0 {
		return p.makeShare(ctx, made, d, out, to, b, o)
	}
	return generator.Build(ctx, made, d.Store, d.date, to, o)
}

// tellBuilt is the last line of a build.
func (p *Program) tellBuilt(b *building, d *data, result written) {
	p.noteForeign(b.folder(), result.Report)
	files := counted(result.Made+result.Changed+result.Kept, "file", "files")
	if b.pack {
		files = counted(result.packs.Files, "page or file", "pages and files") + ", " + thousands(result.packs.Packed) + " of them anew, in " + files
	}
	loans := d.Counts().Loans
	if b.sharding.share.Of > 0 {
		files, loans = "share "+b.sharding.share.String()+", "+files, result.loans
	}
	fmt.Fprintf(p.words(b), "%s: %s from %s and %s: %s made, %s changed, %s kept, %s removed; %s set aside; %s\n",
		b.folder(), files,
		counted(loans, "loan", "loans"), counted(d.Counts().Partners, "partner", "partners"),
		thousands(result.Made), thousands(result.Changed), thousands(result.Kept), thousands(result.Removed),
		counted(d.SetAside, "record", "records"), p.Now().Sub(b.began).Round(10*time.Millisecond))
}

// noteForeign names files in a folder that are not the program's.
func (p *Program) noteForeign(dir string, result output.Report) {
	if result.ForeignCount == 0 {
		return
	}
	stay, names := "stay", strings.Join(result.Foreign, ", ")
	switch {
	case result.ForeignCount == 1:
		stay = "stays"
	case result.ForeignCount > len(result.Foreign):
		names += " …"
	}
	p.note("%s not made by loanleaf and %s: %s", counted(result.ForeignCount, "file in "+dir+" is", "files in "+dir+" are"), stay, names)
}

// tellImport says what became of records that are on no page. all is where the
// ones that were set aside can be read.
func (p *Program) tellImport(d *data, all string) {
	for _, note := range d.PassedOver.First {
		p.note("%s", note)
	}
	if more := d.PassedOver.Count - len(d.PassedOver.First); more > 0 {
		p.note("%s passed over", counted(more, "more file was", "more files were"))
	}
	counts := d.Counts()
	if counts.Replaced > 0 {
		p.note("%s came more than once; the last one counts", counted(counts.Replaced, "record", "records"))
	}
	if counts.Withheld > 0 {
		p.note("%s of a status that is not public", counted(counts.Withheld, "loan is", "loans are"))
	}
	if d.Excluded > 0 {
		p.note("%s held back by your own list", counted(d.Excluded, "record is", "records are"))
	}
	if d.SetAside == 0 {
		return
	}
	fmt.Fprintf(p.Err, "%s %s set aside:\n", p.colour("33", "warning:"), counted(d.SetAside, "record was", "records were"))
	for _, line := range d.First {
		fmt.Fprintf(p.Err, "  %s\n", line)
	}
	fmt.Fprintf(p.Err, "  all of them: %s\n", all)
}

// fingerprint names the program and the settings that made a site, for its
// manifest, which has room for some of them.
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
