package limit

import (
	"hash/maphash"
	"math/rand/v2"
	"net/netip"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
	"unsafe"
)

var began = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func newTable(places int) *Table { return NewTable(places, maphash.MakeSeed(), began) }

func client(n int) Client {
	return ClientOf(netip.AddrFrom4([4]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}))
}

func TestALimitIsKeptInEveryMinute(t *testing.T) {
	chance := rand.New(rand.NewPCG(8, 5))
	for range 300 {
		table, limit := newTable(256), 1+chance.IntN(30)
		now, pace := began, time.Duration(1+chance.IntN(6000))*time.Millisecond
		var answered []time.Time
		var asked []time.Time
		for range 400 {
			now = now.Add(time.Duration(chance.Int64N(int64(pace))))
			recent := 0 // asked within 65 seconds, this one left out
			for _, at := range asked {
				if now.Sub(at) < Window+slotTime {
					recent++
				}
			}
			asked = append(asked, now)
			v := table.Take(client(1), 0, limit, now)
			switch {
			case v.Limit != limit || v.Remaining < 0 || v.Remaining > limit:
				t.Fatalf("a limit of %d says %+v", limit, v)
			case v.Reset <= 0 || v.Reset > Window+slotTime:
				t.Fatalf("it says that there is more in %v", v.Reset)
			case !v.Allowed && recent < limit:
				t.Fatalf("refused with %d requests in 65 seconds, and %d are allowed", recent, limit)
			case !v.Allowed && v.Remaining != 0:
				t.Fatalf("refused with %d left", v.Remaining)
			}
			if !v.Allowed {
				if again := table.Take(client(1), 0, limit, now.Add(v.Reset)); !again.Allowed {
					t.Fatalf("refused after the %v that it said", v.Reset)
				}
				break
			}
			answered = append(answered, now)
		}
		for i := range answered {
			end := i
			for end < len(answered) && answered[end].Sub(answered[i]) < Window {
				end++
			}
			if end-i > limit {
				t.Fatalf("%d answers in a minute, and %d are allowed", end-i, limit)
			}
		}
	}
}

func TestRemainingIsWhatCanBeAskedForAtOnce(t *testing.T) {
	table, now := newTable(256), began
	for i, step := range []struct {
		after     time.Duration
		remaining int
		allowed   bool
		reset     time.Duration
	}{
		{0, 2, true, 65 * time.Second},
		{12 * time.Second, 1, true, 53 * time.Second},
		{0, 0, true, 53 * time.Second},
		{0, 0, false, 53 * time.Second},
		{52 * time.Second, 0, false, time.Second},
		{time.Second, 0, true, 10 * time.Second}, // the first has gone
		{10 * time.Second, 1, true, 55 * time.Second},
		{time.Hour, 2, true, 65 * time.Second},
	} {
		now = now.Add(step.after)
		v := table.Take(client(7), 3, 3, now)
		if v.Remaining != step.remaining || v.Allowed != step.allowed || v.Reset != step.reset {
			t.Errorf("step %d: %+v", i, v)
		}
	}
}

func TestClientsAndKindsAreCountedApart(t *testing.T) {
	table := newTable(1 << 12)
	for n := range 100 {
		for kind := range uint8(3) {
			if v := table.Take(client(n), kind, 1, began); !v.Allowed {
				t.Fatalf("client %d, kind %d: refused at the first request", n, kind)
			}
			if v := table.Take(client(n), kind, 1, began); v.Allowed {
				t.Fatalf("client %d, kind %d: not refused at the second", n, kind)
			}
		}
	}
}

func TestAClockThatIsSetBackStopsNothing(t *testing.T) {
	table := newTable(256)
	later := began.Add(time.Hour)
	for range 3 {
		table.Take(client(1), 0, 3, later)
	}
	if v := table.Take(client(1), 0, 3, began.Add(-time.Hour)); v.Allowed || v.Reset <= 0 {
		t.Errorf("before the table began: %+v", v)
	}
	if v := table.Take(client(2), 0, 3, began.Add(-time.Hour)); !v.Allowed {
		t.Errorf("a new client before the table began: %+v", v)
	}
	if v := table.Take(client(1), 0, 3, later.Add(Window+slotTime)); !v.Allowed {
		t.Errorf("a minute later: %+v", v)
	}
}

