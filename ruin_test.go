package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"loanleaf/generator/output"
	"loanleaf/store"
)

// ruin is a site of two editions, each built over the other by a process to which
// something happens.
//
//	work/loans.jsonl      the data of the edition that is built
//	work/content          its documents
//	work/site/dist        the site
//	work/store            the imported loans
//	report.jsonl          what was set aside
type ruin struct {
	t        testing.TB
	dir      string
	flags    []string
	editions [2]edition
	stands   int                      // the edition that stands there; -1: none
	before   os.FileInfo              // the store when the last process was started
	took     map[string]time.Duration // by the phases of an undisturbed build
}

// edition is what a build comes to where nothing happens to it.
type edition struct {
	data   string
	code   int
	report string
	files  map[string]output.Entry
	loans  int
}

// newRuin builds both editions undisturbed, the first one where the others are going to be.
func newRuin(t testing.TB, data [2]string, flags ...string) *ruin {
	t.Helper()
	return ruinIn(t, memoryDir(t), data, flags...)
}

func ruinIn(t testing.TB, dir string, data [2]string, flags ...string) *ruin {
	t.Helper()
	r := &ruin{t: t, dir: dir, flags: flags}
	for name, text := range map[string]string{"en/index.md": "# Handbook\n\n[First](first.md)\n", "en/first.md": "# First\n\n![A dot](dot.svg)\n", "en/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>"} {
		r.put(filepath.Join("work/content/docs", name), text)
	}
	for _, n := range []int{1, 0} {
		r.editions[n].data = data[n]
		r.stands = 1 - n
		for _, path := range []string{"work/site", "work/store"} {
			if err := errors.Join(os.RemoveAll(filepath.Join(r.dir, path)), os.Mkdir(filepath.Join(r.dir, path), 0o755)); err != nil {
				t.Fatal(err)
			}
		}
		ended := r.start("loanleaf", r.args(n)...).wait()
		if ended.code != 0 && ended.code != 3 {
			t.Fatalf("an undisturbed build ended with %d: %s", ended.code, ended.said)
		}
		e := &r.editions[n]
		e.code, e.report, e.files, e.loans = ended.code, r.report(), r.whole(), r.loans()
		if e.loans < 2 || len(e.files) < 5 {
			t.Fatalf("%d loans and %d files are too few to prove anything", e.loans, len(e.files))
		}
		r.stands = n
	}
	return r
}

