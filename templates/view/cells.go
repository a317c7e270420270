package view

import "loanleaf/kiva"

// cells are the texts of a table's cells, written behind each other and cut
// apart at the end: a page has up to hundreds of them, and this is two
// allocations a table.
type cells struct {
	t    *Teller
	b    []byte
	ends []int32
}

// cells has room for n of them.
func (t *Teller) cells(n int) *cells {
	return &cells{t: t, b: make([]byte, 0, 12*n), ends: make([]int32, 0, n)}
}

// money adds an amount; an empty cell where it is absent.
func (c *cells) money(m kiva.Money) {
	if m.Known() {
		c.b = c.t.language.AppendMoney(c.b, m.Units, m.Currency)
	}
	c.end()
}

// local adds the local amount of a payment that has one.
func (c *cells) local(p *kiva.Payment) {
	if isLocal(p) {
		c.money(p.Local)
		return
	}
	c.end()
}

func (c *cells) text(s string) {
	c.b = append(c.b, s...)
	c.end()
}

func (c *cells) end() { c.ends = append(c.ends, int32(len(c.b))) }

// texts are all of them, in their order.
func (c *cells) texts() []string {
	all, texts, begin := string(c.b), make([]string, len(c.ends)), int32(0)
	for i, end := range c.ends {
		texts[i], begin = all[begin:end], end
	}
	return texts
}
