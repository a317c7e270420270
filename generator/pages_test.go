package generator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"

	"loanleaf/kiva"
	"loanleaf/kiva/snapshot"
	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/site"
	"loanleaf/store"
)

// memory is a Writer that keeps what it is given.
type memory struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (m *memory) Write(name string, body []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, twice := m.files[name]; twice {
		return fmt.Errorf("%s is written twice", name)
	}
	m.files[name] = bytes.Clone(body)
	return nil
}

type gallery struct{}

func (gallery) PictureSize(size string, id int64) (int, int, bool) {
	return sample.PictureSize(size, id)
}

// sampleStore imports the newcomer's sample and, behind it, more loans than one
// page of a list shows.
func sampleStore(t testing.TB, more int) *store.Store {
	t.Helper()
	dir := t.TempDir()
	var lines bytes.Buffer
	lines.Write(sample.Loans())
	if err := sample.Write(&lines, more, 1); err != nil {
		t.Fatal(err)
	}
	into, err := store.Create(filepath.Join(dir, "loans.db"))
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{"loans.jsonl": lines.Bytes(), "partners.json": sample.Partners()} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, body, 0o644); err != nil {
			t.Fatal(err)
		}
		source, err := snapshot.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		for record, err := range source.Records() {
			switch {
			case err != nil:
			case record.Loan != nil:
				_, err = into.AddLoan(t.Context(), record.Loan)
			case record.Partner != nil:
				_, err = into.AddPartner(t.Context(), record.Partner)
			default:
				err = fmt.Errorf("set aside: %v", record.Problem)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := into.Commit(t.Context(), store.Meta{}); err != nil {
		t.Fatal(err)
	}
	loans, err := store.Open(filepath.Join(dir, "loans.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { loans.Close() })
	return loans
}

const base = "https://loans.example/of/ours"

// built is the whole sample site, for a base address with a path.
func built(t *testing.T, more int, o Options) (*site.Site, map[string][]byte) {
	t.Helper()
	s, err := site.New(site.Config{
		BaseURL: base, Name: "Our loans", Languages: locale.Shipped(), OEmbed: site.Static,
		Images: site.ServedImages, Gallery: gallery{}, LendURL: "https://lend.example/<id>",
	})
	if err != nil {
		t.Fatal(err)
	}
	loans := sampleStore(t, more)
	out := &memory{files: map[string][]byte{}}
	if err := Build(t.Context(), s, loans, loans.Meta().DataDate, out, o); err != nil {
		t.Fatal(err)
	}
	return s, out.files
}

var everything = Options{Workers: 2, Outputs: Outputs{Page: true, Widget: true, OEmbed: true}, Picture: sample.Picture}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	_, files := built(t, 150, everything)
	known := map[string]bool{}
	for name := range files {
		known["/"+name] = true
		if address, ok := strings.CutSuffix(name, ".html"); ok {
			known["/"+address] = true
			if folder, ok := strings.CutSuffix(address, "index"); ok {
				known["/"+folder] = true
			}
		}
	}
	links := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".html" {
			continue
		}
		walk(t, name, files[name], func(tag, attribute, value string) {
			target, ours := strings.CutPrefix(value, base)
			if !ours {
				target, ours = strings.CutPrefix(value, "/of/ours")
			}
			if !ours {
				if strings.HasPrefix(value, "/") || strings.HasPrefix(value, "https://loans.example") {
					t.Errorf("%s: <%s %s=%q> leaves the path of the site", name, tag, attribute, value)
				}
				return
			}
			links++
			u, err := url.Parse(target)
			if err != nil || !known[u.Path] {
				t.Errorf("%s: <%s %s=%q> leads nowhere", name, tag, attribute, value)
			}
			if strings.HasSuffix(u.Path, ".html") {
				t.Errorf("%s: <%s %s=%q> is not the address as it is minted", name, tag, attribute, value)
			}
		})
	}
	if links < 5000 {
		t.Errorf("only %d links were looked at", links)
	}
}

// walk parses a page and tells of every attribute that holds an address.
func walk(t *testing.T, name string, body []byte, tell func(tag, attribute, value string)) {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	for node := range root.Descendants() {
		for _, a := range node.Attr {
			if a.Key == "href" || a.Key == "src" {
				tell(node.Data, a.Key, a.Val)
			}
		}
	}
}

func TestNothingIsEscapedTwiceOrNotAtAll(t *testing.T) {
	_, files := built(t, 150, everything)
	for name, body := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		for _, bad := range []string{"&amp;amp;", "&amp;lt;", "&amp;#", "&amp;quot;", "%!", "{name}", "{amount}", "<nil>", "0001-01-01", "1970-01-01", "NaN"} {
			if i := bytes.Index(body, []byte(bad)); i >= 0 {
				t.Errorf("%s holds %q: …%s…", name, bad, body[max(0, i-60):min(len(body), i+60)])
			}
		}
	}
}

func TestEveryLoanPageIsDiscoveredAndAnswered(t *testing.T) {
	_, files := built(t, 20, everything)
	pages := 0
	for name, body := range files {
		if !strings.HasPrefix(name, "lend/") {
			continue
		}
		pages++
		found := 0
		walk(t, name, body, func(tag, _, value string) {
			answer, ok := strings.CutPrefix(value, base+"/services/oembed/lend/")
			if tag != "link" || !ok {
				return
			}
			found++
			if _, ok := files["services/oembed/lend/"+answer]; !ok {
				t.Errorf("%s names %s, which is not there", name, value)
			}
		})
		if found != 2 {
			t.Errorf("%s has %d discovery links, want 2", name, found)
		}
	}
	if pages != 78 {
		t.Errorf("%d loan pages, want the 58 of the sample and 20 more", pages)
	}
}

