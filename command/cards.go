package command

import "fmt"

// Values of the setting cards; anything else names a file of loan ids.
const (
	noCards  = "none"
	allCards = "all"
)

// cardsOf tells which loans get their card and badge as files; nil: none.
func cardsOf(setting string) (func(id int64) bool, error) {
	switch setting {
	case "", noCards:
		return nil, nil
	case allCards:
		return func(int64) bool { return true }, nil
	}
	ids, err := readIDs(setting)
	if err != nil {
		return nil, withHint(fmt.Errorf("cards: %w", err), "cards is none, all, or a file with the id of a loan on each line")
	}
	return func(id int64) bool { return ids[id] }, nil
}