// TestMemoryIsBoundedUnderAMillionAddresses floods a table with more clients
// than it has places. It takes no more memory, allocates nothing, and still
// knows the one that asked much.
func TestMemoryIsBoundedUnderAMillionAddresses(t *testing.T) {
	table := newTable(Places)
	if size := unsafe.Sizeof(table.sets[0]) * uintptr(len(table.sets)); size > 6<<20+1<<19 || len(table.sets)*ways != Places {
		t.Fatalf("%d places take %d bytes", len(table.sets)*ways, size)
	}
	const limit = 20
	greedy := ClientOf(netip.MustParseAddr("2001:db8::1"))
	for range limit {
		table.Take(greedy, 0, limit, began)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for n := range 1_000_000 {
		if v := table.Take(client(n), 0, limit, began.Add(time.Duration(n)*time.Microsecond)); !v.Allowed {
			t.Fatalf("client %d is refused at its first request", n)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
		t.Errorf("a million clients made it allocate %d bytes", grown)
	}
	if v := table.Take(greedy, 0, limit, began.Add(2*time.Second)); v.Allowed {
		t.Error("the one that asked too much was forgotten")
	}
	used := 0
	for _, set := range table.sets {
		for _, p := range set {
			if p.used {
				used++
			}
		}
	}
	if used < Places*9/10 {
		t.Errorf("%d of %d places are used: clients are not spread", used, Places)
	}
}

func TestManyAskAtOnce(t *testing.T) {
	table := newTable(256)
	const limit = 500
	var mu sync.Mutex
	allowed := 0
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			mine := 0
			for range limit {
				if table.Take(client(1), 0, limit, began).Allowed {
					mine++
				}
			}
			mu.Lock()
			defer mu.Unlock()
			allowed += mine
		})
	}
	all.Wait()
	if allowed != limit {
		t.Errorf("%d answers, want %d", allowed, limit)
	}
}

func TestClientsAreAddressesOfIPv4AndNetworksOfIPv6(t *testing.T) {
	same := func(a, b string) bool {
		return ClientOf(netip.MustParseAddr(a)) == ClientOf(netip.MustParseAddr(b))
	}
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"203.0.113.7", "203.0.113.7", true},
		{"203.0.113.7", "203.0.113.8", false},
		{"203.0.113.7", "::ffff:203.0.113.7", true},
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true},
		{"2001:db8:1:2::1", "2001:db8:1:3::1", false},
		{"0.0.0.0", "::", false},
		{"fe80::1%eth0", "fe80::1%eth1", true},
	} {
		if same(c.a, c.b) != c.same {
			t.Errorf("%s and %s: the same is %v", c.a, c.b, !c.same)
		}
	}
}

