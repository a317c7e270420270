package generator

import (
	"bytes"
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"loanleaf/generator/page"
	"loanleaf/site"
)

// remember finds out what the last generation was made from.
func (b *build) remember(ctx context.Context) error {
	b.packer, _ = b.out.(packer)
	k, ok := b.out.(keeper)
	if !ok || b.options.Program == "" {
		return nil
	}
	var err error
	if b.inputs, err = b.pages.Inputs(ctx, b.program()); err != nil {
		return err
	}
	if b.last, err = openMemo(k); err != nil {
		return err
	}
	b.keeper = k
	b.next, err = newMemo(k)
	return err
}

// program stands for the program and for what it is told to make: with other outputs
// a loan has other files, and a section of loans too.
func (b *build) program() string { return fmt.Sprintf("%s %+v", b.options.Program, b.options.Outputs) }

// leave ends what is left for the next generation.
func (b *build) leave() error {
	if b.next == nil {
		return nil
	}
	return b.next.finish()
}

// others makes every page that is not a loan's.
func (b *build) others(ctx context.Context) error {
	b.changed.sort()
	if err := b.last.readPages(); err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	addresses := make(chan site.Address, b.options.Workers)
	group.Go(func() error {
		defer close(addresses)
		for a, err := range b.pages.Walk(ctx, b.languages) {
			if err != nil {
				return err
			}
			if !b.wanted(a) {
				continue
			}
			select {
			case addresses <- a:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	for range b.options.Workers {
		group.Go(func() error {
			var w bytes.Buffer
			for a := range addresses {
				if err := b.other(ctx, &w, a); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// mostKept is the largest buffer, in bytes, that a worker keeps for the next page:
// a sitemap of documents may have 50 MB.
const mostKept = 1 << 20

// other makes a page that is not a loan's, or leaves it as it is.
func (b *build) other(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	file := b.site.File(a)
	var begun page.Begun
	if b.inputs != nil {
		var same bool
		var err error
		same, begun, err = b.same(ctx, a, file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if same {
			if kept, err := b.keeper.Keep(file); kept || err != nil {
				return err
			}
		}
	}
	if w.Reset(); w.Cap() > mostKept {
		*w = bytes.Buffer{}
	}
	if err := b.pages.Finish(ctx, w, a, begun); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return b.out.Write(file, w.Bytes())
}

// same tells whether a page would be what it was, and leaves word of it.
func (b *build) same(ctx context.Context, a site.Address, file string) (bool, page.Begun, error) {
	name := nameDigest(file)
	was, known := b.last.pages[name]
	answers, loans, ok, err := b.inputs.Answers(ctx, a)
	if err != nil {
		return false, page.Begun{}, err
	}
	if ok && known && answers == was.answers {
		b.next.page(name, was)
		return !b.changed.any(loans), page.Begun{}, nil
	}
	digest, loans, begun, ok, err := b.inputs.Page(ctx, a)
	if err != nil || !ok {
		return false, begun, err
	}
	b.next.page(name, pageDigests{digest, answers})
	return known && was.page == digest && !b.changed.any(loans), begun, nil
}
