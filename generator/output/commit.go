package output

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// tick is as long as the change time of a file may stand still: ten milliseconds where
// Linux counts the fewest.
const tick = 11 * time.Millisecond

// A Report says what a generation did to its folder. Files only; the manifest
// is not counted.
type Report struct {
	Made    int   // new names
	Changed int   // names the last generation had, with other bytes, or lost or altered since
	Kept    int   // same bytes: the inode and its times stay
	Removed int   // names the last generation had and this one has not
	Bytes   int64 // size of all files of this generation

	Swapped      bool     // false: nothing had changed, and the folder was not touched
	Foreign      []string // files in the folder that are not ours: the first 10 by name
	ForeignCount int      // all of them; every one was carried over
}

// Commit ends the generation. It brings over the kept files and those that are
// not ours, writes the manifest, waits for the drive, and swaps the stage in. If
// no name, no content and not the Version changed, it swaps nothing and touches
// nothing. Running Writes are waited for.
//
// When it fails before the swap, the folder stays whole as it was and the stage
// is removed; a cancelled ctx is such a failure. After the swap ctx is not looked
// at, and a failure to clean up comes with Report.Swapped true: the new
// generation stands, and the next Open cleans up. The error wraps [ErrNotOurs]
// when a file that is not ours is in the way of one that was written.
func (f *Folder) Commit(ctx context.Context) (Report, error) {
	f.life.Lock()
	defer f.life.Unlock()
	if f.over {
		return Report{}, fmt.Errorf("commit output %s: %w", f.path, ErrClosed)
	}
	err := f.commit(ctx)
	if err = errors.Join(err, f.end()); err != nil {
		if !f.report.Swapped {
			return Report{}, fmt.Errorf("commit output %s: %w", f.path, err)
		}
		return f.report, fmt.Errorf("commit output %s: the new generation stands, but: %w", f.path, err)
	}
	return f.report, nil
}

func (f *Folder) commit(ctx context.Context) error {
	if f.broken != nil {
		return f.broken
	}
	if f.last != nil {
		f.report.Removed = f.last.files - f.lastKept
	}
	if f.unchanged() {
		return f.leave(ctx)
	}
	for _, step := range []func(context.Context) error{f.gather, f.carry, f.seal} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := context.Cause(ctx); err != nil {
		return err
	}
	outgoing, err := f.swap()
	if err != nil {
		return err
	}
	f.report.Swapped, f.staged = true, false
	if err := f.disk.flush(f.parent); err != nil {
		return err
	}
	if outgoing == "" {
		return nil
	}
	if err := f.sweep(outgoing, f.last, f.stage); err != nil {
		return err
	}
	// Unlinking the old generation renewed the change times of the files that
	// both have; the manifest's must be later, or all of them look edited. Where times
	// are counted in ticks it would be the same for the last few thousand of them.
	if !f.options.SkipSync {
		time.Sleep(tick)
	}
	return f.disk.touch(f.stage, manifestName)
}

func (f *Folder) unchanged() bool {
	r := f.report
	return f.last != nil && r.Made+r.Changed+r.Removed == 0 && f.last.version == f.options.Version
}

// leave ends a generation that equals the last.
func (f *Folder) leave(ctx context.Context) error {
	if err := f.survey(ctx, nil); err != nil {
		return err
	}
	if err := f.renewMemo(); err != nil {
		return err
	}
	if f.doubted == 0 {
		return nil
	}
	return f.disk.touch(f.old, manifestName) // all bytes were compared: times prove something again
}

