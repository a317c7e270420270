package site

import (
	"strconv"
	"strings"
)

const (
	cardFolder  = "card"
	badgeFolder = "badge"
	siteCard    = "site.png"
	// smallCard stands behind the id or the name of a card of half the size: its width.
	smallCard = "-600"
)

// drawnEndings are the ends of the addresses of a loan's drawings, and of a list's.
var drawnEndings = map[Kind]string{CardJPEG: ".jpg", CardPNG: ".png", Badge: ".svg", ListCard: ".png", ListBadge: ".svg"}

// listDrawing is the one kind of a list's drawings in each folder: cards of lists
// have no photo.
var listDrawing = map[string]Kind{cardFolder: ListCard, badgeFolder: ListBadge}

// IsDrawn tells whether addresses of the kind are pictures that the program
// draws from words: cards and badges.
func (k Kind) IsDrawn() bool {
	return k == CardJPEG || k == CardPNG || k == Badge || k == SiteCard || k.drawsList()
}

func (k Kind) drawsList() bool { return k == ListCard || k == ListBadge }

// appendDrawn appends "card/5.jpg", "card/5-600.png", "badge/5.svg",
// "card/country/kh-600.png".
func appendDrawn(b []byte, a Address) []byte {
	switch a.Kind {
	case SiteCard:
		return append(b, cardFolder+"/"+siteCard...)
	case Badge, ListBadge:
		b = append(b, badgeFolder+"/"...)
	default:
		b = append(b, cardFolder+"/"...)
	}
	if a.Kind.drawsList() {
		b = appendListName(b, a.Of, a)
	} else {
		b = strconv.AppendInt(b, a.ID, 10)
	}
	if a.Small && a.Kind != Badge && a.Kind != ListBadge {
		b = append(b, smallCard...)
	}
	b = append(b, drawnEndings[a.Kind]...)
	return b
}

// readDrawn reads what stands behind "card" or "badge".
func readDrawn(a Address, folder string, tail []string) (Address, bool) {
	if list, ok := readListDrawing(a, folder, tail); ok {
		return list, true
	}
	if len(tail) != 1 {
		return a, false
	}
	if folder == cardFolder && tail[0] == siteCard {
		a.Kind = SiteCard
		return a, true
	}
	for kind, ending := range drawnEndings {
		name, ok := strings.CutSuffix(tail[0], ending)
		if !ok || kind.drawsList() || (kind == Badge) != (folder == badgeFolder) {
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

// readListDrawing reads "newest.png", "country/kh-600.png" behind "card", and
// "country/kh.svg" behind "badge".
func readListDrawing(a Address, folder string, tail []string) (Address, bool) {
	if len(tail) == 0 {
		return a, false
	}
	a.Kind = listDrawing[folder]
	last := len(tail) - 1
	name, ok := strings.CutSuffix(tail[last], drawnEndings[a.Kind])
	if !ok {
		return a, false
	}
	if a.Kind == ListCard {
		name, a.Small = strings.CutSuffix(name, smallCard)
	}
	a, ok = readListName(a, append(tail[:last:last], name))
	return a, ok && !strings.HasSuffix(a.Slug, smallCard)
}

// CardIsBuilt tells whether the operator wants the drawings of a loan as files
// ([Config.Cards]).
func (s *Site) CardIsBuilt(id int64) bool { return s.config.Cards != nil && s.config.Cards(id) }

// BuildsCards tells whether any loan, or list, may have its drawings as files.
func (s *Site) BuildsCards() bool { return s.config.Cards != nil || s.config.ListCards }

// BuildsListCards tells whether lists have their drawings as files
// ([Config.ListCards]).
func (s *Site) BuildsListCards() bool { return s.config.ListCards }

// Card is where a drawing of a loan or a list (an address for which
// [Kind.IsDrawn] is true) is to be had: as a file of the site, or from the program that answers at the site's
// endpoint; false where it is not. An endpoint whose address does not end as the
// program's own does is somebody else's, or moved, and nothing is known of its
// other addresses.
func (s *Site) Card(a Address) (url string, ok bool) {
	built := s.config.ListCards
	if !a.Kind.drawsList() {
		built = s.CardIsBuilt(a.ID)
	}
	if built {
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
