package oembed

import (
	"math/rand/v2"
	"testing"
)

func TestRequestsOfOneVariantGetTheSameBytesAndThereAreFew(t *testing.T) {
	s, loan := newSite(t), mai(t)
	chance := rand.New(rand.NewPCG(3, 5))
	answers := map[Variant]string{}
	const asked = 20_000
	var kept int
	for range asked {
		r := Request{
			URL: loan.Page, Format: []Format{JSON, XML, JSONP, Preview}[chance.IntN(4)], HTML: Shape(chance.IntN(3)),
			MaxWidth: chance.IntN(2) * chance.IntN(1500), MaxHeight: chance.IntN(2) * chance.IntN(1500), WordPress: chance.IntN(4) == 0,
		}
		if r.Format == JSONP {
			r.Callback = "show"
		}
		variant, ok := r.Variant(s, loan)
		if !ok {
			continue
		}
		kept++
		body := string(For(s, loan, r).Append(nil, r.Format, r.Callback))
		if before, ok := answers[variant]; ok && before != body {
			t.Fatalf("%+v, variant %+v:\n%s\nand before\n%s", r, variant, body, before)
		}
		answers[variant] = body
	}
	const most = 40
	if kept < asked/10 || len(answers) > most {
		t.Errorf("%d of %d requests have a variant, of which there are %d", kept, asked, len(answers))
	}
}

func TestWhatHasNoVariant(t *testing.T) {
	s, loan := newSite(t), mai(t)
	for reason, r := range map[string]Request{
		"a callback, which the caller chooses": {Format: JSONP, HTML: Frame, Callback: "show"},
		"the fragment, which quotes the story": {Format: JSON, HTML: Inline},
		"a narrower widget":                    {Format: JSON, MaxWidth: 449},
		"a lower widget":                       {Format: JSON, MaxHeight: 299},
		"no room":                              {Format: JSON, MaxWidth: 10},
	} {
		if variant, ok := r.Variant(s, loan); ok {
			t.Errorf("%s: %+v", reason, variant)
		}
	}
}
