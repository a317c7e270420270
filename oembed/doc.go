// Package oembed is the oEmbed protocol, without HTTP: a request is read from
// its query, a loan becomes an answer, an answer becomes bytes. The server and
// the build both make their answers here, so a static answer and a live one are
// the same bytes.
//
// # A request's way
//
// [Parse] reads the raw query of the address. [Request.Loan] says which loan it
// asks for, and in which language, [Request.List] which list. [For] makes the
// [Answer] from the view of that loan, [ForList] from that of a list, and
// [Answer.Append] writes it in a [Format]. Whatever cannot be
// answered is an [*Error] of a known [Kind]; [AppendError] writes it in the
// format that was asked for.
//
// # Formats
//
// XML is what a request gets that names no format (seed 002; oEmbed 2.2 leaves
// it to the provider), JSON what most ask for. JSONP and Preview are the seed's
// own. Keys are the same in all of them, only html differs: JSON and XML carry
// one bare frame, since their callers store and filter it; JSONP and Preview
// carry the fragment of [templates.Inline], since their callers put it into
// their own page. The parameter html=frame or html=inline chooses in any
// format.
//
// # Sizes
//
// A larger bound never makes a smaller answer, none is larger than it was asked
// for, and nothing is scaled up:
//
//	full      450 × 300
//	compact   280 to 449 wide, 300 high
//	strip     250 to 450 wide, 96 to 299 high; also where only 250 to 279 are
//	          allowed in width, whatever the height
//	badge     less than that: type photo, 20 high and as wide as its words and
//	          figures make it, some 90 to 250 ([Answer.WithBadge])
//	link      less than that: type link, without html and without a size
//
// An answer for a list has no badge: it is a link already where a badge would be.
//
// A thumbnail is the largest of the loan's picture that is known to fit both
// bounds, and what is stated of it is its real size.
//
// # Keys of our own
//
// Beside what oEmbed names, an answer has these, flat, the same in every format,
// in the language of the answer. All are text, numbers too. What is not known
// has no key.
//
//	language                  tag of the language that the words are in: es
//	description               what the loan is for and how far it came, at most 155 characters
//	web_page                  address of the loan's page in this language
//	loan_id                   100000
//	status                    fundraising, funded, in_repayment, paid, defaulted, refunded or expired
//	country                   name of the country: Vietnam
//	country_code              ISO 3166-1: VN
//	loan_sector               name of the sector: Agriculture
//	activity                  as the data has it, in English: Poultry
//	loan_amount               what was asked for: 550 or 48.34
//	loan_currency             ISO 4217, of all amounts: USD
//	funded_amount             what lenders lent
//	percent_funded            0 to 100
//	repaid_amount             what came back
//	posted_date               2026-11-01
//	planned_expiration_date   until when it raises funds, while it does
//
// Of a list there are language, description (how many loans are on it and how many
// of them raise funds), web_page, and what its loans have in common: country and
// country_code, or loan_sector; a partner is its author.
//
// # WordPress
//
// WordPress runs its host script, which lets a frame have its own height and
// its links be followed, only for a blockquote beside the frame, and then hides
// the frame until the document in it speaks WordPress' protocol, as the widget
// document does (public/frame.js). Most other consumers drop that shape. It is
// therefore made only for [Request.WordPress].
//
// # Being found without a link in a page
//
// [ProviderOf] is what a site says of itself to those that keep lists of
// providers: an entry for the registry of oembed.com, and the same for Drupal.
//
// # What is not here
//
// Status codes, headers and caching are the server's; looking up loans and
// deciding which are private is the caller's; nothing is ever fetched. There
// are no answers of type video.
package oembed
