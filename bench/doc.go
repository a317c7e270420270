// Bench measures Loanleaf on the machine it runs on, and prints one table:
//
//	go run ./bench
//	go run ./bench -loans 10000,100000,1000000 -dir /dev/shm -data /var/tmp
//
// It needs nothing but Go: it compiles the program, makes sample loans, and runs
// every stage in a process of its own, from which it takes the wall clock, the
// processor's time (user and system) and the largest resident memory. Clocks of
// shared machines drift by a quarter, so what counts are the ratios, whose two
// sides are taken in the same run:
//
//   - a build to the writing of files of the same number, names and lengths,
//     with nothing thought about what is in them;
//   - an oEmbed answer to that of a bare net/http handler which writes the same
//     length and headers, in turns, in answers a second of the server's
//     processor time.
//
// Another table is that of a server which is asked for a long time, a thousand
// times a second and sometimes badly, while its data changes, and whose memory,
// descriptors, threads and goroutines must not grow; it fails when they do:
//
//	go run ./bench soak -for 30m
//
// The folder of -dir is best a memory disk. Beyond 500,000 loans sites are packed only
// (-plain says otherwise), since a file a page takes 20 GB of a million; its snapshots may
// lie elsewhere (-data), and so 24 GB of memory are enough.
// What one loop costs is measured where the loop is, with go test -bench.
package main
