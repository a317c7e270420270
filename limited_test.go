package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

func init() { programs["limited"] = limited }

// limited turns into another program that has less than this one:
//
//	limited -size BYTES -files N -user ID -umask M -in FOLDER PROGRAM ARG…
//
// No file may grow larger than the size, no more files be open than the number.
// A flag that is left out limits nothing.
func limited() {
	size := flag.Int64("size", -1, "")
	files := flag.Int64("files", -1, "")
	user := flag.Int("user", -1, "")
	umask := flag.Int("umask", -1, "") // a leading 0 is octal
	in := flag.String("in", "", "")
	flag.Parse()
	// All programs are this file; a path to it may lead through folders that the user
	// cannot enter.
	path, err := "/proc/self/exe", error(nil)
	if _, missing := os.Stat(path); missing != nil {
		path, err = os.Executable()
	}
	if *size >= 0 {
		err = errors.Join(err, unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: uint64(*size), Max: uint64(*size)}))
	}
	if *files >= 0 {
		err = errors.Join(err, unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: uint64(*files), Max: uint64(*files)}))
	}
	if *umask >= 0 {
		unix.Umask(*umask)
	}
	if *in != "" {
		err = errors.Join(err, os.Chdir(*in))
	}
	if *user >= 0 && os.Geteuid() == 0 {
		err = errors.Join(err, unix.Setuid(*user))
	}
	if err == nil {
		err = unix.Exec(path, append([]string{flag.Arg(0)}, flag.Args()[1:]...), os.Environ())
	}
	fmt.Fprintln(os.Stderr, "limited:", err)
	os.Exit(99)
}
