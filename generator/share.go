package generator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/site"
)

// A Share is a part of a site's loans, so that several processes can make them: of
// the thousands of ids, every Of-th, beginning with the Number-th. It follows
// from a loan's id alone, so loans that come or go move no other ones to another
// share, and each share has old loans and new ones. The zero Share is all loans.
type Share struct {
	Number int // from 1 on
	Of     int
}

// shareSpan is how many ids go to a share together: a packer's Span divides it, so
// that a share has whole sections.
const shareSpan = 1000

// Has tells whether a loan is in the share.
func (s Share) Has(id int64) bool {
	return s.Of == 0 || int(id/shareSpan%int64(s.Of)) == s.Number-1
}

// String is "2/7".
func (s Share) String() string { return fmt.Sprintf("%d/%d", s.Number, s.Of) }

// errUnknown is a build of shares by a program of which nobody knows what it is.
var errUnknown = errors.New("it cannot be told whether all shares are of one program")

// BuildShare writes the pages of the loans of a share into out, and nothing else. With
// the files of all shares in one folder, [Merge] makes the rest: together they
// write, to the last byte, what [Build] writes. Options.Program has to be known.
func BuildShare(ctx context.Context, s *site.Site, source Source, dataDate time.Time, out Writer, share Share, o Options) error {
	b := newBuild(s, source, dataDate, out, o)
	b.share = share
	if err := b.loadPartners(ctx); err != nil {
		return err
	}
	if err := b.remember(ctx); err != nil {
		return err
	}
	defer b.last.close()
	if b.next == nil {
		return errUnknown
	}
	if err := b.loans(ctx); err != nil {
		return err
	}
	return b.leave()
}

// Basis stands for what shares have in common, loans, cards and pictures aside: those
// that make one site have the same. It is that of Options.Program, of the outputs, of the
// site's settings and of what stands around its pages.
func Basis(ctx context.Context, s *site.Site, source Source, dataDate time.Time, o Options) (page.Digest, error) {
	b := newBuild(s, source, dataDate, nil, o)
	inputs, err := b.pages.Inputs(ctx, b.program())
	if err != nil {
		return page.Digest{}, err
	}
	return inputs.Base(), nil
}

// records gives the loans of the share, in the order of their ids.
func (b *build) records(ctx context.Context) iter.Seq2[kiva.Record, error] {
	if b.share.Of == 0 {
		return b.source.Records(ctx)
	}
	return func(yield func(kiva.Record, error) bool) {
		spans, err := b.source.IDBuckets(ctx, shareSpan)
		if err != nil {
			yield(kiva.Record{}, err)
			return
		}
		for _, span := range spans {
			from := span * shareSpan
			if !b.share.Has(from) {
				continue
			}
			for record, err := range b.source.RecordsBetween(ctx, from, from+shareSpan) {
				if !yield(record, err) || err != nil {
					return
				}
			}
		}
	}
}

// Merge writes everything that is not a loan's into out, which has the files of the loans
// of all shares already. memos are what [BuildShare] left of each for the next
// build, the first share's first: from them Merge knows which loans there are, and
// which changed since the last generation of out.
func Merge(ctx context.Context, s *site.Site, source Source, dataDate time.Time, out Writer, memos []io.ReadCloser, o Options) error {
	b := newBuild(s, source, dataDate, out, o)
	if err := b.remember(ctx); err != nil {
		return err
	}
	defer b.last.close()
	if b.next == nil {
		return errUnknown
	}
	if err := b.remembered(ctx, memos); err != nil {
		return err
	}
	done, err := b.shelve(ctx)
	if err != nil {
		return err
	}
	defer done() // it is nobody's any more
	return b.rest(ctx)
}

// remembered takes the digests of all loans from the memos of the shares.
func (b *build) remembered(ctx context.Context, memos []io.ReadCloser) (err error) {
	var shares []*lastMemo
	defer func() {
		for _, share := range shares {
			err = errors.Join(err, share.close())
		}
	}()
	for i, memo := range memos {
		share, err := readMemo(memo)
		if err == nil && share.buf == nil {
			err = errors.New("it is of another version of the program")
		}
		if err != nil {
			return fmt.Errorf("what share %d left: %w", i+1, err)
		}
		shares = append(shares, share)
	}
	for number := 0; ; number++ {
		entries, loans, err := b.span(shares)
		if err != nil {
			return err
		}
		if loans == 0 {
			break
		}
		b.next.loans(number, entries)
		b.done.Add(int64(loans))
		b.report()
		if err := context.Cause(ctx); err != nil {
			return err
		}
	}
	if len(b.kinds()) == 0 {
		return nil
	}
	info, err := b.source.ListInfo(ctx, kiva.List{Kind: kiva.AllLoans})
	if err != nil && !errors.Is(err, kiva.ErrNotFound) {
		return err
	}
	if made := int(b.done.Load()); made != info.Count {
		return fmt.Errorf("the shares have %d loans, and the data has %d", made, info.Count)
	}
	return nil
}

// span reads the next loans: those of one span of ids, which one share has.
func (b *build) span(shares []*lastMemo) (entries []byte, loans int, err error) {
	var from *lastMemo
	for _, share := range shares {
		if share.next != 0 && (from == nil || share.next < from.next) {
			from = share
		}
	}
	if from == nil {
		return nil, 0, nil
	}
	var changed []int64
	for end := (from.next/shareSpan + 1) * shareSpan; from.next != 0 && from.next < end; loans++ {
		id := from.next
		now, err := from.loan(id)
		if err != nil {
			return nil, 0, err
		}
		if _, err := b.last.skip(id); err != nil {
			return nil, 0, err
		}
		was, err := b.last.loan(id)
		if err != nil {
			return nil, 0, err
		}
		if now.Card != was.Card {
			changed = append(changed, id)
		}
		entries = appendLoan(entries, id, now)
	}
	b.changed.add(loans, changed)
	return entries, loans, nil
}
