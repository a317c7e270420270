package site

import "strings"

const (
	cardFolder  = "card"
	badgeFolder = "badge"
	siteCard    = "site.png"
	// smallCard stands behind the id of a card of half the size: its width.
	smallCard = "-600"
)

// drawnEndings are the ends of the addresses of a loan's drawings.
var drawnEndings = map[Kind]string{CardJPEG: ".jpg", CardPNG: ".png", Badge: ".svg"}

// IsDrawn tells whether addresses of the kind are pictures that the program
// draws from words: cards and badges.
func (k Kind) IsDrawn() bool {
	return k == CardJPEG || k == CardPNG || k == Badge || k == SiteCard
}

// writeDrawn writes "card/5.jpg", "card/5-600.png", "badge/5.svg".
func writeDrawn(b *strings.Builder, a Address) {
	switch a.Kind {
	case SiteCard:
		b.WriteString(cardFolder + "/" + siteCard)
		return
	case Badge:
		b.WriteString(badgeFolder + "/")
	default:
		b.WriteString(cardFolder + "/")
	}
	writeInt(b, a.ID)
	if a.Small && a.Kind != Badge {
		b.WriteString(smallCard)
	}
	b.WriteString(drawnEndings[a.Kind])
}

// readDrawn reads what stands behind "card" or "badge".
func readDrawn(a Address, folder string, tail []string) (Address, bool) {
	if len(tail) != 1 {
		return a, false
	}
	if folder == cardFolder && tail[0] == siteCard {
		a.Kind = SiteCard
		return a, true
	}
	for kind, ending := range drawnEndings {
		name, ok := strings.CutSuffix(tail[0], ending)
		if !ok || (kind == Badge) != (folder == badgeFolder) {
			continue
		}
		a.Kind = kind
		if kind != Badge {
			name, a.Small = strings.CutSuffix(name, smallCard)
		}
		a.ID, ok = readID(name)
		return a, ok
	}
	return a, false
}

// CardIsBuilt tells whether the operator wants the drawings of a loan as files
// ([Config.Cards]).
func (s *Site) CardIsBuilt(id int64) bool { return s.config.Cards != nil && s.config.Cards(id) }

// BuildsCards tells whether any loan may have its drawings as files.
func (s *Site) BuildsCards() bool { return s.config.Cards != nil }

// Card is where a loan's card (an address of kind CardJPEG or CardPNG) is to be
// had: as a file of the site, or from the program that answers at the site's
// endpoint; false where it is not. An endpoint whose address does not end as the
// program's own does is somebody else's, or moved, and nothing is known of its
// other addresses.
func (s *Site) Card(a Address) (url string, ok bool) {
	if s.CardIsBuilt(a.ID) {
		return s.URL(a), true
	}
	endpoint, live := s.Endpoint()
	if !live {
		return "", false
	}
	root, ok := strings.CutSuffix(endpoint, "/"+endpointPath)
	return root + s.path(a), ok
}

// ServesPictures tells whether the pictures of loans are the site's own, so
// that they can stand in what it draws.
func (s *Site) ServesPictures() bool { return s.config.Images == ServedImages }
