package site

// Kind is a kind of address.
type Kind uint8

// The kinds. Those of a loan carry an ID; lists carry a Slug or an ID and a
// Page, which is 0 for the unnumbered address at the newest end.
const (
	Home        Kind = iota // "/", and "/page/3" of all loans
	Loan                    // "/lend/100000"
	Widget                  // "/embed/100000"
	Country                 // "/country/kh/", Slug is the code in lower case
	Sector                  // "/sector/food/", Slug as kiva.Slug makes it
	Status                  // "/status/in_repayment/", Slug is API v1's word
	Partner                 // "/partners/67/"
	AnswerJSON              // "/services/oembed/lend/100000.json", default language only
	AnswerXML               // "/services/oembed/lend/100000.xml"
	Sitemap                 // "/sitemap.xml", an index; with a Page "/sitemap/3.xml"
	Robots                  // "/robots.txt"
	NotFound                // "/404"
)

// Address is a thing that the site has, in a language.
type Address struct {
	Kind     Kind
	Language string // tag; "" is the default language
	ID       int64  // loan or partner
	Slug     string
	Page     int
}
