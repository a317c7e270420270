package command

import (
	"context"
	"fmt"

	"loanleaf/generator"
	"loanleaf/site"
)

// dryRun reads the data, says what a build would come to, and writes nothing.
func (p *Program) dryRun(ctx context.Context, made *site.Site, b *building) error {
	d, err := p.takeIn(ctx, b)
	if err != nil {
		return err
	}
	defer d.Close()
	would, err := generator.Project(ctx, made, d.Store, d.date, b.options, generator.Sampled)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.words(b), "%s would hold %s and %s from %s; projected from %s, nothing was written\n",
		b.settings.Out, counted(would.Files, "file", "files"), bytesOf(would.Bytes), counted(would.Loans, "loan", "loans"),
		counted(would.Sampled, "of them", "of them"))
	if d.SetAside+b.documents.setAside() > 0 {
		return errSetAside
	}
	return nil
}

// refuseMany stops a build that would fill a folder with more files than its
// owner may have thought of.
func refuseMany(ctx context.Context, made *site.Site, d *data, o generator.Options) error {
	// How many files there are is known from few pages, how large they are is not.
	would, err := generator.Project(ctx, made, d.Store, d.date, o, generator.SampledFew)
	if err != nil || would.Files <= manyFiles {
		return err
	}
	if would, err = generator.Project(ctx, made, d.Store, d.date, o, generator.Sampled); err != nil {
		return err
	}
	return tooMany(would, manyFiles)
}

// tooMany refuses a site of more files than most.
func tooMany(would generator.Projection, most int) error {
	if would.Files <= most {
		return nil
	}
	return usage(fmt.Errorf("the site would hold %s and %s", counted(would.Files, "file", "files"), bytesOf(would.Bytes)),
		"say --yes to write them, or write less with --outputs")
}

// bytesOf is a size as people say it.
func bytesOf(n int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}} {
		if n >= unit.size {
			return fmt.Sprintf("%.1f %s", float64(n)/float64(unit.size), unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
