package server_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"loanleaf/server"
)

// running is a server on a port of this machine.
type running struct {
	t       *testing.T
	web     *server.Server
	address string
	stop    context.CancelFunc
	ended   chan error
}

func start(t *testing.T, o server.Operation) *running {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	s := &running{t: t, web: server.Open(o), address: l.Addr().String(), stop: stop, ended: make(chan error, 1)}
	go func() { s.ended <- s.web.Run(ctx, l) }()
	t.Cleanup(stop)
	return s
}

// raw is a connection of a client that writes HTTP itself: it sends nothing
// again, as net/http would behind its user's back.
type raw struct {
	net.Conn
	read *bufio.Reader
}

func (s *running) dial() (*raw, error) {
	c, err := net.Dial("tcp", s.address)
	if err != nil {
		return nil, err
	}
	if err := c.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return nil, err
	}
	return &raw{c, bufio.NewReader(c)}, nil
}

// get sends a request and reads the answer whole.
func (c *raw) get(path string) (answer *http.Response, body []byte, err error) {
	if _, err := io.WriteString(c, "GET "+path+" HTTP/1.1\r\nHost: loans.example\r\n\r\n"); err != nil {
		return nil, nil, err
	}
	if answer, err = http.ReadResponse(c.read, nil); err != nil {
		return nil, nil, err
	}
	body, err = io.ReadAll(answer.Body)
	return answer, body, err
}

// TestAStopResetsNobody stops a server under clients that keep their
// connections, send one request after the other with pauses of all lengths, and
// never send one again. They ask for /readyz before they open a connection, as
// whoever spreads requests does. Not one of them meets a connection that ends
// under its request.
func TestAStopResetsNobody(t *testing.T) {
	const clients = 24
	s := start(t, server.Operation{ShutdownDelay: time.Second})
	s.web.Reload(pathConfig(t, sampleStore(t)))
	var answered, closed, resets, afterStop atomic.Int64
	var stopping atomic.Bool
	client := func(pause time.Duration, begun func()) {
		defer begun()
		for {
			c, err := s.dial()
			if errors.Is(err, syscall.ECONNREFUSED) && stopping.Load() {
				return // it was slow to come again, and sent nothing
			}
			if err != nil {
				t.Errorf("while it still says that it is ready: %v", err)
				return
			}
			ready, _, err := c.get("/readyz")
			for err == nil && ready.StatusCode == http.StatusOK {
				var answer *http.Response
				var body []byte
				if answer, body, err = c.get("/of/ours/lend/100001"); err != nil {
					break
				}
				answered.Add(1)
				begun()
				if stopping.Load() {
					afterStop.Add(1)
				}
				if answer.StatusCode != http.StatusOK || !bytes.HasSuffix(bytes.TrimSpace(body), []byte("</html>")) {
					t.Errorf("answered with %d and %d bytes", answer.StatusCode, len(body))
				}
				if answer.Close {
					closed.Add(1)
					break
				}
				time.Sleep(pause)
			}
			c.Close()
			if err != nil {
				resets.Add(1)
				t.Errorf("a connection ended under a request: %v", err)
				return
			}
			if ready.StatusCode != http.StatusOK {
				return
			}
		}
	}
	var all sync.WaitGroup
	var begun sync.WaitGroup // every client has had an answer
	for n := range clients {
		begun.Add(1)
		all.Go(func() { client(time.Duration(n)*8*time.Millisecond, sync.OnceFunc(begun.Done)) })
	}
	begun.Wait()
	time.Sleep(200 * time.Millisecond)
	stopping.Store(true)
	s.stop()
	all.Wait()
	if err := <-s.ended; err != nil {
		t.Errorf("a clean stop says %v", err)
	}
	if resets.Load() != 0 || answered.Load() < clients || afterStop.Load() == 0 || closed.Load() == 0 {
		t.Errorf("%d answers, %d of them after the stop, %d with the word that the connection ends, %d resets", answered.Load(), afterStop.Load(), closed.Load(), resets.Load())
	}
	t.Logf("%d clients, %d answers, %d after the stop, %d resets", clients, answered.Load(), afterStop.Load(), resets.Load())
}