// gather writes the manifest's draft in the order of names and links the kept
// files on the way.
func (f *Folder) gather(ctx context.Context) (err error) {
	if err := f.disk.create(f.stage, manifestDraft, nil); err != nil {
		return err
	}
	file, err := os.OpenFile(f.stage.Name()+"/"+manifestDraft, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	buffer, sum := bufio.NewWriterSize(file, 64<<10), sha256.New()
	out := io.MultiWriter(buffer, sum)
	if err := writeHeader(out, f.options.Version, f.spool.count+f.unread); err != nil {
		return err
	}
	var line []byte
	for r, err := range f.entries() {
		if err == nil {
			err = context.Cause(ctx)
		}
		if err == nil && r.kept {
			err = f.bring(r.Entry)
		}
		if err != nil {
			return err
		}
		line = appendEntry(line[:0], r.Entry)
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	if err := f.disk.allow("write", manifestDraft); err != nil {
		return err
	}
	if err := errors.Join(buffer.Flush(), f.disk.flush(file)); err != nil {
		return err
	}
	if f.memo == nil {
		return nil
	}
	return f.memo.seal([sha256.Size]byte(sum.Sum(nil)))
}

// bring links one kept file into the stage, or copies it where links cannot be.
func (f *Folder) bring(e Entry) error {
	err := f.disk.link(f.old, f.stage, e.Name)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s was in the folder and went while the build ran (build again): %w", e.Name, err)
	case !unlinkable(err):
		return err
	}
	body, st, err := f.read(e.Name)
	if err != nil {
		return err
	}
	if sha256.Sum256(body) != e.Sum {
		return fmt.Errorf("%s in the folder changed while the build ran (build again)", e.Name)
	}
	return errors.Join(f.disk.create(f.stage, e.Name, body), f.disk.resemble(f.stage, e.Name, st))
}

// unlinkable says that a hard link is not possible here though a copy may be:
// the file has another owner, too many links, or the file system has none.
func unlinkable(err error) bool {
	for _, errno := range []unix.Errno{unix.EPERM, unix.EACCES, unix.EMLINK, unix.EXDEV, unix.ENOTSUP, unix.ENOSYS} {
		if errors.Is(err, errno) {
			return true
		}
	}
	return false
}

func (f *Folder) read(name string) (body []byte, st unix.Stat_t, err error) {
	file, err := openFile(f.old, name)
	if err != nil {
		return nil, st, err
	}
	defer file.Close()
	if st, err = stat(f.old, name); err != nil {
		return nil, st, err
	}
	body, err = io.ReadAll(file)
	return body, st, err
}

// seal turns the draft into the manifest, after everything else: a stage with
// a manifest is whole. Then it waits for the drive.
func (f *Folder) seal(context.Context) error {
	for i := range f.spool.runs {
		if err := f.disk.unlink(f.stage, runName(i)); err != nil {
			return err
		}
	}
	if err := f.disk.rename(f.stage, manifestDraft, f.stage, manifestName); err != nil {
		return err
	}
	return f.disk.flushTree(f.stage)
}

// swap puts the stage in the folder's place and returns the name under which
// the last generation now lies, "" where there was none.
func (f *Folder) swap() (outgoing string, err error) {
	if f.last == nil {
		// Replaces an empty folder in one step, and fails on anything else.
		return "", immovable(f.disk.rename(f.parent, f.stageName(), f.parent, f.base))
	}
	if err := f.stillThere(); err != nil {
		return "", err
	}
	err = f.disk.exchange(f.parent, f.stageName(), f.base)
	if !errors.Is(err, errors.ErrUnsupported) {
		return f.stageName(), immovable(err)
	}
	if err := f.disk.rename(f.parent, f.base, f.parent, f.asideName()); err != nil {
		return "", immovable(err)
	}
	if err := f.disk.rename(f.parent, f.stageName(), f.parent, f.base); err != nil {
		return "", errors.Join(err, f.disk.rename(f.parent, f.asideName(), f.parent, f.base))
	}
	return f.asideName(), nil
}

// immovable explains the errors of folders that Open could not know to be
// mounted, or that come from a lower layer of a container's image.
func immovable(err error) error {
	if errors.Is(err, unix.EBUSY) || errors.Is(err, unix.EXDEV) {
		return fmt.Errorf("%w (the folder cannot be renamed where it is: build to a folder inside it)", err)
	}
	return err
}

// stillThere refuses to swap out a folder that somebody put in the place of the
// one this build began with.
func (f *Folder) stillThere() error {
	began, err := stat(f.old, ".")
	if err != nil {
		return err
	}
	now, err := stat(f.parent, f.base)
	if err != nil {
		return err
	}
	if began.Ino != now.Ino || began.Dev != now.Dev {
		return errors.New("the folder was replaced while the build ran (build again)")
	}
	return nil
}
