package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// cost is what a process took.
type cost struct {
	wall, cpu time.Duration // cpu: user and system
	peak      int64         // bytes of resident memory
}

// spend runs a command to its end. Exit code 3 is a success: something was set
// aside.
func spend(ctx context.Context, name string, args ...string) (cost, string, error) {
	command := exec.CommandContext(ctx, name, args...)
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	began := time.Now()
	err := command.Run()
	wall := time.Since(began)
	if command.ProcessState == nil || err != nil && command.ProcessState.ExitCode() != 3 {
		return cost{}, "", fmt.Errorf("%s %s: %w: %s", name, strings.Join(args, " "), err, errs.String())
	}
	c := used(command)
	c.wall = wall
	return c, out.String(), nil
}

// used is what a process that ended has used.
func used(command *exec.Cmd) cost {
	usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return cost{}
	}
	peak := usage.Maxrss
	if runtime.GOOS == "linux" {
		peak <<= 10 // KiB there, bytes on macOS
	}
	return cost{cpu: time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), peak: peak}
}
