package card

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/public"
	"loanleaf/templates/view"
)

// listDrawing is a card of a list of invented people, with its golden's name.
type listDrawing struct {
	name, language string
	info           kiva.ListInfo
	loans          []kiva.Loan
	size           Size
}

func listOf(kind kiva.ListKind, key, name string, count, fundraising int) kiva.ListInfo {
	return kiva.ListInfo{List: kiva.List{Kind: kind, Key: key}, Name: name, Count: count, Fundraising: fundraising}
}

func raised(dollars int64) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.Raised = kiva.USD(dollars) }
}

func listDrawings() []listDrawing {
	four := []kiva.Loan{
		mai(), mai(named("Nguyễn Thị Hường", "VN", "Viet Nam", "Thạnh Hóa"), raised(0)),
		mai(named("María de los Ángeles Hernández Villavicencio y Compañía", "MX", "Mexico", "San Cristóbal de las Casas, Chiapas"), raised(545)),
		mai(named("Wanjiru", "KE", "Kenya", ""), raised(275)), mai(named("Nobody who is shown", "KE", "Kenya", "")),
	}
	khmer := []kiva.Loan{
		mai(named("សុខា ម៉ៅ", "KH", "Cambodia", "ភូមិក្រាំងធ្នង់")), mai(named("ស្រីពៅ ឆ្លូញ", "KH", "Cambodia", "កំពង់ឆ្នាំង"), raised(300)),
		mai(named("ច័ន្ទ ស្រ្តី", "KH", "Cambodia", "Kampot"), raised(10)),
	}
	arabic := []kiva.Loan{
		mai(named("نور الهدى", "PS", "Palestine", "الخليل")), mai(named("Fatima Zahra", "PS", "Palestine", "Nablus"), raised(400)),
		mai(func(l *kiva.Loan) { l.Name = "Anonymous"; l.Redact() }), mai(named("أحمد 3", "PS", "Palestine", ""), func(l *kiva.Loan) { l.Raised = kiva.Money{} }),
	}
	return []listDrawing{
		{"list-newest", "en", listOf(kiva.AllLoans, "", "", 12345, 1234), four, Large},
		{"list-country-small", "fr", listOf(kiva.ByCountry, "MX", "Mexico", 90, 5), four, Small},
		{"list-partner", "es", listOf(kiva.ByPartner, "67", "Fundación Esperanza para el Desarrollo de las Comunidades Rurales del Altiplano", 30, 1), four[:1], Large},
		{"list-khmer", "en", listOf(kiva.ByCountry, "KH", "Cambodia", 12, 3), khmer, Large},
		{"list-arabic", "ar", listOf(kiva.ByCountry, "PS", "Palestine", 12, 4), arabic, Large},
		{"list-arabic-small", "ar", listOf(kiva.BySector, "food", "Food", 40, 11), khmer, Small},
		{"list-none", "en", listOf(kiva.BySector, "sea-food", "Sea Food", 4, 0), nil, Large},
		{"list-none-arabic", "ar", listOf(kiva.ByCountry, "KE", "Kenya", 4, 0), nil, Small},
	}
}

func (d listDrawing) told(t testing.TB) view.ListCard {
	return teller(t, d.language).DrawnList(d.info, d.loans, Covers)
}