func TestProxies(t *testing.T) {
	for _, c := range []struct {
		name, trusted, remote, want string
		forwarded                   []string
	}{
		{name: "nobody is believed by default", remote: "203.0.113.7:99", forwarded: []string{"198.51.100.1"}, want: "203.0.113.7"},
		{name: "a stranger is not believed", trusted: "10.0.0.0/8", remote: "203.0.113.7:99", forwarded: []string{"198.51.100.1"}, want: "203.0.113.7"},
		{name: "a proxy is", trusted: "10.0.0.0/8", remote: "10.1.2.3:99", forwarded: []string{"198.51.100.1"}, want: "198.51.100.1"},
		{name: "what stands left of the client is the client's invention", trusted: "10.0.0.0/8", remote: "10.1.2.3:99", forwarded: []string{"9.9.9.9, 198.51.100.1"}, want: "198.51.100.1"},
		{name: "proxies behind proxies", trusted: "10.0.0.0/8,2001:db8::/32", remote: "[2001:db8::1]:99", forwarded: []string{"9.9.9.9, 198.51.100.1, 10.7.7.7"}, want: "198.51.100.1"},
		{name: "several lines are one", trusted: "10.0.0.0/8", remote: "10.1.2.3:99", forwarded: []string{"9.9.9.9", "198.51.100.1, 10.7.7.7", "10.8.8.8"}, want: "198.51.100.1"},
		{name: "what is no address is passed over", trusted: "10.0.0.0/8", remote: "10.1.2.3:99", forwarded: []string{"198.51.100.1, unix:, , unknown,_hidden"}, want: "198.51.100.1"},
		{name: "nothing but what is no address", trusted: "10.0.0.0/8", remote: "10.1.2.3:99", forwarded: []string{"<script>, 1.2.3.4.5"}, want: "10.1.2.3"},
		{name: "with ports", trusted: "10.0.0.1", remote: "10.0.0.1:99", forwarded: []string{"[2001:db8:5::1]:80"}, want: "2001:db8:5::1"},
		{name: "in brackets", trusted: "10.0.0.1", remote: "10.0.0.1:99", forwarded: []string{"[2001:db8:5::1]"}, want: "2001:db8:5::1"},
		{name: "all of them are proxies", trusted: "10.0.0.0/8", remote: "10.1.2.3:99", forwarded: []string{"10.5.5.5, 10.6.6.6"}, want: "10.5.5.5"},
		{name: "no line at all", trusted: "10.0.0.0/8", remote: "10.1.2.3:99", want: "10.1.2.3"},
		{name: "IPv4 written in IPv6", trusted: "::ffff:10.0.0.0/104", remote: "[::ffff:10.1.2.3]:99", forwarded: []string{"::ffff:198.51.100.1"}, want: "198.51.100.1"},
		{name: "a socket file", trusted: "10.0.0.0/8", remote: "@", forwarded: []string{"198.51.100.1"}, want: "invalid IP"},
	} {
		var networks []string
		if c.trusted != "" {
			networks = splitComma(c.trusted)
		}
		p, err := ParseProxies(networks)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Client(c.remote, c.forwarded); got.String() != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	for _, wrong := range []string{"", "10.0.0.0/33", "example.org", "10.0.0", "::/129"} {
		if _, err := ParseProxies([]string{wrong}); err == nil {
			t.Errorf("%q is taken for a network", wrong)
		}
	}
}

func splitComma(s string) []string {
	var parts []string
	for s, last, more := s, "", true; more; {
		s, last, more = cutLast(s)
		parts = append(parts, last)
	}
	slices.Reverse(parts)
	return parts
}

// TestALongLineOfHopsCostsLittle looks at no more hops than there are proxies
// in this world.
func TestALongLineOfHopsCostsLittle(t *testing.T) {
	p, err := ParseProxies([]string{"10.0.0.0/8"})
	if err != nil {
		t.Fatal(err)
	}
	line := ""
	for range mostHops {
		line += ", 10.1.1.1"
	}
	if got := p.Client("10.0.0.1:1", []string{"198.51.100.1" + line}); got.String() != "10.1.1.1" {
		t.Errorf("it went on to %s", got)
	}
	if got := p.Client("10.0.0.1:1", []string{"198.51.100.1" + line[len(", 10.1.1.1"):]}); got.String() != "198.51.100.1" {
		t.Errorf("it stopped at %s", got)
	}
}

func FuzzProxies(f *testing.F) {
	f.Add("10.0.0.1:1", "198.51.100.1, 10.0.0.2", "unknown")
	f.Add("[::1]:1", ",,,", "[2001:db8::1%eth0]:80")
	trusted, err := ParseProxies([]string{"10.0.0.0/8", "::1"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, remote, one, two string) {
		got := trusted.Client(remote, []string{one, two})
		if peer := address(remote); !trusted.contains(peer) && got != peer {
			t.Errorf("a stranger at %s is believed to be %s", peer, got)
		}
		ClientOf(got)
	})
}

func BenchmarkTake(b *testing.B) {
	table := newTable(Places)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		table.Take(client(i%1000), 0, 500, began.Add(time.Duration(i)*time.Microsecond))
	}
}
