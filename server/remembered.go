package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"loanleaf/kiva"
	"loanleaf/oembed"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// Bounds of what is remembered of loans that oEmbed answers were about.
const (
	mostRemembered = 48 << 20 // bytes, of loans and their answers
	loanRemembered = 12 << 10 // bytes that one is taken to be: a view of 4 KiB, and answers of 1.3 KiB each
	answersPerLoan = 8        // variants; there are some more, which nobody asks for all of
)

// remembered is a loan as it is told in a language, with its answers.
type remembered struct {
	told    view.Loan
	mu      sync.Mutex
	answers map[oembed.Variant]*encoded
}

// encoded is an answer on its way out. What it is made of does not change.
type encoded struct {
	body     []byte
	tag      string // opaque part of the ETag
	language string
	once     sync.Once
	packed   []byte // of deflate
}

func encode(answer oembed.Answer, request oembed.Request) *encoded {
	body := answer.Append(nil, request.Format, request.Callback)
	return &encoded{body: body, tag: entityTag(body), language: answer.Language}
}

// compressed is the body as it is sent to who takes gzip.
func (e *encoded) compressed() []byte {
	e.once.Do(func() {
		var packed bytes.Buffer
		deflate(&packed, e.body)
		e.packed = packed.Bytes()
	})
	return e.packed
}

// answer looks up what the request asks for. A refusal is an *oembed.Error,
// every other error a fault of ours.
func (o *oembedHandler) answer(ctx context.Context, request *oembed.Request) (*encoded, error) {
	address, err := request.Loan(o.site)
	if err != nil {
		if list, listErr := request.List(o.site); listErr == nil && o.lists != nil {
			return o.list(ctx, request, list)
		}
		return nil, err
	}
	if o.private(address.ID) {
		return nil, request.Refuse(oembed.Private)
	}
	loan, err := o.told(ctx, address, request)
	if err != nil {
		return nil, err
	}
	variant, ok := request.Variant(o.site, loan.told)
	if !ok {
		o.seen(false)
		return encode(o.made(loan.told, request), *request), nil
	}
	loan.mu.Lock()
	defer loan.mu.Unlock()
	e, ok := loan.answers[variant]
	o.seen(ok)
	if ok {
		return e, nil
	}
	e = encode(o.made(loan.told, request), *request)
	if len(loan.answers) < answersPerLoan {
		loan.answers[variant] = e
	}
	return e, nil
}

// list looks up the answer for a list. It is made each time: it is
// asked for more rarely than loans.
func (o *oembedHandler) list(ctx context.Context, request *oembed.Request, list site.Address) (*encoded, error) {
	told, err := o.lists(ctx, list)
	if errors.Is(err, kiva.ErrNotFound) {
		return nil, request.Refuse(oembed.NotFound)
	}
	if err != nil {
		return nil, err
	}
	return encode(oembed.ForList(o.site, told, *request), *request), nil
}

func (o *oembedHandler) made(loan view.Loan, request *oembed.Request) oembed.Answer {
	answer := oembed.For(o.site, loan, *request)
	if answer.Type == oembed.Link && o.badge != nil {
		answer = answer.WithBadge(o.badge(loan), *request)
	}
	return answer
}

// told is the loan in the language of its address, as far as the answer needs
// it. With its story it is not remembered: that is long, and few ask for it.
func (o *oembedHandler) told(ctx context.Context, address site.Address, request *oembed.Request) (*remembered, error) {
	key := site.Address{Kind: site.Loan, ID: address.ID, Language: address.Language}
	whole := request.NeedsStory()
	if !whole {
		if loan, ok := o.memory.get(key); ok {
			return loan, nil
		}
	}
	loan, err := o.loan(ctx, address.ID, whole)
	if errors.Is(err, kiva.ErrNotFound) || err == nil && loan.Status == kiva.Hidden {
		return nil, request.Refuse(oembed.NotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("loan %d: %w", address.ID, err)
	}
	partner, err := o.partner(ctx, loan.PartnerID)
	if err != nil {
		return nil, err
	}
	teller := o.teller(o.site.Language(address.Language))
	if whole {
		return &remembered{told: teller.Loan(&loan, partner)}, nil
	}
	made := &remembered{told: teller.Answer(&loan, partner), answers: map[oembed.Variant]*encoded{}}
	o.memory.put(key, made, loanRemembered)
	return made, nil
}
