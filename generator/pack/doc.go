// Package pack keeps a built site in a few hundred files instead of millions: in
// ZIP archives, the shards, which any unzip reads.
//
// A folder with millions of files takes longer to copy, list and upload than to
// build. A packed site has the same pages at the same addresses; the server sends them out
// of the shards, and [Unpack] makes the folder of files again, byte for byte.
//
// # On the disk
//
//	dist/packs/index             which shard holds what: text
//	dist/packs/<hash>.zip        a shard, named after half the SHA-256 of its bytes
//	dist/.loanleaf/manifest      the folder's, of package output
//
// The index is
//
//	loanleaf-packs 1 COUNT
//	SECTION, tab, file name, tab, number of entries
//
// one line a shard, sorted bytewise by section. A section is a part of the site
// that its names alone decide ([SectionOf]): the files of all loans whose ids share
// their thousands, in all languages; a thousand numbered pages of a list; what else
// stands in a folder. So a name leads to its shard without a table of names, and
// loans that come or change leave the shards of others as they are. Files that are
// only named as those of loans are ([Writer.EndLoans]) are in the section "site".
//
// In a shard the entries are sorted by name, and its central directory is the index
// of names. Each is deflated by itself, or stored where that is no longer, and
// carries half the SHA-256 of its content in an extra field (0x4c4c, 16
// bytes): the server's ETag, at no cost. Dates are all 1980-01-01.
//
// # The next generation
//
// A [Writer] makes one through package output: whole and swapped in at once, as a folder of files
// is. A section of which nothing changed keeps its shard, which is not
// even opened. In a section of which something changed, entries that stay are copied
// as they lie, deflated. Memory is bounded by the sections under way: each
// worker's section of loans; entries of other sections wait in a file.
//
// # What is not here
//
// What is in the files, and which of them changed: whoever builds knows. HTTP. Shards
// of 4 GB or 65,535 entries and more, which the sections do not come near.
package pack
