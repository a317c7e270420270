package command

import (
	"io/fs"
	"path"
	"runtime/debug"
)

// What the heap may grow to, in bytes, before garbage is collected more often
// again. A build holds some 20 MB alive; a server besides as much as it keeps of
// cards and of oEmbed answers, at most 112 MB.
const (
	buildHeap  = 96 << 20
	serverHeap = 320 << 20
)

// collectLess lets the heap grow to five times what is alive before garbage is
// collected, up to goal. Builds and servers make garbage by the gigabyte: this
// saves a tenth of the processor's time for some 60 MB. Whoever sets GOGC or
// GOMEMLIMIT knows better.
func (p *Program) collectLess(goal int64) {
	if _, set := p.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(400)
	}
	if _, set := p.LookupEnv("GOMEMLIMIT"); !set {
		debug.SetMemoryLimit(goal)
		p.heapGoal = goal
	}
}

// heldOfText is how many bytes are alive, at most, for a byte of Markdown: its
// text, its HTML, and what is known of its links and headings.
const heldOfText = 6

// makeRoom lets the heap grow for what documents hold as long as the program runs,
// their pictures among it: within the goal of a build, a manual of thousands of pages
// would have garbage collected without end.
func (p *Program) makeRoom(files fs.FS) {
	if p.heapGoal == 0 {
		return
	}
	room := p.heapGoal
	_ = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error { // whoever reads them tells of errors
		if err != nil {
			return nil
		}
		if entry.IsDir() {
			if base := entry.Name(); base == "node_modules" || len(base) > 1 && base[0] == '.' {
				return fs.SkipDir
			}
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			return nil
		}
		switch path.Ext(name) {
		case ".md", ".mdx":
			room += heldOfText * info.Size()
		case ".avif", ".gif", ".jpeg", ".jpg", ".pdf", ".png", ".svg", ".webp":
			room += info.Size()
		}
		return nil
	})
	debug.SetMemoryLimit(min(room, p.heapGoal+mostRoom))
}

// mostRoom bounds that.
const mostRoom = 1 << 30
