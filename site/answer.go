package site

import "strings"

// readAnswer reads "oembed/lend/<id>.json" and ".xml", "oembed/providers.yml"
// and ".json".
func readAnswer(a Address, tail []string) (Address, bool) {
	if len(tail) == 2 && tail[0] == "oembed" {
		a.Kind = map[string]Kind{providersYAML: ProvidersYAML, providersJSON: ProvidersJSON}[tail[1]]
		return a, a.Kind != Home
	}
	if len(tail) != 3 || tail[0] != "oembed" || tail[1] != "lend" {
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
