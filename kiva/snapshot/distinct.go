package snapshot

import "slices"

// distinct are texts in the order in which they came first, each once.
type distinct struct {
	list []string
	seen map[string]bool // nil while there are few
}

// mostSought is how many texts are compared with a new one by one.
const mostSought = 32

// add takes a text that is not empty. A record may have a million of them.
func (d *distinct) add(text string) {
	if text == "" {
		return
	}
	if len(d.list) <= mostSought {
		if slices.Contains(d.list, text) {
			return
		}
	} else {
		if d.seen == nil {
			d.seen = make(map[string]bool, len(d.list))
			for _, known := range d.list {
				d.seen[known] = true
			}
		}
		if d.seen[text] {
			return
		}
		d.seen[text] = true
	}
	d.list = append(d.list, text)
}
