package page

import (
	"bytes"
	"context"

	"loanleaf/kiva"
	"loanleaf/oembed"
	"loanleaf/site"
	"loanleaf/templates"
)

// PartnerOf looks up who administers a loan: nil for a direct loan, and for a
// partner that the data does not have.
func (r *Renderer) PartnerOf(ctx context.Context, loan *kiva.Loan) (*kiva.Partner, error) {
	if loan.PartnerID == 0 {
		return nil, nil
	}
	return r.partner(ctx, loan.PartnerID)
}

// RenderLoan writes the page of a loan that the caller holds: its profile, its
// widget document, its static oEmbed answer, or one of its drawings.
func (r *Renderer) RenderLoan(ctx context.Context, w *bytes.Buffer, a site.Address, loan *kiva.Loan, partner *kiva.Partner) error {
	return r.RenderLoanAndCard(ctx, w, nil, a, loan, partner)
}

// RenderLoanAndCard does that, and puts the loan's card on a tray with its profile;
// without a tray there is none.
func (r *Renderer) RenderLoanAndCard(ctx context.Context, w *bytes.Buffer, tray *Tray, a site.Address, loan *kiva.Loan, partner *kiva.Partner) error {
	teller, partner := r.Teller(a.Language), asShown(partner)
	switch a.Kind {
	case site.CardJPEG, site.CardPNG, site.Badge:
		return r.renderDrawn(w, a, loan)
	case site.Widget:
		return templates.WidgetDocument(teller.Card(loan), r.widget).Render(ctx, w)
	case site.AnswerJSON, site.AnswerXML:
		format := oembed.JSON
		if a.Kind == site.AnswerXML {
			format = oembed.XML
		}
		answer := oembed.For(r.site, teller.Answer(loan, partner), oembed.Request{Format: format})
		w.Write(answer.Append(w.AvailableBuffer(), format, ""))
		return nil
	}
	told := teller.Loan(loan, partner)
	if tray != nil {
		if err := tray.put(ctx, told); err != nil {
			return err
		}
	}
	json, xml := r.site.Discovery(a)
	return templates.LoanPage(r.frameFor(a), told, templates.Discovery{
		JSON: json, XML: xml, JSONTitle: told.DiscoveryJSON, XMLTitle: told.DiscoveryXML,
	}).Render(ctx, w)
}
