package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/sys/unix"
)

var (
	// ErrLocked is wrapped when another build is writing the same folder.
	ErrLocked = errors.New("another build is writing this folder")
	// ErrNotOurs is wrapped when going on would remove something that no build of
	// ours made.
	ErrNotOurs = errors.New("not made by loanleaf")
	// ErrClosed is wrapped when a folder is used after Commit or Abort.
	ErrClosed = errors.New("this generation has ended")
)

// Options of one build.
type Options struct {
	// Version says which program and configuration made the generation. It stands
	// in the manifest's first line; another version alone makes a new generation,
	// though its files may all be kept. At most 1,024 bytes, no control characters.
	Version string
	// SkipSync leaves it to the system when bytes reach the drive. Safe against
	// the death of the process, not against a power cut. For development and tests.
	SkipSync bool
}

// A Folder is the next generation of a folder, being made. Write may be
// called by many goroutines; then one of Commit and Abort ends it.
type Folder struct {
	path    string // absolute
	base    string // of path; the stage and the lock are named after it
	options Options
	disk    disk

	parent *os.File
	lock   *lock
	stage  *os.File
	staged bool     // the stage lies beside the folder
	old    *os.File // nil where there is no generation yet
	last   *index   // nil where there is no generation yet
	stamp  unix.Timespec

	life sync.RWMutex // read-held by each Write, so that the end waits for them
	over bool

	mu       sync.Mutex
	fresh    map[key]struct{} // names written that the last generation had not
	folders  map[key]bool     // folders of names written; true: a plain folder in the last generation too
	spool    spool
	report   Report
	unread   int   // kept by Keep
	memo     *memo // nil: none was begun
	believed bool  // the last generation's memo was found whole
	doubted  int   // kept after their bytes were compared
	lastKept int   // names of the last generation that are in this one
	broken   error // the first failure to write: the generation cannot become whole
}

// Open begins a new generation of the folder dir. It takes the folder's lock,
// puts right what a killed build left, and makes the stage beside it; a whole
// generation in dir is not touched. The caller must end it with Commit or Abort.
//
// It refuses, and says what to do, when another build holds the lock
// ([ErrLocked]); when dir is a file, a symlink, or a folder with something in it
// but without our marker ([ErrNotOurs]); when dir is a mount point, which cannot
// be swapped; when its parent is missing or not writable; and when the manifest
// in it is damaged, so that nobody knows what of it is ours.
func Open(dir string, opts Options) (*Folder, error) {
	return open(dir, opts, nil)
}

func open(dir string, opts Options, before func(op, name string) error) (_ *Folder, err error) {
	if len(opts.Version) > maxName || strings.ContainsFunc(opts.Version, unicode.IsControl) {
		return nil, fmt.Errorf("open output: version %.40q is too long or has control characters", opts.Version)
	}
	path, err := filepath.Abs(dir)
	if err != nil || dir == "" || path == "/" {
		return nil, fmt.Errorf("open output %q: name a folder below the root", dir)
	}
	f := &Folder{
		path: path, base: filepath.Base(path), options: opts,
		disk:    disk{before: before, unsynced: opts.SkipSync},
		fresh:   map[key]struct{}{},
		folders: map[key]bool{},
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("open output %s: %w", dir, err), f.close())
		}
	}()
	if f.parent, err = os.Open(filepath.Dir(path)); err != nil {
		return nil, parentHint(err, filepath.Dir(path))
	}
	if f.lock, err = acquire(f.parent, f.lockName()); err != nil {
		return nil, parentHint(err, filepath.Dir(path))
	}
	if err := f.restore(); err != nil {
		return nil, err
	}
	if err := f.readLast(); err != nil {
		return nil, err
	}
	if err := f.sweepLitter(); err != nil {
		return nil, err
	}
	if err := f.makeStage(); err != nil {
		return nil, errors.Join(err, f.dropStage())
	}
	return f, nil
}

