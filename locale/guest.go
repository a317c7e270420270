package locale

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// selfName is what a language calls itself, as CLDR has it, by its tag.
type selfName struct{ tag, name string }

// fromTheRight are the scripts that are written from the right (UAX 9).
var fromTheRight = []string{"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}

// Guest returns a language that texts are in and that the program may not speak:
// its name in itself and its direction, and all words, figures and dates of host,
// or its own where the program speaks it. Its Tag is the one given. It is false
// for what is no language: BCP 47 has none of that tag.
func Guest(tag string, host *Language) (*Language, bool) {
	t, err := language.Parse(tag)
	if err != nil || len(tag) > 35 || strings.ContainsRune(tag, '_') {
		return nil, false
	}
	base, _, region := t.Raw()
	guest := *host
	if own, ok := Get(base.String()); ok && own.Words != nil {
		guest = *own
	}
	guest.Tag = tag
	guest.Direction = "ltr"
	likely, _ := t.Script()
	if slices.Contains(fromTheRight, likely.String()) {
		guest.Direction = "rtl"
	}
	name := func(of string) string {
		at, ok := slices.BinarySearchFunc(selfNames[:], of, func(n selfName, of string) int { return cmp.Compare(n.tag, of) })
		if !ok {
			return ""
		}
		return selfNames[at].name
	}
	if guest.Name = name(t.String()); guest.Name == "" && t.String() != base.String() {
		guest.Name = name(base.String() + "-" + likely.String())
	}
	if own := name(base.String()); guest.Name == "" && own != "" {
		guest.Name = own
		if strings.ContainsRune(tag, '-') && region.String() != "ZZ" {
			guest.Name += " (" + region.String() + ")"
		}
	}
	if guest.Name == "" {
		guest.Name = tag
	}
	return &guest, true
}
