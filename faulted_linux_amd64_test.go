package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

func init() { programs["faulted"] = faulted }

// faulted runs a program and lets its n-th call of the file system fail, or
// kills it there:
//
//	faulted -below DIR -of changes|reads -at N -do nothing|fail|failon|kill -log FILE PROGRAM ARG…
//
// Calls count that concern files below the folder: those that change anything, or
// those that read. With failon every call from the n-th on fails, as on a disk that is
// full; a change fails with ENOSPC, a read with EIO, and close, which is done
// all the same. The log says how many calls there were, and which was the n-th.
// The exit code is the program's, or 137 when it was killed.
//
// It works as strace does, so it knows nothing of the program: SQLite's calls count
// like any others.
func faulted() {
	f := &faults{writers: map[string]bool{}, inside: map[int]bool{}, opening: map[int]bool{}, failing: map[int]unix.Errno{}}
	flag.StringVar(&f.below, "below", "", "")
	flag.StringVar(&f.of, "of", "changes", "")
	flag.StringVar(&f.do, "do", "nothing", "")
	flag.IntVar(&f.at, "at", 0, "")
	log := flag.String("log", "", "")
	flag.Parse()
	code, err := f.run(flag.Args())
	if err == nil {
		err = os.WriteFile(*log, fmt.Appendf(nil, "%d %s", f.calls, f.what), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "faulted:", err)
		os.Exit(99)
	}
	os.Exit(code)
}

// faults is one run under observation.
type faults struct {
	below, of, do string
	at            int

	process int
	calls   int
	what    string             // the n-th call
	writers map[string]bool    // descriptors open for writing
	inside  map[int]bool       // threads that are in a call,
	opening map[int]bool       // that opens a file for writing,
	failing map[int]unix.Errno // that is to fail
}

func (f *faults) run(command []string) (code int, err error) {
	runtime.LockOSThread() // the thread that starts it is the one that may ask
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	f.process = cmd.Process.Pid
	var status unix.WaitStatus
	if _, err := unix.Wait4(f.process, &status, unix.WALL, nil); err != nil {
		return 0, err
	}
	if err := unix.PtraceSetOptions(f.process, unix.PTRACE_O_TRACESYSGOOD|unix.PTRACE_O_TRACECLONE|unix.PTRACE_O_EXITKILL); err != nil {
		return 0, err
	}
	if err := unix.PtraceSyscall(f.process, 0); err != nil {
		return 0, err
	}
	known := map[int]bool{f.process: true}
	for {
		thread, err := unix.Wait4(-1, &status, unix.WALL, nil)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return 0, err
		}
		switch {
		case status.Exited() && thread == f.process:
			return status.ExitStatus(), nil
		case status.Signaled() && thread == f.process:
			return 128 + int(status.Signal()), nil
		case !status.Stopped():
			continue
		}
		deliver := 0
		switch signal := status.StopSignal(); {
		case signal == unix.SIGTRAP|0x80:
			if err := f.call(thread); err != nil {
				return 0, err
			}
		case signal == unix.SIGTRAP && status.TrapCause() > 0: // a thread was made
		case signal == unix.SIGSTOP && !known[thread]: // and begins
			known[thread] = true
		default:
			deliver = int(signal)
		}
		// A thread that was killed meanwhile cannot be resumed.
		if err := unix.PtraceSyscall(thread, deliver); err != nil && !errors.Is(err, unix.ESRCH) {
			return 0, err
		}
	}
}

// call is told of the beginning and of the end of each call.
func (f *faults) call(thread int) error {
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(thread, &regs); err != nil {
		if errors.Is(err, unix.ESRCH) {
			return nil
		}
		return err
	}
	f.inside[thread] = !f.inside[thread]
	if !f.inside[thread] {
		return f.end(thread, &regs)
	}
	name, counts := f.concerns(thread, &regs)
	if !counts {
		return nil
	}
	f.calls++
	if f.calls == f.at {
		f.what = name
	}
	hit := f.calls == f.at || f.do == "failon" && f.at > 0 && f.calls > f.at
	switch {
	case !hit || f.do == "nothing":
	case f.do == "kill":
		return unix.Kill(f.process, unix.SIGKILL)
	default:
		f.failing[thread] = unix.ENOSPC
		if f.of == "reads" || regs.Orig_rax == unix.SYS_CLOSE || regs.Orig_rax == unix.SYS_FSYNC {
			f.failing[thread] = unix.EIO
		}
		if regs.Orig_rax != unix.SYS_CLOSE {
			regs.Orig_rax = ^uint64(0) // no such call: nothing is done
			return unix.PtraceSetRegs(thread, &regs)
		}
	}
	return nil
}

