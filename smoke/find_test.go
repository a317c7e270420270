package smoke

import (
	"context"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"golang.org/x/tools/txtar"

	"loanleaf/generator"
	"loanleaf/generator/docs"
	"loanleaf/locale"
	"loanleaf/server"
	"loanleaf/site"
	"loanleaf/store"
)

// handbook is a site of documents below /ours, as a build leaves it on the disk.
func handbook(t *testing.T, files fs.FS) *site.Site {
	t.Helper()
	loans := emptyStore(t)
	web := httptest.NewUnstartedServer(nil)
	s, err := site.New(site.Config{
		BaseURL: "http://" + web.Listener.Addr().String() + "/ours", Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: site.Static, Images: site.NoImages,
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, findings := docs.Read(files, s, site.Doc)
	for _, f := range findings {
		t.Log(f)
	}
	dir := t.TempDir()
	if err := generator.Build(t.Context(), s, loans, time.Time{}, disk(dir), generator.Options{
		Workers: 2, Outputs: generator.Outputs{Page: true}, Documents: []*docs.Tree{tree},
	}); err != nil {
		t.Fatal(err)
	}
	folder, err := server.Folder(dir, "/ours")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { folder.Close() })
	web.Config.Handler = folder
	web.Start()
	t.Cleanup(web.Close)
	return s
}

func emptyStore(t *testing.T) *store.Store {
	t.Helper()
	file := filepath.Join(t.TempDir(), "loans.sqlite")
	into, err := store.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer into.Abort()
	if _, err := into.Commit(t.Context(), store.Meta{}); err != nil {
		t.Fatal(err)
	}
	loans, err := store.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { loans.Close() })
	return loans
}

func handbookFiles(t *testing.T) fs.FS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/handbook.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// seek types a query into the box and gives what is then in the list: of each
// page the path with its anchor.
func seek(t *testing.T, tab context.Context, query string) []string {
	t.Helper()
	evaluate[chromedp.Void](t, tab, fmt.Sprintf(`(() => {
		const input = document.querySelector(".find input");
		document.querySelector(".found p").textContent = "";
		input.focus();
		input.value = %q;
		input.dispatchEvent(new InputEvent("input", {bubbles: true}));
	})()`, query))
	until(t, tab, `!document.querySelector(".found").hidden && document.querySelector(".found p").textContent !== ""`)
	list := evaluate[[]string](t, tab, `[...document.querySelectorAll(".found li a")].map(a => decodeURIComponent(a.pathname + a.hash))`)
	said := evaluate[string](t, tab, `document.querySelector(".find [role=status]").textContent`)
	if told := evaluate[string](t, tab, `document.querySelector(".found p").textContent`); told != said {
		t.Errorf("%s: %q is shown, and %q is said", query, told, said)
	}
	return list
}

