package site

import "strings"

// readAnswer reads "oembed/lend/<id>.json" and ".xml", "oembed/providers.yml"
// and ".json", and the answers of lists.
func readAnswer(a Address, tail []string) (Address, bool) {
	if len(tail) < 2 || tail[0] != "oembed" {
		return a, false
	}
	if kind, ok := map[string]Kind{providersYAML: ProvidersYAML, providersJSON: ProvidersJSON}[tail[1]]; ok {
		a.Kind = kind
		return a, len(tail) == 2
	}
	if tail[1] != folders[Loan] {
		return readListAnswer(a, tail[1:])
	}
	if len(tail) != 3 {
		return a, false
	}
	name, format, _ := strings.Cut(tail[2], ".")
	switch format {
	case "json":
		a.Kind = AnswerJSON
	case "xml":
		a.Kind = AnswerXML
	default:
		return a, false
	}
	var ok bool
	a.ID, ok = readID(name)
	return a, ok
}

// readListAnswer reads what stands behind "services/oembed".
func readListAnswer(a Address, tail []string) (Address, bool) {
	last := len(tail) - 1
	for kind, ending := range listAnswerEndings {
		if name, ok := strings.CutSuffix(tail[last], ending); ok {
			a.Kind = kind
			return readListName(a, append(tail[:last:last], name))
		}
	}
	return a, false
}
