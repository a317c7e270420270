package site

import (
	"net/url"
	"strconv"

	"loanleaf/kiva"
)

// favicon is what browsers and readers of feeds ask for by name.
const favicon = "favicon.ico"

// embedScript is the name of the script for the pages of others. It never
// changes, since it stands in what they pasted; it is short for the same reason,
// and not below "embed", where file hosts give every file the headers of widgets.
const embedScript = "loan-card.js"

// embedLoan is the parameter of [Embed] that names a loan, by id or address, or a
// list by its address. A
// page without a program behind it has the same address with it.
const embedLoan = "loan"

// specimenFolder holds, below that of widgets, the invented loan in every state.
const specimenFolder = "state"

// EmbedFor is the link within the site to [Embed] for one loan, in the language
// of the loan's address.
func (s *Site) EmbedFor(loan Address) string {
	var room [128]byte
	link := s.AppendPath(room[:0], Address{Kind: Embed, Language: loan.Language})
	return string(strconv.AppendInt(append(link, "?"+embedLoan+"="...), loan.ID, 10))
}

// EmbedForList is the link within the site to [Embed] for a list, in the language
// of the list's address.
func (s *Site) EmbedForList(list Address) string {
	return s.Path(Address{Kind: Embed, Language: list.Language}) + "?" + embedLoan + "=" + url.QueryEscape(s.URL(list))
}

// Hosts are those whose /lend/<id> means a loan of this site: its own first, then
// the aliases, in lower case, with a port that is not the scheme's own.
func (s *Site) Hosts() []string {
	var hosts []string
	for _, h := range s.hosts {
		hosts = append(hosts, h.String())
	}
	return hosts
}

// readEmbed reads what stands behind "embed": nothing, the number of a loan, a
// state, or the name of a list.
func readEmbed(a Address, tail []string) (Address, bool) {
	if len(tail) == 0 {
		a.Kind = Embed
		return a, true
	}
	if list, ok := readListName(a, tail); ok {
		list.Kind = ListWidget
		return list, true
	}
	a.Kind = Widget
	if len(tail) == 2 && tail[0] == specimenFolder {
		a.Slug = tail[1]
		_, ok := kiva.ParsePublicStatus(a.Slug)
		return a, ok
	}
	return readLeaf(a, tail)
}

// readLeaf reads the one number below the folder of a kind.
func readLeaf(a Address, tail []string) (Address, bool) {
	var ok bool
	if len(tail) == 1 {
		a.ID, ok = readID(tail[0])
	}
	return a, ok
}