// TestAStopGoesStepByStep: unready at once, connections still taken, then no
// more, and what is under way ends.
func TestAStopGoesStepByStep(t *testing.T) {
	s := start(t, server.Operation{ShutdownDelay: 500 * time.Millisecond})
	slow := make(chan struct{})
	begun := make(chan struct{})
	config := pathConfig(t, sampleStore(t))
	picture := config.Picture
	config.Picture = func(size string, id int64) ([]byte, error) {
		close(begun)
		<-slow
		return picture(size, id)
	}
	closed := make(chan struct{})
	config.Close = func() error { close(closed); return nil }
	s.web.Reload(config)
	under, err := s.dial()
	if err != nil {
		t.Fatal(err)
	}
	way := make(chan error, 1)
	go func() {
		answer, body, err := under.get("/of/ours/img/w450h360/100001.jpg")
		if err == nil && (answer.StatusCode != http.StatusOK || len(body) < 1000) {
			err = errors.New("what was under way is answered with " + answer.Status)
		}
		way <- err
	}()
	<-begun
	idle, err := s.dial()
	if err != nil {
		t.Fatal(err)
	}
	if answer, _, err := idle.get("/readyz"); err != nil || answer.StatusCode != http.StatusOK || answer.Close {
		t.Fatalf("before: %v %v", answer, err)
	}
	s.stop()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		fresh, err := s.dial()
		if err != nil {
			t.Fatalf("a connection in the time of the delay: %v", err)
		}
		answer, body, err := fresh.get("/readyz")
		fresh.Close()
		if err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode == http.StatusServiceUnavailable {
			if string(body) != "{\"status\":\"stopping\"}\n" || answer.Header.Get("Retry-After") == "" {
				t.Errorf("unready: %q %q", body, answer.Header)
			}
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("it stays ready")
		}
	}
	if answer, body, err := idle.get("/healthz"); err != nil || answer.StatusCode != http.StatusOK || !answer.Close || !strings.Contains(string(body), `"status":"stopping"`) {
		t.Errorf("a connection that was idle: %v %s %v", answer, body, err)
	}
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		c, err := s.dial()
		if err != nil {
			break
		}
		c.Close()
		if time.Now().After(deadline) {
			t.Fatal("it takes connections after the delay")
		}
	}
	select {
	case err := <-s.ended:
		t.Fatalf("it ended under a request: %v", err)
	case <-closed:
		t.Fatal("its data was closed under a request")
	default:
	}
	close(slow)
	if err := <-way; err != nil {
		t.Error(err)
	}
	if err := <-s.ended; err != nil {
		t.Errorf("a clean stop says %v", err)
	}
	<-closed
}

func TestItAnswersBeforeItHasData(t *testing.T) {
	s := start(t, server.Operation{})
	expect := func(path string, code int, says string) {
		t.Helper()
		c, err := s.dial()
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		answer, body, err := c.get(path)
		if err != nil || answer.StatusCode != code || !strings.Contains(string(body), says) || answer.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v %q %v", path, answer, body, err)
		}
		if code == http.StatusServiceUnavailable && answer.Header.Get("Retry-After") == "" {
			t.Errorf("%s does not say when to come again", path)
		}
	}
	expect("/healthz", 200, `{"status":"starting"}`)
	expect("/readyz", 503, `{"status":"starting"}`)
	expect("/of/ours/lend/100001", 503, "being taken in")
	expect("/of/ours/services/oembed?url=x", 503, "being taken in")
	s.web.ReloadFailed()
	expect("/healthz", 200, `{"status":"starting","reload":"failed"}`)
	s.web.Reload(pathConfig(t, sampleStore(t)))
	expect("/healthz", 200, `{"status":"ok","loans":58,"data":"2026-11-20"}`)
	expect("/readyz", 200, `{"status":"ok"}`)
	s.web.ReloadFailed()
	expect("/healthz", 200, `{"status":"ok","loans":58,"data":"2026-11-20","reload":"failed"}`)
	expect("/readyz", 200, `{"status":"ok"}`)
	s.web.Reload(pathConfig(t, sampleStore(t)))
	expect("/healthz", 200, `{"status":"ok","loans":58,"data":"2026-11-20"}`)
	s.stop()
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
}

func TestAStopBeforeThereIsDataIsClean(t *testing.T) {
	s := start(t, server.Operation{})
	s.stop()
	if err := <-s.ended; err != nil {
		t.Error(err)
	}
}
