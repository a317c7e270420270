package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"path/filepath"
	"slices"
)

// key stands for a name in memory: 16 bytes however long the name is. Half a
// SHA-256 cannot be made to collide, by chance or by intent.
type key [16]byte

func keyOf(name string) key {
	sum := sha256.Sum256([]byte(name))
	return key(sum[:16])
}

// index is what the last generation consisted of: 34 bytes a file, and as much
// again for each folder. It answers lookups in any order, which the sorted
// manifest on disk does not.
type index struct {
	rows   []row   // sorted by name
	claims []claim // of each row, by this generation
	// starts says of each value of the names' first bits where its rows begin, and at
	// last where they end: names are spread evenly, so these are about rowsTogether.
	starts  []int32
	shift   int // of the first 32 bits of a name, to be a place in starts
	files   int
	version string
	sum     [sha256.Size]byte // of the manifest
}

// claim is what this generation does with a file of the last one.
type claim uint8

const (
	unclaimed  claim = iota
	written          // by Write, whether or not the file is kept then
	keptUnread       // by Keep
)

type row struct {
	name    key
	content key  // zero for a folder
	folder  bool // one that held a file of ours
}

// readIndex reads the manifest of the folder at dir.
func readIndex(dir string) (*index, error) {
	var ix index
	folders := map[key]bool{}
	last, sum := "", sha256.New()
	version, err := scanManifest(filepath.Join(dir, filepath.FromSlash(manifestName)), sum, func(e Entry) error {
		ix.rows = append(ix.rows, row{name: keyOf(e.Name), content: key(e.Sum[:16])})
		for parent := parentOf(e.Name); parent != "" && parent != last; parent = parentOf(parent) {
			k := keyOf(parent)
			if folders[k] {
				break
			}
			folders[k] = true
			ix.rows = append(ix.rows, row{name: k, folder: true})
		}
		last = parentOf(e.Name)
		ix.files++
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(ix.rows, func(a, b row) int { return bytes.Compare(a.name[:], b.name[:]) })
	ix.rows = slices.Clip(ix.rows)
	ix.claims = make([]claim, len(ix.rows))
	ix.divide()
	ix.version = version
	sum.Sum(ix.sum[:0])
	return &ix, nil
}

// find returns the place of a name in rows, or -1. A nil index holds nothing.
func (ix *index) find(name key) int {
	if ix == nil {
		return -1
	}
	first := binary.BigEndian.Uint32(name[:]) >> ix.shift
	for i := ix.starts[first]; i < ix.starts[first+1]; i++ {
		if ix.rows[i].name == name {
			return int(i)
		}
	}
	return -1
}

// rowsTogether is how many rows are searched from the first to the last: to halve all of
// them would be to wait for memory seventeen times where there are 100,000.
const rowsTogether = 8

// divide finds where rows begin that have their first bits in common.
func (ix *index) divide() {
	wide := bits.Len(uint(len(ix.rows) / rowsTogether))
	ix.shift = 32 - wide
	ix.starts = make([]int32, 1<<wide+1)
	for _, r := range ix.rows {
		ix.starts[binary.BigEndian.Uint32(r.name[:])>>ix.shift+1]++
	}
	for i := range len(ix.starts) - 1 {
		ix.starts[i+1] += ix.starts[i]
	}
}

// owns says whether a file (or a folder) of this name was ours.
func (ix *index) owns(name string, folder bool) bool {
	i := ix.find(keyOf(name))
	return i >= 0 && ix.rows[i].folder == folder
}
