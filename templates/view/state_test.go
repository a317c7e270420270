package view

import (
	"testing"

	"loanleaf/kiva"
)

func TestWhatIsSaidOfAStatus(t *testing.T) {
	const (
		lend    = "Lend to Mai → https://lend.example/100000"
		similar = "Find a similar loan → https://loans.example/"
		follow  = "Follow this loan → https://loans.example/lend/100000"
		read    = "Read what happened → https://loans.example/lend/100000"
	)
	tests := []struct {
		when   string
		loan   *kiva.Loan
		chip   string
		bar    int
		figure string
		action string
	}{
		{"raising funds, with a sum and an end", mai(kiva.Fundraising, raisedSum(125), until("2026-12-12")),
			"Raising funds", 23, "$125 raised of $550 | 23% · until December 12, 2026", lend},
		{"raising funds without an end", mai(kiva.Fundraising, raisedSum(125)),
			"Raising funds", 23, "$125 raised of $550 | 23%", lend},
		{"raising funds, nothing raised yet", mai(kiva.Fundraising, raisedSum(0)),
			"Raising funds", 0, "$0 raised of $550 | 0%", lend},
		{"raising funds, the sum is not known", mai(kiva.Fundraising, until("2026-12-12")),
			"Raising funds", -1, "$550 asked for | until December 12, 2026", lend},
		{"raising funds, 99.6 % is not yet full", mai(kiva.Fundraising, func(l *kiva.Loan) { l.Raised = usd(54780) }),
			"Raising funds", 99, "$547.80 raised of $550 | 99%", lend},
		{"raising funds, a little is not nothing", mai(kiva.Fundraising, func(l *kiva.Loan) { l.Raised = usd(1) }),
			"Raising funds", 1, "$0.01 raised of $550 | 1%", lend},
		{"raising funds, the rest is in baskets", mai(kiva.Fundraising, raisedSum(500), reservedSum(50), until("2026-12-12")),
			"Raising funds", 91, "$500 raised of $550 | 91% · the rest is reserved", similar},
		{"raising funds, more than the rest is in baskets", mai(kiva.Fundraising, raisedSum(500), reservedSum(900)),
			"Raising funds", 91, "$500 raised of $550 | 91% · the rest is reserved", similar},
		{"raising funds, part of the rest is in baskets", mai(kiva.Fundraising, raisedSum(500), reservedSum(25)),
			"Raising funds", 91, "$500 raised of $550 | 91%", lend},
		{"raising funds, all is in baskets", mai(kiva.Fundraising, raisedSum(0), reservedSum(550)),
			"Raising funds", 0, "$0 raised of $550 | 0% · all of it is reserved", similar},
		{"raising funds, all is in baskets and the sum is not known", mai(kiva.Fundraising, reservedSum(550)),
			"Raising funds", -1, "$550 asked for | all of it is reserved", similar},
		{"raising funds, though all is raised", mai(kiva.Fundraising, raisedSum(550), until("2026-12-12")),
			"Raising funds", 100, "$550 raised, all of it | ", similar},
		{"raising funds, though more is raised", mai(kiva.Fundraising, raisedSum(575)),
			"Raising funds", 100, "$550 raised, all of it | ", similar},
		{"raising funds, a sum below nothing is not known", mai(kiva.Fundraising, raisedSum(-5)),
			"Raising funds", -1, "$550 asked for | ", lend},
		{"raising funds, anonymous", mai(kiva.Fundraising, raisedSum(125), anonymous),
			"Raising funds", 23, "$125 raised of $550 | 23%", "Lend → https://lend.example/100000"},
		{"raising funds, a group", mai(kiva.Fundraising, raisedSum(125), group),
			"Raising funds", 23, "$125 raised of $550 | 23%", "Lend to Thanh Hoa Group → https://lend.example/100000"},

		{"funded on a day", mai(kiva.Funded, raisedSum(550), fundedOn("2026-02-03")),
			"Fully funded", 100, "$550 raised, all of it | on February 3, 2026", similar},
		{"funded, the sum and the day are not known", mai(kiva.Funded),
			"Fully funded", 100, "$550 raised, all of it | ", similar},
		{"funded with more than was asked for", mai(kiva.Funded, raisedSum(600)),
			"Fully funded", 100, "$550 raised, all of it | ", similar},
		{"funded with less than was asked for", mai(kiva.Funded, raisedSum(500), fundedOn("2026-02-03")),
			"Funded", 91, "$500 raised of $550 | 91% · on February 3, 2026", similar},

		{"being repaid", mai(kiva.InRepayment, raisedSum(550), repaidSum(22000)),
			"Being repaid", 40, "$220 repaid of $550 | 40%", follow},
		{"being repaid in cents", mai(kiva.InRepayment, repaidSum(6706)),
			"Being repaid", 12, "$67.06 repaid of $550 | 12%", follow},
		{"being repaid, nothing yet", mai(kiva.InRepayment, repaidSum(0)),
			"Being repaid", 0, "$0 repaid of $550 | 0%", follow},
		{"being repaid, but late", mai(kiva.InRepayment, repaidSum(22000), late),
			"Being repaid", 40, "$220 repaid of $550 | 40% · payments are late", follow},
		{"being repaid, repayments are not known", mai(kiva.InRepayment, raisedSum(550), fundedOn("2026-02-03")),
			"Being repaid", -1, "$550 raised in full | on February 3, 2026", follow},
		{"being repaid, nothing is known", mai(kiva.InRepayment),
			"Being repaid", -1, "$550 raised in full | ", follow},
		{"being repaid, late, repayments are not known", mai(kiva.InRepayment, late),
			"Being repaid", -1, "$550 raised in full | payments are late", follow},
		{"being repaid with more than was lent", mai(kiva.InRepayment, repaidSum(60000)),
			"Being repaid", 100, "$550 repaid of $550 | 100%", follow},
		{"being repaid, made with less than was asked for", mai(kiva.InRepayment, raisedSum(500), repaidSum(25000)),
			"Being repaid", 50, "$250 repaid of $500 | 50%", follow},

		{"paid on a day", mai(kiva.Paid, repaidSum(55000), paidOn("2027-01-09")),
			"Repaid in full", 100, "$550 repaid, all of it | on January 9, 2027", similar},
		{"paid, the sum is not known", mai(kiva.Paid, paidOn("2027-01-09")),
			"Repaid in full", 100, "$550 repaid in full | on January 9, 2027", similar},
		{"paid, nothing is known", mai(kiva.Paid),
			"Repaid in full", 100, "$550 repaid in full | ", similar},
		{"paid with a currency loss", mai(kiva.Paid, repaidSum(54000), exchangeLoss(10), paidOn("2027-01-09")),
			"Repaid with a loss", 98, "$540 repaid of $550 | $10 lost to exchange rates", similar},
		{"paid with a currency loss that the sum does not show", mai(kiva.Paid, repaidSum(55000), exchangeLoss(10)),
			"Repaid with a loss", 100, "$550 repaid of $550 | $10 lost to exchange rates", similar},
		{"paid with a currency loss, the sum is not known", mai(kiva.Paid, exchangeLoss(10)),
			"Repaid with a loss", -1, "$550 lent and repaid, but for a loss | $10 lost to exchange rates", similar},
		{"paid short of a sum, no reason is stated", mai(kiva.Paid, repaidSum(54000)),
			"Repaid with a loss", 98, "$540 repaid of $550 | $10 did not come back", similar},
		{"ended with a loss, no sum is known", mai(kiva.Paid, endedWithLoss),
			"Repaid with a loss", -1, "$550 lent and repaid, but for a loss | ", similar},
		{"ended with a loss, though all came back", mai(kiva.Paid, endedWithLoss, repaidSum(55000)),
			"Repaid with a loss", 100, "$550 repaid of $550 | part of it was lost", similar},
		{"paid, made with less than was asked for", mai(kiva.Paid, raisedSum(500), repaidSum(50000)),
			"Repaid in full", 100, "$500 repaid, all of it | ", similar},

		{"defaulted in part", mai(kiva.Defaulted, repaidSum(31000)),
			"Defaulted", 56, "$310 repaid of $550 | 56% · $240 lost", read},
		{"defaulted, all of it", mai(kiva.Defaulted, repaidSum(0)),
			"Defaulted", 0, "$0 repaid of $550 | 0% · $550 lost", read},
		{"defaulted, repayments are not known", mai(kiva.Defaulted, raisedSum(550)),
			"Defaulted", -1, "$550 lent and not repaid in full | ", read},
		{"defaulted, though all came back", mai(kiva.Defaulted, repaidSum(55000)),
			"Defaulted", 100, "$550 repaid of $550 | 100%", read},

		{"refunded", mai(kiva.Refunded, raisedSum(125)),
			"Refunded", -1, "$125 returned to lenders | ", similar},
		{"refunded, the sum is not known", mai(kiva.Refunded),
			"Refunded", -1, "All that was raised was returned to lenders | ", similar},
		{"refunded, nothing was raised", mai(kiva.Refunded, raisedSum(0)),
			"Refunded", -1, "All that was raised was returned to lenders | ", similar},

		{"expired", mai(kiva.Expired, raisedSum(352)),
			"Expired", 64, "$352 of $550, returned to lenders | 64% when it ended", similar},
		{"expired, nothing was raised", mai(kiva.Expired, raisedSum(0)),
			"Expired", 0, "Nothing was raised of $550 | ", similar},
		{"expired, the sum is not known", mai(kiva.Expired),
			"Expired", -1, "$550 was not raised in time | ", similar},
	}
	teller := newTeller(t)
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			v := teller.Card(test.loan)
			if v.State.Chip != test.chip {
				t.Errorf("chip %q, want %q", v.State.Chip, test.chip)
			}
			if v.Figures.Bar != test.bar {
				t.Errorf("bar %d, want %d", v.Figures.Bar, test.bar)
			}
			if got := v.Figures.Main.String() + " | " + v.Figures.Aside.String(); got != test.figure {
				t.Errorf("figures %q\n   want %q", got, test.figure)
			}
			if got := v.Action.Label + " → " + v.Action.URL; got != test.action {
				t.Errorf("action %q\n  want %q", got, test.action)
			}
		})
	}
}