// memoryDir is a folder in memory where there is one: what these tests ask does not
// depend on the drive.
func memoryDir(t testing.TB) string {
	dir, err := os.MkdirTemp("/dev/shm", "loanleaf-ruin-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// next is the edition that is built next.
func (r *ruin) next() int {
	if r.stands == 1 {
		return 0
	}
	return 1
}

func (r *ruin) put(name, text string) {
	r.t.Helper()
	path := filepath.Join(r.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		r.t.Fatal(err)
	}
}

// args puts the data of an edition where it is read from, and says how it is built.
func (r *ruin) args(edition int) []string {
	r.t.Helper()
	r.put("work/loans.jsonl", r.editions[edition].data)
	if err := os.Remove(filepath.Join(r.dir, "report.jsonl")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(r.dir, name) }
	return append([]string{"build", "--data", at("work/loans.jsonl"), "--content", at("work/content"), "--base-url", "https://loans.example",
		"--out", at("work/site/dist"), "--store", at("work/store"), "--report", at("report.jsonl")}, r.flags...)
}

// started is a process that runs, and how it ended.
type started struct {
	t     testing.TB
	cmd   *exec.Cmd
	ended chan error
	out   bytes.Buffer
	said  string
	code  int // 128 and the signal's number when a signal ended it
}

func (r *ruin) start(program string, args ...string) *started {
	r.t.Helper()
	return r.startIn(nil, program, args...)
}

// startIn starts a process with more in its environment.
func (r *ruin) startIn(env []string, program string, args ...string) *started {
	r.t.Helper()
	s := &started{t: r.t, cmd: exec.Command(program, args...)}
	s.cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(r.dir, "cache"), "HOME="+r.dir, "TMPDIR="+r.dir)
	s.cmd.Env = append(s.cmd.Env, env...)
	r.before = r.stat("work/store/loans.sqlite")
	s.cmd.Stdout, s.cmd.Stderr = &s.out, &s.out
	if err := s.cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	s.ended = make(chan error, 1)
	go func() { s.ended <- s.cmd.Wait() }()
	return s
}

// over tells whether it has ended.
func (s *started) over() bool { return len(s.ended) > 0 }

func (s *started) wait() *started {
	s.t.Helper()
	err := <-s.ended
	if err != nil && s.cmd.ProcessState == nil {
		s.t.Fatal(err)
	}
	status := s.cmd.ProcessState.Sys().(syscall.WaitStatus)
	if s.code = status.ExitStatus(); status.Signaled() {
		s.code = 128 + int(status.Signal())
	}
	s.said = s.out.String()
	return s
}

const killedCode = 128 + int(syscall.SIGKILL)

// judge looks at what a build of the next edition left: the site is one edition,
// whole, and the exit code says which.
func (r *ruin) judge(ended *started, killed bool) {
	r.t.Helper()
	next := r.editions[r.next()]
	if ended.code == 3 && r.withoutDocument(next) {
		return
	}
	stands := r.edition()
	if stands != r.stands && stands != r.next() {
		r.t.Errorf("edition %d stood there, %d was built, and %d stands there", r.stands, r.next(), stands)
	}
	switch {
	case killed && ended.code == killedCode:
	case ended.code == next.code:
		if report := r.report(); stands != r.next() || report != next.report {
			r.t.Errorf("it ended with %d, and edition %d stands there; its report has %q:\n%s", ended.code, stands, report, ended.said)
		}
	case ended.code == 1:
		if !strings.Contains(ended.said, "loanleaf: ") {
			r.t.Errorf("it failed and does not say why: %s", ended.said)
		}
	default:
		r.t.Errorf("it ended with %d: %s", ended.code, ended.said)
	}
	r.loans()
}

// withoutDocument tells whether the report says that something of the content folder
// was set aside: then the site is whole without it, and all loans are there. In which
// shard of a packed site they are, its name does not say.
func (r *ruin) withoutDocument(next edition) bool {
	r.t.Helper()
	more, found := strings.CutPrefix(r.report(), next.report)
	if !found || !strings.Contains(more, "work/content") {
		return false
	}
	files := r.whole()
	for name := range next.files {
		if _, ok := files[name]; !ok && !strings.HasPrefix(name, "packs/") && !strings.Contains(name, "docs") && !strings.HasPrefix(name, "assets/") && !strings.HasPrefix(name, "llms") {
			r.t.Errorf("a document was set aside, and %s is missing", name)
		}
	}
	return true
}

// recover builds the next edition undisturbed: it comes whole, and nothing that is no
// part of it lies about.
func (r *ruin) recover() {
	r.t.Helper()
	next := r.editions[r.next()]
	ended := r.start("loanleaf", r.args(r.next())...).wait()
	if stands := r.edition(); ended.code != next.code || stands != r.next() || r.report() != next.report {
		r.t.Fatalf("the next build ended with %d, and edition %d stands there: %s", ended.code, stands, ended.said)
	}
	if loans := r.loans(); loans != next.loans {
		r.t.Errorf("%d loans are kept, want %d", loans, next.loans)
	}
	for path, want := range map[string]string{"work/site": "dist", "work/store": "loans.sqlite report.jsonl summary.json"} {
		if got := strings.Join(r.names(path), " "); got != want {
			r.t.Errorf("in %s lie %s, want %s", path, got, want)
		}
	}
	for _, name := range r.names(".") {
		if strings.HasPrefix(name, "loanleaf-") {
			r.t.Errorf("%s lies among the temporary files", name)
		}
	}
	r.stands = r.next()
}

func (r *ruin) names(path string) (names []string) {
	r.t.Helper()
	entries, err := os.ReadDir(filepath.Join(r.dir, path))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// edition tells which one stands there, whole; -1 is none.
func (r *ruin) edition() int {
	r.t.Helper()
	if _, err := os.Stat(filepath.Join(r.dir, "work/site/dist")); errors.Is(err, fs.ErrNotExist) {
		return -1
	}
	files := r.whole()
	for n, e := range r.editions {
		if maps.Equal(files, e.files) {
			return n
		}
	}
	r.t.Fatalf("%d files stand there: neither the %d of one edition nor the %d of the other", len(files), len(r.editions[0].files), len(r.editions[1].files))
	return -1
}

// whole holds the folder to its manifest: every file that it names, and none beside.
func (r *ruin) whole() map[string]output.Entry {
	r.t.Helper()
	dir := filepath.Join(r.dir, "work/site/dist")
	manifest, err := output.ReadManifest(dir)
	if err != nil {
		r.t.Fatal(err)
	}
	files := map[string]output.Entry{}
	for _, entry := range manifest.Entries {
		body, err := os.ReadFile(filepath.Join(dir, entry.Name))
		if err != nil || sha256.Sum256(body) != entry.Sum {
			r.t.Fatalf("%s is not what the manifest says: %v", entry.Name, err)
		}
		files[entry.Name] = entry
	}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		if _, ok := files[name]; err == nil && !entry.IsDir() && !ok && !slices.Contains([]string{".loanleaf/manifest", ".loanleaf/inputs"}, name) {
			r.t.Errorf("%s is in the folder and not in its manifest", name)
		}
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return files
}

// loans are how many loans the store has, all of which are read; 0 is no store.
func (r *ruin) loans() (n int) {
	r.t.Helper()
	s, err := store.Open(filepath.Join(r.dir, "work/store/loans.sqlite"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0
	}
	if err != nil {
		r.t.Fatalf("the store is no whole one: %v", err)
	}
	defer s.Close()
	for _, err := range s.Loans(r.t.Context(), 0, 0) {
		if err != nil {
			r.t.Fatal(err)
		}
		n++
	}
	if n != s.Counts().Loans || !slices.ContainsFunc(r.editions[:], func(e edition) bool { return e.loans == n || e.loans == 0 }) {
		r.t.Errorf("the store has %d loans, and says %s", n, fmt.Sprint(s.Counts()))
	}
	return n
}

func (r *ruin) report() string {
	body, err := os.ReadFile(filepath.Join(r.dir, "report.jsonl"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.t.Fatal(err)
	}
	return string(body)
}
