package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// server is a process that answers requests, on one core.
type server struct {
	command *exec.Cmd
	address string
	said    said
	ready   time.Duration // from its start to its first answer
	ended   chan struct{} // closed when it ended
}

// said is what a process has printed so far.
type said struct {
	mu   sync.Mutex
	text []byte
}

// Write implements io.Writer.
func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text = append(s.text, p...)
	return len(p), nil
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return string(s.text)
}

// start runs a server until its first answer to GET path that is not 503. In args, ADDRESS
// stands for where it is to listen. Where there is taskset it has the last core
// alone, and the one who asks the others.
func start(ctx context.Context, input []byte, path, name string, args ...string) (*server, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s := &server{address: address, ended: make(chan struct{})}
	for i, arg := range args {
		args[i] = strings.ReplaceAll(arg, "ADDRESS", s.address)
	}
	if taskset, err := exec.LookPath("taskset"); err == nil {
		args = append([]string{"-c", strconv.Itoa(runtime.NumCPU() - 1), name}, args...)
		name = taskset
	}
	s.command = exec.CommandContext(ctx, name, args...)
	s.command.Env = append(os.Environ(), "GOMAXPROCS=1")
	s.command.Stdin = bytes.NewReader(input)
	s.command.Stderr = &s.said
	began := time.Now()
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = s.command.Wait() // what it says stands in said
		close(s.ended)
	}()
	for {
		if answer, err := http.Get("http://" + s.address + path); err == nil {
			answer.Body.Close()
			if answer.StatusCode != http.StatusServiceUnavailable {
				s.ready = time.Since(began)
				return s, nil
			}
		}
		select {
		case <-s.ended:
			return nil, fmt.Errorf("%s ended: %s", name, s.said.String())
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// freeAddress is one of this machine that nobody listens on.
func freeAddress() (string, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer free.Close()
	return free.Addr().String(), nil
}

// stop ends the server and gives what it took in all.
func (s *server) stop() cost {
	_ = s.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(30 * time.Second):
		_ = s.command.Process.Kill()
		<-s.ended
	}
	return used(s.command)
}

// now is the processor's time that the server has used so far, and the memory
// that is resident: from /proc, so on Linux alone.
func (s *server) now() (cpu time.Duration, resident int64, err error) {
	const tick = 10 * time.Millisecond // USER_HZ is 100 on every Linux that Go runs on
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.command.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	// The second field, the name, stands in parentheses and may hold anything.
	_, rest, ok := bytes.Cut(stat[bytes.LastIndexByte(stat, ')'):], []byte(" "))
	fields := strings.Fields(string(rest))
	const user, system, pages = 11, 12, 21 // of proc(5), counted from the third field
	if !ok || len(fields) <= pages {
		return 0, 0, errors.New("what /proc says of a process has another form here")
	}
	var numbers [3]int64
	for i, field := range []int{user, system, pages} {
		if numbers[i], err = strconv.ParseInt(fields[field], 10, 64); err != nil {
			return 0, 0, err
		}
	}
	return time.Duration(numbers[0]+numbers[1]) * tick, numbers[2] * int64(os.Getpagesize()), nil
}
