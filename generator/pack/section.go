package pack

import (
	"slices"
	"strconv"
	"strings"
)

// Span is how many ids, or numbers of pages, share a section.
const Span = 1000

// loanFolders are the folders of the files that a loan has, one for each kind
// of them (package site mints the names).
var loanFolders = []string{"lend", "embed", "services/oembed/lend", "card", "badge"}

// longestLanguage is the longest tag that is a folder's name: the files of a loan
// are together, whatever their language.
const longestLanguage = 3

// SectionOf is the section of a name: "loans/12" for files of the loans 12,000 to 12,999,
// "country/ke/page/0" for numbered files of other folders, else the
// name's first folder, "site" where it has none.
func SectionOf(name string) string {
	folder, base := "", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		folder, base = name[:i], name[i+1:]
	}
	if n, ok := leadingNumber(base); ok && folder != "" {
		if ofLoans(folder) {
			return LoanSection(n / Span)
		}
		return folder + "/" + strconv.FormatInt(n/Span, 10)
	}
	if folder == "" {
		return "site"
	}
	first, _, _ := strings.Cut(folder, "/")
	return first
}

// strays is the section of files that are named as those of loans are and are none: an
// operator's own page "xx/lend/5", where xx is no language of the site. The sections
// of loans have ended when such a file comes.
const strays = "site"

// LoanSection is the section of the loans n*Span to n*Span+Span-1.
func LoanSection(n int64) string { return "loans/" + strconv.FormatInt(n, 10) }

func ofLoans(folder string) bool {
	if slices.Contains(loanFolders, folder) {
		return true
	}
	language, rest, ok := strings.Cut(folder, "/")
	return ok && len(language) <= longestLanguage && slices.Contains(loanFolders, rest)
}

// leadingNumber reads the digits that a file's name begins with.
func leadingNumber(base string) (int64, bool) {
	end := 0
	for end < len(base) && base[end] >= '0' && base[end] <= '9' {
		end++
	}
	n, err := strconv.ParseInt(base[:end], 10, 64)
	return n, err == nil
}
