package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"loanleaf/kiva"
	"loanleaf/server"
	"loanleaf/site"
)

func (p *Program) serveCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the site and the oEmbed endpoint",
		Long: `Serve answers over HTTP with the pages that build writes, byte for byte, and
answers oEmbed requests as JSON, XML, JSONP and preview. Without data it shows the
sample.

It stops on SIGTERM and Ctrl-C when the requests under way have ended, and takes
its data in again on SIGHUP. With --dir it serves a built folder the way a file
host would, without oEmbed.`,
		Example: `  loanleaf serve
  loanleaf serve --data kiva_ds_json.zip --base-url https://loans.example --addr :8080
  loanleaf serve --dir dist`,
		RunE: p.serve,
	}
	flags := c.Flags()
	sharedFlags(flags)
	flags.String("addr", defaultAddr, "address to listen on")
	flags.String("dir", "", "serve this built folder and nothing else")
	flags.String("log", "text", "how to log: text or json")
	flags.Bool("log-requests", false, "log every request")
	return c
}

func (p *Program) serve(c *cobra.Command, _ []string) error {
	flags := c.Flags()
	s, err := p.readSettings(flags)
	if err != nil {
		return err
	}
	if err := p.envFlags(flags, "addr", "dir", "log", "log-requests"); err != nil {
		return err
	}
	log, err := p.logger(flags.Lookup("log").Value.String())
	if err != nil {
		return err
	}
	addr, _ := flags.GetString("addr")
	dir, _ := flags.GetString("dir")
	ctx := c.Context()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return withHint(fmt.Errorf("listen on %s: %w", addr, err), "another program may be using it; name another with --addr, such as --addr 127.0.0.1:8090")
	}
	defer listener.Close()
	reached := "http://" + listener.Addr().String()
	if s.BaseURL == "" {
		s.BaseURL = reached
	}
	if dir != "" {
		return p.serveFolder(ctx, listener, dir, s.BaseURL, reached, log)
	}
	if len(s.Data) == 0 {
		s.Data = []string{sampleData}
		p.note("no data is given, so this is the sample; give --data for your own")
	}
	if s.Content != "" {
		p.note("--content is not read by this version yet: the site has no documentation")
	}
	config, d, err := p.state(ctx, &s, log)
	if err != nil {
		return err
	}
	config.LogRequests, _ = flags.GetBool("log-requests")
	web, err := server.New(config)
	if err != nil {
		return err
	}
	p.tellImport(d, "")
	p.tellAddresses(ctx, config, d, reached)
	go p.reload(ctx, &s, web, log)
	return web.Run(ctx, listener)
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

// state takes the data in and makes what a server answers from.
func (p *Program) state(ctx context.Context, s *Settings, log *slog.Logger) (server.Config, *data, error) {
	settings := *s
	d, err := p.openData(ctx, &settings)
	if err != nil {
		return server.Config{}, nil, err
	}
	private, err := readIDs(s.Private)
	if err != nil {
		d.Close()
		return server.Config{}, nil, err
	}
	if settings.OEmbed.Endpoint == "" {
		settings.OEmbed.Endpoint = strings.TrimRight(settings.BaseURL, "/") + "/services/oembed"
	}
	made, pictures, err := newSite(&settings, d.sample)
	if err != nil {
		d.Close()
		return server.Config{}, nil, err
	}
	config := server.Config{
		Site: made, Source: d.Store, DataDate: d.date, Modified: p.Now(), Loans: d.Counts().Loans,
		Private: func(id int64) bool { return private[id] }, Close: d.Close, Logger: log,
	}
	if pictures != nil {
		config.Picture = pictures.Picture
	}
	return config, d, nil
}

// reload takes the data in again whenever it is asked to. Data that cannot be
// read leaves what is served as it is.
func (p *Program) reload(ctx context.Context, s *Settings, web *server.Server, log *slog.Logger) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-p.Reload:
		}
		config, d, err := p.state(ctx, s, log)
		if err != nil {
			log.Error("reload failed, the old data stays", "error", err)
			continue
		}
		web.Reload(config)
		log.Info("reloaded", "loans", d.Counts().Loans, "set_aside", d.SetAside, "data", d.date.Format("2006-01-02"))
	}
}

// tellAddresses prints what is worth opening.
func (p *Program) tellAddresses(ctx context.Context, c server.Config, d *data, reached string) {
	fmt.Fprintf(p.Out, "serving %s on %s\n\n", counted(d.Counts().Loans, "loan", "loans"), reached)
	row := func(what, address string) { fmt.Fprintf(p.Out, "  %-8s %s\n", what, address) }
	row("home", c.Site.URL(site.Address{}))
	loans, err := d.NewestFundraising(ctx, 1)
	if err != nil || len(loans) == 0 {
		loans, err = d.Newest(ctx, kiva.List{}, 1)
	}
	if err == nil && len(loans) > 0 {
		page := c.Site.URL(site.Address{Kind: site.Loan, ID: loans[0].ID})
		row("loan", page)
		row("widget", c.Site.URL(site.Address{Kind: site.Widget, ID: loans[0].ID}))
		row("oembed", c.Site.OwnEndpoint()+"?url="+url.QueryEscape(page)+"&format=json")
	}
	fmt.Fprintf(p.Out, "\nCtrl-C stops it\n")
}

// serveFolder serves a built site.
func (p *Program) serveFolder(ctx context.Context, listener net.Listener, dir, base, reached string, log *slog.Logger) error {
	u, err := url.Parse(base)
	if err != nil {
		return usage(fmt.Errorf("--base-url: %w", err), "")
	}
	handler, err := server.Folder(dir, strings.TrimRight(u.Path, "/"))
	if err != nil {
		return withHint(err, "\"loanleaf build\" makes one")
	}
	defer handler.Close()
	fmt.Fprintf(p.Out, "serving the folder %s on %s\n\n  home     %s\n\nCtrl-C stops it\n", dir, reached, reached+strings.TrimRight(u.Path, "/")+"/")
	err = server.RunHandler(ctx, listener, handler, log)
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}
