package generator

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"loanleaf/generator/docs"
	"loanleaf/generator/output"
	"loanleaf/generator/pack"
	"loanleaf/kiva"
	"loanleaf/sample"
	"loanleaf/site"
	"loanleaf/store"
)

// world is everything that a site is built from, to be changed at will.
type world struct {
	random   *rand.Rand
	loans    map[int64]kiva.Loan
	partners map[int64]kiva.Partner
	date     time.Time
	config   site.Config
	options  Options
	cards    map[int64]bool
	sizes    map[int64]int // of pictures, as PictureSize has it
	packed   bool          // sites are packed
	texts    map[string]string
}

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{
		random: rand.New(rand.NewPCG(seed, 3)), loans: map[int64]kiva.Loan{}, partners: map[int64]kiva.Partner{}, sizes: map[int64]int{},
		cards: map[int64]bool{}, date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC),
		config:  site.Config{BaseURL: base, Name: "Loans", Languages: []string{"en"}, OEmbed: site.Static, Images: site.NoImages},
		options: Options{Workers: 3, Outputs: Outputs{Page: true, Widget: true, OEmbed: true}, Program: "1"},
	}
	loans := sampleStore(t, 45)
	for loan, err := range loans.Loans(t.Context(), 0, 0) {
		if err != nil {
			t.Fatal(err)
		}
		w.loans[loan.ID] = loan
	}
	for partner, err := range loans.Partners(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		w.partners[partner.ID] = partner
	}
	w.texts = map[string]string{
		"docs/en/index.md": "# Handbook\n", "docs/en/first.md": "---\nlast_update: {date: 2026-11-20}\n---\n# First\n", "pages/en/about.md": "# About\n",
		// Named as a loan's page in a language that the site does not speak, and as a section.
		fmt.Sprintf("pages/en/xx/lend/%d.md", w.any().ID): "# Ours\n", "pages/en/loans/1.md": "# Loans of ours\n",
	}
	for range 3 {
		w.cards[w.any().ID] = true
	}
	return w
}

// any is a loan of the world.
func (w *world) any() kiva.Loan {
	ids := slices.Sorted(maps.Keys(w.loans))
	return w.loans[ids[w.random.IntN(len(ids))]]
}

// changes are the ways in which what a site is built from becomes other.
var changesOfWorlds = map[string]func(w *world){
	"nothing":      func(*world) {},
	"a loan's use": func(w *world) { l := w.any(); l.Use += " and seeds"; w.loans[l.ID] = l },
	"a loan's story": func(w *world) {
		l := w.any()
		l.Story = []kiva.Text{{Language: "en", Body: fmt.Sprint("Told ", w.random.Int())}}
		w.loans[l.ID] = l
	},
	"a loan's country": func(w *world) { l := w.any(); l.Location = w.any().Location; w.loans[l.ID] = l },
	"a loan's partner": func(w *world) { l := w.any(); l.PartnerID = w.any().PartnerID; w.loans[l.ID] = l },
	"a loan's status":  func(w *world) { l := w.any(); l.Status = w.any().Status; w.loans[l.ID] = l },
	"a loan's posting": func(w *world) { l := w.any(); l.Posted = w.any().Posted.Add(time.Hour); w.loans[l.ID] = l },
	"a loan's picture": func(w *world) { l := w.any(); l.ImageID = w.any().ImageID + w.random.Int64N(2); w.loans[l.ID] = l },
	"a country's name": func(w *world) {
		code := w.any().Location.CountryCode
		for id, l := range sorted(w.loans) {
			if l.Location.CountryCode == code {
				l.Location.Country += "s"
				w.loans[id] = l
			}
		}
	},
	"a partner's rating": func(w *world) {
		for id, p := range sorted(w.partners) {
			p.Rating = 5 + (p.Rating+5)%45
			w.partners[id] = p
			break
		}
	},
	"a loan taken away": func(w *world) { delete(w.loans, w.any().ID) },
	"ten taken away": func(w *world) {
		for range 10 {
			delete(w.loans, w.any().ID)
		}
	},
	"a new loan":        func(w *world) { l := w.any(); l.ID += 1 + w.random.Int64N(99_000); w.loans[l.ID] = l },
	"a loan anonymised": func(w *world) { l := w.any(); l.Name = "Anonymous"; l.Redact(); w.loans[l.ID] = l },
	"a partner's name": func(w *world) {
		for id, p := range sorted(w.partners) {
			p.Name += "!"
			w.partners[id] = p
			break
		}
	},
	"a partner's totals": func(w *world) {
		for id, p := range sorted(w.partners) {
			p.LoansPosted++
			w.partners[id] = p
		}
	},
	"a partner gone": func(w *world) {
		for id := range sorted(w.partners) {
			delete(w.partners, id)
			break
		}
	},
	"the day":         func(w *world) { w.date = w.date.AddDate(0, 0, 1) },
	"the program":     func(w *world) { w.options.Program += "1" },
	"the site's name": func(w *world) { w.config.Name += "s" },
	"the languages":   func(w *world) { w.config.Languages = [][]string{{"en"}, {"en", "es"}, {"ar", "en"}}[w.random.IntN(3)] },
	"the endpoint":    func(w *world) { w.config.OEmbed = []string{site.Static, base + "/services/oembed"}[w.random.IntN(2)] },
	"the target":      func(w *world) { w.config.LendURL = []string{"", "https://lend.example/<id>"}[w.random.IntN(2)] },
	"the outputs": func(w *world) {
		w.options.Outputs = []Outputs{{Page: true, Widget: true, OEmbed: true}, {Page: true}, {Widget: true}}[w.random.IntN(3)]
	},
	"whose cards are drawn": func(w *world) { w.cards = map[int64]bool{w.any().ID: true} },
	"pictures or not": func(w *world) {
		w.config.Images = []string{site.NoImages, site.ServedImages, "https://img.example/<size>/<id>.jpg"}[w.random.IntN(3)]
	},
	"a document": func(w *world) {
		w.texts["docs/en/first.md"] = fmt.Sprintf("---\nlast_update: {date: 2026-11-%02d}\n---\n# First\n\n%d\n", 1+w.random.IntN(20), w.random.Int())
	},
	"a page's title": func(w *world) { w.texts["pages/en/about.md"] = fmt.Sprintf("# About %d\n", w.random.Int()) },
	"a picture":      func(w *world) { w.sizes[w.any().ImageID] = w.random.IntN(3) },
}

