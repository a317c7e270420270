// Package check tells of any page whether what it offers through oEmbed would
// survive in the programs that read oEmbed: WordPress, Drupal, Mastodon,
// Discourse, iframely, Misskey, Ghost, and libraries. It is for every provider,
// not for Loanleaf's own alone.
//
// # What is done
//
// [Run] fetches the page, finds its oEmbed links, asks what they name as it
// stands, then asks the endpoint as consumers do: as WordPress, with url alone,
// in several sizes, with an unknown parameter, for a page that does not exist;
// last it fetches the framed document and the thumbnail. Some fifteen requests,
// all with GET.
//
// Every rule is a row of one table (rules_*.go): who minds, what has to hold,
// what to do about it, and where it is written: a section of the specification,
// or a file of the consumer's own code. A rule looks at what was seen, and at
// nothing else. Some rules are advice: nothing breaks where they do not hold.
// Rules that cannot be looked at because another is broken are moot.
//
// A consumer survives when none of its rules is broken. What its operators
// decide (the frames that a Discourse forum allows, the registry that Drupal
// and remark-embedder read, iframely's list of domains) cannot be seen from
// outside; the report says so in words.
//
// # Safety
//
// A page names the addresses that are asked next. [Client] therefore asks
// public addresses alone, with limits on redirects, sizes and times. It is the
// only place of the program from which requests go out. [Handler] is the other
// [Fetcher]: a server checks itself without a network.
//
// # What is not here
//
// No browser: scripts are not run, and whether a widget looks right is not
// seen. Nothing of a consumer is run either; what its code does is written down
// here again, as far as it decides whether something is shown.
package check
