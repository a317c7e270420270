package card

import (
	"image"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// drawing is a card of an invented person, with its golden's name.
type drawing struct {
	name     string
	language string
	loan     kiva.Loan
	picture  int64 // of the sample's drawings; 0: none
	size     Size
	format   Format
}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

// mai raises funds for ducks, as in the design's picture.
func mai(changes ...func(*kiva.Loan)) kiva.Loan {
	l := kiva.Loan{
		ID: 100000, Name: "Mai", Status: kiva.Fundraising, Use: "to buy more ducks and chickens for her small farm.", Activity: "Poultry",
		Sector: "Agriculture", Amount: kiva.USD(550), Raised: kiva.USD(125), Expires: day("2026-12-12"), Posted: day("2026-11-12"),
		Location: kiva.Location{CountryCode: "VN", Country: "Viet Nam", Town: "Thanh Hoa"}, BorrowerCount: 1,
	}
	for _, change := range changes {
		change(&l)
	}
	return l
}

func standing(status kiva.Status, repaid int64) func(*kiva.Loan) {
	return func(l *kiva.Loan) {
		l.Status, l.FundedDate = status, day("2026-10-20")
		if status != kiva.Refunded && status != kiva.Expired {
			l.Raised = l.Amount
		}
		if repaid > 0 {
			l.Repaid = kiva.USD(repaid)
		}
		if status == kiva.Paid {
			l.PaidDate = day("2026-11-02")
		}
	}
}

func named(name, code, country, town string) func(*kiva.Loan) {
	return func(l *kiva.Loan) {
		l.Name, l.Location = name, kiva.Location{CountryCode: code, Country: country, Town: town}
	}
}

func group(l *kiva.Loan) {
	l.BorrowerCount = 14
	l.Borrowers = make([]kiva.Borrower, 14)
}

func drawings() []drawing {
	khmer := named("សុខា ម៉ៅ", "KH", "Cambodia", "ភូមិក្រាំងធ្នង់")
	use := func(text string) func(*kiva.Loan) { return func(l *kiva.Loan) { l.Use = text } }
	long := use("to buy seeds, fertilizer, a second-hand water pump, forty metres of hose, and the wire and the posts for a fence that keeps the neighbours' goats away from the young maize until it is as tall as she is")
	return []drawing{
		{"fundraising-photo", "en", mai(), 1, Large, JPEG},
		{"fundraising-photo-small", "en", mai(), 1, Small, JPEG},
		{"fundraising", "en", mai(), 0, Large, PNG},
		{"fundraising-small", "en", mai(), 0, Small, PNG},
		{"khmer", "en", mai(khmer, use("ទិញ\u200bគ្រាប់ពូជ\u200bស្រូវ និង\u200bជី\u200bសម្រាប់\u200bដំណាំ")), 2, Large, JPEG},
		{"khmer-text", "es", mai(khmer), 0, Large, PNG},
		{"arabic", "ar", mai(named("نور الهدى", "PS", "Palestine", "الخليل")), 3, Large, JPEG},
		{"arabic-text", "ar", mai(named("Fatima Zahra", "MA", "Morocco", "Fès"), standing(kiva.InRepayment, 220)), 0, Large, PNG},
		{"long-name", "fr", mai(named("María de los Ángeles Hernández Villavicencio y Compañía de Jesús", "MX", "Mexico", "San Cristóbal de las Casas, Chiapas"), long), 4, Large, JPEG},
		{"group-photo", "es", mai(named("Grupo Nueva Esperanza", "PE", "Peru", "Cusco"), group, standing(kiva.Funded, 0)), 5, Large, JPEG},
		{"repaying", "fr", mai(standing(kiva.InRepayment, 220)), 6, Large, JPEG},
		{"paid", "en", mai(standing(kiva.Paid, 550)), 0, Small, PNG},
		{"defaulted", "es", mai(named("Nguyễn Thị Hường", "VN", "Viet Nam", "Thạnh Hóa"), standing(kiva.Defaulted, 310)), 0, Large, PNG},
		{"refunded", "en", mai(named("सुनीता देवी", "IN", "India", "वाराणसी"), standing(kiva.Refunded, 0)), 0, Large, PNG},
		{"expired", "ar", mai(named("Ольга Ελένη", "KG", "Kyrgyzstan", "Ош"), standing(kiva.Expired, 0)), 0, Small, PNG},
		{"anonymous", "en", mai(func(l *kiva.Loan) { l.Name = ""; l.Redact() }), 0, Large, PNG},
	}
}

func teller(t testing.TB, tag string) *view.Teller {
	t.Helper()
	s, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loans", Languages: []string{"en", "es", "fr", "ar"}, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	l, _ := locale.Get(tag)
	return view.In(s, l, day("2026-11-21"))
}

// jpegOf is a drawing of the sample as it is read from a folder; nil for 0.
func jpegOf(t testing.TB, id int64) []byte {
	t.Helper()
	if id == 0 {
		return nil
	}
	body, err := sample.Picture("w450h360", id)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func (d drawing) draw(t testing.TB, p *Painter) []byte {
	t.Helper()
	return drawWith(t, p, teller(t, d.language).Card(&d.loan), jpegOf(t, d.picture), d)
}

// drawWith draws what is told with a JPEG, which may be nil.
func drawWith(t testing.TB, p *Painter, told view.Loan, photo []byte, d drawing) []byte {
	t.Helper()
	var picture image.Image
	if photo != nil {
		var err error
		if picture, err = Photo(photo); err != nil {
			t.Fatal(err)
		}
	}
	body, err := p.Loan(told, picture, d.size, d.format)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
