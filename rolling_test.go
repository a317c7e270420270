package main

import (
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// replicas are two servers of the same data and what a balancer knows of them: who
// said at the last look that it is ready.
type replicas struct {
	servers [2]atomic.Pointer[served]
	ready   [2]atomic.Bool
}

// look asks both, as a balancer does every now and then.
func (r *replicas) look() {
	for i := range r.servers {
		got, err := fetch(r.servers[i].Load(), "/readyz")
		r.ready[i].Store(err == nil && got.code == http.StatusOK)
	}
}

// TestReplicasAreRestartedOneAfterTheOther restarts both of two servers while clients
// ask through a balancer that tries nothing twice: no request fails, since a server
// that is to stop says so and goes on answering until everybody has heard it.
func TestReplicasAreRestartedOneAfterTheOther(t *testing.T) {
	const delay, interval = time.Second, 20 * time.Millisecond
	first := newWorld(t)
	data := first.write("loans.jsonl", `{"id":501,"name":"Nangula","status":"fundraising","loan_amount":500,"funded_amount":0,"sector":"Food","location":{"country_code":"NA","country":"Namibia"},"posted_date":"2026-02-03T00:00:00Z"}`+"\n")
	worlds := [2]*world{first, newWorld(t)}
	start := func(i int) *served {
		return worlds[i].serve("--data", data, "--store", worlds[i].path("store"), "--shutdown-delay", delay.String())
	}
	var r replicas
	for i := range worlds {
		r.servers[i].Store(start(i))
	}
	r.look()

	var done atomic.Bool
	var answered, alone atomic.Int64
	var others sync.WaitGroup
	others.Go(func() {
		for !done.Load() {
			r.look()
			time.Sleep(interval)
		}
	})
	for client := range 3 {
		others.Go(func() {
			for n := client; !done.Load(); n++ {
				i := n % 2
				if !r.ready[i].Load() {
					i = 1 - i
					alone.Add(1)
				}
				got, err := fetch(r.servers[i].Load(), "/lend/501")
				if err != nil || got.code != http.StatusOK {
					t.Errorf("replica %d: answered %d, %v", i, got.code, err)
					return
				}
				answered.Add(1)
			}
		})
	}
	for i := range worlds {
		before := answered.Load()
		if code := r.servers[i].Load().stop(); code != 0 {
			t.Errorf("replica %d ended with %d", i, code)
		}
		if answered.Load() == before {
			t.Errorf("nobody was answered while replica %d stopped", i)
		}
		worlds[i].out.take()
		r.servers[i].Store(start(i))
		for !r.ready[i].Load() && !t.Failed() {
			time.Sleep(time.Millisecond)
		}
	}
	done.Store(true)
	others.Wait()
	t.Logf("%d answers, %d of them while one replica was away", answered.Load(), alone.Load())
	if alone.Load() == 0 {
		t.Error("the balancer never had one replica alone, so nothing is proved")
	}
}
