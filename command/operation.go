package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/pflag"

	"loanleaf/server"
	"loanleaf/server/limit"
)

// operation is how serve is run, as its flags and the environment say. Such
// things are of a process, not of a site, so the configuration file has none of
// them.
type operation struct {
	server.Operation
	access      *logFile // nil: no log of requests
	metricsAddr string   // empty: measures are not told
	pprofAddr   string   // empty: profiles are not made
}

// operationFlags are those of serve alone.
func operationFlags(flags *pflag.FlagSet) {
	flags.Int("rate-limit", 0, "answers a minute that one client may have (0: as many as it likes)")
	flags.String("costly-limit", costlyDefaults(), "answers a minute that one client may have of what costs most: cards to be drawn, pictures in odd sizes, searches, trials of the endpoint (0: as many as it likes)")
	flags.Int("rate-limit-status", 429, "status of the answers beyond: 429, or 403 as Kiva's API has it")
	flags.StringSlice("trusted-proxies", nil, "networks and addresses whose X-Forwarded-For is believed, such as 127.0.0.1,10.0.0.0/8")
	flags.String("metrics-addr", "", "address to tell Prometheus measures on, as /metrics, such as 127.0.0.1:9090")
	flags.String("pprof", "", "address to make profiles on, such as 127.0.0.1:6060; for nobody but you")
	flags.String("access-log", "off", "file that gets a line of JSON for each request, without personal data; - is standard output")
	flags.Duration("shutdown-delay", 0, "how long connections are still taken after SIGTERM, while /readyz says 503")
}

// operationNames are the flags of operationFlags.
var operationNames = []string{"rate-limit", "costly-limit", "rate-limit-status", "trusted-proxies", "metrics-addr", "pprof", "access-log", "shutdown-delay"}

// costly are the limits that --costly-limit names.
func costly(l *server.Limits) map[string]*int {
	return map[string]*int{"cards": &l.Cards, "pictures": &l.Pictures, "search": &l.Searches, "try": &l.Trials}
}

// costlyDefaults are the limits that hold where nobody says others, as the flag
// has them.
func costlyDefaults() string {
	l := server.CostlyLimits()
	fields := costly(&l)
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		pairs = append(pairs, name+"="+strconv.Itoa(*fields[name]))
	}
	return strings.Join(pairs, ",")
}

// readCostly reads limits as the flag has them. Those that are not named stay.
func readCostly(text string, l *server.Limits) error {
	fields := costly(l)
	for pair := range strings.SplitSeq(text, ",") {
		name, number, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if !ok || fields[name] == nil {
			return usage(fmt.Errorf("--costly-limit: %q is not the limit of something", pair), "it has "+strings.Join(slices.Sorted(maps.Keys(fields)), ", ")+", as in cards=120,search=30")
		}
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 || n > limit.Most {
			return usage(fmt.Errorf("--costly-limit: %s: %q is not from 0 to %d", name, number, limit.Most), "0 limits nobody")
		}
		*fields[name] = n
	}
	return nil
}

// readOperation reads the flags. What it opens is closed by close.
func (p *Program) readOperation(flags *pflag.FlagSet, log *slog.Logger) (*operation, error) {
	limits, err := readLimits(flags)
	if err != nil {
		return nil, err
	}
	o := &operation{Operation: server.Operation{Logger: log, Now: p.Now, Limits: &limits}}
	o.metricsAddr, _ = flags.GetString("metrics-addr")
	o.pprofAddr, _ = flags.GetString("pprof")
	if o.metricsAddr != "" {
		o.Metrics = server.NewMetrics(version(), p.Now)
	}
	o.ShutdownDelay, _ = flags.GetDuration("shutdown-delay")
	if most := 10 * time.Minute; o.ShutdownDelay < 0 || o.ShutdownDelay > most {
		return nil, usage(fmt.Errorf("--shutdown-delay: %s is not from 0 to %s", o.ShutdownDelay, most), "some seconds are enough for most that spread requests")
	}
	switch name, _ := flags.GetString("access-log"); name {
	case "off", "":
	case "-":
		o.Access = p.Out
	default:
		if o.access, err = openLog(name); err != nil {
			return nil, withHint(fmt.Errorf("--access-log: %w", err), "name a file in a folder that is there and may be written to, - for standard output, or off")
		}
		o.Access = o.access
	}
	return o, nil
}

func readLimits(flags *pflag.FlagSet) (server.Limits, error) {
	l := server.CostlyLimits()
	named, _ := flags.GetString("costly-limit")
	if err := readCostly(named, &l); err != nil {
		return l, err
	}
	l.Overall, _ = flags.GetInt("rate-limit")
	if l.Overall < 0 || l.Overall > limit.Most {
		return l, usage(fmt.Errorf("--rate-limit: %d is not from 0 to %d", l.Overall, limit.Most), "0 limits nobody")
	}
	switch status, _ := flags.GetInt("rate-limit-status"); status {
	case 429:
	case 403:
		l.Forbidden = true
	default:
		return l, usage(errors.New("--rate-limit-status: there is no "+strconv.Itoa(status)), "choose 429 or 403")
	}
	networks, _ := flags.GetStringSlice("trusted-proxies")
	for i := range networks {
		networks[i] = strings.TrimSpace(networks[i])
	}
	var err error
	if l.Proxies, err = limit.ParseProxies(networks); err != nil {
		return l, usage(fmt.Errorf("--trusted-proxies: %w", err), "write networks and addresses with commas between them, such as 127.0.0.1,10.0.0.0/8,2001:db8::/32")
	}
	return l, nil
}

// close closes what readOperation opened.
func (o *operation) close() error {
	if o.access == nil {
		return nil
	}
	return o.access.Close()
}

// reopenLog goes on in the file that has the name of the log of requests now.
func (o *operation) reopenLog() {
	if o.access == nil {
		return
	}
	if err := o.access.reopen(); err != nil {
		o.Logger.Error("the log of requests stays in its old file", "error", err)
	}
}

// openBackstage serves measures and profiles on the addresses that were named
// for them, until leave is called.
func (p *Program) openBackstage(ctx context.Context, o *operation) (leave func() error, err error) {
	// Measures are told while the last requests end.
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	var serving sync.WaitGroup
	faults := make(chan error, 2)
	leave = func() error {
		stop()
		serving.Wait()
		close(faults)
		var all []error
		for fault := range faults {
			all = append(all, fault)
		}
		return errors.Join(all...)
	}
	for _, stage := range []struct {
		flag, addr string
		run        func(net.Listener) error
	}{
		{"metrics-addr", o.metricsAddr, func(l net.Listener) error { return server.RunBackstage(ctx, l, server.Measures(o.Metrics)) }},
		{"pprof", o.pprofAddr, func(l net.Listener) error { return server.RunBackstage(ctx, l, server.Profiles()) }},
	} {
		if stage.addr == "" {
			continue
		}
		l, err := p.listen(stage.flag, stage.addr)
		if err != nil {
			return nil, errors.Join(err, leave())
		}
		o.Logger.Info("listening", "for", stage.flag, "on", l.Addr().String())
		serving.Go(func() {
			if err := stage.run(l); err != nil {
				o.Logger.Error("serving stopped", "for", stage.flag, "error", err)
				faults <- fmt.Errorf("--%s: %w", stage.flag, err)
			}
		})
	}
	return leave, nil
}
