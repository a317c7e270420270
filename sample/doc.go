// Package sample makes loans to show and to test with: invented people, in the shapes real loan data has.
//
// There are two collections. The newcomer's collection ([Loans], [Partners]) is about sixty loans written by hand and
// embedded in the program; it is what a first look at the site shows, so it holds every state a loan can be in and
// reads like the real thing. The volume collection ([Write], [WriteFolder]) is drawn: any number of loans, with the
// shares of a real snapshot (states, sectors, countries, sizes, terms, languages, missing pieces, stray spaces), for
// benchmarks and for trying a site at scale. Both are API v1 loan details, one JSON object a line.
//
// [Picture] draws the picture that belongs to an image id, at any size of Kiva's grammar. Nothing here is a
// photograph, and no person here exists. First names, towns and proverbs are those of the countries named; every
// life, number and partner is made up.
//
// # What holds
//
// Loan i of a volume depends on the seed and i alone, never on how many loans are asked for. Ids rise with i and are
// not consecutive. The same arguments give the same bytes on every machine: no clock, no environment, no shared random
// source. The collection's own present is 20 November 2026; no date that has already happened lies after it.
//
// # Where the data lies
//
// tables/ holds countries, activities and names as plain text; prose/ holds the sentences, each alternative in all its
// languages side by side; newcomer/ holds the hand-written loans, to be
// edited by hand as well: the tests hold their sums and dates. drawings/ holds the pictures' shapes. All but the
// newcomer's collection is parsed once, at first use.
//
// # What is not here
//
// No hostile text (that belongs to testdata), no lenders, journals or teams, and no reading of loans: package
// kiva/snapshot does that.
package sample
