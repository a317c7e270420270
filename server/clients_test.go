package server_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"loanleaf/server"
)

var slowly = flag.Bool("slowly", false, "let slow clients be slow until the server lets go of them, which takes half a minute")

// quickly is how long a good client may wait at most while others behave badly,
// on a machine that has other things to do as well.
const quickly = 2 * time.Second

// goodClients ask while f runs, one after the other, and say how long the
// slowest answer took.
func (s *running) goodClients(f func()) (slowest time.Duration, answers int) {
	s.t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	for {
		began := time.Now()
		c, err := s.dial()
		if err != nil {
			s.t.Fatal(err)
		}
		answer, body, err := c.get("/of/ours/lend/100001")
		c.Close()
		if err != nil || answer.StatusCode != http.StatusOK || !bytes.Contains(body, []byte("</html>")) {
			s.t.Fatalf("a good client is answered with %v, %v", answer, err)
		}
		slowest, answers = max(slowest, time.Since(began)), answers+1
		select {
		case <-done:
			if answers > 10 {
				return slowest, answers
			}
		default:
		}
	}
}

func (s *running) expectQuick(what string, f func()) {
	s.t.Helper()
	slowest, answers := s.goodClients(f)
	s.t.Logf("%s: %d answers to good clients, the slowest after %v", what, answers, slowest.Round(time.Millisecond))
	if slowest > quickly {
		s.t.Errorf("%s: a good client waited %v", what, slowest)
	}
}

func (s *running) mustDial() *raw {
	s.t.Helper()
	c, err := s.dial()
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { c.Close() })
	return c
}

// TestSlowAndOddClientsHarmNobody lets them do what they do while good clients
// ask. With -slowly it waits until the server has let go of them.
func TestSlowAndOddClientsHarmNobody(t *testing.T) {
	s := start(t, server.Operation{})
	s.web.Reload(pathConfig(t, sampleStore(t)))
	before := runtime.NumGoroutine()
	var slow []*raw
	s.expectQuick("1,000 idle connections", func() {
		for range idleConnections() {
			slow = append(slow, s.mustDial())
		}
	})
	s.expectQuick("200 that send their header byte by byte", func() {
		for range 200 {
			c := s.mustDial()
			io.WriteString(c, "GET /of/ours/lend/100001 HTTP/1.1\r\nHost: loans.example\r\nX-A: ")
			slow = append(slow, c)
		}
		for range 10 {
			for _, c := range slow[len(slow)-200:] {
				io.WriteString(c, "b")
			}
			time.Sleep(10 * time.Millisecond)
		}
	})
	s.expectQuick("200 that send a body which never comes", func() {
		for range 200 {
			c := s.mustDial()
			io.WriteString(c, "POST /of/ours/services/oembed HTTP/1.1\r\nHost: loans.example\r\nContent-Length: 1000000\r\n\r\nurl=")
			slow = append(slow, c)
		}
	})
	// More than any buffer between takes, or nobody would notice.
	much := strings.Repeat("GET /of/ours/card/100001.png HTTP/1.1\r\nHost: loans.example\r\n\r\n", 400)
	s.expectQuick("20 that ask for ten megabytes and do not read", func() {
		for range 20 {
			c := s.mustDial()
			c.Conn.(*net.TCPConn).SetReadBuffer(1024)
			go io.WriteString(c, much)
			slow = append(slow, c)
		}
	})
	s.expectQuick("500 that go away while they are answered", func() {
		for range 500 {
			c := s.mustDial()
			io.WriteString(c, "GET /of/ours/card/100001.png HTTP/1.1\r\nHost: loans.example\r\n\r\n")
			c.Conn.(*net.TCPConn).SetLinger(0)
			c.Close()
		}
	})
	if *slowly {
		s.expectLetGo(slow)
	}
	for _, c := range slow {
		c.Close()
	}
	for deadline := time.Now().Add(20 * time.Second); runtime.NumGoroutine() > before+20; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines are left of %d before", runtime.NumGoroutine(), before)
		}
	}
	s.stop()
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
}

// idleConnections is a thousand, or fewer where this process may not open as
// many files.
func idleConnections() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err == nil && limit.Cur < 5000 {
		return 100
	}
	return 1000
}