func (f *faults) end(thread int, regs *unix.PtraceRegs) error {
	opening := f.opening[thread]
	delete(f.opening, thread)
	if errno, failing := f.failing[thread]; failing {
		delete(f.failing, thread)
		regs.Rax = -uint64(errno)
		return unix.PtraceSetRegs(thread, regs)
	}
	if descriptor := int64(regs.Rax); opening && descriptor >= 0 {
		f.writers[strconv.FormatInt(descriptor, 10)] = true
	}
	return nil
}

// concerns tells whether a call counts, and names it.
func (f *faults) concerns(thread int, regs *unix.PtraceRegs) (name string, counts bool) {
	descriptor := strconv.Itoa(int(int32(regs.Rdi)))
	of, path := "changes", ""
	switch regs.Orig_rax {
	case unix.SYS_OPENAT:
		name, path = "open", f.path(thread, descriptor, regs.Rsi)
		if regs.Rdx&(unix.O_WRONLY|unix.O_RDWR|unix.O_CREAT|unix.O_TRUNC) == 0 {
			of = "reads"
		} else {
			f.opening[thread] = true
		}
	case unix.SYS_MKDIRAT, unix.SYS_UNLINKAT, unix.SYS_FCHMODAT, unix.SYS_UTIMENSAT, unix.SYS_RENAMEAT:
		name, path = "name", f.path(thread, descriptor, regs.Rsi)
	case unix.SYS_RENAMEAT2, unix.SYS_LINKAT:
		name, path = "rename", f.path(thread, strconv.Itoa(int(int32(regs.Rdx))), regs.R10)
	case unix.SYS_RENAME, unix.SYS_UNLINK, unix.SYS_MKDIR, unix.SYS_RMDIR:
		name, path = "name", f.path(thread, "", regs.Rdi)
	case unix.SYS_WRITE, unix.SYS_PWRITE64, unix.SYS_FSYNC, unix.SYS_FDATASYNC, unix.SYS_SYNCFS, unix.SYS_FTRUNCATE, unix.SYS_FCHMOD, unix.SYS_FALLOCATE:
		name, path = "write", f.open(descriptor)
	case unix.SYS_CLOSE:
		if !f.writers[descriptor] {
			return "", false
		}
		name, path = "close", f.open(descriptor)
		delete(f.writers, descriptor)
	case unix.SYS_READ, unix.SYS_PREAD64, unix.SYS_GETDENTS64:
		of, name, path = "reads", "read", f.open(descriptor)
	}
	name += " (" + strconv.FormatUint(regs.Orig_rax, 10) + ") " + path
	return name, of == f.of && path != "" && (path == f.below || strings.HasPrefix(path, f.below+"/"))
}

// open is the path of an open file.
func (f *faults) open(descriptor string) string {
	path, err := os.Readlink("/proc/" + strconv.Itoa(f.process) + "/fd/" + descriptor)
	if err != nil {
		return ""
	}
	return strings.TrimSuffix(path, " (deleted)")
}

// path reads a path of a call and makes it absolute.
func (f *faults) path(thread int, folder string, at uint64) string {
	var text []byte
	for end := -1; end < 0 && len(text) < unix.PathMax; {
		part := make([]byte, 64)
		n, err := unix.PtracePeekData(thread, uintptr(at)+uintptr(len(text)), part)
		if n == 0 || err != nil && n < 8 {
			return ""
		}
		text = append(text, part[:n]...)
		if end = bytes.IndexByte(text, 0); end >= 0 {
			text = text[:end]
		}
	}
	path := string(text)
	switch {
	case filepath.IsAbs(path):
	case folder == "" || folder == strconv.Itoa(unix.AT_FDCWD):
		cwd, err := os.Readlink("/proc/" + strconv.Itoa(f.process) + "/cwd")
		if err != nil {
			return ""
		}
		path = filepath.Join(cwd, path)
	default:
		path = filepath.Join(f.open(folder), path)
	}
	return path
}
