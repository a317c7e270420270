package page

import (
	"bytes"
	"context"
	"io"
	"slices"
	"sync"

	"github.com/a-h/templ"

	"loanleaf/templates"
)

// cards keeps list cards as they were written: a loan is on about five lists
// (all, its status, country, sector and partner), and its card is the same on
// each. Two generations are kept; when the newer one is full the older one is
// forgotten, so a card that is asked for again and again stays.
type cards struct {
	mu         sync.Mutex
	newer, old map[cardKey][]byte
	size       int // bytes in newer
}

type cardKey struct {
	language string
	id       int64
}

// cardBytes is how much each generation holds: some 8,000 cards.
const cardBytes = 10 << 20

func (c *cards) get(k cardKey) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if body, ok := c.newer[k]; ok {
		return body, true
	}
	body, ok := c.old[k]
	if ok {
		c.put(k, body)
	}
	return body, ok
}

// put keeps a card; c.mu is held.
func (c *cards) put(k cardKey, body []byte) {
	if c.newer == nil || c.size > cardBytes {
		c.newer, c.old, c.size = map[cardKey][]byte{}, c.newer, 0
	}
	c.newer[k] = body
	c.size += len(body)
}

// onShelf stands for a card that is read when it is written.
var onShelf = []byte{}

// listCards are the cards of loans in the order of their ids, nil for none.
func (r *Renderer) listCards(ctx context.Context, language string, ids []int64) (templ.Component, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	written, places := make([][]byte, len(ids)), make([]shelved, len(ids))
	var missing []int64
	for i, id := range ids {
		if place, ok := r.shelf.find(id); ok {
			places[i], written[i] = place, onShelf
			continue
		}
		body, ok := r.cards.get(cardKey{language, id})
		if !ok {
			missing = append(missing, id)
		}
		written[i] = body
	}
	if len(missing) > 0 {
		if err := r.writeCards(ctx, language, ids, missing, written); err != nil {
			return nil, err
		}
	}
	languages := r.site.Languages()
	n := max(slices.Index(languages, r.site.Around(language)), 0)
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) (err error) {
		var room []byte
		for i, body := range written {
			if places[i].id != 0 {
				if body, room, err = r.shelf.read(room, places[i], n, len(languages)); err != nil {
					return err
				}
			}
			if _, err := w.Write(body); err != nil {
				return err
			}
		}
		return nil
	}), nil
}

// writeCards writes the cards that are not kept into the gaps of written.
func (r *Renderer) writeCards(ctx context.Context, language string, ids, missing []int64, written [][]byte) error {
	loans, err := r.source.Listings(ctx, missing)
	if err != nil {
		return err
	}
	teller := r.Teller(language)
	var w bytes.Buffer
	next := 0
	for i := range written {
		if written[i] != nil {
			continue
		}
		w.Reset()
		if err := templates.ListItem(teller.Card(&loans[next])).Render(ctx, &w); err != nil {
			return err
		}
		written[i] = bytes.Clone(w.Bytes())
		next++
	}
	r.cards.mu.Lock()
	defer r.cards.mu.Unlock()
	for i, id := range ids {
		if len(written[i]) > 0 {
			r.cards.put(cardKey{language, id}, written[i])
		}
	}
	return nil
}