func TestEveryStatusHasItsToneAndIcon(t *testing.T) {
	want := map[kiva.Status]State{
		kiva.Fundraising: {Tone: "go", Icon: "clock"},
		kiva.Funded:      {Tone: "ok", Icon: "check"},
		kiva.InRepayment: {Tone: "info", Icon: "cycle"},
		kiva.Paid:        {Tone: "ok", Icon: "check"},
		kiva.Defaulted:   {Tone: "warn", Icon: "alert"},
		kiva.Refunded:    {Tone: "off", Icon: "back"},
		kiva.Expired:     {Tone: "off", Icon: "stop"},
	}
	teller := newTeller(t)
	for _, status := range kiva.Statuses() {
		got := teller.Card(mai(status)).State
		got.Chip = ""
		if got != want[status] {
			t.Errorf("%v: %+v, want %+v", status, got, want[status])
		}
	}
	for _, status := range []kiva.Status{kiva.Hidden, kiva.StatusUnknown} {
		v := teller.Card(mai(status, raisedSum(125)))
		if v.State.Chip != "Not available" || v.Figures.Bar != -1 || len(v.Figures.Main) > 0 {
			t.Errorf("%v says %+v %+v", status, v.State, v.Figures)
		}
	}
}

func TestALoanIsDatedByItsLastEvent(t *testing.T) {
	posted := func(l *kiva.Loan) { l.Posted = date("2026-01-02") }
	payments := func(l *kiva.Loan) {
		l.Payments = []kiva.Payment{
			{Amount: kiva.USD(10), Settled: date("2026-05-01")},
			{Amount: kiva.USD(10), Processed: date("2026-06-01")},
			{Amount: kiva.USD(10)},
		}
	}
	tests := []struct {
		when string
		loan *kiva.Loan
		want string
	}{
		{"raising funds: the data's date", mai(kiva.Fundraising, posted), "Data of November 21, 2026"},
		{"funded: when it was", mai(kiva.Funded, posted, fundedOn("2026-02-03")), "Funded on February 3, 2026"},
		{"funded on an unknown day: when it was posted", mai(kiva.Funded, posted), "Posted on January 2, 2026"},
		{"being repaid: the last payment, settled or made", mai(kiva.InRepayment, posted, payments, fundedOn("2026-02-03")), "Last payment on June 1, 2026"},
		{"being repaid, no payment yet: when it was funded", mai(kiva.InRepayment, posted, fundedOn("2026-02-03")), "Funded on February 3, 2026"},
		{"paid: when it was", mai(kiva.Paid, posted, payments, paidOn("2026-07-01")), "Repaid on July 1, 2026"},
		{"paid on an unknown day: the last payment", mai(kiva.Paid, posted, payments), "Last payment on June 1, 2026"},
		{"expired: when it ended", mai(kiva.Expired, posted, until("2026-03-01")), "Ended on March 1, 2026"},
		{"nothing is known: nothing is said", mai(kiva.Refunded), ""},
	}
	teller := newTeller(t)
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			d := teller.Card(test.loan).Dated
			if got := d.Label.String(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if d.Time.IsZero() != (test.want == "") {
				t.Errorf("time %v beside %q", d.Time, test.want)
			}
		})
	}
}

