package server

import (
	"container/list"
	"sync"
)

// cache keeps the values that were asked for last, up to a number of bytes. It
// may be used by several goroutines at a time.
type cache[K comparable, V any] struct {
	mu    sync.Mutex
	kept  map[K]*list.Element // of *cached[K, V]
	order list.List           // the one asked for last in front
	bytes int
	most  int
}

type cached[K comparable, V any] struct {
	key   K
	value V
	bytes int
}

func newCache[K comparable, V any](most int) *cache[K, V] {
	return &cache[K, V]{kept: map[K]*list.Element{}, most: most}
}

func (c *cache[K, V]) get(key K) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	element, ok := c.kept[key]
	if !ok {
		return value, false
	}
	c.order.MoveToFront(element)
	return element.Value.(*cached[K, V]).value, true
}

// put keeps a value of so many bytes, and lets those go that nobody asked for
// longest. The newest stays, however large it is.
func (c *cache[K, V]) put(key K, value V, bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if old, ok := c.kept[key]; ok {
		c.remove(old)
	}
	c.kept[key] = c.order.PushFront(&cached[K, V]{key, value, bytes})
	c.bytes += bytes
	for c.bytes > c.most && c.order.Len() > 1 {
		c.remove(c.order.Back())
	}
}

func (c *cache[K, V]) remove(element *list.Element) {
	old := c.order.Remove(element).(*cached[K, V])
	delete(c.kept, old.key)
	c.bytes -= old.bytes
}
