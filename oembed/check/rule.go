package check

import (
	"fmt"
	"slices"
)

// rule is something that has to hold for somebody.
type rule struct {
	id        string
	consumers []Consumer // who minds
	advice    bool       // nothing breaks where it does not hold

	// minds tells whether one of the consumers minds here, where not all of them
	// always do; nil: they do. What nobody minds is advice.
	minds func(*evidence, Consumer) bool
	needs []string // rules without which it cannot be looked at; they stand before it

	rule   string // what has to hold
	mend   string // what to do where it does not
	source string // where it is written: a section, or the file of a consumer

	check func(*evidence) outcome
}

// outcome is what became of a rule, and what was seen.
type outcome struct {
	state State
	seen  string
}

func held(format string, values ...any) outcome {
	return outcome{Held, fmt.Sprintf(format, values...)}
}

func broken(format string, values ...any) outcome {
	return outcome{Broken, fmt.Sprintf(format, values...)}
}

func moot(why string) outcome { return outcome{Moot, why} }

// holds is held or broken by one condition, seen the same way.
func holds(ok bool, format string, values ...any) outcome {
	if ok {
		return held(format, values...)
	}
	return broken(format, values...)
}

// rules is the one table of them, in the order in which they are looked at:
// each stands behind those that it needs.
func rules() []rule {
	return slices.Concat(pageRules(), linkRules(), hrefRules(), endpointRules(), answerRules(), fieldRules(), xmlRules(), frameRules(), hostRules(), cardRules())
}

// judge looks at one rule after the other.
func judge(e *evidence, list []rule) []Result {
	blocked := map[string]bool{} // ids of what is not held, and of all that needs it
	var results []Result
	for _, r := range list {
		var o outcome
		var who []Consumer
		if i := slices.IndexFunc(r.needs, func(id string) bool { return blocked[id] }); i >= 0 {
			o = moot("needs " + r.needs[i])
			blocked[r.id] = true
		} else {
			o = r.check(e)
		}
		if o.state == Broken {
			blocked[r.id] = true
			if who = minding(e, r); r.advice || len(who) == 0 {
				o.state = Advice
			}
		}
		if len(who) == 0 {
			who = r.consumers
		}
		results = append(results, Result{
			ID: r.id, State: o.state, Rule: r.rule, Seen: short(o.seen), Mend: r.mend, Source: r.source, Consumers: who,
		})
	}
	return results
}

// minding are the consumers that mind a rule here.
func minding(e *evidence, r rule) []Consumer {
	if r.minds == nil {
		return r.consumers
	}
	return slices.DeleteFunc(slices.Clone(r.consumers), func(c Consumer) bool { return !r.minds(e, c) })
}
