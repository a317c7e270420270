package snapshot

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"loanleaf/kiva"
)

// rowReader reads the values of one row.
type rowReader struct {
	d *decoder
	t *table
	r *row
}

func trimmed(v []byte) []byte { return bytes.Trim(v, " \t\r\n") }

// value is a cell without the white space around it.
func (c rowReader) value(col column) []byte { return trimmed(c.d.cell(c.t, c.r, col)) }

func (c rowReader) name(col column) string { return c.t.names[col] }

// line is a text of one line.
func (c rowReader) line(col column, most int) string {
	v := c.d.cell(c.t, c.r, col)
	if len(v) == 0 {
		return ""
	}
	return c.d.asText(c.name(col), v, most, false)
}

// figures reads figures, dates and references.
func (c rowReader) figures(l *kiva.Loan) {
	d := c.d
	l.Raised = d.asMoney(c.name(colRaised), c.value(colRaised), "USD")
	l.LenderCount = int(d.asInteger(c.name(colLenders), c.value(colLenders), maxCount))
	l.PartnerID = d.asInteger(c.name(colPartner), c.value(colPartner), maxID)
	if strings.EqualFold(string(c.value(colModel)), "direct") {
		l.PartnerID = 0
	}
	l.Posted = c.time(colPosted)
	l.Expires = c.time(colExpires)
	l.FundedDate = c.time(colFunded)
	d.optional(func() { l.ImageID = d.asInteger(c.name(colImage), c.value(colImage), maxID) })
	terms := kiva.Terms{
		Disbursed: c.time(colDisbursed),
		Months:    int(d.asInteger(c.name(colMonths), c.value(colMonths), maxCount)),
		Interval:  c.line(colInterval, maxName),
		Liability: c.liability(),
	}
	if !terms.Disbursed.IsZero() || terms.Months != 0 || terms.Interval != "" || terms.Liability != nil {
		l.Terms = &terms
	}
	l.Journals = c.journals()
}

// time reads a date. Collectors wrote XXXX where a page had none.
func (c rowReader) time(col column) time.Time {
	v := c.value(col)
	if c.t.collected && string(v) == "XXXX" {
		return time.Time{}
	}
	return c.d.asTime(c.name(col), v)
}

// journals reads how many updates there are; broken counts are none.
func (c rowReader) journals() (j *kiva.JournalTotals) {
	fine := c.d.optional(func() {
		if len(c.value(colEntries)) == 0 {
			return
		}
		j = &kiva.JournalTotals{
			Entries: int(c.d.asInteger(c.name(colEntries), c.value(colEntries), maxCount)),
			Bulk:    int(c.d.asInteger(c.name(colBulk), c.value(colBulk), maxCount)),
		}
	})
	if !fine {
		return nil
	}
	return j
}

// liability reads who bears a loss of exchange. The policy "shared" says that,
// above the rate of coverage; "standard", the other word there is, does not
// say which of the partner, the lender and nobody it is, and so is not stated.
// Of a borrower who does not repay the table says nothing.
func (c rowReader) liability() *kiva.LossLiability {
	percent := c.d.asPercent(c.name(colCoverage), c.value(colCoverage))
	if !strings.EqualFold(string(c.value(colPolicy)), "shared") {
		return nil
	}
	return &kiva.LossLiability{CurrencyExchange: "shared", CoveragePercent: percent}
}

// texts reads texts of one line, and the place.
func (c rowReader) texts(l *kiva.Loan) {
	l.Name = c.line(colName, maxName)
	l.Use = c.line(colUse, maxLine)
	l.Activity = c.line(colActivity, maxLine)
	l.Sector = capitalised(c.line(colSector, maxLine))
	l.Location = kiva.Location{
		CountryCode: countryWord(string(c.value(colCountryCode))),
		Country:     c.line(colCountry, maxLine),
		Town:        c.line(colTown, maxLine),
	}
	if l.Location.CountryCode == "" {
		l.Location.CountryCode = countryCode(l.Location.Country)
	}
	tags := c.d.cell(c.t, c.r, colTags)
	all := distinct{list: l.Tags}
	for part := range bytes.SplitSeq(bytes.Clone(tags), []byte{','}) {
		var tag string
		if !c.d.optional(func() { tag = c.d.asText(c.name(colTags), part, maxLine, false) }) {
			continue
		}
		all.add(tag)
	}
	l.Tags = all.list
}

// story reads the story as it was written and its translation into English.
// A translation that is a copy is none; a text whose language is not known is
// left out, unless its copy says that it is English.
func (c rowReader) story(l *kiva.Loan) {
	language := languageNamed(string(c.value(colLanguage)))
	original := c.d.asText(c.name(colStory), c.d.cell(c.t, c.r, colStory), maxStory, true)
	english := c.d.asText(c.name(colTranslated), c.d.cell(c.t, c.r, colTranslated), maxStory, true)
	if language == "en" && original == "" {
		original = english
	}
	if language != "" && language != "en" && original != "" {
		l.Story = append(l.Story, kiva.Text{Language: language, Body: original})
	}
	switch {
	case language == "en":
		english = original
	case english == original && language != "":
		english = ""
	}
	if english != "" {
		l.Story = append(l.Story, kiva.Text{Language: "en", Body: english})
	}
	if language != "" {
		l.Languages = []string{language}
	}
	for _, s := range l.Story {
		if !slices.Contains(l.Languages, s.Language) {
			l.Languages = append(l.Languages, s.Language)
		}
	}
}

// people reads the borrowers out of three lists of which each has an entry for
// each of them. Where one of them has another number of entries nobody knows
// whose they are, and they are not stated. But when the list of genders says
// that there is one borrower, a comma in the names is part of the name.
//
// Without a name there are no borrowers, only their number, and the loan is
// anonymous.
func (c rowReader) people(l *kiva.Loan) {
	genders := split(c.value(colGenders))
	l.BorrowerCount = len(genders)
	names := split(c.value(colBorrowers))
	if len(genders) == 1 && len(names) > 1 {
		names = []string{string(c.value(colBorrowers))}
	}
	var people []kiva.Borrower
	named := false
	for _, name := range names {
		b := kiva.Borrower{FirstName: c.d.asText(c.name(colBorrowers), []byte(name), maxName, false)}
		named = named || b.FirstName != ""
		people = append(people, b)
	}
	if !named {
		return
	}
	l.Borrowers, l.BorrowerCount = people, len(people)
	if len(genders) == len(people) {
		for i, word := range genders {
			people[i].Gender = genderOf(strings.TrimSpace(word))
		}
	}
	if pictured := split(c.value(colPictured)); len(pictured) == len(people) {
		for i, word := range pictured {
			people[i].Pictured = strings.EqualFold(strings.TrimSpace(word), "true")
		}
	}
}

// split parts a list of people's; an empty one has no entries.
func split(list []byte) []string {
	if len(list) == 0 {
		return nil
	}
	return strings.Split(string(list), ", ")
}
