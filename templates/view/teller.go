package view

import (
	"slices"
	"sync"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
)

// Teller tells of loans in one language of a site. It holds nothing that
// changes what it tells and is safe for concurrent use; what it returns shares no memory
// that is written to. Views that are told one after the other share blocks of memory of
// some kilobytes, which stay as long as any of these views; what Answer tells has its own.
type Teller struct {
	site     *site.Site
	language *locale.Language
	words    *locale.Words
	tag      string // in addresses; "" for the site's default language
	foreign  string // lang of English data; "" where the page is English
	home     string // address of the front page
	data     Dated

	days      days
	countries countries
	sectors   map[string]Foreign // by their English names
	idle      sync.Pool          // of *telling
}

// In is the teller of a site in one of its languages. The language must be a
// shipped one, which those of a site are. dataDate is the date of the data
// (DESIGN, "Same input, same bytes"), the zero time when it is not known.
func In(s *site.Site, language *locale.Language, dataDate time.Time) *Teller {
	t := &Teller{site: s, language: language, words: language.Words, days: newDays(), countries: newCountries()}
	if all := s.Languages(); len(all) > 0 && all[0] != language {
		t.tag = language.Tag
	}
	if language.Tag != "en" {
		t.foreign = "en"
	}
	once := t.alone()
	t.home = once.url(site.Address{Kind: site.Home})
	t.data = once.dated(t.words.DataOf, dataDate)
	t.data.Label = slices.Clip(t.data.Label) // many views share it
	t.sectors = once.knownSectors()
	return t
}

// Card tells what the widget, lists, oEmbed answers and heads of pages say of
// a loan; the listing shape is enough for all of it. Amount must be known;
// any other field of the loan may be absent. An anonymous loan is redacted
// first, if it was not already, and so is one that has no name.
func (t *Teller) Card(loan *kiva.Loan) Loan {
	w := t.begin()
	defer w.end()
	return w.card(public(loan))
}

// Answer tells what an oEmbed answer with a frame says: the card, and who
// administers the loan. partner may be nil.
func (t *Teller) Answer(loan *kiva.Loan, partner *kiva.Partner) Loan {
	return t.alone().answer(public(loan), partner) // servers remember it longer than what was told before and after
}

func (t *telling) answer(loan *kiva.Loan, partner *kiva.Partner) Loan {
	v := t.card(loan)
	v.Data.PartnerName, v.Data.PartnerURL = t.administers(partner)
	return v
}

// Loan tells all that a loan page says: the card, and the story, the people,
// the terms and the payments. partner may be nil, when it is not known or the
// loan is direct.
func (t *Teller) Loan(loan *kiva.Loan, partner *kiva.Partner) Loan {
	w := t.begin()
	defer w.end()
	return w.loan(public(loan), partner)
}

func (t *telling) loan(loan *kiva.Loan, partner *kiva.Partner) Loan {
	v := t.card(loan)
	v.Stories = t.stories(loan)
	v.Video = t.video(loan.Video)
	v.Borrowers = t.members(loan)
	v.Partner = t.partner(partner)
	v.Facts = t.facts(loan)
	t.repayment(&v, loan)
	v.Tags = t.tags(loan.Tags)
	v.Crumbs = t.crumbs(loan, &v)
	t.drawCard(&v, loan)
	if v.Action != nil && v.Action.URL == v.Page {
		// The page would lead to itself.
		v.Action = t.similar(&v)
	}
	v.Data.PartnerName, v.Data.PartnerURL = t.administers(partner)
	return v
}

// public is the loan itself, or a redacted copy of one that must not be tied
// to a person. A loan that has borrowers but no name of its own counts among
// them: its listing could not name it either, and a loan is told the same
// everywhere.
func public(loan *kiva.Loan) *kiva.Loan {
	unnamed := squeeze(loan.Name) == ""
	if !unnamed && !loan.Anonymous() {
		return loan
	}
	c := *loan
	if unnamed {
		c.Name, c.Borrowers = "", nil
	}
	c.Redact()
	return &c
}

func (t *telling) card(loan *kiva.Loan) Loan {
	v := Loan{
		ID: loan.ID, Language: t.language, Status: loan.Status,
		Anonymous: loan.Anonymous(), Group: loan.Group(),
		Country:  t.country(&loan.Location),
		Activity: Foreign{Text: t.squeeze(loan.Activity)},
		Sector:   t.sector(loan.Sector),
		Page:     t.url(site.Address{Kind: site.Loan, ID: loan.ID}),
		Widget:   t.url(site.Address{Kind: site.Widget, ID: loan.ID}),
		Data:     machine(loan),
	}
	v.Place = t.place(&loan.Location, v.Country)
	if v.Activity.Text != "" {
		v.Activity.Lang = t.foreign
	}
	country := t.countryInside(&loan.Location)
	v.Use = t.use(loan, country)
	t.stand(&v, loan)
	t.title(&v, loan, country)
	t.act(&v, loan)
	v.Source = Action{Label: t.site.Host(), URL: v.Page}
	v.Dated = t.age(loan)
	t.pictures(&v, loan)
	return v
}

// machine takes the values that programs read.
func machine(loan *kiva.Loan) Machine {
	m := Machine{
		Amount: loan.Amount, Raised: raised(loan), Repaid: repaid(loan), PercentFunded: filled(raised(loan), loan.Amount), ImageID: loan.ImageID,
		CountryCode: loan.Location.CountryCode, Geo: loan.Location.Geo, Sector: loan.Sector, Activity: loan.Activity,
		Posted: loan.Posted, Expires: loan.Expires,
	}
	if loan.Terms != nil {
		m.Months = loan.Terms.Months
	}
	return m
}

// amount is an amount for a sentence.
func (t *telling) amount(name string, m kiva.Money) value {
	return value{name, Span{Text: t.money(m), Kind: Amount}}
}

// date is a day for a sentence.
func (t *telling) date(day time.Time) value {
	return value{"date", Span{Text: t.day(day), Kind: Date, Time: day}}
}
