package command

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"loanleaf/generator"
	"loanleaf/generator/output"
	"loanleaf/generator/pack"
	"loanleaf/site"
	"loanleaf/store"
)

// sharding is how a build is shared out among processes.
type sharding struct {
	share generator.Share // the one to build; zero: no share
	merge bool            // make the site of all shares
	of    int             // how many shares there are; 0: as many as are found
}

// mostShares is more than gain anything: a share of two million loans has two
// thousand of them then.
const mostShares = 1000

// jobIndex is the variable in which indexed batch jobs count their tasks, from 0 on.
const jobIndex = "JOB_COMPLETION_INDEX"

func shardFlags(flags *pflag.FlagSet) {
	flags.String("shard", "", "build one share of the loans, such as 2/8, in a folder of its own beside that of --out; --merge makes the site of all of them")
	flags.Int("shards", 0, "how many shares there are: with --merge, or in a job that counts its tasks in "+jobIndex+", whose share is then built")
	flags.Bool("merge", false, "make the site of the shares that --shard has built")
}

// readSharding reads the flags, and the index of a batch job's task.
func (p *Program) readSharding(flags *pflag.FlagSet) (sharding, error) {
	var s sharding
	if err := p.envFlags(flags, "shard", "shards", "merge"); err != nil {
		return s, err
	}
	words, _ := flags.GetString("shard")
	s.of, _ = flags.GetInt("shards")
	s.merge, _ = flags.GetBool("merge")
	if (s.of != 0 || flags.Changed("shards")) && (s.of < 1 || s.of > mostShares) {
		return s, usage(fmt.Errorf("--shards: %d is not between 1 and %d", s.of, mostShares), "")
	}
	if dry, _ := flags.GetBool("dry-run"); dry && (words != "" || s.of > 0 || s.merge) {
		return s, usage(errors.New("--dry-run tells of the whole site, not of shares"), "leave out --shard, --shards and --merge")
	}
	switch {
	case s.merge && words != "":
		return s, usage(errors.New("--shard and --merge exclude each other"), "build every share first, then merge them")
	case s.merge:
		return s, nil
	case words != "":
		share, err := parseShare(words)
		if err == nil && s.of != 0 && s.of != share.Of {
			err = usage(fmt.Errorf("--shard %s is not one of --shards %d", words, s.of), "leave --shards out")
		}
		s.share, s.of = share, share.Of
		return s, err
	case s.of == 0:
		return s, nil
	}
	index, _ := p.LookupEnv(jobIndex)
	if index == "" {
		return s, usage(fmt.Errorf("--shards %d does not say which share to build", s.of), "say --shard 1/"+strconv.Itoa(s.of)+", or --merge, or run it as a job that sets "+jobIndex)
	}
	number, err := strconv.ParseUint(index, 10, 31)
	if err != nil || int(number) >= s.of {
		return s, usage(fmt.Errorf("%s: %q is not between 0 and %d", jobIndex, index, s.of-1), "give the job as many completions as there are --shards")
	}
	s.share = generator.Share{Number: int(number) + 1, Of: s.of}
	return s, nil
}

// parseShare reads "2/8".
func parseShare(words string) (generator.Share, error) {
	number, of, _ := strings.Cut(words, "/")
	i, err := strconv.ParseUint(number, 10, 31)
	n, err2 := strconv.ParseUint(of, 10, 31)
	if errors.Join(err, err2) != nil || i < 1 || i > n || n > mostShares {
		return generator.Share{}, usage(fmt.Errorf("--shard: %q is not a share such as 2/8", words), fmt.Sprintf("shares count from 1: the first of eight is 1/8, the last 8/8; %d are the most", mostShares))
	}
	return generator.Share{Number: int(i), Of: int(n)}, nil
}

// sharesOf is the folder in which the shares of a site are, beside the site's.
func sharesOf(out string) string { return filepath.Clean(out) + ".shares" }

func shareFolder(out string, share generator.Share) string {
	return filepath.Join(sharesOf(out), fmt.Sprintf("%d-of-%d", share.Number, share.Of))
}

