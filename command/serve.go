package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"loanleaf/kiva"
	"loanleaf/public"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
)

func (p *Program) serveCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the site and the oEmbed endpoint",
		Long: `Serve answers over HTTP with the pages that build writes, and with a search box
on them, and answers oEmbed requests as JSON, XML, JSONP and preview. Without data
it shows the sample.

The first run over some data makes the index that is searched and keeps it in the
store's folder: some 20 seconds for a million loans. Pages are served meanwhile, and
a search says that it is being prepared (status 503).

It stops on SIGTERM and Ctrl-C when the requests under way have ended, and takes
its data in again on SIGHUP. /healthz says that it is alive and what data it has,
/readyz whether it wants requests. With --dir it serves a built folder, packed or
not, the way a file host would, without oEmbed.

One client, an address or a /64 of IPv6, may have so many answers a minute of what
costs most, and with --rate-limit of everything. Behind a proxy, say so with
--trusted-proxies, or all readers are one client.`,
		Example: `  loanleaf serve
  loanleaf serve --data kiva_ds_json.zip --base-url https://loans.example --addr :8080
  loanleaf serve --rate-limit 500 --trusted-proxies 127.0.0.1 --metrics-addr 127.0.0.1:9090
  loanleaf serve --dir dist`,
		RunE: p.placing(p.serve),
	}
	flags := c.Flags()
	sharedFlags(flags)
	listenFlags(flags)
	operationFlags(flags)
	flags.String("dir", "", "serve this built folder and nothing else")
	return c
}

// listenFlags are those of serve and dev.
func listenFlags(flags *pflag.FlagSet) {
	flags.String("addr", defaultAddr, "address to listen on")
	flags.String("log", "text", "how to log: text or json")
}

func (p *Program) serve(c *cobra.Command, _ []string) error {
	p.collectLess(serverHeap)
	flags := c.Flags()
	s, err := p.readSettings(flags)
	if err != nil {
		return err
	}
	if err := p.envFlags(flags, append([]string{"addr", "dir", "log"}, operationNames...)...); err != nil {
		return err
	}
	log, err := p.logger(flags.Lookup("log").Value.String())
	if err != nil {
		return err
	}
	addr, _ := flags.GetString("addr")
	dir, _ := flags.GetString("dir")
	if dir != "" && flags.Changed("data") {
		return usage(errors.New("--dir and --data exclude each other: a built folder holds its loans already"), "leave one of them out")
	}
	o, err := p.readOperation(flags, log)
	if err != nil {
		return err
	}
	listener, err := p.listen("addr", addr)
	if err != nil {
		return errors.Join(err, o.close())
	}
	defer listener.Close()
	leave, err := p.openBackstage(c.Context(), o)
	if err != nil {
		return errors.Join(err, o.close())
	}
	return errors.Join(p.serveOn(c.Context(), listener, dir, &s, o), leave(), o.close())
}

// serveOn serves a folder or a site.
func (p *Program) serveOn(ctx context.Context, listener net.Listener, dir string, s *Settings, o *operation) error {
	reached := "http://" + reachable(listener.Addr())
	if s.BaseURL == "" {
		s.BaseURL = reached
	}
	if dir != "" {
		return p.serveFolder(ctx, listener, dir, s.BaseURL, reached, o)
	}
	s.Content = contentFor(s)
	if len(s.Data) == 0 {
		s.Data = []string{sampleData}
		p.note("no data is given, so this is the sample; give --data for your own")
	}
	p.noteContent(s)
	return p.serveSite(ctx, listener, s, reached, o)
}

// serveSite listens at once, so that whoever watches sees the program alive, and
// not ready, while the data is taken in.
func (p *Program) serveSite(ctx context.Context, listener net.Listener, s *Settings, reached string, o *operation) error {
	hangups := p.hangups() // caught before the data is read: reading may take long
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	web := server.Open(o.Operation)
	ended := make(chan error, 1)
	go func() { ended <- web.Run(ctx, listener) }()
	config, d, err := p.state(ctx, s, o.Logger, public.Embedded(), nil, web.Await)
	if err != nil {
		stop()
		return errors.Join(err, <-ended)
	}
	web.Reload(config)
	p.tellImport(d, "loanleaf build --report FILE")
	p.tellAddresses(ctx, config, d, s.sample(), reached)
	var reloading sync.WaitGroup
	defer reloading.Wait()
	defer stop() // where serving ended by itself
	reloading.Go(func() { p.reload(ctx, hangups, s, web, o) })
	return <-ended
}