func sorted[V any](m map[int64]V) func(func(int64, V) bool) {
	return func(yield func(int64, V) bool) {
		for _, id := range slices.Sorted(maps.Keys(m)) {
			if !yield(id, m[id]) {
				return
			}
		}
	}
}

// PictureSize makes the world a gallery: a picture has the sample's size, or half
// of it, or is not there.
func (w *world) PictureSize(size string, id int64) (width, height int, ok bool) {
	width, height, ok = sample.PictureSize(size, id)
	switch w.sizes[id] {
	case 1:
		return width / 2, height / 2, ok
	case 2:
		return 0, 0, false
	}
	return width, height, ok
}

func (w *world) picture(size string, id int64) ([]byte, error) {
	if _, _, ok := w.PictureSize(size, id); !ok {
		return nil, kiva.ErrNotFound
	}
	return photos()[w.sizes[id]], nil
}

// photos are the pictures there are.
var photos = sync.OnceValue(func() (photos [3][]byte) {
	for i := range photos {
		body, err := sample.Picture("s80", int64(i+1))
		if err != nil {
			panic(err)
		}
		photos[i] = body
	}
	return photos
})

// store imports the world.
func (w *world) store(t *testing.T) *store.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "loans.db")
	into, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, partner := range sorted(w.partners) {
		if _, err := into.AddPartner(t.Context(), &partner); err != nil {
			t.Fatal(err)
		}
	}
	for _, loan := range sorted(w.loans) {
		if _, err := into.AddLoan(t.Context(), &loan); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := into.Commit(t.Context(), store.Meta{}); err != nil {
		t.Fatal(err)
	}
	loans, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { loans.Close() })
	return loans
}

// counted is a folder that counts the pages that were made.
type counted struct {
	*output.Folder
	mu   sync.Mutex
	made []string
}

func (c *counted) Write(name string, body []byte) error {
	c.mu.Lock()
	c.made = append(c.made, name)
	c.mu.Unlock()
	return c.Folder.Write(name, body)
}

// site is the site of the world, and how it is built.
func (w *world) site(t *testing.T) (*site.Site, Options) {
	t.Helper()
	config, options := w.config, w.options
	if config.Images == site.ServedImages {
		config.Gallery, options.Picture = w, w.picture
	}
	if len(w.cards) > 0 {
		config.Cards = func(id int64) bool { return w.cards[id] }
	}
	s, err := site.New(config)
	if err != nil {
		t.Fatal(err)
	}
	texts := fstest.MapFS{}
	for name, text := range w.texts {
		texts[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for _, kind := range []site.Kind{site.Doc, site.Prose} {
		tree, _ := docs.Read(texts, s, kind)
		options.Documents = append(options.Documents, tree)
	}
	return s, options
}

// open begins the next generation of a folder; packed is nil unless the world's sites
// are. commit ends it.
func (w *world) open(t *testing.T, dir string) (folder *output.Folder, packed *pack.Writer, commit func() output.Report) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	folder, err := output.Open(dir, output.Options{SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { folder.Abort() })
	if w.packed {
		if packed, err = pack.Begin(folder); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { packed.Abort() })
	}
	return folder, packed, func() output.Report {
		t.Helper()
		var report output.Report
		var err error
		if packed != nil {
			var whole pack.Report
			whole, err = packed.Commit(t.Context())
			report = whole.Report
		} else {
			report, err = folder.Commit(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
}

// build makes the next generation of a folder, and gives the names of the files
// that were made for it, kept or not.
func (w *world) build(t *testing.T, loans *store.Store, dir string) ([]string, output.Report) {
	t.Helper()
	s, options := w.site(t)
	folder, packed, commit := w.open(t, dir)
	if packed != nil {
		if err := Build(t.Context(), s, loans, w.date, packed, options); err != nil {
			t.Fatal(err)
		}
		return nil, commit()
	}
	out := &counted{Folder: folder}
	if err := Build(t.Context(), s, loans, w.date, out, options); err != nil {
		t.Fatal(err)
	}
	report := commit()
	slices.Sort(out.made)
	return out.made, report
}

// unpack gives the files of a packed site.
func unpack(t *testing.T, dir string) map[string]string {
	t.Helper()
	to := filepath.Join(scratch(t), "unpacked")
	folder, err := output.Open(to, output.Options{SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Abort()
	if _, err := pack.Unpack(t.Context(), dir, folder); err != nil {
		t.Fatal(err)
	}
	return tree(t, to)
}

// tree is every file of a folder, the manifest and the memo too.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		files[name] = string(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func sameTrees(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s: %s is missing", what, name)
		}
	}
	for name, body := range got {
		if other, ok := want[name]; !ok {
			t.Errorf("%s: %s should not be there", what, name)
		} else if body != other {
			i := 0
			for i < len(body) && i < len(other) && body[i] == other[i] {
				i++
			}
			t.Errorf("%s: %s differs at byte %d: %.80q, want %.80q", what, name, i, body[i:], other[i:])
		}
	}
}

// scratch is a folder in memory where the system has such a place.
func scratch(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "loanleaf-generator-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
