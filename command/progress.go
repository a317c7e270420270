package command

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far long work is: a bar that moves on a terminal, a line
// now and then elsewhere, nothing for work that is done at once.
type progress struct {
	program *Program
	what    string // "reading loans"
	total   int    // -1: not known
	began   time.Time
	spoke   time.Time
	bar     *progressbar.ProgressBar
}

// Elsewhere than on a terminal a line is written this often.
const progressEvery = 5 * time.Second

func (p *Program) progress(what string, total int) *progress {
	now := p.Now()
	g := &progress{program: p, what: what, total: total, began: now, spoke: now}
	if p.Terminal {
		g.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(p.Err), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
			progressbar.OptionShowIts(), progressbar.OptionSetItsString("loans"), progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(total > 0), progressbar.OptionSetWidth(30))
	}
	return g
}

// at tells that done of the total are done.
func (g *progress) at(done int) {
	if g.bar != nil {
		g.bar.Set(done) // drawing is no reason to fail
		return
	}
	now := g.program.Now()
	if done == g.total || now.Sub(g.spoke) < progressEvery {
		return
	}
	g.spoke = now
	of := ""
	if g.total > 0 {
		of = " of " + thousands(g.total)
	}
	fmt.Fprintf(g.program.Err, "%s: %s%s\n", g.what, thousands(done), of)
}

// end takes the bar away.
func (g *progress) end() time.Duration {
	if g.bar != nil {
		g.bar.Finish()
		io.WriteString(g.program.Err, "\r\x1b[K")
	}
	return g.program.Now().Sub(g.began)
}