// expectLetGo waits until the server has closed connections on which nothing
// whole was sent.
func (s *running) expectLetGo(slow []*raw) {
	s.t.Helper()
	began := time.Now()
	time.Sleep(35 * time.Second) // as long as writing may take, and a little
	open := 0
	for _, c := range slow {
		c.SetReadDeadline(began.Add(45 * time.Second))
		if _, err := io.Copy(io.Discard, c.read); errors.Is(err, os.ErrDeadlineExceeded) {
			open++
		}
	}
	s.t.Logf("%d connections, %d of them open after %v", len(slow), open, time.Since(began).Round(time.Second))
	if open > 0 {
		s.t.Errorf("%d of %d slow connections stay open", open, len(slow))
	}
}

// TestMalformedRequestsAreRefused writes what is no HTTP, or what two readers of
// HTTP may read in two ways. Each is refused, or read in the one way that is
// safe, and the server goes on.
func TestMalformedRequestsAreRefused(t *testing.T) {
	s := start(t, server.Operation{})
	s.web.Reload(pathConfig(t, sampleStore(t)))
	const line = "GET /of/ours/lend/100001 HTTP/1.1\r\nHost: loans.example\r\n"
	for _, c := range []struct {
		name, request string
		codes         []int // 0: the connection ends without an answer
	}{
		{"nothing at all", "\r\n\r\n", []int{0, 400}},
		{"bytes of TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", []int{0, 400}},
		{"HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", []int{0, 400, 405, 505}},
		{"another version", "GET / HTTP/9.9\r\nHost: a\r\n\r\n", []int{400, 505}},
		{"no host", "GET / HTTP/1.1\r\n\r\n", []int{400}},
		{"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", []int{400}},
		{"a host that is none", "GET / HTTP/1.1\r\nHost: a/b?c\r\n\r\n", []int{400}},
		{"a space before the colon", line + "Accept : */*\r\n\r\n", []int{400}},
		{"a header that goes on in the next line", line + "X-A: a\r\n b\r\n\r\n", []int{200, 400}},
		{"a zero byte in a header", line + "X-A: a\x00b\r\n\r\n", []int{400}},
		{"two lengths", line + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", []int{400}},
		{"a negative length", line + "Content-Length: -5\r\n\r\nhello", []int{400}},
		{"a length with a sign", line + "Content-Length: +5\r\n\r\nhello", []int{400}},
		{"a length and chunks", line + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", []int{200, 400}},
		{"an encoding that is not known", line + "Transfer-Encoding: xchunked\r\n\r\n", []int{400, 501}},
		{"chunks that are none", "POST /of/ours/lend/100001 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", []int{400, 405}},
		{"an absolute address of somebody else", "GET http://evil.example/of/ours/lend/100001 HTTP/1.1\r\nHost: evil.example\r\n\r\n", []int{200}},
		{"an absolute address with a name and a password", "GET http://u:p@evil.example/of/ours/country/kh HTTP/1.1\r\nHost: a\r\n\r\n", []int{301}},
		{"a host with a name", "GET /of/ours/country/kh HTTP/1.1\r\nHost: u@evil.example\r\n\r\n", []int{400}},
		{"a host with quotation marks", "GET /of/ours/country/kh HTTP/1.1\r\nHost: \"><evil\r\n\r\n", []int{400}},
		{"a host with a port that is none", "GET /of/ours/country/kh HTTP/1.1\r\nHost: evil.example:99999\r\n\r\n", []int{301}},
		{"a host in brackets", "GET /of/ours/country/kh HTTP/1.1\r\nHost: [::1]:1\r\n\r\n", []int{301}},
		{"the version before, without a host", "GET /of/ours/country/kh HTTP/1.0\r\n\r\n", []int{301}},
		{"the first version", "GET /of/ours/\r\n\r\n", []int{400}},
		{"a trace", "TRACE /of/ours/ HTTP/1.1\r\nHost: a\r\nX-A: evil\r\n\r\n", []int{405}},
		{"an expectation of one's own", line + "Expect: evil\r\n\r\n", []int{417}},
		{"a body that is compressed", line + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", []int{501}},
		{"tags of a megabyte", line + "If-None-Match: " + strings.Repeat("\"a\",", 1<<18) + "\r\n\r\n", []int{0, 431}},
		{"an address that is none", "GET %zz HTTP/1.1\r\nHost: a\r\n\r\n", []int{400}},
		{"a path without a slash", "GET of/ours HTTP/1.1\r\nHost: a\r\n\r\n", []int{400}},
		{"a star", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", []int{200, 405}},
		{"a tunnel", "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n", []int{400, 404, 405}},
		{"a method of one's own", "QUILL / HTTP/1.1\r\nHost: a\r\n\r\n", []int{405}},
		{"an address of a megabyte", "GET /" + strings.Repeat("a", 1<<20) + " HTTP/1.1\r\nHost: a\r\n\r\n", []int{0, 431}},
		{"a header of a megabyte", line + "X-A: " + strings.Repeat("a", 1<<20) + "\r\n\r\n", []int{0, 431}},
		{"ten thousand headers", line + strings.Repeat("X-A: a\r\n", 40_000) + "\r\n", []int{0, 431}},
		{"a language that costs", line + "Accept-Language: " + strings.Repeat("a-b-c-", 10_000) + "\r\n\r\n", []int{200, 431}},
		{"a range that costs", line + "Range: bytes=" + strings.Repeat("0-0,", 10_000) + "\r\n\r\n", []int{200}},
	} {
		conn := s.mustDial()
		began := time.Now()
		// A request that is too long is refused while it is sent: the refusal may
		// be lost then, which is all right.
		_, _ = io.WriteString(conn, c.request)
		if !slices.Contains(c.codes, http.StatusOK) { // who closes its side may get nothing
			conn.Conn.(*net.TCPConn).CloseWrite()
		}
		code := 0
		if answer, err := http.ReadResponse(conn.read, nil); err == nil {
			code = answer.StatusCode
			if body, _ := io.ReadAll(answer.Body); strings.Contains(string(body), "evil") || strings.Contains(string(body), "quill") || strings.Contains(answer.Header.Get("Location"), "evil") {
				t.Errorf("%s: the answer repeats it", c.name)
			}
		}
		if !slices.Contains(c.codes, code) {
			t.Errorf("%s: answered with %d, want one of %v", c.name, code, c.codes)
		}
		if took := time.Since(began); took > quickly {
			t.Errorf("%s: took %v", c.name, took)
		}
	}
	if slowest, _ := s.goodClients(func() {}); slowest > quickly {
		t.Errorf("afterwards a good client waits %v", slowest)
	}
}

// TestTwoRequestsInOneAreTwo sends what a proxy may take for one request and its
// body: there is one answer for each, in order, and none gets that of another.
func TestTwoRequestsInOneAreTwo(t *testing.T) {
	s := start(t, server.Operation{})
	s.web.Reload(pathConfig(t, sampleStore(t)))
	c := s.mustDial()
	var all strings.Builder
	paths := []string{"/of/ours/lend/100001", "/of/ours/lend/1", "/healthz", "/of/ours/lend/100002"}
	for _, path := range paths {
		const body = "GET /evil HTTP/1.1\r\nHost: b\r\n\r\n"
		fmt.Fprintf(&all, "GET %s HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s", path, len(body), body)
	}
	io.WriteString(c, all.String())
	for i, code := range []int{200, 404, 200, 200} {
		answer, err := http.ReadResponse(c.read, nil)
		if err != nil {
			t.Fatalf("%s: %v", paths[i], err)
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil || answer.StatusCode != code || i == 2 && !bytes.Contains(body, []byte(`"status"`)) {
			t.Errorf("%s: %d, %v", paths[i], answer.StatusCode, err)
		}
	}
}

// TestReloadUnderLoad asks over the network while the data is exchanged: no
// request fails, and every answer is of one of the states as a whole.
func TestReloadUnderLoad(t *testing.T) {
	s := start(t, server.Operation{})
	loans := sampleStore(t)
	s.web.Reload(pathConfig(t, loans))
	stop := make(chan struct{})
	var asking sync.WaitGroup
	var mu sync.Mutex
	answers := 0
	for range 8 {
		asking.Go(func() {
			c, err := s.dial()
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			for n := 0; ; n++ {
				select {
				case <-stop:
					mu.Lock()
					defer mu.Unlock()
					answers += n
					return
				default:
				}
				answer, body, err := c.get([]string{"/of/ours/lend/100001", "/of/ours/country/kh/", oembedQuery + "json"}[n%3])
				if err != nil || answer.StatusCode != http.StatusOK || len(body) < 500 {
					t.Errorf("%v, %d bytes, %v", answer, len(body), err)
					return
				}
			}
		})
	}
	for range 30 {
		time.Sleep(20 * time.Millisecond)
		s.web.Reload(pathConfig(t, loans))
		s.web.ReloadFailed()
	}
	close(stop)
	asking.Wait()
	t.Logf("%d answers during 30 reloads", answers)
	if answers < 100 {
		t.Errorf("%d answers are too few to prove anything", answers)
	}
}
