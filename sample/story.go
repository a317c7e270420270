package sample

import (
	"strconv"
	"strings"
)

// story is a loan's description in one or two languages, and the facts its sentences mention.
type story struct {
	tongues []language // as listed: the original first, then English
	silent  bool       // the last listed language has no text
	texts   [2][]byte

	age, kids, years, number int
	goods                    int // which of the activity's alternatives; the use names the same
	short, talkative         bool
	breaks                   string
}

func (s story) emptied() story {
	return story{tongues: s.tongues[:0], texts: [2][]byte{s.texts[0][:0], s.texts[1][:0]}}
}

// Paragraph marks seen in real texts (kiva-data §1, §3).
var paragraphBreaks = [...]string{"\r\n\r\n", "\r\n\r\n", "\n\n", "\n\n", "<br /><br />", "<br /><br />", "<br>", "\r\n"}

// tell writes the story and the use. A translated story is told twice from the same throw of the dice, so that both
// texts say the same.
func (p *press) tell() {
	l := &p.loan
	s := &l.story
	s.age, s.number = p.between(21, 68), p.between(3, 8)
	s.kids = p.IntN(min((s.age-17)/3, 6)) // from one child on; a mother of 21 has no six
	s.years = p.between(2, min(s.age-18, 30))
	s.goods = p.IntN(len(l.activity.goods.alternatives))
	s.talkative = p.often(7_000)
	s.breaks = pick(p.dice, paragraphBreaks[:])
	s.tongues = append(s.tongues, english)
	original := english
	if p.often(l.country.languageShare) {
		original = l.country.language
		s.tongues[0] = original
		s.short = !l.activity.goods.speaks(original)
		if !p.often(15_000) {
			s.tongues = append(s.tongues, english)
		}
	} else if l.posted < expiryBegins && p.often(30_000) {
		s.tongues = append(s.tongues, english) // ["en","en"], as in 2009
	}
	s.silent = len(s.tongues) > 1 && p.often(500)
	from := p.pcg
	for i, tongue := range s.tongues {
		if s.silent && i > 0 || i > 0 && tongue == s.tongues[0] {
			break
		}
		p.pcg = from
		s.texts[i] = p.paragraphs(s.texts[i], tongue)
	}
	p.sayUse(original)
}

func (s *section) speaks(l language) bool { return s.alternatives[0][l] != nil }

// paragraphs puts the sections of a story in order and parts them into two to six paragraphs. A section may be asked
// for several times; no sentence is told twice, and a section that has none left is passed over.
func (p *press) paragraphs(b []byte, tongue language) []byte {
	l := &p.loan
	var told memory
	sentences, marks := 0, 0
	order := individualOrder[:]
	switch {
	case l.story.short:
		order = shortOrder[:]
	case len(l.borrowers) > 1:
		order = groupOrder[:]
	case l.story.talkative:
		order = talkativeOrder[:]
	}
	for _, part := range order {
		wanted := p.often(part.share)
		apart := p.often(45_000)
		if part.section == "bank" && l.partner == nil || !wanted {
			continue
		}
		s := p.prose[part.section]
		if part.section == "work" {
			s = l.activity.work
		}
		which, ok := told.fresh(s, p.IntN(len(s.alternatives)))
		if !ok {
			continue
		}
		if len(b) > 0 {
			if marks == 0 && sentences > 1 || apart && marks < 5 {
				marks++
				b = append(b, l.story.breaks...)
			} else {
				b = append(b, ' ')
			}
		}
		b = p.say(b, s, which, tongue)
		sentences++
	}
	return b
}

// memory is which alternatives of which sections a story has used, a bit each.
type memory struct {
	sections [16]*section
	used     [16]uint32
}

// fresh is the first unused alternative from which on, now used; ok is false when none is left.
func (m *memory) fresh(s *section, which int) (alternative int, ok bool) {
	i := 0
	for m.sections[i] != nil && m.sections[i] != s {
		i++
	}
	m.sections[i] = s
	for range s.alternatives {
		if m.used[i]&(1<<which) == 0 {
			m.used[i] |= 1 << which
			return which, true
		}
		which = (which + 1) % len(s.alternatives)
	}
	return 0, false
}

// A part is a section of a story and how many stories per 100,000 have it.
type part struct {
	section string
	share   int
}

