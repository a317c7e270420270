package check

import (
	"maps"
	"net/url"
	"slices"
	"testing"
)

// way is a rule with a provider that holds it and one that does not.
type way struct {
	id    string
	right func(*provider) // from the right provider to one that holds the rule; nil: it holds it
	wrong func(*provider) // from there to one that breaks it
	also  []string        // other rules that are broken by the very same thing
}

// ways has every rule once.
func ways() []way {
	return slices.Concat(pageWays(), linkWays(), hrefWays(), endpointWays(), answerWays(), fieldWays(), xmlWays(), frameWays(), hostWays(), cardWays())
}

// Every rule has a provider that holds it, and one in which it is broken, and
// nothing else but what the same thing has to break.
func TestEachWayToBeWrongBreaksItsRule(t *testing.T) {
	advice := map[string]bool{}
	for _, r := range rules() {
		advice[r.id] = r.advice
	}
	for _, w := range ways() {
		t.Run(w.id, func(t *testing.T) {
			p := newProvider(t)
			if w.right != nil {
				w.right(p)
			}
			before := found(run(t, p))
			if got := before[w.id]; got.State != Held {
				t.Fatalf("before it is broken: %s, %s", got.State, got.Seen)
			}
			w.wrong(p)
			report := run(t, p)
			want := Broken
			if advice[w.id] {
				want = Advice
			}
			if got := found(report)[w.id]; got.State != want || got.Seen == "" {
				t.Errorf("broken: %s, %q", got.State, got.Seen)
			}
			var wrong []string
			for id, r := range found(report) {
				if (r.State == Broken || r.State == Advice) && before[id].State != r.State {
					wrong = append(wrong, id)
				}
			}
			slices.Sort(wrong)
			expected := slices.Sorted(slices.Values(append([]string{w.id}, w.also...)))
			if !slices.Equal(wrong, expected) {
				t.Errorf("broken are %q, want %q", wrong, expected)
				for _, id := range wrong {
					t.Logf("%s: %s", id, found(report)[id].Seen)
				}
			}
		})
	}
}

func TestEveryRuleHasItsWayToBeWrong(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range ways() {
		if seen[w.id] {
			t.Errorf("%s has two", w.id)
		}
		seen[w.id] = true
	}
	ids := map[string]bool{}
	for _, r := range rules() {
		ids[r.id] = true
		if !seen[r.id] {
			t.Errorf("%s has none", r.id)
		}
	}
	for id := range maps.Keys(seen) {
		if !ids[id] {
			t.Errorf("there is no rule %s", id)
		}
	}
	t.Logf("%d rules", len(ids))
}

// noThumbnail takes the picture out of answers.
func noThumbnail(p *provider) {
	for _, key := range []string{"thumbnail_url", "thumbnail_width", "thumbnail_height"} {
		delete(p.fields, key)
	}
}

// always sets a field of every answer.
func always(key string, value any) func(*provider) {
	return func(p *provider) {
		p.onFields = func(fields map[string]any, _ url.Values) { fields[key] = value }
	}
}

// never takes a field out of every answer.
func never(key string) func(*provider) {
	return func(p *provider) {
		p.onFields = func(fields map[string]any, _ url.Values) { delete(fields, key) }
	}
}

// onlyJSON takes the link for XML out of the page.
func (p *provider) unlinkXML() {
	p.replace(p.linkTo(typeXML), "")
}

// photo makes it a provider of pictures.
func photo(p *provider) {
	delete(p.fields, "html")
	p.fields["type"], p.fields["url"] = "photo", "https://loans.example/pic.png"
}
