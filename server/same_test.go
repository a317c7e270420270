package server_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"loanleaf/generator"
	"loanleaf/generator/docs"
	"loanleaf/generator/hosting"
	"loanleaf/generator/output"
	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/kiva/snapshot"
	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
	"loanleaf/store"
)

// dataDate is what counts as now in these tests.
var dataDate = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

// TestServerAndBuildGiveTheSameBytes builds the sample and asks a server over
// the same data for every address that the build enumerates; then it looks
// whether the folder has a file that nobody asked for.
func TestServerAndBuildGiveTheSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: one goroutine asks for every page")
	}
	loans := sampleStore(t, kiva.Refunded) // its card is that of an invented loan
	for _, test := range []struct{ name, base, oembed string }{
		{"with static answers", "https://loans.example", site.Static},
		{"under a path, with an endpoint", "https://example.org/our/loans", "https://example.org/our/loans/services/oembed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := site.New(site.Config{
				BaseURL: test.base, Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: test.oembed,
				Images: site.ServedImages, Gallery: drawings{}, Cards: func(id int64) bool { return id%8 == 1 },
			})
			if err != nil {
				t.Fatal(err)
			}
			documents := documentsOf(t, s)
			dir := buildFolder(t, s, loans, documents)
			web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate, Picture: sample.Picture, Documents: documents})
			if err != nil {
				t.Fatal(err)
			}
			left := filesOf(t, dir)
			for file, want := range expected(t, s, loans, documents) {
				got := ask(t, web, want.path)
				built, err := os.ReadFile(filepath.Join(dir, file))
				if err != nil {
					t.Errorf("%s: %v", want.path, err)
					continue
				}
				if string(built) != got.body {
					t.Errorf("%s differs from %s: %d bytes served, %d built", want.path, file, len(got.body), len(built))
				}
				if got.code != want.code || got.contentType != want.contentType {
					t.Errorf("%s: answered %d %q, want %d %q", want.path, got.code, got.contentType, want.code, want.contentType)
				}
				delete(left, file)
			}
			for _, settings := range hosting.Files(page.New(s, nil, time.Time{}, nil, documents...)) {
				if !left[settings.Name] {
					t.Errorf("%s is not built", settings.Name)
				}
				if got := ask(t, web, s.Path(site.Address{})+settings.Name); got.code != http.StatusNotFound {
					t.Errorf("%s is for other hosts, and is answered with %d", settings.Name, got.code)
				}
				delete(left, settings.Name)
			}
			for file := range left {
				t.Errorf("%s is built, and has no address that the server was asked for", file)
			}
		})
	}
}

// answered is what an address has to say, beside its body.
type answered struct {
	path, contentType string
	code              int
}

// expected is every address of the site by the file that a build puts it in:
// pages, assets, pictures, cards.
func expected(t *testing.T, s *site.Site, loans *store.Store, documents []*docs.Tree) map[string]answered {
	t.Helper()
	all := map[string]answered{}
	pages := page.New(s, loans, dataDate, nil, documents...)
	add := func(a site.Address) {
		code := http.StatusOK
		if a.Kind == site.NotFound {
			code = http.StatusNotFound
		}
		if _, moved := pages.Moved(a); moved {
			code = http.StatusMovedPermanently
		}
		all[s.File(a)] = answered{s.Path(a), page.ContentType(a.Kind), code}
	}
	for a, err := range pages.Walk(t.Context(), locale.Shipped()) {
		if err != nil {
			t.Fatal(err)
		}
		add(a)
	}
	pages.Photos(sample.Picture)
	kinds := pages.LoanKinds()
	pictures := 0
	for loan, err := range loans.Loans(t.Context(), 0, 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range kinds {
			for _, language := range s.Languages() {
				add(site.Address{Kind: kind, ID: loan.ID, Language: language.Tag})
			}
		}
		if s.CardIsBuilt(loan.ID) {
			for _, language := range s.Languages() {
				for _, a := range pages.Drawn(&loan, language.Tag) {
					add(a)
				}
			}
		}
		if loan.ImageID == 0 {
			continue
		}
		for _, size := range pages.PictureSizes() {
			picture, ok := s.Picture(loan.ImageID, size)
			address, err := url.Parse(picture.URL)
			if !ok || err != nil {
				t.Fatalf("loan %d has no address for its picture at %s: %v", loan.ID, size, err)
			}
			pictures++
			all[s.PictureFile(size, loan.ImageID)] = answered{address.EscapedPath(), "image/jpeg", http.StatusOK}
		}
	}
	for _, asset := range pages.Assets() {
		all["assets/"+asset.File] = answered{s.Asset(asset.File), asset.ContentType, http.StatusOK}
	}
	if pictures == 0 || len(all) < 200 {
		t.Fatalf("%d addresses and %d pictures: too few to prove anything", len(all), pictures)
	}
	return all
}

type answer struct {
	code              int
	contentType, body string
}

func ask(t *testing.T, web http.Handler, path string) answer {
	t.Helper()
	w := httptest.NewRecorder()
	web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{w.Code, w.Header().Get("Content-Type"), string(body)}
}

// drawings measure the sample's pictures.
type drawings struct{}

func (drawings) PictureSize(size string, id int64) (width, height int, ok bool) {
	return sample.PictureSize(size, id)
}

// sampleStore is the embedded sample, imported, without loans of some states.
func sampleStore(t testing.TB, without ...kiva.Status) *store.Store {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "loans.sqlite")
	into, err := store.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer into.Abort()
	for name, body := range map[string][]byte{"loans.jsonl": sample.Loans(), "partners.json": sample.Partners()} {
		source := filepath.Join(dir, name)
		if err := os.WriteFile(source, body, 0o600); err != nil {
			t.Fatal(err)
		}
		readInto(t, into, source, without)
	}
	if _, err := into.Commit(t.Context(), store.Meta{DataDate: dataDate}); err != nil {
		t.Fatal(err)
	}
	loans, err := store.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { loans.Close() })
	return loans
}

func readInto(t testing.TB, into *store.Import, source string, without []kiva.Status) {
	t.Helper()
	snap, err := snapshot.Open(source)
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	for record, err := range snap.Records() {
		switch {
		case err != nil:
		case record.Loan != nil && slices.Contains(without, record.Loan.Status):
		case record.Loan != nil:
			_, err = into.AddLoan(t.Context(), record.Loan)
		case record.Partner != nil:
			_, err = into.AddPartner(t.Context(), record.Partner)
		case record.Problem != nil:
			t.Errorf("%s", record.Problem)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func buildFolder(t *testing.T, s *site.Site, loans *store.Store, documents []*docs.Tree) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dist")
	out, err := output.Open(dir, output.Options{SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer out.Abort()
	err = generator.Build(t.Context(), s, loans, dataDate, out, generator.Options{
		Workers: 4, Picture: sample.Picture, Documents: documents, Outputs: generator.Outputs{Page: true, Widget: true, OEmbed: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := out.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	return dir
}

// filesOf are the files of a built folder, as its manifest names them.
func filesOf(t *testing.T, dir string) map[string]bool {
	t.Helper()
	manifest, err := output.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]bool{}
	for _, entry := range manifest.Entries {
		files[entry.Name] = true
	}
	return files
}
