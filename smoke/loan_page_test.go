package smoke

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"loanleaf/kiva"
	"loanleaf/public"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// pageStage serves one loan's page in English at /lend/7 and in Arabic at
// /ar/lend/7, with the files it asks for and the headers it is sent with.
func pageStage(t *testing.T, loan *kiva.Loan) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	place, err := site.New(site.Config{BaseURL: s.URL, Name: "Loans", Languages: []string{"en", "ar"}, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	frame := templates.Frame{Site: place, Policy: templates.Policy(place)}
	for _, asset := range public.Embedded().Assets() {
		path := place.Asset(asset.File)
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", asset.ContentType)
			_, _ = w.Write(asset.Body)
		})
		switch asset.Name {
		case public.SiteStyle:
			frame.Style = path
		case public.Icon:
			frame.Icon = path
		case public.CopyScript:
			frame.Copy = path
		}
	}
	partner := &kiva.Partner{ID: 3, Name: "Green Valley Fund", Rating: 45}
	for _, language := range place.Languages() {
		told := view.In(place, language, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)).Loan(loan, partner)
		frame.Language, frame.Canonical = language, told.Page
		var page bytes.Buffer
		if err := templates.LoanPage(frame, told, templates.Discovery{}).Render(t.Context(), &page); err != nil {
			t.Fatal(err)
		}
		mux.HandleFunc(told.Page[len(s.URL):], func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", frame.Policy+"; frame-ancestors 'none'")
			_, _ = w.Write(page.Bytes())
		})
	}
	return s
}

// broken is a loan that defaulted, with instalments of each outcome, in two
// currencies, and long words.
func broken() *kiva.Loan {
	month := func(n int) time.Time { return time.Date(2024, time.Month(n), 1, 0, 0, 0, 0, time.UTC) }
	loan := &kiva.Loan{
		ID: 7, Name: "Maria de los Ángeles Villavicencio-Sotomayor", Status: kiva.Defaulted, Amount: kiva.USD(1200), Raised: kiva.USD(1200),
		Repaid: kiva.USD(450), Use: "to buy a refrigerated display case, shelving and the first stock of a neighbourhood shop", Activity: "General Store",
		Sector: "Retail", Location: kiva.Location{CountryCode: "KH", Country: "Cambodia", Town: "Preah Vihear"}, PartnerID: 3, LenderCount: 31,
		Languages: []string{"en"}, Story: []kiva.Text{{Language: "en", Body: "She sells rice.\n\nThe road was moved."}},
		Video: &kiva.Video{YouTubeID: "abc_DEF-123"}, Posted: month(1), FundedDate: month(2),
		Terms: &kiva.Terms{Disbursed: month(1), LocalAmount: kiva.Money{Units: 4_900_000 * kiva.MoneyScale, Currency: "KHR"}, Months: 12, Interval: "Monthly",
			Liability: &kiva.LossLiability{Nonpayment: "lender", CurrencyExchange: "shared", CoveragePercent: 10}},
	}
	for n := 3; n < 15; n++ {
		loan.Terms.ScheduledPayments = append(loan.Terms.ScheduledPayments, kiva.Instalment{Due: month(n), Amount: kiva.USD(100)})
		loan.Terms.LocalPayments = append(loan.Terms.LocalPayments, kiva.Instalment{
			Due: month(n).AddDate(0, 0, -20), Amount: kiva.Money{Units: 408_333 * kiva.MoneyScale, Currency: "KHR"},
		})
	}
	for _, n := range []int{3, 7, 8} {
		loan.Payments = append(loan.Payments, kiva.Payment{
			Amount: kiva.USD(150), Local: kiva.Money{Units: 612_500 * kiva.MoneyScale, Currency: "KHR"}, Settled: month(n).AddDate(0, 0, 12),
		})
	}
	return loan
}

// astray returns a line for everything of a page that is wider than the window,
// or that is not where it should be.
const astray = `(() => {
	const wrong = [], root = document.documentElement, say = text => wrong.push(text)
	if (root.scrollWidth > root.clientWidth) say("wider than the window: " + root.scrollWidth)
	document.querySelectorAll("details").forEach(d => d.open = true)
	for (const e of document.querySelectorAll("h1,h2,h3,p,dt,dd,figcaption,.keys li,.button,label,input,textarea")) {
		const r = e.getBoundingClientRect()
		if (r.width > 0 && (r.left < -.5 || r.right > root.clientWidth + .5)) say("outside: " + e.textContent)
	}
	const plot = document.querySelector(".plot"), box = plot.getBoundingClientRect()
	if (box.width < 200 || box.height < 140) say("the chart has " + box.width + " by " + box.height)
	const marks = [...plot.querySelectorAll("use")].map(u => u.getBoundingClientRect())
	if (marks.length < 10 || marks.some(m => m.width < 5 || m.bottom > box.bottom + 1 || m.left < box.left - 8 || m.right > box.right + 8))
		say("marks: " + JSON.stringify(marks))
	const forward = marks.at(-1).left > marks[0].left
	if (forward !== (root.dir === "ltr")) say("time does not run as the language does")
	for (const shape of document.querySelectorAll(".plot path,.keys path"))
		if (!["fill", "stroke"].some(p => /rgb/.test(getComputedStyle(shape)[p]))) say("not drawn: " + shape.outerHTML)
	return wrong
})()`

func TestLoanPageInABrowser(t *testing.T) {
	s := pageStage(t, broken())
	tab, console := browser(t)
	t.Run("nothing is wider than the window, and the chart is drawn in the direction of the language", func(t *testing.T) {
		for _, path := range []string{"/lend/7", "/ar/lend/7"} {
			for _, width := range []int64{1280, 768, 375, 320} {
				for _, text := range []string{"100%", "200%"} {
					scheme := map[string]string{"100%": "light", "200%": "dark"}[text]
					do(t, tab, prefer(scheme), chromedp.EmulateViewport(width, 800), chromedp.Navigate(s.URL+path))
					evaluate[chromedp.Void](t, tab, fmt.Sprintf("document.documentElement.style.fontSize = %q", text))
					for _, line := range evaluate[[]string](t, tab, astray) {
						t.Errorf("%s, %d wide, text at %s: %s", path, width, text, line)
					}
				}
			}
		}
	})
	t.Run("a button copies what is in its field, and says so", func(t *testing.T) {
		do(t, tab, chromedp.EmulateViewport(375, 800), chromedp.Navigate(s.URL+"/lend/7"))
		const press = `(i => {
			document.querySelector(".embed details").open = true
			navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }
			document.querySelectorAll(".embed button")[i].click()
		})`
		for i, field := range []string{"#embed-address", "#embed-code"} {
			evaluate[chromedp.Void](t, tab, fmt.Sprintf("%s(%d)", press, i))
			said, err := chromedp.Run(tab, chromedp.Poll[string](fmt.Sprintf(`document.querySelectorAll(".embed [role=status]")[%d].textContent`, i)))
			if err != nil {
				t.Fatal(err)
			}
			if said != "Copied" || !evaluate[bool](t, tab, fmt.Sprintf("window.copied === document.querySelector(%q).value && window.copied !== ''", field)) {
				t.Errorf("%s: %q, and what was copied is something else", field, said)
			}
		}
	})
	t.Run("the browser has nothing to complain of", func(t *testing.T) {
		for _, text := range console() {
			t.Error(text)
		}
	})
}