func parentHint(err error, parent string) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w (make the folder %s first)", err, parent)
	case errors.Is(err, ErrLocked):
		return fmt.Errorf("%w (wait for it to end, or build to another folder)", err)
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, unix.EROFS):
		return fmt.Errorf("%w (the folder %s must be writable: a new generation is made beside the old one)", err, parent)
	}
	return err
}

// The names of what lies beside the folder while a build runs.
func (f *Folder) lockName() string  { return "." + f.base + ".loanleaf-lock" }
func (f *Folder) stageName() string { return "." + f.base + ".loanleaf-next" }
func (f *Folder) asideName() string { return "." + f.base + ".loanleaf-last" }

// readLast opens the present generation, or refuses what is in its place.
func (f *Folder) readLast() error {
	st, err := stat(f.parent, f.base)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case uint32(st.Mode)&unix.S_IFMT == unix.S_IFLNK:
		return fmt.Errorf("a symlink, %w (name the folder it points to)", ErrNotOurs)
	case !isFolder(&st):
		return fmt.Errorf("not a folder, %w (move it away, or build to another folder)", ErrNotOurs)
	case isMount(int(f.parent.Fd()), f.base):
		return errors.New("it is a mount point, which cannot be swapped whole (build to a folder inside it)")
	}
	if f.old, err = openFolder(f.parent, f.base); err != nil {
		return err
	}
	marker, err := stat(f.old, markerFolder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !isFolder(&marker) {
		return f.adopt()
	}
	if err != nil {
		return err
	}
	manifest, err := stat(f.old, manifestName)
	if err != nil {
		return fmt.Errorf("%w (the marker has no manifest: move the folder away, or build to another)", err)
	}
	f.stamp = manifest.Ctim
	if f.last, err = readIndex(f.path); err != nil {
		return fmt.Errorf("%w (move the folder away, or build to another)", err)
	}
	return nil
}

// adopt takes an empty folder for the place of the first generation.
func (f *Folder) adopt() error {
	names, err := f.old.Readdirnames(1)
	if len(names) > 0 {
		return fmt.Errorf("it has files in it and no %s folder: %w (build to a new or empty folder)", markerFolder, ErrNotOurs)
	}
	err = errors.Join(ignoreEOF(err), f.old.Close())
	f.old = nil
	return err
}

func (f *Folder) makeStage() (err error) {
	f.disk.chmodFolders = true // until probe knows better
	if err := f.disk.mkdir(f.parent, f.stageName(), folderMode); err != nil {
		return err
	}
	f.staged = true
	if f.stage, err = openFolder(f.parent, f.stageName()); err != nil {
		return err
	}
	if err := f.disk.probe(f.stage); err != nil {
		return err
	}
	f.spool.dir = filepath.Join(f.stage.Name(), markerFolder)
	// The stage's time comes from the clock that stamps the files. If that clock
	// was set back since the last build, times prove nothing.
	st, err := stat(f.stage, ".")
	if err == nil && before(st.Ctim, f.stamp) {
		f.stamp = unix.Timespec{}
	}
	return err
}

// Abort ends the generation without a trace: the folder stays as it was, what
// was staged is removed. It waits for running Writes. After Commit or Abort it
// does nothing, so it may be deferred.
func (f *Folder) Abort() error {
	f.life.Lock()
	defer f.life.Unlock()
	if f.over {
		return nil
	}
	if err := f.end(); err != nil {
		return fmt.Errorf("abort output %s: %w", f.path, err)
	}
	return nil
}

// end removes the stage, or what took its name, and gives up the lock.
func (f *Folder) end() error {
	f.over = true
	return errors.Join(f.dropStage(), f.close())
}

func (f *Folder) close() error {
	var errs []error
	if f.memo != nil {
		errs = append(errs, f.memo.file.Close())
		f.memo = nil
	}
	for _, folder := range []*os.File{f.stage, f.old} {
		if folder != nil {
			errs = append(errs, folder.Close())
		}
	}
	f.stage, f.old = nil, nil
	if f.lock != nil {
		errs = append(errs, f.lock.release())
		f.lock = nil
	}
	if f.parent != nil {
		errs = append(errs, f.parent.Close())
		f.parent = nil
	}
	return errors.Join(errs...)
}
