package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

var loadRate = flag.Int("rate", 1000, "how many oEmbed requests a second the benchmark of the endpoint sends")

// BenchmarkOEmbedOpenLoop asks the program, in a process of its own on the last
// core, for oEmbed answers at a fixed rate, whether or not it keeps up:
//
//	go test . -run '^$' -bench OEmbedOpenLoop -benchtime 20000x -rate 1000
//
// It reports how long answers took from the moment at which they should have
// been asked for, so that a server that stalls cannot hide it.
func BenchmarkOEmbedOpenLoop(b *testing.B) {
	address := serveAlone(b)
	queries := loadQueries()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 512, MaxConnsPerHost: 512, DisableCompression: true}}
	defer client.CloseIdleConnections()
	for _, query := range queries { // everything once, for what is made once
		if _, err := askOnce(b.Context(), client, "http://"+address+query); err != nil {
			b.Fatal(err)
		}
	}
	took := make([]time.Duration, b.N)
	faults := make([]error, b.N)
	chance := rand.New(rand.NewPCG(1, 2))
	var asked sync.WaitGroup
	b.ResetTimer()
	began := time.Now()
	for i := range b.N {
		due := began.Add(time.Duration(i) * time.Second / time.Duration(*loadRate))
		time.Sleep(time.Until(due))
		target := "http://" + address + queries[chance.IntN(len(queries))]
		asked.Go(func() {
			_, faults[i] = askOnce(b.Context(), client, target)
			took[i] = time.Since(due)
		})
	}
	asked.Wait()
	b.StopTimer()
	for _, err := range faults {
		if err != nil {
			b.Fatal(err)
		}
	}
	slices.Sort(took)
	report := func(part float64, name string) {
		b.ReportMetric(float64(took[min(int(part*float64(b.N)), b.N-1)].Microseconds())/1000, name)
	}
	report(.5, "ms-p50")
	report(.99, "ms-p99")
	report(1, "ms-max")
}

// loadQueries are requests as consumers send them, for every loan of the
// sample's first fifty ids that is there.
func loadQueries() []string {
	var queries []string
	for id := 100001; id <= 100050; id++ {
		for _, rest := range []string{"&format=json", "", "&format=json&maxwidth=343", "&maxwidth=500&maxheight=750&dnt=1&format=json", "&format=jsonp&jsonp=show"} {
			queries = append(queries, "/services/oembed?url="+url.QueryEscape("https://loans.example/lend/"+strconv.Itoa(id))+rest)
		}
	}
	return queries
}

// askOnce reads an answer whole. A loan that is not there is an answer too.
func askOnce(ctx context.Context, client *http.Client, target string) (status int, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return 0, err
	}
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return 0, err
	}
	if answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusNotFound {
		return 0, fmt.Errorf("%s: status %d", target, answer.StatusCode)
	}
	return answer.StatusCode, nil
}

// serveAlone builds the program and runs it with the sample until the benchmark
// ends, on a core of its own where there is taskset.
func serveAlone(b *testing.B) (address string) {
	b.Helper()
	dir := b.TempDir()
	program := filepath.Join(dir, "loanleaf")
	if said, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, said)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address = free.Addr().String()
	free.Close()
	args := []string{program, "serve", "--data", "sample", "--addr", address, "--base-url", "https://loans.example", "--store", dir}
	if taskset, err := exec.LookPath("taskset"); err == nil {
		args = append([]string{taskset, "-c", strconv.Itoa(runtime.NumCPU() - 1)}, args...)
	} else {
		b.Log("there is no taskset: the server shares its core")
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(b.Context()))
	serve := exec.CommandContext(ctx, args[0], args[1:]...)
	serve.Env = append(os.Environ(), "GOMAXPROCS=1")
	if err := serve.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		stop()
		_ = serve.Wait() // it was killed
	})
	for range 100 {
		if answer, err := http.Get("http://" + address + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return address
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.Fatalf("nothing answers at %s", address)
	return ""
}
