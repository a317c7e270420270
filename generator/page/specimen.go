package page

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
)

// specimens are the states that no loan of a site is in. The page that hands out
// code shows them by an invented loan, so that nobody learns only later how a card
// looks that came to another end. A site without loans has no such page to show.
func specimens(lists []kiva.ListInfo) []kiva.Status {
	if len(lists) == 0 {
		return nil
	}
	return slices.DeleteFunc(kiva.Statuses(), func(status kiva.Status) bool {
		return slices.ContainsFunc(lists, func(l kiva.ListInfo) bool {
			return l.Kind == kiva.ByStatus && l.Key == status.String()
		})
	})
}

// renderSpecimen writes the widget of the invented loan in a state that no loan is
// in. Its links lead to the front page, since it has no page of its own.
func (r *Renderer) renderSpecimen(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	lists, err := r.allLists(ctx)
	if err != nil {
		return fmt.Errorf("state %s: %w", a.Slug, err)
	}
	status, ok := kiva.ParsePublicStatus(a.Slug)
	if !ok || !slices.Contains(specimens(lists), status) {
		return fmt.Errorf("state %s: %w", a.Slug, kiva.ErrNotFound)
	}
	told := r.Teller(a.Language).Card(specimen(status, r.date))
	home := r.site.URL(site.Address{Kind: site.Home, Language: a.Language})
	told.Page, told.Source.URL = "", home
	if told.WidgetAction != nil {
		told.WidgetAction.URL = home
	}
	return templates.WidgetDocument(told, r.widget).Render(ctx, w)
}

// specimen is an invented loan in a state, with figures for it. Its days are
// counted from the date of the data; it has none where that is not known.
func specimen(status kiva.Status, date time.Time) *kiva.Loan {
	const asked = 550
	l := &kiva.Loan{
		ID: anyID, Name: "Mai", Status: status, Amount: kiva.USD(asked), Raised: kiva.USD(asked),
		Use: "to buy more ducks and chickens for her small farm", Activity: "Poultry", Sector: "Agriculture", Languages: []string{"en"},
		Location: kiva.Location{CountryCode: "VN", Country: "Vietnam", Town: "Thanh Hoa"}, BorrowerCount: 1,
	}
	day := func(days int) time.Time {
		if date.IsZero() {
			return date
		}
		return date.AddDate(0, 0, days)
	}
	l.Posted = day(-400)
	switch status {
	case kiva.Fundraising:
		l.Raised, l.Posted, l.Expires = kiva.USD(125), day(-12), day(22)
	case kiva.Funded:
		l.FundedDate = day(-9)
	case kiva.InRepayment:
		l.Repaid, l.FundedDate = kiva.USD(220), day(-380)
	case kiva.Paid:
		l.Repaid, l.FundedDate, l.PaidDate = kiva.USD(asked), day(-380), day(-20)
	case kiva.Defaulted:
		l.Repaid, l.FundedDate = kiva.USD(310), day(-380)
	case kiva.Refunded:
		l.Raised = kiva.USD(125)
	case kiva.Expired:
		l.Raised, l.Expires = kiva.USD(352), day(-365)
	}
	return l
}