// TestCardsOfLists draws every kind of them, each of its size and with a palette.
func TestCardsOfLists(t *testing.T) {
	p := New(ColoursOf(public.Embedded()))
	for _, d := range listDrawings() {
		t.Run(d.name, func(t *testing.T) {
			body, err := p.List(d.told(t), d.size)
			if err != nil {
				t.Fatal(err)
			}
			if len(body) > 120<<10 {
				t.Errorf("%d bytes", len(body))
			}
			picture, err := png.Decode(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := picture.(*image.Paletted); !ok || picture.Bounds().Dx() != d.size.Width || picture.Bounds().Dy() != d.size.Height {
				t.Errorf("%T of %v", picture, picture.Bounds())
			}
			compare(t, d.name+".png", body)
		})
	}
}

func TestTheCardOfAListShowsFourLoansAndNoFifth(t *testing.T) {
	p := New(ColoursOf(public.Embedded()))
	told := listDrawings()[0].told(t)
	draw := func(loans int) []byte {
		told := told
		told.Loans = told.Loans[:loans]
		body, err := p.List(told, Small)
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	if !bytes.Equal(draw(5), draw(4)) {
		t.Error("the fifth loan changes the card")
	}
	if bytes.Equal(draw(4), draw(3)) {
		t.Error("the fourth loan is not on the card")
	}
}

// listBadges are lists as badges name them, in a language.
func listBadges(t testing.TB, tag string) map[string]view.ListCard {
	all := map[string]view.ListCard{}
	tell := teller(t, tag)
	one := []kiva.Loan{mai()}
	for name, info := range map[string]kiva.ListInfo{
		"newest": listOf(kiva.AllLoans, "", "", 1234567, 123456), "country": listOf(kiva.ByCountry, "KH", "Cambodia", 9, 1),
		"sector": listOf(kiva.BySector, "food", "Food", 9, 2), "partner": listOf(kiva.ByPartner, "67", "<Fish & Chips> Fund", 9, 11),
		"partner-long":    listOf(kiva.ByPartner, "67", strings.Repeat("Fundación Esperanza ", 20), 9, 11),
		"partner-word":    listOf(kiva.ByPartner, "67", strings.Repeat("ณ", 3)+strings.Repeat("Ж", 400), 9, 11),
		"partner-khmer":   listOf(kiva.ByPartner, "67", "មូលនិធិ ភូមិក្រាំងធ្នង់", 9, 3),
		"partner-arabic":  listOf(kiva.ByPartner, "67", "صندوق الأمل", 9, 3),
		"partner-bracket": listOf(kiva.ByPartner, "67", "(Kiva) Hoa Sen, Ltd.", 9, 3),
		"partner-turned":  listOf(kiva.ByPartner, "67", "(صندوق) الأمل!", 9, 3),
		"partner-turns":   listOf(kiva.ByPartner, "67", "[MFI] صندوق ABC (3)", 9, 3),
		"partner-heavy":   listOf(kiva.ByPartner, "67", strings.Repeat("Ж", 400), 9, 3),
	} {
		all[name] = tell.DrawnList(info, one, Covers)
	}
	all["none"] = tell.DrawnList(listOf(kiva.ByCountry, "KE", "Kenya", 9, 0), nil, Covers)
	all["empty"] = tell.DrawnList(listOf(kiva.AllLoans, "", "", 0, 0), nil, Covers)
	return all
}

func TestBadgesOfLists(t *testing.T) {
	golden := filepath.Join("testdata", "listbadges.txtar")
	var got txtar.Archive
	most, p := 0, New(ColoursOf(public.Embedded()))
	for _, tag := range locale.Shipped() {
		told := listBadges(t, tag)
		for _, name := range []string{"newest", "country", "sector", "partner", "partner-long", "partner-word", "partner-khmer", "partner-arabic", "partner-bracket", "partner-turned", "partner-turns", "partner-heavy", "none", "empty"} {
			got.Files = append(got.Files, txtar.File{Name: tag + "/" + name + ".svg", Data: p.ListBadge(told[name])})
		}
		got.Files = append(got.Files, txtar.File{Name: tag + "/gone.svg", Data: p.GoneListBadge(teller(t, tag).GoneList())})
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
		if most = max(most, len(file.Data)); len(file.Data) > mostBadge {
			t.Errorf("%s has %d bytes, at most %d are right", file.Name, len(file.Data), mostBadge)
		}
		if strings.Contains(string(file.Data), "Mai") {
			t.Errorf("%s names a borrower", file.Name)
		}
		width, words := readBadge(t, file.Data)
		if room := width - 4*badgePadding; words > room || words < room-3 {
			t.Errorf("%s: words of %.1f pixels in %.0f", file.Name, words, room)
		}
		if cut, long := strings.Contains(string(file.Data), "…"), strings.Contains(file.Name, "long") || strings.Contains(file.Name, "heavy"); cut != long {
			t.Errorf("%s: cut: %v", file.Name, cut)
		}
	}
	t.Logf("at most %d bytes", most)
}

// What lists are called is measured as it is shaped, joined letters too.
func TestNamesOfListsAreAsWideAsTheyAreShaped(t *testing.T) {
	w := newWriter()
	for text, tag := range map[string]string{"Loans in Cambodia": "en", "قروض في كمبوديا": "ar", "قروض عن طريق Hoa Sen Fund": "ar", "Loans through មូលនិធិ": "en"} {
		l, _ := locale.Get(tag)
		in := script{language: "x", rtl: l.Direction == "rtl"}
		want := w.block(in, []piece{{text: text}}, perEm<<6, 1<<30, 1).width().Round()
		if got := w.measureIn(l)(text); got < want-want/50 || got > want+want/50 {
			t.Errorf("%q is %d wide, and shaped %d", text, got, want)
		}
	}
}

func BenchmarkListBadge(b *testing.B) {
	for _, tag := range []string{"en", "ar"} {
		b.Run(tag, func(b *testing.B) {
			told, p := listBadges(b, tag)["country"], New(ColoursOf(public.Embedded()))
			p.ListBadge(told)
			b.ReportAllocs()
			began := processorTime(b)
			for b.Loop() {
				p.ListBadge(told)
			}
			b.ReportMetric(float64((processorTime(b)-began).Microseconds())/float64(b.N), "cpu-µs/op")
		})
	}
}

func BenchmarkListCard(b *testing.B) {
	p, told := New(ColoursOf(public.Embedded())), listDrawings()[0].told(b)
	b.ReportAllocs()
	began := processorTime(b)
	for b.Loop() {
		if _, err := p.List(told, Large); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((processorTime(b)-began).Microseconds())/1000/float64(b.N), "cpu-ms/op")
}

// TestNamesOnBadgesAreOrderedByThemselves has names with letters of the other direction
// than the words around them, and marks and brackets at their ends.
func TestNamesOnBadgesAreOrderedByThemselves(t *testing.T) {
	p := New(ColoursOf(public.Embedded()))
	for _, test := range []struct {
		tag, name, want string // want: as the label has it
	}{
		{"ar", "(Kiva) Hoa Sen, Ltd.", "عن طريق \u2068(Kiva) Hoa Sen, Ltd.\u2069<"},
		{"ar", "صندوق (الأمل)!", "عن طريق صندوق (الأمل)!<"},
		{"ar", "3 ABC", "عن طريق \u20683 ABC\u2069<"},
		{"en", "(صندوق) الأمل!", "Loans through \u2068(صندوق) الأمل!\u2069<"},
		{"en", "(Kiva) Hoa Sen, Ltd.", "Loans through (Kiva) Hoa Sen, Ltd.<"},
		{"ar", strings.Repeat("Hoa Sen ", 90), "عن طريق \u2068Hoa Sen Hoa"},
		{"ar", strings.Repeat("Ж", 900), "عن طريق…<"},
	} {
		body := string(p.ListBadge(teller(t, test.tag).DrawnList(listOf(kiva.ByPartner, "67", test.name, 9, 3), nil, Covers)))
		if !strings.Contains(body, test.want) {
			t.Errorf("%s %.30s: want %s in\n%s", test.tag, test.name, test.want, body)
		}
		for text := range strings.SplitSeq(body, "</") {
			if strings.Count(text, "\u2068") != strings.Count(text, "\u2069") {
				t.Errorf("%s %.30s: something begins and does not end in %s", test.tag, test.name, text)
			}
		}
	}
}
