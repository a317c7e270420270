package sample

// state is an API v1 status (seed 002, "Loan Status"; expired came later).
type state string

const (
	fundraising state = "fundraising"
	funded      state = "funded"
	inRepayment state = "in_repayment"
	paid        state = "paid"
	defaulted   state = "defaulted"
	refunded    state = "refunded"
	expired     state = "expired"
)

// States, per 10,000 loans. kiva-data §9 gives 95.1 % "funded" in snapshots, which holds all that follows raising; it is
// split here as a platform of twenty years would have it.
var (
	states      = [...]state{paid, inRepayment, defaulted, funded, expired, refunded, fundraising}
	stateShares = sharesOf(7760, 1310, 270, 169, 420, 46, 25)
)

// draft is one loan as drawn, before it is written. Its slices are used again for the next loan.
type draft struct {
	id       int64
	state    state
	country  *country
	town     string // "" when missing
	partner  *partner
	activity *activity

	name      string
	borrowers []borrower
	leader    borrower
	anonymous bool
	imageID   int64 // 0 when missing
	video     bool

	amount   int // US dollars
	raised   int
	basket   int // only while fundraising
	lenders  int
	currency string

	posted, expires, fundedAt moment // expires, fundedAt 0 when absent
	terms                     terms
	payments                  []payment
	paidCents, lostCents      int64

	story story
	use   []byte
	tags  []string
	theme string
}

// firstID leaves the ids below to the newcomer's collection.
const firstID = 200_000

// press draws loans and writes them; one press serves one volume.
type press struct {
	*dice
	atlas *atlas
	prose book
	loan  draft
	out   []byte
}

func newPress() *press {
	return &press{dice: newDice(), atlas: world(), prose: library()}
}

// draw makes loan i of the volume named by seed.
func (p *press) draw(seed uint64, i int) {
	p.reseed(seed, uint64(i))
	l := &p.loan
	*l = draft{
		borrowers: l.borrowers[:0], payments: l.payments[:0], tags: l.tags[:0], use: l.use[:0],
		terms: terms{local: l.terms.local[:0], scheduled: l.terms.scheduled[:0]},
		story: l.story.emptied(),
	}
	l.id = firstID + 3*int64(i) + int64(p.IntN(3))
	l.state = states[stateShares.draw(p.dice)]
	l.country = p.atlas.countries[p.atlas.countryShares.draw(p.dice)]
	l.activity = &p.atlas.activities[p.atlas.activityShare.draw(p.dice)]
	if !p.often(11_000) {
		l.town = pick(p.dice, l.country.towns)
	}
	if !p.often(1_050) {
		l.partner = choosePartner(p.dice, l.country)
	}
	p.drawBorrowers()
	p.drawAmount()
	p.drawTerms()
	p.drawDates()
	p.drawSchedules()
	p.drawPayments()
	p.drawLenders()
	p.drawExtras()
	p.tell()
	l.anonymous = p.often(3_400)
}

// drawExtras decides on picture, video, tags and theme.
func (p *press) drawExtras() {
	l := &p.loan
	if !p.often(600) { // the other missing pictures are the anonymous loans'
		l.imageID = l.id + 1_000_000
	}
	l.video = p.often(300)
	if p.often(20_000) {
		l.theme = pick(p.dice, themes[:])
	}
	if p.often(19_000) {
		return
	}
	for i, tag := range tags {
		if p.often(tagShares[i]) {
			l.tags = append(l.tags, tag)
		}
	}
	for p.often(38_000) { // lenders each add theirs, so it stands several times
		l.tags = append(l.tags, "user_favorite")
	}
}

var themes = [...]string{"Green", "Underfunded Areas", "Rural Exclusion", "Water and Sanitation", "Youth", "Vulnerable Groups", "Higher Education", "Start-Up", "Islamic Finance", "Conflict Zones", "Social Enterprise", "Fair Trade"}

// Tags and how often they stand on a loan that has any, per 100,000 (kiva-data §9).
var (
	tags      = [...]string{"#Parent", "#Woman-Owned Business", "#Repeat Borrower", "#Animals", "#Vegan", "#Schooling", "#Elderly", "#Eco-friendly", "#Single Parent", "#Health and Sanitation", "#First Loan", "#Technology", "volunteer_like", "volunteer_pick"}
	tagShares = [...]int{48_000, 42_000, 20_000, 14_000, 12_000, 11_000, 10_000, 7_000, 6_000, 5_000, 5_000, 4_000, 3_000, 2_000}
)
