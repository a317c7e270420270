// Package snapshot reads public loans and partners out of files: bodies of
// API v1, the data snapshot in JSON and in CSV, and JSON lines; plain, gzipped or
// in a zip, one file or a folder of them. It is the door through which data
// enters the program: texts are cleaned here and nowhere else, and what is not
// public stops here.
//
//	s, err := snapshot.Open("kiva_ds_json.zip")
//	…
//	defer s.Close()
//	for record, err := range s.Records() {
//		…
//	}
//
// # What is read
//
// [Open] tells the format from the content, whatever the file is called:
//
//	{"paging":…,"loans":[…]}        a listing of API v1
//	{"loans":[…]}                   loans of API v1 by id, listing or detail
//	{"header":…,"loans":[…]}        a file of the 2009-2015 JSON snapshot
//	{"partners":[…]}                the partners of API v1
//	[…]                             a list of loans or partners alone
//	{…} newline {…}                 JSON lines: a loan or partner on each line
//	{…} over several lines          one record, or several one after another
//	LOAN_ID,…,LOAN_AMOUNT,STATUS,…  loans.csv of the CSV snapshot
//	id,funded_amount,loan_amount,…  kiva_loans.csv, which Kaggle has of it
//	Borrower_id,…,Loan Amount,…     tables collected from Kiva's pages in 2012
//
// Bodies may follow one another in one file. Other things are refused with a
// [RefusedError] that says what they are. What the private user API and the
// partner API give out is known by its keys; a listing of somebody's own loans
// (my/loans) is not: byte for byte it has the shape of a public listing, and
// only the address it came from was private. So a file saved under such a name
// (my-loans, my_loans, my/loans …) is refused for its name. This is the one
// thing a name decides, and it cannot find a private listing saved under
// another name.
//
// # What passes
//
// Only fields of [kiva.Loan] and [kiva.Partner] are read; every other member
// of a record, and every other column of a table, is passed over. A loan of a status that is not public comes as a
// tombstone, its id and [kiva.Hidden], so that it takes an earlier record of
// the loan away; this holds even when the rest of the record is broken. An
// anonymous loan comes already redacted ([kiva.Loan.Redact]).
//
// A record is set aside, and comes as a [Problem], when it is not valid JSON,
// has the same key twice in one object, is longer than [MaxRecord] or nests
// deeper than 64 levels, when id, status or loan_amount is missing, and when
// anything that pages show as a fact is broken. null and "" are absent, never
// broken. What is decoration is left out instead, and the record kept:
//
//	field                                   when it is broken
//	image, video, geo                       no picture, no video, no point
//	theme, themes, tags                     that one is left out
//	languages, keys of texts                that one is left out, as is what comes after 100
//	gender, pictured                        not stated
//	country_code, iso_code                  taken from the country's name, if known
//	disbursal_currency                      local amounts and the local schedule left out
//	nonpayment, currency_exchange           not stated, unless a word of API v1
//	journal_totals, charges_fees_…, total   not stated
//
// Ids are whole numbers from 1 to 2^53-1, which scripts hold exactly, written
// 145, 145.0 or "145". References to other things (partner, image) may be 0,
// which is none. Amounts are read by [kiva.ParseMoney]. Dates are those of API
// v1 and of the snapshots' three forms, from 1990 to 2099.
//
// # Tables
//
// Columns may stand in any order and in upper or lower case; LOAN_ID,
// LOAN_AMOUNT and STATUS must be there. A [Problem] names the column as the
// header writes it. A header alone is a table without loans, and no error.
//
//	column                        what a loan has of it
//	STATUS                        funded is raised in full, now or long ago; of
//	                              repayments no column speaks, and they stay absent
//	ORIGINAL_LANGUAGE             a code, from the English word for the language
//	DESCRIPTION                   the story in that language; left out where it is
//	                              not known
//	DESCRIPTION_TRANSLATED        the story in English, unless it is a copy
//	TAGS                          parted at commas, each once
//	BORROWER_NAMES, _GENDERS,     the borrowers, where the lists are as long as each
//	_PICTURED                     other: see rowReader.people
//	CURRENCY_POLICY, …_RATE       loss_liability, for the policy shared alone
//	DISTRIBUTION_MODEL            direct: no partner
//	VIDEO_ID, CURRENCY            nothing: no id of YouTube, no amount in it
//
// kiva_loans.csv has no names, so its loans are anonymous, and no status: those
// that did not raise all they asked for are taken for expired, the file being
// of 2017. Tables collected in 2012 have no names either, and XXXX where there
// is no date.
//
// # Texts
//
// Texts come out as plain text in valid UTF-8: bytes that are not become
// U+FFFD. Tags of HTML are taken out, and what stands between them stays;
// <br> is a line break, <p> and other blocks a paragraph. A "<" that begins no
// tag is itself. Character references are decoded once, and what they decode
// to is text: "&lt;b&gt;" comes out as "<b>", for the encoder of each exit to
// escape. Control characters, byte order marks, zero-width spaces, soft
// hyphens and the signs that turn the direction of text are dropped; C1
// controls are read as the Windows-1252 signs they stand for.
//
// One-line texts have single spaces and none at the ends; names have at most
// 250 characters, others 500. A story has at most 50,000: its paragraphs are
// parted by one blank line, and a single line break inside a paragraph stays
// as the writer made it. Longer texts set the record aside; nothing is cut.
//
// # Broken files
//
// Records are cut out of the stream by brackets alone, and decoded one by one,
// so one that is broken costs itself alone: see the rules at splitter.value.
// They hold for what is balanced, and for most of what is not, such as a
// bracket or a quotation mark that is missing; an opening bracket that is
// missing inside a list can end the list too early. Missing and trailing
// commas between records are passed over. When the JSON around the records
// breaks, or the file ends early or its checksum does not
// fit, the sequence ends with an error after everything that could be read. In
// tables a row ends where RFC 4180 says; where that leads to no row as wide as
// the header, see body.rows.
// An archive may unpack to 400 times its size at most.
//
// Memory does not grow with the size of the source, only with the number of
// files in it and with its longest record.
//
// # What is not here
//
// XML bodies are recognised and refused. Lenders and who lent to which loan
// (lenders and loans_lenders of a snapshot) are passed over with a note: as CSV
// wherever they stand, as JSON in a folder or zip. Which record wins when an id comes twice is the
// store's business. Fetching from the network, following links and unpacking
// to disk happen nowhere.
package snapshot
