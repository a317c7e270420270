package locale

// Words is everything the program itself says in a language: sentences,
// labels and names of states. A language ships when its Words are complete.
//
// Every sentence stands whole in one field, so that a language can order it
// as it likes; what a field is joined to, if anything, is said in its comment.
// Parts joined by " · " are independent of each other. Placeholders of money,
// numbers and dates are already written in the language. A name is never
// declined and its bearer's gender is not known: sentences are chosen so that
// neither matters. {country} is written as CountryInside does, which in French
// brings the preposition with it.
type Words struct {
	// Titles. {title} is one of LoanOf, LoanOfFrom, LoanFrom, LoanUnnamed,
	// or a heading.
	Title         Pattern // document and oEmbed title; {site} {title}
	LoanOf        Pattern // {name}
	LoanOfFrom    Pattern // {name} {country}
	LoanFrom      Pattern // a loan whose borrower is not named; {country}
	LoanUnnamed   string  // the same where the country is not known either
	DiscoveryJSON Pattern // title of a link for programs; {title}
	DiscoveryXML  Pattern // {title}
	ShareNeeds    Pattern // headline of a shared link, while raising funds; {name} {country} {amount}
	ShareNeedsNow Pattern // the same where the country is not known or does not fit; {name} {amount}
	Description   Pattern // two sentences for search engines; {use} ends in a full stop, {figures} does not
	PhotoOf       Pattern // alternative text; {name}
	Place         Pattern // {town} {country}

	// What a loan is for. {use} is text of the data, mostly English, without
	// its full stop. In UseTo… it begins with "to" or with a verb ("to buy
	// ducks", "buy ducks") and continues the sentence; in UseFor… it may
	// be anything ("buying ducks", "working capital"). Languages beside English
	// quote it, since it is in another language than theirs.
	UseToHelps   Pattern // while raising funds; {amount} {name} {use}
	UseToHelped  Pattern // afterwards
	UseForHelps  Pattern // {amount} {name} {use}
	UseForHelped Pattern
	HelpsIn      Pattern // the use is not known; {amount} {name} {country}
	HelpedIn     Pattern
	Helps        Pattern // nor is the country; {amount} {name}
	Helped       Pattern
	PrivateUse   Pattern // the borrower is not named; {amount}
	UseUnnamed   Pattern // the name cannot be written there; {amount} {use}

	// States: the words of the chip.
	ChipFundraising string
	ChipFunded      string // all that was asked for was raised
	ChipFundedPart  string // the loan was made with less
	ChipInRepayment string
	ChipPaid        string // all of it came back
	ChipPaidLoss    string // not all of it
	ChipDefaulted   string
	ChipRefunded    string
	ChipExpired     string
	ChipGone        string // there is no such loan
	Badge           string // what a badge is of, before the state: a loan

	// Figures: the sentence under the bar, without a full stop.
	RaisedOf         Pattern // {raised} {amount}
	RaisedAll        Pattern // {amount}
	RaisedInFull     Pattern // a later state whose repayments are not known; {amount}
	Asked            Pattern // what was raised is not known; {amount}
	RepaidOf         Pattern // {repaid} {amount}
	RepaidAll        Pattern // {amount}
	RepaidInFull     Pattern // the sum that came back is not stated; {amount}
	RepaidLess       Pattern // nor is it, and part was lost; {amount}
	NotRepaid        Pattern // a default; what came back is not known; {amount}
	Returned         Pattern // refunded; {raised}
	ReturnedAny      string  // refunded; the sum is not known
	ExpiredReturned  Pattern // {raised} {amount}
	ExpiredNothing   Pattern // nothing was raised; {amount}
	ExpiredUnknown   Pattern // {amount}
	AsideUntil       Pattern // beside the sentence, after " · "; {date}
	AsideOn          Pattern // when the money was raised or came back; {date}
	AsideReserved    string  // others have the remaining amount in their baskets
	AsideAllReserved string  // the same, with nothing lent yet
	AsideLate        string  // payments are overdue
	AsideLost        Pattern // a default; {lost}
	AsideExchange    Pattern // {lost}
	AsideShort       Pattern // less came back, and no reason is stated; {lost}
	AsideSomeLost    string  // the sum is not known
	AsideEnded       Pattern // how far an expired loan came; {percent}

	// Actions: buttons and links.
	ActLend      Pattern // {name}, at most 24 characters
	ActLendGroup string  // to a group with a long name
	ActLendShort string  // to somebody with a long name
	ActSimilar   string
	ActFollow    string
	ActRead      string // what became of a defaulted loan
	ActAnother   string // where there is no loan

	// Dates of what is shown.
	DataOf      Pattern // {date}
	PostedOn    Pattern
	FundedOn    Pattern
	RepaidOn    Pattern
	LastPayment Pattern // {date}
	EndedOn     Pattern

	// The story and the people.
	StoryTranslated Pattern // {language}
	StoryOriginal   Pattern // {language}
	GroupMembers    Pattern // {names}, a list in the language
	WatchVideo      string

	// Terms of a loan: labels, then their values.
	FactLength       string
	FactRepayments   string
	FactDisbursed    string
	FactPosted       string
	FactFunded       string
	FactPaid         string
	FactExpires      string
	FactExpired      string
	FactFunding      string
	FactExchangeLoss string
	FactNonpayment   string
	FactLenders      string
	FactBorrowers    string
	Months           Counted // {n}
	Lenders          Counted // {n}
	Borrowers        Counted // {n}
	Monthly          string
	Weekly           string
	Irregular        string
	AtEnd            string
	InLocalMoney     Pattern // beside the date of disbursal; {amount}
	ThroughPartner   string
	ThroughNobody    string  // a direct loan
	ExchangeShared   string  // who carries a currency loss
	ExchangeAbove    Pattern // the same, with the share that the partner carries; {percent}
	ExchangePartner  string
	ExchangeLender   string
	ExchangeNone     string
	LossLender       string // who carries a default
	LossPartner      string

	// What the terms of a loan mean, in plain words: a sentence for each label above.
	WhyPosted       string
	WhyExpires      string
	WhyExpired      string
	WhyFunded       string
	WhyDisbursed    string
	WhyLength       string
	WhyRepayments   string
	WhyPaid         string
	WhyLenders      string
	WhyBorrowers    string
	WhyPartner      string // of FactFunding, for ThroughPartner
	WhyDirect       string // for ThroughNobody
	WhyNonpayment   string
	WhyExchangeLoss string
	WhyRating       string // of PartnerRating

	// Columns of the tables of payments.
	ColumnDue      string
	ColumnLenders  string // scheduled for lenders, in dollars
	ColumnBorrower string // due from the borrower, in local money
	ColumnSettled  string
	ColumnAmount   string
	ColumnLocal    string
	ColumnLoss     string

	// What became of a plan: words in its last column, and the chart beside it.
	ColumnOutcome  string
	OutcomeOnTime  string
	OutcomeLate    Counted // days, more than a month; {n}
	OutcomeMissing string
	OutcomePart    string // only some of it came
	OutcomeOpen    string // has not come yet
	ChartTitle     string
	ChartPlan      Pattern // {amount}, and the months {from} and {to}
	ChartBack      Pattern // {amount} {date}
	ChartUnknown   string  // the loan came due, and its payments are not known
	LegendLate     string
	LegendCount    Pattern // {label} is LegendLate or one of OutcomeOnTime, OutcomeMissing and OutcomeOpen; {n}

	// The field partner.
	Stars            Pattern // {rating}, one decimal
	NotRated         string
	PartnerRating    string
	PartnerStatus    string
	PartnerActive    string
	PartnerPilot     string
	PartnerPaused    string
	PartnerClosed    string
	PartnerSince     string
	PartnerCountries string
	PartnerLoans     string
	PartnerRaised    string
	PartnerLate      string // delinquency rate
	PartnerDefault   string
	PartnerInterest  string
	No               string
	Yes              string
	UnderOnePercent  Pattern // {percent}, which is 1 % in the language

	// Lists and the front page.
	LoanCount       Counted // {n}
	RaisingCount    Counted // joined to LoanCount by " · "; {n}
	HeadingHome     string
	HeadingCountry  Pattern // {country}
	HeadingSector   Pattern // {sector}, one of SectorNames, or as the data has it
	HeadingPartner  Pattern // {partner}
	HeadingPage     Pattern // {heading} {page}
	ListFundraising string  // headings of the lists by status
	ListFunded      string
	ListInRepayment string
	ListPaid        string
	ListDefaulted   string
	ListRefunded    string
	ListExpired     string
	Older           string
	Newer           string

	// Finding a loan. {query} is what the reader typed.
	FindLoan     string // label of the search box
	FindHint     string // what may be typed
	FindButton   string
	FindFor      Pattern // heading; {query}
	FindNothing  Pattern // {query}
	FindTry      string  // what to try then; lists follow
	FindLists    string  // label of the lists that were meant
	FindNext     string
	FindPrevious string
	MoreLists    string  // label of the links to other lists
	LoanNumber   Pattern // where a loan's number is found; {address}, of one of the loans

	// What is not there.
	GoneHeading string
	GoneText    string
	LostHeading string
	LostText    string

	// Frame and pages
	AllLoans        string
	BorrowerCaption string // of the table of what the borrower is to pay
	Breadcrumbs     string // label of the trail of links
	Countries       string
	Copied          string // said after a button that copies was pressed
	CopyAddress     string
	CopyCode        string
	Documentation   string
	EmbedAddress    string
	EmbedCode       string
	EmbedHelp       string
	FundraisingNow  string
	Home            string
	LanguageMenu    string
	MapText         string // what the map shows, for those who do not see it
	MapTitle        string
	NewestLoans     string
	NextPage        string // of documentation
	NoLoans         string
	NotTranslated   Pattern // a document that is shown in another language; {language} {original}
	OnThisPage      string  // heading of the headings of a document

	// Over a part of a document that is set apart.
	CalloutNote, CalloutTip, CalloutInfo, CalloutImportant, CalloutWarning, CalloutDanger string

	Pages            string // label of the links to older and newer pages
	Partners         string
	PaymentsCaption  string
	PreviousPage     string // of documentation
	ScheduleCaption  string
	Sectors          string
	SectionEmbed     string
	SectionLists     string
	SectionPeople    string
	SectionRepayment string
	SectionStory     string
	SectionTerms     string
	Skip             string // the link that jumps over the page's header
	Statuses         string
	Tags             string // before the words that lenders marked a loan with
	WhoBorrows       string
	WhoAdministers   string  // heading of the field partner
	ShowAllRows      Pattern // {n}
	LabelPlace       string  // the short labels under a shared link
	LabelUntil       string
	LabelStatus      string

	// SectorNames are the fifteen sectors that Kiva sorts loans into, by their
	// slug in English. Those of other data are told as they are.
	SectorNames map[string]string

	// The loan as a fragment of somebody else's page, as oEmbed's JSONP and
	// preview answers carry it.
	InlineCountry string // labels with their colon, followed by their value
	InlineRequest string // the sum that is asked for
	InlineStatus  string
	InlineUse     string  // what the loan is for
	InlineMore    Pattern // the link after the beginning of the story; {title} is LoanOf or what stands for it

	// Embed are those of the page that hands out code to embed a loan.
	Embed EmbedWords

	// Trying oEmbed answers by hand.
	TrialHeading   string // heading of the page on which oEmbed answers are tried
	TrialIntro     string
	TrialAddress   string  // label: the address of a loan
	TrialWidest    string  // label: maxwidth
	TrialHighest   string  // label: maxheight
	TrialAsk       string  // button
	TrialFrames    string  // heading of what other pages would show
	TrialWordPress string  // caption of a frame
	TrialPlain     string  // caption
	TrialNarrow    string  // caption
	TrialPreview   string  // caption
	TrialFare      string  // heading of the table of programs
	TrialProgram   string  // column
	TrialShows     string  // column
	TrialNothing   string  // a program shows nothing
	TrialRules     Pattern // {held} {all}
	TrialBroken    string  // heading of the rules that do not hold
	TrialAnswers   string  // heading of the answers
	TrialBusy      string  // too many try at this moment

	Footnotes  string // names the footnotes of a document
	BackToText string // from a footnote
	Table      string // names a table that has no other name
	// Docs are those around documents.
	Docs DocsWords
	// Find are those of the box that searches the documentation.
	Find FindWords
	// ListCard are those of the widget of a list.
	ListCard ListCardWords

	FindWaiting string // the search box answers nothing yet

	// Refusal are those in place of a page that is not given now.
	Refusal RefusalWords
}
