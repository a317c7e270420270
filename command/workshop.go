package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"loanleaf/generator/watch"
	"loanleaf/public"
	"loanleaf/server"
	"loanleaf/site"
)

// workshop is a dev at work: it watches what a site is made from and shows what
// that comes to. One goroutine uses it.
type workshop struct {
	*Program
	flags   *pflag.FlagSet
	log     *slog.Logger
	reached string // "http://127.0.0.1:8080"
	live    *server.Live
	watcher *watch.Watcher

	config   string // path of the configuration file, which need not exist
	public   string // folder of the files beside the pages; empty: the program's own
	checkout bool   // the current folder is the program's own source

	settings Settings // the last that could be read
	data     string   // key of the data shown last; empty: none yet
	pictures pictureIDs
	failed   bool // the last state could not be made
}

// open shows the first state, or what is wrong with it.
func (w *workshop) open(ctx context.Context) {
	w.watch()
	if err := w.refresh(ctx, watch.Change{}); err != nil {
		w.fail(ctx, err)
		if ctx.Err() != nil {
			return
		}
		fmt.Fprintf(w.Out, "serving nothing yet on %s: it shows the site when what is wrong is mended\n\nCtrl-C stops it\n", w.reached)
	}
}

// work shows every change until ctx ends.
func (w *workshop) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case change := <-w.watcher.Changes():
			w.changed(ctx, change)
		}
	}
}

func (w *workshop) changed(ctx context.Context, change watch.Change) {
	if w.compiledIn(change) && len(change.Roots) == 1 && !change.All {
		return
	}
	began := w.Now()
	if err := w.refresh(ctx, change); err != nil {
		w.fail(ctx, err)
		return
	}
	w.note("%s: shown after %s", changedFiles(change), w.Now().Sub(began).Round(time.Millisecond))
}

// fail says on the terminal and over the pages what is wrong.
func (w *workshop) fail(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	w.failed = true
	err = w.placed(w.flags, err)
	w.Program.fail(err)
	_, message, hint := explain(err)
	w.live.Fail([]server.Problem{{Text: message, Hint: hint}})
}

// changedFiles names a few of the files that changed.
func changedFiles(change watch.Change) string {
	const few = 3
	switch n := len(change.Paths); {
	case n == 0:
		return "a change"
	case n <= few:
		return strings.Join(change.Paths, ", ")
	default:
		return strings.Join(change.Paths[:few], ", ") + " and " + counted(n-few, "other file", "other files")
	}
}

// refresh reads the settings and makes a state of them. Whatever is read is
// watched before, so that nothing that is saved meanwhile is missed.
func (w *workshop) refresh(ctx context.Context, change watch.Change) error {
	s, err := w.readSettings(w.flags)
	if err != nil {
		return err
	}
	s.Content = w.contentFor(&s)
	sampled := len(s.Data) == 0
	if sampled {
		s.Data = []string{sampleData}
	}
	w.settings = s
	w.watch()
	if err := w.rebase(&s); err != nil {
		return err
	}
	files := public.Embedded()
	if w.public != "" {
		if _, err := os.Stat(w.public); err != nil {
			return withHint(fmt.Errorf("--public: %w", err), "leave it out for the styles and scripts of the program itself")
		}
		if files, err = public.Read(os.DirFS(w.public)); err != nil {
			return withHint(fmt.Errorf("%s: %w", w.public, err), "the folder needs the files that "+`"public"`+" of the program's source has")
		}
	}
	config, d, err := w.state(ctx, &s, w.log, files, &w.pictures, nil)
	if err != nil {
		return err
	}
	if err := w.live.Show(config, w.onlyStyle(change), setAside(d)); err != nil {
		return errors.Join(err, d.Close())
	}
	w.failed = false
	if w.data == "" {
		if sampled {
			w.note("no data is given, so this is the sample; give --data for your own")
		}
		w.noteContent(&s)
		w.tellImport(d, "loanleaf build --report FILE")
		w.tellAddresses(ctx, config, d, s.sample(), w.reached)
		w.again = true
	} else if w.data != d.Key {
		w.tellImport(d, "loanleaf build --report FILE")
	}
	w.data = d.Key
	return nil
}