// The order of stories. A section that stands there twice gives up to two sentences.
var (
	individualOrder = [...]part{
		{"opening", 100_000}, {"land", 30_000}, {"work", 100_000}, {"work", 30_000}, {"past", 55_000}, {"day", 65_000},
		{"day", 30_000}, {"trouble", 75_000}, {"plan", 100_000}, {"bank", 60_000}, {"hope", 100_000}, {"hope", 35_000},
		{"thanks", 55_000},
	}
	talkativeOrder = [...]part{
		{"opening", 100_000}, {"land", 100_000}, {"land", 100_000}, {"work", 100_000}, {"work", 100_000},
		{"past", 100_000}, {"past", 100_000}, {"day", 100_000}, {"day", 100_000}, {"day", 70_000},
		{"trouble", 100_000}, {"trouble", 100_000}, {"plan", 100_000}, {"bank", 100_000}, {"bank", 100_000},
		{"bank", 60_000}, {"hope", 100_000}, {"hope", 100_000}, {"hope", 60_000}, {"thanks", 100_000},
	}
	groupOrder = [...]part{
		{"group.opening", 100_000}, {"group.pledge", 80_000}, {"land", 45_000}, {"opening", 55_000}, {"work", 100_000},
		{"past", 40_000}, {"day", 60_000}, {"trouble", 45_000}, {"group.plan", 100_000}, {"hope", 80_000},
		{"thanks", 40_000},
	}
	shortOrder = [...]part{
		{"short.opening", 100_000}, {"short.work", 100_000}, {"short.work", 40_000}, {"short.day", 100_000},
		{"short.day", 50_000}, {"short.plan", 100_000}, {"short.hope", 100_000},
	}
)

// say writes one alternative of a section.
func (p *press) say(b []byte, s *section, which int, tongue language) []byte {
	for _, piece := range s.alternatives[which][tongue] {
		switch piece.kind {
		case pieceWords:
			b = append(b, piece.words...)
		case pieceGender:
			if p.loan.leader.woman {
				b = append(b, piece.forWoman...)
			} else {
				b = append(b, piece.forMan...)
			}
		case pieceSection:
			b = p.say(b, piece.section, p.IntN(len(piece.section.alternatives)), tongue)
		case pieceSlot:
			b = p.fill(b, piece.slot, tongue)
		}
	}
	return b
}

// fill writes what stands in a blank.
func (p *press) fill(b []byte, blank slot, tongue language) []byte {
	l := &p.loan
	switch blank {
	case slotName:
		return append(b, l.leader.first...)
	case slotAge:
		return strconv.AppendInt(b, int64(l.story.age), 10)
	case slotYears:
		return strconv.AppendInt(b, int64(l.story.years), 10)
	case slotNumber:
		return strconv.AppendInt(b, int64(l.story.number), 10)
	case slotSize:
		return strconv.AppendInt(b, int64(len(l.borrowers)), 10)
	case slotGroup:
		return append(b, l.name...)
	case slotPartner:
		return append(b, l.partner.name...)
	case slotKids:
		return p.say(b, p.prose["kids"], l.story.kids, tongue)
	case slotGoods:
		return p.say(b, l.activity.goods, l.story.goods, tongue)
	case slotPlace:
		if l.town == "" {
			return append(b, l.country.spoken...)
		}
		return append(b, l.town...)
	default: // slotAt
		return p.where(b, tongue)
	}
}

// where says "in <town>"; a loan without one says it more loosely.
func (p *press) where(b []byte, tongue language) []byte {
	l := &p.loan
	preposition, loosely := "in ", "in "+l.country.spoken
	switch languages[tongue] {
	case "es":
		preposition, loosely = "en ", "en su comunidad"
	case "fr":
		preposition, loosely = "à ", "dans sa commune"
	}
	if l.town == "" {
		return append(b, loosely...)
	}
	return append(append(b, preposition...), l.town...)
}

// Ways of writing a use, per 1,000: "to buy …." is the rule; the others are seen in real data (kiva-data §1, §9).
var useShares = sharesOf(620, 215, 90, 40, 12, 18, 5)

// sayUse writes what the loan is for, with the untidiness of real data: 8 % have stray spaces, some a newline.
func (p *press) sayUse(original language) {
	l := &p.loan
	style := useShares.draw(p.dice)
	tongue, before, after := english, "to ", "."
	switch style {
	case 1:
		after = ""
	case 2:
		before = "To "
	case 3:
		before, after = "", ""
	case 5:
		if languages[original] == "es" {
			tongue, before = original, "para "
		}
	case 6:
		return
	}
	stray := p.often(8_000)
	if stray && p.often(30_000) {
		l.use = append(l.use, ' ')
	}
	l.use = append(l.use, before...)
	l.use = p.say(l.use, l.activity.goods, l.story.goods, tongue)
	if before != "" && p.often(28_000) {
		ending := p.prose["use.ending"]
		l.use = p.say(append(l.use, ' '), ending, p.IntN(len(ending.alternatives)), tongue)
	}
	l.use = append(l.use, after...)
	if style == 4 {
		l.use = append(l.use[:0], strings.ToUpper(string(l.use))...)
	}
	if stray && (l.use[0] != ' ' || p.often(30_000)) {
		l.use = append(l.use, pick(p.dice, strayEnds[:])...)
	}
}

var strayEnds = [...]string{" ", " ", " ", "  ", "\n\n", "\t"}
