// Package output makes a folder of files in generations: each is staged beside
// the folder and swapped in whole, and what did not change stays as it is.
//
// [Open] begins a generation, [Folder.Write] puts a file into it, and
// [Folder.Commit] makes it the folder's content, or [Folder.Abort] forgets it.
// Commit a generation with every file the folder is to have: a file that was
// not written is removed.
//
// # On the disk
//
//	dist/                       the folder: ordinary files, for any web server, copy or upload
//	dist/.loanleaf/manifest     the marker that makes it ours, and what is ours in it
//	dist/.loanleaf/inputs       the memo of whoever built it, where there is one
//	.dist.loanleaf-next         the stage, while a build runs; after the swap, the old generation
//	.dist.loanleaf-last         the old generation, only where the swap takes two renames
//	.dist.loanleaf-lock         held by flock while a build runs; empty
//
// Nothing beside the folder outlives Commit or Abort. What a killed build left
// is removed by the next Open of the same folder.
//
// The manifest is text, the same bytes for the same files and version:
//
//	loanleaf-manifest 1 COUNT VERSION
//	SHA-256 in hex, two spaces, size in bytes, two spaces, name
//
// one line a file, sorted bytewise by name. It can be read from the web, and
// says nothing that the files do not. SHA-256, because whoever publishes the
// folder may compare by it against bytes that somebody else stored, and because
// it can be checked without this program.
//
// The memo is bytes of the caller's for the next generation ([Folder.NewMemo],
// [Folder.Memo]); behind them stand their SHA-256 and the manifest's, so a memo
// that is damaged, or that belongs to other files, is none.
//
// # The design, and the one not taken
//
// Two designs give a folder in which unchanged files cost little. One patches: it
// stages only what differs and moves that into the live folder, with a journal for
// repair. Its cost follows the change, but a reader in the middle sees half of
// two sites, and a crash leaves that until somebody builds again. The other, the
// one chosen, makes a second tree that is whole before anybody sees it: changed
// files are written, unchanged ones get a second name by hard link, and one
// system call exchanges the trees. Its cost is a link and an unlink for every
// unchanged file, a few microseconds, and only in builds in which something
// changed: Write does not link, it notes that a file is unchanged, and when all
// are the stage is thrown away empty. A symlink that moves from tree to tree was
// not taken, because file hosts upload folders, and some refuse a symlink.
//
// The exchange is renameat2 with RENAME_EXCHANGE on Linux and renameatx_np with
// RENAME_SWAP on macOS. File systems that have neither (some network and FUSE
// ones) get two renames. There, and only there, readers find no folder for an
// instant, and a process killed in that instant leaves none until the next Open
// puts the old generation back.
//
// # What is unchanged
//
// A file is kept when the last manifest has its name with the hash of the new
// body, and the file itself is as it was left: size, mode, and a change time
// (ctime) older than the manifest's, which Commit renews as its last act. The
// change time cannot be set by hand, so an edit shows however it was made. When it
// proves nothing (the folder was copied, checked out, given another owner, or
// the clock was set back since), the file's bytes are compared with the body:
// slower, never wrong. [Folder.Keep] does the same for a caller that knows the body
// to be the old one and has not made it: the last manifest's line is
// taken over, and in doubt the file's hash is compared. Modification times are not looked at. An edit by hand is
// undone by the next build, unless it is made while a build runs, after that
// file was looked at: then it may stay until the page changes.
//
// # Files of other folders
//
// [Folder.Take] puts files of other folders' generations ([OpenGeneration]) into this one:
// parts of a site that other processes made. They are linked, so they cost no room on
// one file system.
//
// # What is ours
//
// In a folder with the marker, a file is ours if the manifest names it. Any other
// file or empty folder is carried over into each generation with its inode, or as
// a copy where hard links cannot be made, and reported; if it is in the way of a
// page, the page is refused. A file dropped into the old generation in the instant
// of the swap is moved to the new one. Symlinks are carried as they are, never
// followed. The folder .loanleaf is ours with all that is in it.
//
// A folder without the marker is never written to unless it is empty.
//
// # What a crash can cost
//
// Killed at any moment, a build leaves the old generation or the new one, whole.
// With the power cut, the same holds on Linux: the stage is on the drive before
// the swap (syncfs), the swap before the old generation is removed. On macOS the
// newest generation may be lost with the power, since waiting for the drive there
// goes file by file. [Options] SkipSync gives that up everywhere.
//
// # Memory
//
// About 40 bytes for every file of the last generation and 30 for every new name
// (BenchmarkNames); names themselves are sorted on disk. A folder costs both.
//
// # What is not here
//
// No rendering, no compression, no upload, no rollback to generations before the
// last. Permissions are 0644 and 0755 whatever the umask; owners, groups and
// access lists of the folder itself are not carried to the next generation. A
// reader that walks the folder through a swap with its old folder open, as cp -r
// does, is told that files are missing; it never gets a mixture of bytes in one file.
// Linux and macOS only.
package output
