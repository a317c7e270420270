package check

import "slices"

// State is what became of a rule.
type State string

// The states. Advice is a rule that is not held and breaks nothing; Moot is one
// that does not apply here, or cannot be looked at because another is broken.
const (
	Held   State = "held"
	Broken State = "broken"
	Advice State = "advice"
	Moot   State = "moot"
)

// Report is what a check found. It marshals to the JSON of the command; keys
// are only ever added.
type Report struct {
	URL       string     `json:"url"`
	Endpoint  string     `json:"endpoint,omitempty"` // that was asked; empty: none was found
	Title     string     `json:"title,omitempty"`
	Type      string     `json:"type,omitempty"`
	Links     []Link     `json:"links"`
	Consumers []Verdict  `json:"consumers"`
	Rules     []Result   `json:"rules"`
	Asked     []Exchange `json:"asked"`
}

// Verdict is how a consumer would fare.
type Verdict struct {
	Consumer Consumer `json:"consumer"`
	Name     string   `json:"name"`
	Survives bool     `json:"survives"`
	Shows    string   `json:"shows,omitempty"` // in words; empty where it does not survive
	Broken   []string `json:"broken"`          // ids of rules; with none, and nothing shown, there was nothing to embed
	Advice   []string `json:"advice"`
}

// Result is what became of a rule.
type Result struct {
	ID        string     `json:"id"`
	State     State      `json:"state"`
	Rule      string     `json:"rule"`
	Seen      string     `json:"seen,omitempty"` // what was found, or why the rule is moot
	Mend      string     `json:"mend"`
	Source    string     `json:"source"`
	Consumers []Consumer `json:"consumers"` // who minds
}

// Exchange is a question that was asked, and how its answer was.
type Exchange struct {
	What         string `json:"what"`
	URL          string `json:"url"`
	Status       int    `json:"status,omitempty"` // 0: nothing came
	Bytes        int    `json:"bytes"`            // that were read
	Milliseconds int64  `json:"milliseconds"`
	Error        string `json:"error,omitempty"`
}

// Clean tells whether no rule is broken.
func (r *Report) Clean() bool { return r.Count(Broken) == 0 }

// Count counts the rules in a state.
func (r *Report) Count(state State) int {
	n := 0
	for _, result := range r.Rules {
		if result.State == state {
			n++
		}
	}
	return n
}

// verdicts draws what the rules mean for each consumer.
func verdicts(e *evidence, results []Result, of []Consumer) []Verdict {
	var list []Verdict
	for _, c := range of {
		v := Verdict{Consumer: c, Name: c.Name(), Broken: []string{}, Advice: []string{}}
		for _, r := range results {
			if !slices.Contains(r.Consumers, c) {
				continue
			}
			switch r.State {
			case Broken:
				v.Broken = append(v.Broken, r.ID)
			case Advice:
				v.Advice = append(v.Advice, r.ID)
			}
		}
		if len(v.Broken) == 0 {
			v.Shows = c.shows(e)
		}
		v.Survives = v.Shows != ""
		list = append(list, v)
	}
	return list
}
