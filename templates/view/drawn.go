package view

import (
	"hash/fnv"
	"io"
	"strconv"

	"loanleaf/kiva"
	"loanleaf/site"
)

// The size of the cards that previews of links show, in pixels.
const cardWidth, cardHeight = 1200, 630

// Drawn tells what Card does, for a picture whose typefaces do not have every
// character: covers tells whether a text can be drawn. A name that cannot is left
// out, and the loan is told without it; so is every other text of the data. The
// words of the program itself can always be drawn.
func (t *Teller) Drawn(loan *kiva.Loan, covers func(string) bool) Loan {
	w := t.begin()
	defer w.end()
	return w.drawn(loan, covers)
}

func (t *telling) drawn(loan *kiva.Loan, covers func(string) bool) Loan {
	c := *public(loan)
	for _, text := range []*string{&c.Use, &c.Activity, &c.Sector, &c.Location.Town, &c.Location.Country} {
		if !covers(*text) {
			*text = ""
		}
	}
	v := t.card(&c)
	if !v.Anonymous && !covers(v.Name) {
		t.unname(&v, &c)
	}
	return v
}

// unname tells of a loan without its borrower's name, which cannot be written.
// That is no anonymity: its picture stays.
func (t *telling) unname(v *Loan, loan *kiva.Loan) {
	v.Name = t.words.LoanUnnamed
	if v.Country != "" {
		v.Name = t.fill(t.words.LoanFrom, "country", t.countryInside(&loan.Location))
	}
	text, _ := t.readUse(loan.Use, "")
	v.Use = nil
	if text != "" {
		use := value{"use", Span{Text: text, Kind: Words, Lang: t.useLanguage(loan, text)}}
		v.Use = t.say(v.Use, t.words.UseUnnamed, t.amount("amount", loan.Amount), use)
	}
}

// HasPhoto tells whether the card of a loan shows its picture: the site has it
// and may use it. A picture that only a pattern names is somebody else's.
func (t *Teller) HasPhoto(v *Loan) bool { return v.Picture != nil && t.site.ServesPictures() }

// drawCard links the card of a loan where there is one. Its address changes with
// what it shows, since readers of previews keep pictures for days.
func (t *telling) drawCard(v *Loan, loan *kiva.Loan) {
	a := site.Address{Kind: site.CardPNG, ID: v.ID, Language: t.tag}
	if t.HasPhoto(v) {
		a.Kind = site.CardJPEG
	}
	if url, ok := t.site.Card(a); ok {
		v.Card = &Picture{
			Picture: site.Picture{URL: url + "?v=" + drawnVersion(v, loan.ImageID), Width: cardWidth, Height: cardHeight},
			Alt:     v.Description,
		}
	}
}

// drawnVersion changes with what a card shows of a loan.
func drawnVersion(v *Loan, picture int64) string {
	sum := fnv.New32a()
	say := func(text string) {
		io.WriteString(sum, text)
		sum.Write([]byte{0})
	}
	for _, text := range []string{v.Name, v.Place, v.Activity.Text, v.State.Chip, strconv.FormatInt(picture, 10)} {
		say(text)
	}
	for _, sentence := range []Sentence{v.Use, v.Figures.Main, v.Figures.Aside, v.Dated.Label} {
		for _, span := range sentence {
			say(span.Text)
		}
	}
	return strconv.FormatUint(uint64(sum.Sum32()), 16)
}