// hangups is what asks for a reload; nil where nothing does.
func (p *Program) hangups() <-chan os.Signal {
	if p.Reload == nil {
		return nil
	}
	return p.Reload()
}

// listen opens an address to serve on, as a flag says it.
func (p *Program) listen(flag, addr string) (net.Listener, error) {
	_, port, err := net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return nil, usage(fmt.Errorf("--%s: %q is not a host and a port", flag, addr), "write it as "+defaultAddr+", or :8080 for every address of this machine")
	}
	open := p.Listen
	if open == nil {
		open = net.Listen
	}
	listener, err := open("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, withHint(fmt.Errorf("listen on %s: another program uses it", addr), "name another address, such as --"+flag+" 127.0.0.1:8090, or any free one: --"+flag+" 127.0.0.1:0")
	}
	if err != nil {
		return nil, withHint(fmt.Errorf("listen: %w", err), "name another address with --"+flag+", such as --"+flag+" 127.0.0.1:8090")
	}
	return listener, nil
}

// reachable is where this machine finds a listener that may be on all of its
// addresses.
func reachable(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

func (p *Program) logger(form string) (*slog.Logger, error) {
	switch form {
	case "text":
		return slog.New(slog.NewTextHandler(p.Err, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(p.Err, nil)), nil
	}
	return nil, usage(fmt.Errorf("--log: there is no %q", form), "choose text or json")
}

// state takes the data in and makes what a server answers from. from are the
// files beside the pages, still in the program's colours; known may be nil. await, if
// any, is told what there is before the data.
func (p *Program) state(ctx context.Context, s *Settings, log *slog.Logger, from *public.Set, known *pictureIDs, await func(server.Config)) (server.Config, *data, error) {
	settings := *s
	if settings.OEmbed.Endpoint == "" {
		settings.OEmbed.Endpoint = strings.TrimRight(settings.BaseURL, "/") + "/services/oembed"
	}
	files, err := newFiles(&settings, from)
	if err != nil {
		return server.Config{}, nil, err
	}
	made, pictures, err := newSite(&settings, files)
	if err != nil {
		return server.Config{}, nil, err
	}
	documents, err := p.openDocuments(&settings, made)
	if err != nil {
		return server.Config{}, nil, err
	}
	logFindings(log, documents)
	private, err := readIDs(settings.Private)
	if err != nil {
		return server.Config{}, nil, err
	}
	config := server.Config{Site: made, Public: files, Documents: documents.trees, Logger: log}
	if await != nil {
		await(config)
	}
	d, err := p.openData(ctx, &settings)
	if err != nil {
		return server.Config{}, nil, err
	}
	d.documents = documents
	searchable, err := p.searchable(ctx, d, log)
	if err != nil {
		return server.Config{}, nil, errors.Join(err, d.Close())
	}
	if searchable {
		config.Site = made.WithSearch()
	}
	config.Source, config.DataDate, config.Modified, config.Loans, config.SetAside = d.Store, d.date, p.Now(), d.Counts().Loans, d.SetAside
	config.Private, config.Close = func(id int64) bool { return private[id] }, d.Close
	if pictures != nil {
		ids, err := picturesOf(ctx, d, known)
		if err != nil {
			return server.Config{}, nil, errors.Join(err, d.Close())
		}
		config.Picture = (&shown{pictures, ids}).Picture
	}
	return config, d, nil
}

// reload takes the data in again whenever it is asked to, the operator's lists
// of ids with it, and opens the log of requests again. Data that cannot be read
// leaves what is served as it is.
func (p *Program) reload(ctx context.Context, hangups <-chan os.Signal, s *Settings, web *server.Server, o *operation) {
	log := o.Logger
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangups:
		}
		o.reopenLog()
		config, d, err := p.state(ctx, s, log, public.Embedded(), nil, nil)
		if ctx.Err() != nil {
			if err == nil {
				d.Close()
			}
			return
		}
		if err != nil {
			web.ReloadFailed()
			log.Error("reload failed, the old data stays", "error", err)
			continue
		}
		web.Reload(config)
		log.Info("reloaded", "loans", d.Counts().Loans, "set_aside", d.SetAside)
	}
}

