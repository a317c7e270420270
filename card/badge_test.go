package card

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/public"
	"loanleaf/templates/view"
)

// badges are one of each state, in a language.
func badges(t testing.TB, tag string) map[string]view.Loan {
	all := map[string]view.Loan{}
	for name, change := range map[string]func(*kiva.Loan){
		"fundraising": func(*kiva.Loan) {}, "fundraising-unknown": func(l *kiva.Loan) { l.Raised = kiva.Money{} },
		"funded": standing(kiva.Funded, 0), "in_repayment": standing(kiva.InRepayment, 220), "in_repayment-unknown": standing(kiva.InRepayment, 0),
		"paid": standing(kiva.Paid, 550), "defaulted": standing(kiva.Defaulted, 310), "refunded": standing(kiva.Refunded, 0), "expired": standing(kiva.Expired, 0),
	} {
		l := mai(change)
		all[name] = teller(t, tag).Card(&l)
	}
	return all
}

func TestBadges(t *testing.T) {
	golden := filepath.Join("testdata", "badges.txtar")
	var got txtar.Archive
	for _, tag := range locale.Shipped() {
		told := badges(t, tag)
		for _, state := range []string{"fundraising", "fundraising-unknown", "funded", "in_repayment", "in_repayment-unknown", "paid", "defaulted", "refunded", "expired"} {
			got.Files = append(got.Files, txtar.File{Name: tag + "/" + state + ".svg", Data: Badge(told[state], ColoursOf(public.Embedded()))})
		}
		got.Files = append(got.Files, txtar.File{Name: tag + "/gone.svg", Data: GoneBadge(teller(t, tag).Gone(), ColoursOf(public.Embedded()))})
	}
	if *update {
		if err := os.WriteFile(golden, txtar.Format(&got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, txtar.Format(&got)) {
		t.Errorf("differs from %s; run with -update and read the difference", golden)
	}
	for _, file := range got.Files {
		if len(file.Data) > 1024 {
			t.Errorf("%s has %d bytes, at most 1024 are right", file.Name, len(file.Data))
		}
		if strings.Contains(string(file.Data), "Mai") {
			t.Errorf("%s names the borrower", file.Name)
		}
	}
}

// TestBadgesAreWellFormedAndAsWideAsTheySay reads the SVG as a browser does.
func TestBadgesAreWellFormedAndAsWideAsTheySay(t *testing.T) {
	for _, tag := range locale.Shipped() {
		for state, told := range badges(t, tag) {
			width, words := readBadge(t, Badge(told, ColoursOf(public.Embedded())))
			if size := BadgeSize(told); size.Width != int(width) || size.Height != badgeHeight {
				t.Errorf("%s %s: says %v, is %v wide", tag, state, size, width)
			}
			if room := width - 4*badgePadding; words > room || words < room-3 {
				t.Errorf("%s %s: words of %.1f pixels in %.0f", tag, state, words, room)
			}
		}
	}
}

// readBadge gives the width of a badge, and of its words together.
func readBadge(t *testing.T, body []byte) (width, words float64) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(body))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return width, words
		}
		if err != nil {
			t.Fatalf("%v in %s", err, body)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			n, _ := strconv.ParseFloat(a.Value, 64)
			switch start.Name.Local + " " + a.Name.Local {
			case "svg width":
				width = n
			case "text textLength":
				words += n
			}
		}
	}
}

func TestWidthsAreThoseOfShapedText(t *testing.T) {
	w := newWriter()
	for text, script := range map[string]script{
		"Being repaid · 40%": {"en", false}, "550 US$ recaudados, el total": {"es", false}, "قيد السداد": {"ar", true}, "قيد جمع التمويل": {"ar", true},
	} {
		b := w.block(script, []piece{{text: text}}, perEm<<6, 1<<24, 1)
		got, want := widths().width(text), b.width().Round()
		if off := got - want; off < -want/50 || off > want/50 {
			t.Errorf("%q is %d wide, and shaped %d", text, got, want)
		}
	}
}

func TestTextOfABadgeIsEscaped(t *testing.T) {
	w := svgWriter{}
	if got := string(w.text(`<a href="x">&`).bytes); got != `&lt;a href="x"&gt;&amp;` {
		t.Error(got)
	}
}

func BenchmarkBadge(b *testing.B) {
	for _, tag := range []string{"en", "ar"} {
		b.Run(tag, func(b *testing.B) {
			told, colours := badges(b, tag)["fundraising"], ColoursOf(public.Embedded())
			b.ReportAllocs()
			for b.Loop() {
				Badge(told, colours)
			}
		})
	}
}
