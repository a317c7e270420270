package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// watched is what a server held, second by second.
type watched struct {
	resident   []point // megabytes
	files      []point // open descriptors, but for sockets
	sockets    []point // open ones, which come and go with clients
	threads    []point
	goroutines []point // none, where the server does not say
}

// watch looks at the server every second until done, changes its data when it is
// time to, and prints a line now and then.
func (s *soak) watch(ctx context.Context, done <-chan struct{}) (*watched, error) {
	fmt.Printf("%8s  %9s  %5s  %7s  %7s  %10s  %9s  %9s\n", "time", "resident", "files", "sockets", "threads", "goroutines", "p50", "p99")
	w := &watched{}
	began := time.Now()
	seconds := time.NewTicker(time.Second)
	defer seconds.Stop()
	nextReload, every := s.reload, max(s.long/30, 5*time.Second)
	nextLine := every
	for {
		select {
		case <-done:
			return w, nil
		case <-s.web.ended:
			return w, fmt.Errorf("the server ended: %s", s.web.said.String())
		case <-ctx.Done():
			return w, ctx.Err()
		case <-seconds.C:
		}
		past := time.Since(began)
		if past > s.long && len(w.resident) > 0 {
			continue // answers that are late; nothing changes any more
		}
		if err := w.look(ctx, s.web.command.Process.Pid, s.metrics, past); err != nil {
			return w, err
		}
		if past >= nextReload && past < s.long && s.settled() {
			nextReload = past.Truncate(s.reload) + s.reload
			if err := s.again(); err != nil {
				return w, err
			}
		}
		if past >= nextLine {
			nextLine += every
			late := s.asking.look()
			fmt.Printf("%8s  %6.1f MB  %5s  %7s  %7s  %10s  %9s  %9s\n", past.Round(time.Second), w.resident[len(w.resident)-1].value,
				last(w.files), last(w.sockets), last(w.threads), last(w.goroutines), millis(late.part(.5)), millis(late.part(.99)))
		}
	}
}

func last(points []point) string {
	if len(points) == 0 {
		return "-"
	}
	return strconv.FormatFloat(points[len(points)-1].value, 'f', -1, 64)
}

// look reads what /proc and the server itself say.
func (w *watched) look(ctx context.Context, pid int, metrics string, past time.Duration) error {
	add := func(to *[]point, value float64) { *to = append(*to, point{past.Minutes(), value}) }
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return err
	}
	kilobytes, err := number(status, residentLine)
	if err != nil {
		return err
	}
	threads, err := number(status, threadsLine)
	if err != nil {
		return err
	}
	files, sockets, err := descriptors(pid)
	if err != nil {
		return err
	}
	add(&w.resident, kilobytes*1024/1e6)
	add(&w.threads, threads)
	add(&w.files, float64(files))
	add(&w.sockets, float64(sockets))
	if metrics == "" {
		return nil
	}
	said, err := read(ctx, metrics)
	if err != nil {
		return err
	}
	goroutines, err := number(said, goroutinesLine)
	if err != nil {
		return err
	}
	add(&w.goroutines, goroutines)
	return nil
}

// descriptors counts what a process has open.
func descriptors(pid int) (files, sockets int, err error) {
	folder := fmt.Sprintf("/proc/%d/fd", pid)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return 0, 0, err
	}
	for _, entry := range entries {
		switch to, err := os.Readlink(filepath.Join(folder, entry.Name())); {
		case err != nil: // closed meanwhile
		case strings.HasPrefix(to, "socket:"):
			sockets++
		default:
			files++
		}
	}
	return files, sockets, nil
}

// Lines of proc_pid_status(5), and of what a server says of itself to Prometheus.
var (
	residentLine   = regexp.MustCompile(`(?m)^VmRSS:\s+(\d+) kB$`)
	threadsLine    = regexp.MustCompile(`(?m)^Threads:\s+(\d+)$`)
	goroutinesLine = regexp.MustCompile(`(?m)^\w*goroutines(?:\{[^}]*\})? (\S+)$`)
)

func number(text []byte, line *regexp.Regexp) (float64, error) {
	found := line.FindSubmatch(text)
	if found == nil {
		return 0, fmt.Errorf("nothing is like %s in %.60q", line, text)
	}
	return strconv.ParseFloat(string(found[1]), 64)
}

// read asks for something small on a connection of its own.
func read(ctx context.Context, address string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Close = true
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: status %d", address, answer.StatusCode)
	}
	return io.ReadAll(answer.Body)
}

// bounds holds what was seen after the server had warmed up, a sixth of the time
// and five minutes at most, to what it may be. growth is in megabytes a minute.
func (w *watched) bounds(window time.Duration, growth float64, bound func(holds bool, format string, args ...any)) {
	end := w.resident[len(w.resident)-1].at
	warm := min(end/6, 5)
	rest := end - warm
	check := func(name, unit string, points []point, most float64) {
		from := 0
		for from < len(points) && points[from].at < warm {
			from++
		}
		windows := medians(points[from:], window.Minutes())
		bound(!grows(windows, most), "%s: %+.3f%s a minute, at most %.3f; the most was %.1f", name, slope(windows), unit, most, largest(points))
	}
	// What these may have more of at the end of a short run is chance: a heap that
	// is not collected yet, requests under way.
	const memory, files, sockets, threads, goroutines = 25, 2, 20, 4, 10
	check("resident memory", " MB", w.resident, max(growth, memory/rest))
	check("open files", "", w.files, files/rest)
	check("open sockets", "", w.sockets, sockets/rest)
	check("threads", "", w.threads, threads/rest)
	if len(w.goroutines) == 0 {
		fmt.Println("  -       goroutines: the server has no address for metrics")
		return
	}
	check("goroutines", "", w.goroutines, goroutines/rest)
}

// grows tells whether points grow by more than most a minute, both in their slope
// and from their first third to their last.
func grows(points []point, most float64) bool {
	third := len(points) / 3
	if third == 0 {
		return false
	}
	value, at := func(p point) float64 { return p.value }, func(p point) float64 { return p.at }
	first, last := points[:third], points[len(points)-third:]
	rise := (median(last, value) - median(first, value)) / (median(last, at) - median(first, at))
	return slope(points) > most && rise > most
}

func largest(points []point) (most float64) {
	for _, p := range points {
		most = max(most, p.value)
	}
	return most
}