// tellAddresses prints what is worth opening, as this machine reaches it.
func (p *Program) tellAddresses(ctx context.Context, c server.Config, d *data, isSample bool, reached string) {
	fmt.Fprintf(p.Out, "serving %s on %s\n", counted(d.Counts().Loans, "loan", "loans"), reached)
	home := c.Site.URL(site.Address{})
	if !strings.HasPrefix(home, reached+"/") {
		fmt.Fprintf(p.Out, "its links say %s\n", home)
	}
	fmt.Fprintln(p.Out)
	row := func(what, path string) { fmt.Fprintf(p.Out, "  %-8s %s\n", what, reached+path) }
	row("home", c.Site.Path(site.Address{}))
	for _, tree := range c.Documents {
		if start, ok := tree.Start(""); ok && tree.Kind() == site.Doc {
			row("docs", c.Site.Path(start.Address))
		}
	}
	if id, ok := worthOpening(ctx, d, isSample); ok {
		page := site.Address{Kind: site.Loan, ID: id}
		row("loan", c.Site.Path(page))
		row("widget", c.Site.Path(site.Address{Kind: site.Widget, ID: id}))
		if endpoint, err := url.Parse(c.Site.OwnEndpoint()); err == nil {
			row("oembed", endpoint.EscapedPath()+"?url="+url.QueryEscape(c.Site.URL(page))+"&format=json")
		}
	}
	fmt.Fprintf(p.Out, "\nCtrl-C stops it\n")
}

// worthOpening is the loan to show first: the first of the sample, which is
// made for it, else the newest that still raises funds, else the newest.
func worthOpening(ctx context.Context, d *data, isSample bool) (id int64, ok bool) {
	if isSample {
		var first struct{ ID int64 }
		err := json.NewDecoder(bytes.NewReader(sample.Loans())).Decode(&first)
		if _, missing := d.Loan(ctx, first.ID); err == nil && missing == nil {
			return first.ID, true
		}
	}
	for _, list := range []kiva.List{{Kind: kiva.ByStatus, Key: kiva.Fundraising.String()}, {Kind: kiva.AllLoans}} {
		if ids, err := d.NewestIDs(ctx, list, 1); err == nil && len(ids) > 0 {
			return ids[0], true
		}
	}
	return 0, false
}

// serveFolder serves a built site.
func (p *Program) serveFolder(ctx context.Context, listener net.Listener, dir, base, reached string, o *operation) error {
	u, err := url.Parse(base)
	if err != nil {
		return usage(fmt.Errorf("base_url: %w", err), "write it as https://loans.example, with the path that the site was built for")
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return withHint(fmt.Errorf("serve %s: it is a file", dir), "--dir names the folder that \"loanleaf build\" wrote; loans are given with --data")
	}
	handler, err := server.Folder(dir, strings.TrimRight(u.Path, "/"))
	if err != nil {
		return withHint(err, "\"loanleaf build\" makes one")
	}
	defer handler.Close()
	if root := handler.BuiltFor(); root != "" && strings.Trim(u.Path, "/") == "" {
		p.note("the folder was built for %s/ on its host, where all of its links lead; to follow them here give --base-url %s", root, reached+root)
	}
	hangups := p.hangups() // would end the program otherwise
	ctx, stop := context.WithCancel(ctx)
	var reopening sync.WaitGroup
	defer reopening.Wait()
	defer stop() // where serving ended by itself
	reopening.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-hangups: // the folder is looked at on each request
				o.reopenLog()
			}
		}
	})
	fmt.Fprintf(p.Out, "serving the folder %s on %s\n\n  home     %s\n\nCtrl-C stops it\n", dir, reached, reached+strings.TrimRight(u.Path, "/")+"/")
	return handler.Run(ctx, listener, o.Operation)
}
