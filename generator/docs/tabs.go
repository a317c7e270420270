package docs

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
)

// tab is one of a group of tabs.
type tab struct {
	group int // from 1
	label string
	open  bool // tells whether it is the one that is shown at first
}

// tabGroup is a group of tabs that is being read.
type tabGroup struct {
	number int
	items  []int             // numbers of the tags
	labels map[string]string // by value, as the tag of the group says them
	shown  string            // the value of the one to show; of none the first
	chosen int               // the number of its tag; -1
}

var (
	tabValues = regexp.MustCompile(`\{[^{}]*\}`)
	tabField  = regexp.MustCompile(`\b(label|value)\s*:\s*(?:'([^']*)'|"([^"]*)")`)
)

// tabsOf finds out which tab belongs to which group, what stands on it, and
// which is open, by the numbers of their tags. Groups are counted from so many on.
func tabsOf(tags []tag, groups int) (tabs map[int]tab, count int) {
	tabs = map[int]tab{}
	var open []*tabGroup
	end := func() {
		last := open[len(open)-1]
		open = open[:len(open)-1]
		if last.chosen < 0 && len(last.items) > 0 {
			last.chosen = last.items[0]
		}
		for _, i := range last.items {
			t := tabs[i]
			t.open = i == last.chosen
			tabs[i] = t
		}
	}
	for i, t := range tags {
		switch {
		case t.name == "Tabs" && !t.closing && !t.closed:
			groups++
			open = append(open, newTabGroup(t, groups))
		case t.name == "Tabs" && t.closing && len(open) > 0:
			end()
		case t.name == "TabItem" && !t.closing && len(open) > 0:
			g := open[len(open)-1]
			g.items = append(g.items, i)
			value, _ := t.value("value")
			label, _ := t.value("label")
			if _, ok := t.value("default"); g.chosen < 0 && (ok || g.shown != "" && value == g.shown) {
				g.chosen = i
			}
			tabs[i] = tab{group: g.number, label: firstOf(label, g.labels[value], value, strconv.Itoa(len(g.items)))}
		}
	}
	for len(open) > 0 {
		end()
	}
	return tabs, groups
}

func newTabGroup(t tag, number int) *tabGroup {
	g := &tabGroup{number: number, labels: map[string]string{}, chosen: -1}
	g.shown, _ = t.value("defaultValue")
	for _, a := range t.attributes {
		if a.name != "values" {
			continue
		}
		for _, one := range tabValues.FindAllString(a.script, -1) {
			said := map[string]string{}
			for _, field := range tabField.FindAllStringSubmatch(one, -1) {
				said[field[1]] = field[2] + field[3]
			}
			g.labels[said["value"]] = said["label"]
		}
	}
	return g
}

// tabItem is a tab without a script: one of a name is open at a time. One that
// stands in no group is a part that can be opened.
func (r *reading) tabItem(t tag) (begin, end string) {
	tab, ok := r.tabs[t.number]
	if !ok {
		value, _ := t.value("value")
		label, _ := t.value("label")
		return "<details open><summary>" + html.EscapeString(firstOf(label, value, "1")) + "</summary><div>", "</div></details>"
	}
	open := ""
	if tab.open {
		open = " open"
	}
	return fmt.Sprintf(`<details name="tabs-%d"%s><summary>%s</summary><div>`, tab.group, open, html.EscapeString(tab.label)), "</div></details>"
}
