package server

import "testing"

func TestACacheHoldsWhatWasAskedForLast(t *testing.T) {
	c := newCache[int, string](100)
	has := func(key int) bool {
		value, ok := c.get(key)
		if ok && value != "value" {
			t.Errorf("%d is %q", key, value)
		}
		return ok
	}
	c.put(1, "value", 40)
	c.put(2, "value", 40)
	has(1) // now 2 is the one asked for longest ago
	c.put(3, "value", 40)
	if !has(1) || has(2) || !has(3) || c.bytes != 80 {
		t.Errorf("holds %d values of %d bytes", len(c.kept), c.bytes)
	}
	c.put(3, "value", 10)
	if len(c.kept) != 2 || c.bytes != 50 {
		t.Errorf("a value put again: holds %d values of %d bytes", len(c.kept), c.bytes)
	}
	c.put(4, "value", 500) // more than all of it: it alone stays
	if !has(4) || len(c.kept) != 1 || c.order.Len() != 1 || c.bytes != 500 {
		t.Errorf("holds %d values of %d bytes", len(c.kept), c.bytes)
	}
	c.put(5, "value", 1)
	if has(4) || !has(5) || c.bytes != 1 {
		t.Errorf("holds %d values of %d bytes", len(c.kept), c.bytes)
	}
}