// TestFindingDocuments looks for words on a site of files below a path, in each
// language.
func TestFindingDocuments(t *testing.T) {
	s := handbook(t, handbookFiles(t))
	tab, console := browser(t)
	for _, c := range []struct {
		why, tag string
		asked    []string
		want     string // all paths, parted by spaces
	}{
		{"titles come before headings and these before the text", "en", []string{"loan", "Loan", "LOAN "}, "/docs/loan /docs/partner#loan-drafts"},
		{"the beginning of the last word will do", "en", []string{"repay", "repaym", "repayment", "repay earl"}, "/docs/loan#repayment"},
		{"all words have to stand on the page, and most of them where it opens", "en", []string{"loan width", "width loan"}, "/docs/loan#width-of-a-card"},
		{"words of code", "en", []string{"maxwidth", "maxwidth=400", "MAXWIDTH"}, "/docs/loan#width-of-a-card"},
		{"and parts of them", "en", []string{"X-RateLimit-Remaining", "x-ratelimit", "ratelimit", "remaining"}, "/docs/"},
		{"a name before an apostrophe", "en", []string{"kiva", "Kiva’s"}, "/docs/partner"},
		{"with or without marks, one or many", "es", []string{"prestamo", "préstamos", "PRESTAMOS"}, "/es/docs/partner#préstamos-en-borrador"},
		{"in the words of another language where there is no translation", "es", []string{"repayment"}, "/es/docs/loan#repayment"},
		{"French without marks", "fr", []string{"pret", "prêt"}, "/fr/docs/loan /fr/docs/partner"},
		{"French behind an article", "fr", []string{"remboursement", "remboursem", "emprunteur", "l'emprunteur"}, "/fr/docs/loan#le-remboursement"},
		{"Arabic with its article and without", "ar", []string{"قرض", "القرض", "القر", "الق"}, "/ar/docs/loan"},
		{"Arabic in the plural", "ar", []string{"قروض", "القروض", "قرو"}, "/ar/docs/loan"},
		{"Arabic behind an article", "ar", []string{"سداد", "السداد"}, "/ar/docs/loan#السداد"},
	} {
		start := s.URL(site.Address{Kind: site.Doc, Language: c.tag})
		do(t, tab, chromedp.Navigate(start))
		for _, query := range c.asked {
			list := seek(t, tab, query)
			if got := strings.ReplaceAll(strings.Join(list, " "), "/ours", ""); got != c.want {
				t.Errorf("%s, %s: %q finds %s, want %s", c.why, c.tag, query, got, c.want)
			}
		}
		// The page is there, and the place on it.
		first, _, _ := strings.Cut(c.want, " ")
		evaluate[chromedp.Void](t, tab, `document.querySelector(".found li a").click()`)
		until(t, tab, fmt.Sprintf(`document.readyState === "complete" && decodeURIComponent(location.pathname + location.hash) === %q && document.querySelector(".found")?.hidden`, "/ours"+first))
		if !evaluate[bool](t, tab, `location.hash === "" || document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null`) {
			t.Errorf("%s: there is no such place on the page", first)
		}
	}
	for tag, absent := range map[string]string{
		"en": "zanzibar timbuktu lpan laon reepay préstamo loand ratelimits 4000 unpaid xyz",
		"es": "zanzibar presstamo prestado préstatario loanss socioss borrado0 manualidad orgánico reembolso 4000",
		"fr": "zanzibar prestamo prète rembourserait emprunteuse argenté moiss partenariat mensuel 4000 manuele",
		"ar": "قارض مالي سدادات شركاء جداول مواعيد أموال يعودون دلائل كتاب",
	} {
		do(t, tab, chromedp.Navigate(s.URL(site.Address{Kind: site.Doc, Language: tag})))
		words := strings.Fields(absent)
		if list := seek(t, tab, words[0]); len(list) > 0 {
			t.Errorf("%s: %q finds %s", tag, words[0], list)
		}
		evaluate[chromedp.Void](t, tab, fmt.Sprintf(`fetch(document.querySelector(".find").dataset.index).then(answer => answer.json()).then(index => {
			const made = new SearchIndex(index);
			document.title = "asked:" + %q.split(" ").filter(word => made.find(word).length).join(" ");
		})`, absent))
		until(t, tab, `document.title.startsWith("asked:")`)
		if found := evaluate[string](t, tab, `document.title.slice(6)`); found != "" {
			t.Errorf("%s: finds %s", tag, found)
		}
	}
	quiet(t, console())
}

// TestWhatIsShownOfAPage looks at the excerpts, the marks in them, and the
// language of what is not translated.
func TestWhatIsShownOfAPage(t *testing.T) {
	s := handbook(t, handbookFiles(t))
	tab, console := browser(t)
	const shown = `[...document.querySelectorAll(".found li")].map(li => [li.lang || "-", li.querySelector("b").innerHTML, li.querySelector("span")?.innerHTML ?? "", li.querySelector("p").innerHTML].join("|"))`
	for _, c := range []struct{ tag, query, want string }{
		{"en", "repay", "-|The loan|<mark>Repayment</mark>|Borrowers <mark>repay</mark> monthly. A <mark>repayment</mark> that comes early is a <mark>repayment</mark> all the same."},
		{"es", "repay", "en|The loan|<mark>Repayment</mark>|Borrowers <mark>repay</mark> monthly. A <mark>repayment</mark> that comes early is a <mark>repayment</mark> all the same."},
		{"es", "prestamos", "-|Socios|<mark>Préstamos</mark> en borrador|Nadie más los lee."},
		{"fr", "emprunteur", "-|Le prêt|Le remboursement|<mark>L’emprunteur</mark> rembourse chaque mois."},
		{"ar", "جدول", "-|القرض|السداد|كل قرض له <mark>جدول</mark>، وللقرض موعد."},
	} {
		do(t, tab, chromedp.Navigate(s.URL(site.Address{Kind: site.Doc, Language: c.tag})))
		seek(t, tab, c.query)
		until(t, tab, `[...document.querySelectorAll(".found li p")].every(p => p.textContent)`)
		if got := strings.Join(evaluate[[]string](t, tab, shown), "\n"); got != c.want {
			t.Errorf("%s, %s: got\n%s\nwant\n%s", c.tag, c.query, got, c.want)
		}
	}
	quiet(t, console())
}

