package public

import (
	"crypto/sha256"
	"fmt"
)

// Identity stands for all of the files, the operator's colours in them: sets with
// equal identities make pages look alike.
func (s *Set) Identity() [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%#v", s.texts)) // the palettes are read from the styles
}