// shareFile says in the folder of a share what it was made from. All other files there
// are the site's.
const shareFile = "share.json"

// shareSummary is what that file says. Shares make one site where all but Share are the
// same.
type shareSummary struct {
	Share         int    `json:"share"`
	Of            int    `json:"of"`
	Version       string `json:"version"`
	Program       string `json:"program"`       // SHA-256 of its file
	Data          string `json:"data"`          // the key of the loans' store
	Configuration string `json:"configuration"` // of settings, outputs, documents, cards and pictures
	Packed        bool   `json:"packed"`
}

// summarise says what a share would be made from now.
func (p *Program) summarise(ctx context.Context, made *site.Site, d *data, b *building) (shareSummary, error) {
	s := shareSummary{Share: b.sharding.share.Number, Of: b.sharding.of, Version: version(), Data: d.Key, Packed: b.pack}
	var err error
	if s.Program, err = programDigest(); err != nil {
		return s, err
	}
	options := b.options
	options.Program = s.Program
	basis, err := generator.Basis(ctx, made, d.Store, d.date, options)
	if err != nil {
		return s, err
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%x %q ", basis, b.settings.Cards)
	if b.settings.Cards != "" && b.settings.Cards != noCards && b.settings.Cards != allCards {
		ids, err := readIDs(b.settings.Cards)
		if err != nil {
			return s, err
		}
		fmt.Fprint(sum, ids) // fmt sorts by key
	}
	if f, ok := b.pictures.(*folder); ok {
		if err := f.identify(sum); err != nil {
			return s, err
		}
	}
	s.Configuration = fmt.Sprintf("%x", sum.Sum(nil))[:32]
	return s, nil
}

// stale tells why a share does not fit what is wanted; empty where it does.
func (s shareSummary) stale(want shareSummary) string {
	switch {
	case s.Program != want.Program:
		return "it was made by another version of the program (" + s.Version + ")"
	case s.Data != want.Data:
		return "it was made from other data, or with other loans held back"
	case s.Packed != want.Packed:
		return map[bool]string{true: "it was made with --pack", false: "it was made without --pack"}[s.Packed]
	case s.Configuration != want.Configuration:
		return "it was made with another configuration, or from other documents or pictures"
	}
	return ""
}

// together is openData for processes that begin at once: whoever comes first takes the
// data in, and the others wait for that.
func (p *Program) together(ctx context.Context, s *Settings) (*data, error) {
	for told := false; ; told = true {
		d, err := p.openData(ctx, s)
		if !errors.Is(err, store.ErrBusy) {
			return d, err
		}
		if !told {
			p.note("another loanleaf is taking the data in; waiting for it")
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// makeShare makes the pages of a share's loans, and its summary.
func (p *Program) makeShare(ctx context.Context, made *site.Site, d *data, out *output.Folder, to generator.Writer, b *building, o generator.Options) error {
	summary, err := p.summarise(ctx, made, d, b)
	if err != nil {
		return err
	}
	if err := generator.BuildShare(ctx, made, d.Store, d.date, to, b.sharding.share, o); err != nil {
		return err
	}
	body, err := json.MarshalIndent(summary, "", "\t")
	if err != nil {
		return fmt.Errorf("share: %w", err)
	}
	return out.Write(shareFile, append(body, '\n'))
}

// mergeShares puts the site of all shares together.
func (p *Program) mergeShares(ctx context.Context, made *site.Site, d *data, out *output.Folder, packed *pack.Writer, b *building, o generator.Options) error {
	want, err := p.summarise(ctx, made, d, b)
	if err != nil {
		return err
	}
	parts, err := openShares(b.settings.Out, b.sharding.of, want)
	defer func() {
		for _, part := range parts {
			part.Close() // it was only read
		}
	}()
	if err != nil {
		return err
	}
	var memos []io.ReadCloser
	for _, part := range parts {
		memo, err := part.Memo()
		if err != nil {
			return err
		}
		memos = append(memos, memo) // Merge closes them
	}
	if packed != nil {
		if err := packed.Take(ctx, parts); err != nil {
			return err
		}
		return generator.Merge(ctx, made, d.Store, d.date, packed, memos, o)
	}
	if err := out.TakeAll(ctx, parts, o.Workers, shareFile); err != nil {
		return err
	}
	return generator.Merge(ctx, made, d.Store, d.date, out, memos, o)
}

// openShares opens the shares of a site, the first one first, or tells which of them are
// not there or do not fit. What it opened is to be closed in either case.
func openShares(out string, of int, want shareSummary) (parts []*output.Generation, err error) {
	if of == 0 {
		if of, err = countShares(out); err != nil {
			return nil, err
		}
	}
	var missing []string
	for i := range of {
		share := generator.Share{Number: i + 1, Of: of}
		dir := shareFolder(out, share)
		part, err := output.OpenGeneration(dir)
		if errors.Is(err, fs.ErrNotExist) {
			missing = append(missing, share.String())
			continue
		}
		if err != nil {
			return parts, fmt.Errorf("share %s: %w", share, err)
		}
		parts = append(parts, part)
		if err := checkShare(part, dir, share, want); err != nil {
			return parts, err
		}
	}
	if len(missing) > 0 {
		named := missing[:min(len(missing), 5)]
		more := ""
		if len(missing) > len(named) {
			more = fmt.Sprintf(" and %d more", len(missing)-len(named))
		}
		what := "a share is missing in "
		if len(missing) > 1 {
			what = "shares are missing in "
		}
		return parts, withHint(fmt.Errorf("%s: %s%s", what+sharesOf(out), strings.Join(named, ", "), more), "build it with \"loanleaf build --shard "+missing[0]+"\" and the other flags of this build")
	}
	return parts, nil
}

// checkShare refuses a share that is another one, or that was made from something else
// than the rest of the site is to be.
func checkShare(part *output.Generation, dir string, share generator.Share, want shareSummary) error {
	var is shareSummary
	for e, err := range part.Entries() {
		if err != nil {
			return err
		}
		if e.Name != shareFile {
			continue
		}
		file, err := part.File(e)
		if err != nil {
			return fmt.Errorf("share %s: %w", share, err)
		}
		if err := errors.Join(json.NewDecoder(file).Decode(&is), file.Close()); err != nil {
			return fmt.Errorf("share %s: %s: %w", share, shareFile, err)
		}
		break
	}
	again := "build it again with \"loanleaf build --shard " + share.String() + "\" and the other flags of this build"
	switch {
	case is.Of == 0:
		return withHint(fmt.Errorf("%s is no share: it has no %s", dir, shareFile), again)
	case is.Of != share.Of || is.Share != share.Number:
		return withHint(fmt.Errorf("share %s is doubled or misplaced: %s holds share %d/%d", share, dir, is.Share, is.Of), again)
	}
	if why := is.stale(want); why != "" {
		return withHint(fmt.Errorf("share %s in %s is stale: %s", share, dir, why), again)
	}
	return nil
}

// countShares finds out how many shares a site was built in.
func countShares(out string) (int, error) {
	entries, err := os.ReadDir(sharesOf(out))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("shares: %w", err)
	}
	var found []int
	for _, entry := range entries {
		number, of, _ := strings.Cut(entry.Name(), "-of-")
		if share, err := parseShare(number + "/" + of); err == nil && entry.IsDir() && !slices.Contains(found, share.Of) {
			found = append(found, share.Of)
		}
	}
	slices.Sort(found)
	switch len(found) {
	case 0:
		return 0, withHint(fmt.Errorf("there are no shares in %s", sharesOf(out)), "build them first: \"loanleaf build --shard 1/2\", then 2/2")
	case 1:
		return found[0], nil
	}
	return 0, usage(fmt.Errorf("%s has shares of several builds: of %s", sharesOf(out), strings.Trim(fmt.Sprint(found), "[]")), "say how many there are with --shards, or remove those of the others")
}
