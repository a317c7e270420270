package sample

import "math"

type borrower struct {
	first, last string
	woman       bool
	pictured    bool
}

// drawBorrowers decides who borrows: women 64.8, men 19.9, groups 15.3 % (kiva-data §9).
func (p *press) drawBorrowers() {
	l := &p.loan
	kind := p.IntN(1000)
	native := len(l.country.people.nativeWomen) > 0 && p.often(7_000)
	if kind >= 153 {
		b := p.person(kind >= 153+199, native)
		l.borrowers = append(l.borrowers, b)
		l.leader = b
		l.name = b.first
		if p.often(2_500) {
			l.name += "\t" // stands so in real data
		}
		return
	}
	mostlyWomen := p.often(82_000)
	for range p.groupSize() {
		woman := mostlyWomen
		if p.often(15_000) {
			woman = !woman
		}
		l.borrowers = append(l.borrowers, p.person(woman, native))
	}
	l.leader = l.borrowers[0]
	if p.often(45_000) {
		l.name = l.leader.first + "'s Group"
	} else {
		l.name = pick(p.dice, groupNames[:]) + " Group"
	}
}

// groupSize follows the 142 groups counted in kiva-data §9: 79 of 2-5, 44 of 6-12, 19 above, largest 32.
func (p *press) groupSize() int {
	switch n := p.IntN(142); {
	case n < 79:
		return p.between(2, 5)
	case n < 123:
		return p.between(6, 12)
	default:
		return p.between(13, 32)
	}
}

func (p *press) person(woman, native bool) borrower {
	from := namesOf(p.loan.country.people, woman, native)
	b := borrower{first: pick(p.dice, from.first), woman: woman, pictured: !p.often(6_000)}
	if p.often(35_000) {
		b.last = pick(p.dice, from.last)
	}
	return b
}

type nameLists struct{ first, last []string }

func namesOf(who *people, woman, native bool) nameLists {
	switch {
	case native && woman:
		return nameLists{who.nativeWomen, who.nativeFamilies}
	case native:
		return nameLists{who.nativeMen, who.nativeFamilies}
	case woman:
		return nameLists{who.women, who.families}
	default:
		return nameLists{who.men, who.families}
	}
}

var groupNames = [...]string{"Las Orquídeas", "Tumaini", "Bright Morning", "Mothers of the Well", "Las Golondrinas", "Neema", "New Hope", "Sabaidee", "La Colmena", "Twese Hamwe", "Upendo", "Nuevo Amanecer", "Wend Panga", "Santa Rita", "Umoja", "Jigiya", "Green Field", "Sinchi Warmi", "Tuyishime", "Kwagalana"}

// drawAmount follows the medians and means of kiva-data §9 (475 and 668 alone, 1,050 and 1,621 in groups) by a
// log-normal, with a rare long tail up to 100,000 (groups 50,000). Multiples of 25.
func (p *press) drawAmount() {
	l := &p.loan
	median, spread, most := 458.0, 0.72, 100_000
	if len(l.borrowers) > 1 {
		median, spread, most = 1030, 0.84, 50_000
	}
	usd := median * l.country.scale * math.Exp(spread*p.NormFloat64())
	if p.often(25) {
		usd *= 20 + float64(60*p.Float64())
	}
	l.amount = min(max(25*int(usd/25+0.5), 25), most)
}

// drawLenders gives each lender 25 dollars or a little more.
func (p *press) drawLenders() {
	l := &p.loan
	share := 25 + float64(22*p.Float64())
	if l.raised > 0 {
		l.lenders = min(max(int(float64(l.raised)/share), 1), 3045)
	}
}
