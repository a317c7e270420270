package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// connections is how many a load keeps open.
const connections = 64

// closedLoop asks over and over for as long as it is told, on every connection
// the next as soon as one is answered, and counts answers. Every status but 200
// and 404 ends it: a loan that is not there is an answer too.
func closedLoop(ctx context.Context, address string, paths []string, long time.Duration) (answers int, err error) {
	ctx, stop := context.WithTimeout(ctx, long)
	defer stop()
	counted := make([]int, connections)
	faults := make([]error, connections)
	var asking sync.WaitGroup
	for i := range connections {
		asking.Go(func() {
			line, err := dial(ctx, address)
			if err != nil {
				faults[i] = err
				return
			}
			defer line.Close()
			for at := i; ctx.Err() == nil; at++ {
				if err := line.ask(paths[at*7919%len(paths)]); err != nil {
					faults[i] = err
					return
				}
				counted[i]++
			}
		})
	}
	asking.Wait()
	for i, n := range counted {
		answers += n
		err = errors.Join(err, faults[i])
	}
	return answers, err
}

// openLoop asks at a fixed rate, whether or not the server keeps up, and gives
// how long answers took from when they were due, shortest first.
func openLoop(ctx context.Context, address string, paths []string, rate int, long time.Duration) ([]time.Duration, error) {
	const lines = 4 * connections
	total := int(long.Seconds() * float64(rate))
	took := make([]time.Duration, total)
	due := make(chan int, total)
	faults := make([]error, lines)
	began := time.Now()
	at := func(i int) time.Time { return began.Add(time.Duration(i) * time.Second / time.Duration(rate)) }
	var asking sync.WaitGroup
	for n := range lines {
		asking.Go(func() {
			line, err := dial(ctx, address)
			if err != nil {
				faults[n] = err
				return
			}
			defer line.Close()
			for i := range due {
				if err := line.ask(paths[i*7919%len(paths)]); err != nil {
					faults[n] = err
					return
				}
				took[i] = time.Since(at(i))
			}
		})
	}
	for i := range total {
		time.Sleep(time.Until(at(i)))
		due <- i
	}
	close(due)
	asking.Wait()
	slices.Sort(took)
	return took, errors.Join(faults...)
}

// line is one connection that is kept. It reads no more of an answer than where
// it ends, so that asking costs less than answering.
type line struct {
	net.Conn
	host string
	in   *bufio.Reader
	out  []byte
}

func dial(ctx context.Context, address string) (*line, error) {
	var dialer net.Dialer
	connection, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &line{Conn: connection, host: address, in: bufio.NewReaderSize(connection, 16<<10)}, nil
}

func (l *line) ask(path string) error {
	l.out = append(l.out[:0], "GET "+path+" HTTP/1.1\r\nHost: "+l.host+"\r\nUser-Agent: bench\r\n\r\n"...)
	if _, err := l.Write(l.out); err != nil {
		return err
	}
	answer, err := http.ReadResponse(l.in, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusNotFound {
		return fmt.Errorf("%s: status %d", path, answer.StatusCode)
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}