// TestAnIndexThatCannotBeHad says so, and is asked for again.
func TestAnIndexThatCannotBeHad(t *testing.T) {
	thorough(t)
	s := handbook(t, handbookFiles(t))
	tab, _ := browser(t)
	do(t, tab, chromedp.Navigate(s.URL(site.Address{Kind: site.Doc, Language: "fr"})))
	evaluate[chromedp.Void](t, tab, `globalThis.right = document.querySelector(".find").dataset.index, document.querySelector(".find").dataset.index = "/ours/search/nothing.json", undefined`)
	seek(t, tab, "pr")
	if got := evaluate[string](t, tab, `document.querySelector(".find [role=status]").textContent`); !strings.HasPrefix(got, "La recherche n’a pas pu être chargée") {
		t.Errorf("it says %q", got)
	}
	evaluate[chromedp.Void](t, tab, `document.querySelector(".find").dataset.index = right, undefined`)
	if list := seek(t, tab, "pret"); len(list) != 2 {
		t.Errorf("afterwards %v are found", list)
	}
}

// TestFindingByKeyboard goes to the box, through what was found and back, and
// turns the key off.
func TestFindingByKeyboard(t *testing.T) {
	thorough(t)
	s := handbook(t, handbookFiles(t))
	tab, console := browser(t)
	do(t, tab, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(s.URL(site.Address{Kind: site.Doc, Slug: "loan"})))
	asked := func() int64 {
		return evaluate[int64](t, tab, `performance.getEntriesByType("resource").filter(e => e.name.endsWith("/search/docs.json")).length`)
	}
	at := `(document.activeElement.type || document.activeElement.pathname + document.activeElement.hash)`
	step := func(keys, want string) {
		t.Helper()
		do(t, tab, chromedp.KeyEvent(keys))
		until(t, tab, fmt.Sprintf("%s === %q", at, want))
	}
	if asked() != 0 {
		t.Error("the index is fetched before anybody looks for anything")
	}
	do(t, tab, slash)
	step("", "search")      // the key leads to the box
	step("loan/", "search") // where it is a sign like others
	until(t, tab, `document.querySelector(".find input").value === "loan/" && document.querySelectorAll(".found li").length === 2`)
	step(kb.ArrowDown, "/ours/docs/loan")                // down to the first
	step(kb.ArrowDown, "/ours/docs/partner#loan-drafts") // and the second
	step(kb.ArrowDown, "/ours/docs/partner#loan-drafts") // which is the last
	step(kb.ArrowUp+kb.ArrowUp, "search")                // and up
	step(kb.ArrowUp, "search")                           // where the box is the first
	do(t, tab, chromedp.KeyEvent(kb.ArrowDown+kb.Escape))
	until(t, tab, `document.activeElement.type === "search" && document.querySelector(".found").hidden && document.querySelector(".find input").value === "loan/"`)
	do(t, tab, chromedp.KeyEvent(kb.Escape))
	until(t, tab, `document.querySelector(".find input").value === ""`)
	do(t, tab, chromedp.KeyEvent(kb.Enter), chromedp.Sleep(200*time.Millisecond))
	if got := evaluate[string](t, tab, `location.pathname + document.querySelectorAll(".found li").length`); got != "/ours/docs/loan0" {
		t.Errorf("Enter without a word leads to %s", got)
	}
	do(t, tab, chromedp.KeyEvent("drafts"+kb.Enter))
	until(t, tab, `location.pathname + location.hash === "/ours/docs/partner#loan-drafts"`)
	until(t, tab, `document.querySelector(".found")?.hidden === true`)

	do(t, tab, slash, chromedp.KeyEvent("loan"))
	until(t, tab, `document.querySelectorAll(".found li").length === 2`)
	evaluate[chromedp.Void](t, tab, `document.querySelector(".found input").click()`)
	do(t, tab, chromedp.Navigate(s.URL(site.Address{Kind: site.Doc})), slash)
	if got := evaluate[string](t, tab, `document.activeElement.tagName + document.querySelector(".find input").hasAttribute("aria-keyshortcuts") + getComputedStyle(document.querySelector(".find kbd")).display`); got != "BODYfalsenone" {
		t.Errorf("with the key turned off: %s", got)
	}
	if asked() != 0 {
		t.Error("the index is fetched before anybody looks for anything")
	}
	quiet(t, console())
}

