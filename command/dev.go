package command

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"loanleaf/generator/watch"
	"loanleaf/public"
	"loanleaf/server"
)

func (p *Program) devCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "dev",
		Short: "Serve the site while you edit it, and show every change",
		Long: `Dev serves the site as serve does, and watches what it is made from: the
configuration file, the data, the content, the lists of ids, a folder of images.
When something is saved, the pages that are open in a browser show it by
themselves. What is wrong, such as a setting that does not exist, is said on the
terminal and over the page, with its file and line, until it is mended; dev goes
on all the same.

The pages have the host of this machine in their addresses, unless --base-url says
another, and a script that pages made by build and serve do not have.`,
		Example: `  loanleaf dev
  loanleaf dev --data loans.jsonl --config site.yaml
  loanleaf dev --addr 127.0.0.1:0`,
		RunE: p.placing(p.dev),
	}
	flags := c.Flags()
	sharedFlags(flags)
	listenFlags(flags)
	flags.Bool("log-requests", false, "log every request")
	flags.String("public", "", "folder of styles and scripts to serve in place of the program's own, for work on the program (default ./public in a checkout of it)")
	return c
}

func (p *Program) dev(c *cobra.Command, _ []string) error {
	p.collectLess(serverHeap)
	flags := c.Flags()
	if err := p.envFlags(flags, "config", "addr", "log", "log-requests", "public"); err != nil {
		return err
	}
	log, err := p.logger(flags.Lookup("log").Value.String())
	if err != nil {
		return err
	}
	addr, _ := flags.GetString("addr")
	listener, err := p.listen("addr", addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	ctx, stop := context.WithCancel(c.Context())
	requests, _ := flags.GetBool("log-requests")
	watcher := watch.Start(ctx, watch.Options{Note: func(sentence string) { p.note("%s", sentence) }})
	defer func() { stop(); <-watcher.Done() }()
	program := *p
	w := &workshop{
		Program: &program, flags: flags, log: log, reached: "http://" + reachable(listener.Addr()), watcher: watcher,
		live: server.NewLive(strconv.FormatInt(p.Now().UnixNano(), 36), log, requests),
	}
	w.config, _ = configPath(flags)
	w.checkout = isCheckout()
	w.public, _ = flags.GetString("public")
	if _, err := os.Stat(filepath.Join("public", public.SiteStyle)); w.public == "" && w.checkout && err == nil {
		w.public = "public"
	}
	w.open(ctx)
	worked := make(chan struct{})
	go func() { defer close(worked); w.work(ctx) }()
	err = w.live.Run(ctx, listener)
	stop()
	<-worked
	w.live.Close()
	return err
}

// isCheckout tells whether the program is run in the folder of its own source.
func isCheckout() bool {
	body, err := os.ReadFile("go.mod")
	first, _, _ := strings.Cut(string(body), "\n")
	return err == nil && strings.TrimSpace(first) == "module loanleaf"
}
