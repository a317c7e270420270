// Package store keeps loans at rest, by id and by list: one SQLite file that
// is imported in one stream, swapped in whole, and then only read.
//
// # Writing
//
// [Create] begins an import beside the path, [Import.AddLoan] and
// [Import.AddPartner] add to it, [Import.Commit] builds the lists, makes the
// file durable and renames it over the path, [Import.Abort] leaves the path as
// it was. Until the rename a reader sees the old store, after it the new one;
// there is no third state, whatever is killed when. One import at a time
// writes to a path; a second is refused with [ErrBusy].
//
// The last record of an id wins. A record whose status is [kiva.Hidden] wins
// too: it takes an earlier one of its id away and adds nothing. What a caller
// wants excluded for other reasons it does not add.
//
// # Reading
//
// [Open] reads a store for as long as it is open, also after another one was
// swapped in over its path. Every method of [Store] may be called from many
// goroutines at once, also from within the loops of [Store.Loans] and
// [Store.Partners], which hold nothing of the store while their body runs.
//
// # Lists
//
// A [List] is all loans, or those of one status, country, sector or partner.
// Its pages hold [kiva.PageSize] loans each and are numbered from the oldest, so
// that a full page never changes when newer loans arrive (DESIGN, "Addresses").
// Which loans stand on which page is settled by Commit: a page costs the same
// to read wherever it lies in a list of millions. So do the newest loans of a list
// that raise funds ([Store.RaisingIDs]), which are noted with the list.
//
// # Searching
//
// A store is made searchable by [Store.MakeSearchable], with an index in a file
// of its own: words of names and their beginnings, countries and sectors, and
// which loans each means. [Store.Search] then answers by sets of loans, part
// by part, so that it counts all and shows some in the same time.
//
// # What is in the file
//
// Records (kiva.Record) in rows of a thousand ids, from which a build learns which loans
// changed. A row of each loan with its body in two parts, CBOR by the numbers of
// kiva's tags: the listing, and what the detail has beyond it; a list page is
// made without reading stories. Times are whole seconds and come back in UTC;
// an empty slice comes back nil; nothing else is changed on the way.
//
// Memory does not grow with the number of loans. It grows with the number of
// lists, by about 2 KB each while committing.
//
// # What is not here
//
// No reading of snapshots (kiva/snapshot), no addresses (site), no judgement
// of what is public (whoever calls AddLoan has done that), no reading of what
// a person typed (generator/page), no updates in place, no pruning of stores
// under other keys. PostgreSQL may come to stand behind the same methods;
// storetest says what it will have to do.
package store
