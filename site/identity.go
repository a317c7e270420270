package site

import (
	"crypto/sha256"
	"fmt"
)

// Identity stands for everything that decides what addresses and pages of the
// site say, but for what it asks about single loans: the measures of pictures
// and which loans have cards. Sites with equal identities, asked the same, mint the
// same.
func (s *Site) Identity() [sha256.Size]byte {
	config := s.config
	config.Gallery, config.Cards = nil, nil
	return sha256.Sum256(fmt.Appendf(nil, "%#v %v %v %v", config, s.config.Gallery != nil, s.config.Cards != nil, s.searchable))
}