func TestOutputsAreThoseAskedFor(t *testing.T) {
	for _, c := range []struct {
		outputs    Outputs
		there, not []string
	}{
		{Outputs{Page: true}, []string{"lend/", "country/", "sitemap.xml", "index.html", "assets/"}, []string{"embed/", "services/"}},
		{Outputs{Widget: true}, []string{"embed/", "404.html"}, []string{"lend/", "country/", "services/", "sitemap.xml"}},
		{Outputs{OEmbed: true}, []string{"services/"}, []string{"lend/", "embed/"}},
	} {
		_, files := built(t, 0, Options{Workers: 1, Outputs: c.outputs})
		has := func(prefix string) bool {
			for name := range files {
				if strings.HasPrefix(name, prefix) {
					return true
				}
			}
			return false
		}
		for _, prefix := range c.there {
			if !has(prefix) {
				t.Errorf("%+v: no %s", c.outputs, prefix)
			}
		}
		for _, prefix := range c.not {
			if has(prefix) {
				t.Errorf("%+v: there is %s", c.outputs, prefix)
			}
		}
	}
}

func TestLoansMayShareAPicture(t *testing.T) {
	dir := t.TempDir()
	into, err := store.Create(filepath.Join(dir, "loans.db"))
	if err != nil {
		t.Fatal(err)
	}
	for id := int64(1); id <= 500; id++ {
		loan := kiva.Loan{ID: id, Name: "Mai", Status: kiva.Paid, Amount: kiva.USD(100), ImageID: 1 + id%7}
		if _, err := into.AddLoan(t.Context(), &loan); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := into.Commit(t.Context(), store.Meta{}); err != nil {
		t.Fatal(err)
	}
	loans, err := store.Open(filepath.Join(dir, "loans.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer loans.Close()
	s, err := site.New(site.Config{BaseURL: base, Name: "Loans", Languages: []string{"en"}, OEmbed: site.Static, Images: site.ServedImages, Gallery: gallery{}})
	if err != nil {
		t.Fatal(err)
	}
	out := &memory{files: map[string][]byte{}}
	if err := Build(t.Context(), s, loans, loans.Meta().DataDate, out, Options{Workers: 4, Outputs: Outputs{Widget: true}, Picture: sample.Picture}); err != nil {
		t.Fatal(err)
	}
	pictures := 0
	for name := range out.files {
		if strings.HasPrefix(name, "img/") {
			pictures++
		}
	}
	if pictures != 7 {
		t.Errorf("%d pictures, want each of the 7 once", pictures)
	}
}

func TestAProjectionIsWhatTheBuildWrites(t *testing.T) {
	for _, more := range []int{0, 600} {
		loans := sampleStore(t, more)
		s, err := site.New(site.Config{BaseURL: base, Name: "Loans", Languages: []string{"en"}, OEmbed: site.Static, Images: site.NoImages})
		if err != nil {
			t.Fatal(err)
		}
		out := &memory{files: map[string][]byte{}}
		options := Options{Workers: 2, Outputs: everything.Outputs}
		if err := Build(t.Context(), s, loans, loans.Meta().DataDate, out, options); err != nil {
			t.Fatal(err)
		}
		var size int64
		for _, body := range out.files {
			size += int64(len(body))
		}
		got, err := Project(t.Context(), s, loans, loans.Meta().DataDate, options, Sampled)
		if err != nil || got.Loans != 58+more || got.Files != len(out.files) {
			t.Errorf("%d more: %+v, %v, want %d files", more, got, err, len(out.files))
		}
		if off := float64(got.Bytes-size) / float64(size); off > 0.05 || off < -0.05 {
			t.Errorf("%d more: %d bytes projected, %d written", more, got.Bytes, size)
		}
	}
}

// broken fails at the n-th file.
type broken struct {
	mu   sync.Mutex
	left int
}

var errFull = errors.New("disk full")

func (b *broken) Write(string, []byte) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left--; b.left < 0 {
		return errFull
	}
	return nil
}

func TestAFileThatCannotBeWrittenEndsTheBuild(t *testing.T) {
	loans := sampleStore(t, 0)
	s, err := site.New(site.Config{BaseURL: base, Name: "Loans", Languages: []string{"en"}, OEmbed: site.Static, Images: site.NoImages})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 1, 57, 200, 290} {
		err := Build(t.Context(), s, loans, loans.Meta().DataDate, &broken{left: n}, Options{Workers: 3, Outputs: everything.Outputs})
		if !errors.Is(err, errFull) {
			t.Errorf("failing at file %d: %v", n, err)
		}
	}
}

func TestABuildThatIsStoppedSaysSo(t *testing.T) {
	loans := sampleStore(t, 0)
	s, err := site.New(site.Config{BaseURL: base, Name: "Loans", Languages: []string{"en"}, OEmbed: site.Static, Images: site.NoImages})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := Build(ctx, s, loans, loans.Meta().DataDate, &memory{files: map[string][]byte{}}, everything); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
}