// rebase puts this machine in the place of the host on which the site will be:
// people who edit follow its links. An address that the command line or the
// environment gives is meant for this run and stays.
func (w *workshop) rebase(s *Settings) error {
	if s.BaseURL == "" {
		s.BaseURL = w.reached
		return nil
	}
	if _, given := w.LookupEnv(envName("base-url")); given || w.flags.Changed("base-url") {
		return nil
	}
	u, err := url.Parse(s.BaseURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil // package site has words for it
	}
	here, err := url.Parse(w.reached)
	if err != nil {
		return fmt.Errorf("address of this machine: %w", err)
	}
	u.Scheme, u.Host = here.Scheme, here.Host
	s.BaseURL = u.String()
	return nil
}

// watch watches what the site is made from, as far as it is known.
func (w *workshop) watch() { w.watcher.Watch(w.sources()) }

// sources are the files and folders that the site is made from, and what this
// program may write among them.
func (w *workshop) sources() (paths, except []string) {
	s := &w.settings
	paths = []string{w.config}
	for _, path := range append(slices.Clone(s.Data), s.Content, s.Exclude, s.Private, w.public) {
		if path != "" && path != sampleData && path != ownContent {
			paths = append(paths, path)
		}
	}
	if s.Images != "" && s.Images != site.NoImages && !strings.Contains(s.Images, "://") {
		paths = append(paths, s.Images)
	}
	if w.checkout {
		paths = append(paths, templatesFolder)
	}
	for _, path := range []string{s.Store, s.Out} {
		if path != "" {
			except = append(except, path)
		}
	}
	return paths, except
}

// onlyStyle tells whether the stylesheet is all that is new.
func (w *workshop) onlyStyle(change watch.Change) bool {
	return !w.failed && !change.All && w.public != "" &&
		slices.Equal(change.Roots, []string{w.public}) &&
		slices.Equal(change.Paths, []string{filepath.Join(w.public, public.SiteStyle)})
}

// templatesFolder is the source of the pages, in a checkout of the program.
const templatesFolder = "templates"

// compiledIn says so when templates have changed, which this process cannot
// show.
func (w *workshop) compiledIn(change watch.Change) bool {
	if !slices.Contains(change.Roots, templatesFolder) {
		return false
	}
	for _, kind := range []struct{ extension, what, run string }{
		{".templ", "templates are", "go generate . && go run . dev"},
		{".go", "it is", "go run . dev"},
	} {
		i := slices.IndexFunc(change.Paths, func(path string) bool {
			return strings.HasPrefix(path, templatesFolder+string(filepath.Separator)) && filepath.Ext(path) == kind.extension
		})
		if i >= 0 {
			w.note("%s changed: %s compiled in; run: %s", change.Paths[i], kind.what, kind.run)
			break
		}
	}
	return true
}

// contentFor is the content folder to read: in a checkout of the program its own
// documentation is the folder that it is written in.
func (w *workshop) contentFor(s *Settings) string {
	path := contentFor(s)
	if info, err := os.Stat(contentFolder); path == ownContent && w.checkout && err == nil && info.IsDir() {
		return contentFolder
	}
	return path
}

// contentFolder is the source of the program's own documentation, in a checkout.
const contentFolder = "content"

// setAside are the documents and records that could not be read, as problems to
// show over the pages of the others.
func setAside(d *data) []server.Problem {
	problems := ofDocuments(d.documents)
	if d.SetAside == 0 {
		return problems
	}
	text := counted(d.SetAside, "record was", "records were") + " set aside:\n" + strings.Join(d.First, "\n")
	if more := d.SetAside - len(d.First); more > 0 {
		text += "\nand " + counted(more, "other", "others")
	}
	return append(problems, server.Problem{Text: text, Hint: "loanleaf build --report FILE says where each of them is"})
}
