package output

import "golang.org/x/sys/unix"

func exchange(at int, a, b string) error {
	return unix.RenameatxNp(at, a, at, b, unix.RENAME_SWAP)
}

// syncTree asks for everything to be written back and does not wait for the
// drive: macOS has no call for one file system, and F_FULLFSYNC for each of
// 200,000 files would take hours. A power cut may therefore cost the newest
// generation on macOS; the death of the process never does.
func syncTree(int) error {
	return unix.Sync()
}

func isMount(at int, name string) bool {
	var folder, parent unix.Stat_t
	if unix.Fstatat(at, name, &folder, unix.AT_SYMLINK_NOFOLLOW) != nil || unix.Fstat(at, &parent) != nil {
		return false
	}
	return folder.Dev != parent.Dev
}