// TestTheSearchBoxOnEveryScreen opens the list at the widths of WCAG 1.4.10, of
// a phone and of a desk, from the left and from the right, and sees that it is all
// on the screen. Without scripts there is no box, and no room for it.
func TestTheSearchBoxOnEveryScreen(t *testing.T) {
	thorough(t)
	s := handbook(t, handbookFiles(t))
	tab, console := browser(t)
	for _, tag := range []string{"en", "ar"} {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{320, 375, 1280} {
				do(t, tab, prefer(scheme), chromedp.EmulateViewport(width, 900), chromedp.Navigate(s.URL(site.Address{Kind: site.Doc, Slug: "loan", Language: tag})))
				seek(t, tab, map[string]string{"en": "loan", "ar": "قرض"}[tag])
				until(t, tab, `[...document.querySelectorAll(".found li p")].every(p => p.textContent)`)
				at := fmt.Sprintf("%s %s %d", tag, scheme, width)
				if got := evaluate[[]float64](t, tab, `(r => [r.left, r.right, r.width, document.documentElement.scrollWidth])(document.querySelector(".found").getBoundingClientRect())`); got[0] < 0 || got[1] > float64(width) || got[2] < 250 || got[3] > float64(width) {
					t.Errorf("%s: from %v to %v, the page %v wide", at, got[0], got[1], got[3])
				}
				if tall := evaluate[[]float64](t, tab, `[...document.querySelectorAll(".find > label, .found a, .found label")].map(e => e.getBoundingClientRect().height)`); slices.Min(tall) < 24 {
					t.Errorf("%s: something to press is %v pixels high", at, slices.Min(tall))
				}
				shoot(t, tab, fmt.Sprintf("find-%s-%s-%d.png", tag, scheme, width))
			}
		}
	}
	do(t, tab, withoutScripts, chromedp.Navigate(s.URL(site.Address{Kind: site.Doc})))
	if got := evaluate[string](t, tab, `getComputedStyle(document.querySelector(".find")).display`); got != "none" {
		t.Errorf("without scripts the box is displayed as %s", got)
	}
	quiet(t, console())
}

// slash presses the key as keyboards do: what it types is left out when the page
// has taken it. The events of chromedp.KeyEvent are parted, and it never is.
var slash = chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
	for _, press := range []input.DispatchKeyEventParams{{Type: kb.KeyDown, Key: "/", Code: "Slash", Text: "/"}, {Type: kb.KeyUp, Key: "/", Code: "Slash"}} {
		if _, err := cdp.Call(ctx, tab, input.DispatchKeyEvent, press); err != nil {
			return err
		}
	}
	return nil
})

var withoutScripts = chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
	_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return err
})

// TestFindingInTheDocumentsOfPartners looks for words in a real tree.
func TestFindingInTheDocumentsOfPartners(t *testing.T) {
	thorough(t)
	const tree = "../../shared/data/docs-kiva-partner"
	if _, err := os.Stat(tree); err != nil {
		t.Skip("../shared/data is absent: there is no real tree to search")
	}
	s := handbook(t, os.DirFS(tree))
	tab, console := browser(t)
	do(t, tab, chromedp.EmulateViewport(1280, 900))
	for _, c := range []struct{ tag, query, first string }{
		{"en", "repayment", "/docs/overview/report_payments"}, {"en", "draft", "/docs/overview/draftloans"}, {"en", "errors", "/docs/overview/Errors"},
		{"es", "prestamo", ""}, {"es", "préstamos", ""}, {"fr", "pret", ""}, {"fr", "remboursement", ""},
		{"ar", "rate limit", ""},
	} {
		do(t, tab, chromedp.Navigate(s.URL(site.Address{Kind: site.Doc, Slug: "changelog", Language: c.tag})))
		list := seek(t, tab, c.query)
		if slices.ContainsFunc(list, func(path string) bool { return strings.Contains(path, "/category/") }) {
			t.Errorf("%s: %q finds what only names other documents: %v", c.tag, c.query, list)
		}
		if len(list) == 0 || !strings.HasPrefix(strings.TrimPrefix(list[0], "/ours"), c.first) {
			t.Errorf("%s: %q finds %v", c.tag, c.query, list)
		}
		t.Logf("%s: %q finds %v", c.tag, c.query, list)
		until(t, tab, `[...document.querySelectorAll(".found li p")].every(p => p.textContent)`)
		shoot(t, tab, "partners-"+c.tag+"-"+c.query+".png")
	}
	quiet(t, console())
}