func TestWithoutAPlaceToLendThereIsNoButton(t *testing.T) {
	teller := newTeller(t, withoutLending)
	v := teller.Card(mai(kiva.Fundraising, raisedSum(125)))
	if v.Action != nil || v.WidgetAction != nil {
		t.Errorf("there is a button: %v %v", v.Action, v.WidgetAction)
	}
	if v := teller.Card(mai(kiva.Paid)); v.Action == nil {
		t.Error("a repaid loan leads nowhere")
	}
}

func TestWhatBecameOfALoanIsInItsRepaymentSection(t *testing.T) {
	const page = "https://loans.example/lend/100000"
	teller := newTeller(t)
	for _, status := range []kiva.Status{kiva.InRepayment, kiva.Defaulted} {
		known := teller.Loan(mai(status, func(l *kiva.Loan) { l.Payments = []kiva.Payment{{Amount: kiva.USD(10)}} }), nil)
		if known.Action.URL != page+"#repayment" || known.WidgetAction.URL != page+"#repayment" {
			t.Errorf("%v: %v %v", status, known.Action, known.WidgetAction)
		}
		unknown := teller.Loan(mai(status), nil)
		if unknown.Action.Label != "Find a similar loan" {
			t.Errorf("%v: a page without that section leads to itself: %v", status, unknown.Action)
		}
		if unknown.WidgetAction.URL != page {
			t.Errorf("%v: the widget leads to %v", status, unknown.WidgetAction)
		}
	}
}

func TestTheWidgetNeverLeadsToAnotherHost(t *testing.T) {
	teller := newTeller(t)
	for _, status := range kiva.Statuses() {
		v := teller.Card(mai(status, raisedSum(125), func(l *kiva.Loan) { l.Sector = "Food" }))
		if v.WidgetAction.Label != v.Action.Label || v.WidgetAction.Quiet != v.Action.Quiet {
			t.Errorf("%v: the widget's button says %q, the page's %q", status, v.WidgetAction.Label, v.Action.Label)
		}
		for _, url := range []string{v.WidgetAction.URL, v.Source.URL} {
			if !under(url, "https://loans.example/") {
				t.Errorf("%v: the widget leads to %s", status, url)
			}
		}
	}
}

func TestASimilarLoanIsOneOfItsSector(t *testing.T) {
	v := newTeller(t).Card(mai(kiva.Paid, func(l *kiva.Loan) { l.Sector = "Personal Use" }))
	if want := "https://loans.example/sector/personal-use/"; v.Action.URL != want {
		t.Errorf("got %s, want %s", v.Action.URL, want)
	}
}
