package command

import (
	"bufio"
	"fmt"
	"strings"

	"loanleaf/oembed/check"
)

// paint marks words of the results, on a terminal whose owner wants colours.
func (p *Program) paint(code, words string) string {
	if _, plain := p.LookupEnv("NO_COLOR"); plain || !p.OutTerminal {
		return words
	}
	return "\x1b[" + code + "m" + words + "\x1b[0m"
}

// printCheck prints a report: a table of consumers, what is wrong, a sum.
func (p *Program) printCheck(report *check.Report, all bool) error {
	w := bufio.NewWriter(p.Out)
	fmt.Fprintln(w, p.paint("1", report.URL))
	if report.Title != "" {
		fmt.Fprintln(w, report.Title)
	}
	fmt.Fprintln(w)
	for _, v := range report.Consumers {
		p.printVerdict(w, v)
	}
	for _, state := range []check.State{check.Broken, check.Advice} {
		for _, r := range report.Rules {
			if r.State == state {
				p.printBroken(w, r)
			}
		}
	}
	if all {
		p.printRules(w, report.Rules)
		p.printAsked(w, report.Asked)
	}
	fmt.Fprintf(w, "\n%s, %s: %s held, %s broken, %s advice, %s not looked at\n",
		counted(len(report.Asked), "request", "requests"), counted(len(report.Rules), "rule", "rules"), thousands(report.Count(check.Held)),
		thousands(report.Count(check.Broken)), thousands(report.Count(check.Advice)), thousands(report.Count(check.Moot)))
	return w.Flush()
}

func (p *Program) printVerdict(w *bufio.Writer, v check.Verdict) {
	word, says := p.paint("32", "ok   "), v.Shows
	if !v.Survives {
		word, says = p.paint("1;31", "fails"), joined(v.Broken)
		if says == "" {
			says = "there is nothing to embed"
		}
	} else if len(v.Advice) > 0 {
		says += "; advice: " + joined(v.Advice)
	}
	fmt.Fprintf(w, "  %-16s  %s  %s\n", v.Name, word, says)
}

func (p *Program) printBroken(w *bufio.Writer, r check.Result) {
	var names []string
	for _, c := range r.Consumers {
		names = append(names, c.Name())
	}
	must, colour := "must", "1;31"
	if r.State == check.Advice {
		must, colour = "should", "33"
	}
	fmt.Fprintf(w, "\n%s  %s\n", p.paint(colour, r.ID), joined(names))
	for _, line := range [][2]string{{must, r.Rule}, {"seen", r.Seen}, {"mend", r.Mend}, {"source", r.Source}} {
		fmt.Fprintf(w, "  %-6s  %s\n", line[0], line[1])
	}
}

func (p *Program) printRules(w *bufio.Writer, rules []check.Result) {
	fmt.Fprintln(w)
	for _, r := range rules {
		line := fmt.Sprintf("  %-6s  %-20s  %s", r.State, r.ID, r.Rule)
		if r.State == check.Moot {
			line += " (" + r.Seen + ")"
		}
		fmt.Fprintln(w, line)
	}
}

func (p *Program) printAsked(w *bufio.Writer, asked []check.Exchange) {
	fmt.Fprintln(w)
	for _, x := range asked {
		came := x.Error
		if came == "" {
			came = fmt.Sprintf("status %d, %s bytes, %d ms", x.Status, thousands(x.Bytes), x.Milliseconds)
		}
		fmt.Fprintf(w, "  asked %s: %s\n        %s\n", x.What, came, x.URL)
	}
}

func joined(words []string) string { return strings.Join(words, ", ") }
