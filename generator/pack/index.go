package pack

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

const (
	folder     = "packs/"
	indexMagic = "loanleaf-packs 1 "
)

// IndexName is the file that makes a folder a packed site. Another site has another
// one, written anew.
const IndexName = folder + "index"

// place is where a section is.
type place struct {
	file    string // relative to the site's folder: "packs/<hash>.zip"
	entries int
}

// appendIndex writes the index of the sections.
func appendIndex(b []byte, sections map[string]place) []byte {
	b = fmt.Appendf(b, "%s%d\n", indexMagic, len(sections))
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		p := sections[name]
		b = fmt.Appendf(b, "%s\t%s\t%d\n", name, strings.TrimPrefix(p.file, folder), p.entries)
	}
	return b
}

// readIndex reads what appendIndex wrote.
func readIndex(text []byte) (map[string]place, error) {
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	number, ours := strings.CutPrefix(string(first), indexMagic)
	count, err := strconv.Atoi(number)
	if !ours || err != nil {
		return nil, errors.New("its first line is not of this version")
	}
	sections := map[string]place{}
	for line := range strings.Lines(string(rest)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 3 || strings.ContainsAny(fields[1], "/\\") {
			return nil, fmt.Errorf("%q is no line of it", line)
		}
		entries, err := strconv.Atoi(fields[2])
		if err != nil || entries < 1 {
			return nil, fmt.Errorf("%q is no line of it", line)
		}
		sections[fields[0]] = place{folder + fields[1], entries}
	}
	if len(sections) != count {
		return nil, fmt.Errorf("it has %d sections of %d", len(sections), count)
	}
	return sections, nil
}
