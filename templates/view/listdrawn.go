package view

import (
	"hash/fnv"
	"io"
	"strconv"

	"loanleaf/kiva"
	"loanleaf/site"
)

// DrawnRows is how many loans the drawn card of a list shows.
const DrawnRows = 4

// DrawnList tells what ListCard does, for a picture whose typefaces do not have
// every character, as [Teller.Drawn] does of a loan: a list whose name cannot be
// drawn is told as one without a name.
func (t *Teller) DrawnList(info kiva.ListInfo, loans []kiva.Loan, covers func(string) bool) ListCard {
	w := t.begin()
	defer w.end()
	if !covers(info.Name) {
		info.Name = ""
	}
	loans = loans[:min(len(loans), MostRows)]
	told := make([]Loan, len(loans))
	for i := range loans {
		told[i] = w.drawn(&loans[i], covers)
	}
	return w.listCard(info, told)
}

// drawListCard links the card of a list where there is one, at an address that
// changes with what it shows, as that of a loan's does.
func (t *telling) drawListCard(c *ListCard, list kiva.List) {
	a, ok := listAddress(list)
	a.Language = t.tag
	card, drawable := a.ListWidget(site.ListCard)
	if !ok || !drawable {
		return
	}
	alt, version := c.Name, ""
	if count := c.Count.String(); count != "" {
		alt += " · " + count
	}
	drawn := func(width, height int) *Picture {
		url, ok := t.site.Card(card)
		if !ok {
			return nil
		}
		if version == "" {
			version = drawnListVersion(c)
		}
		return &Picture{Picture: site.Picture{URL: url + "?v=" + version, Width: width, Height: height}, Alt: alt}
	}
	c.Card = drawn(cardWidth, cardHeight)
	card.Small = true
	c.Thumbnail = drawn(cardWidth/2, cardHeight/2)
}

// drawnListVersion changes with what a card shows of a list.
func drawnListVersion(c *ListCard) string {
	sum := fnv.New32a()
	say := func(text string) {
		io.WriteString(sum, text)
		sum.Write([]byte{0})
	}
	for _, text := range []string{c.Name, c.Raising.String(), c.None, c.Dated.Label.String()} {
		say(text)
	}
	for _, loan := range c.Loans[:min(len(c.Loans), DrawnRows)] {
		for _, text := range []string{loan.Name, loan.Place, strconv.Itoa(loan.Figures.Bar)} {
			say(text)
		}
	}
	return strconv.FormatUint(uint64(sum.Sum32()), 16)
}
