package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"loanleaf/oembed/check"
)

func (p *Program) checkCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "check",
		Short:   "Check what others make of a page",
		Long:    "Check looks at a page on the web, yours or anybody's, the way other programs do.",
		Example: "  loanleaf check oembed https://loans.example/lend/5",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.checkOEmbedCommand())
	return c
}

func (p *Program) checkOEmbedCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "oembed URL",
		Short: "Tell where a page's oEmbed would survive, and why not elsewhere",
		Long: `Oembed fetches any page, follows its oEmbed links, asks the endpoint in both
formats, in several sizes and as WordPress does, looks at the framed document and
the thumbnail, and tells for each of eleven consumers whether the page would be
embedded there: WordPress, Drupal, Mastodon, Discourse, iframely, Misskey, Ghost,
and others. What is broken comes with what was seen, what to do, and where it is
written.

It sends some fifteen GET requests to that site, and to none but public addresses
unless --allow-private is given. The exit code is 1 when something is broken, 0
otherwise; advice breaks nothing.`,
		Example: `  loanleaf check oembed https://loans.example/lend/5
  loanleaf check oembed http://127.0.0.1:8080/lend/100001 --allow-private
  loanleaf check oembed https://videos.example/7 --as wordpress,misskey
  loanleaf check oembed https://videos.example/7 --endpoint https://videos.example/oembed.{format}
  loanleaf check oembed https://videos.example/7 --json`,
		RunE: p.checkOEmbed,
	}
	flags := c.Flags()
	flags.Bool("json", false, "print the whole report as JSON")
	flags.Bool("all", false, "list every rule and every request, too")
	flags.StringSlice("as", nil, "look as these consumers alone, such as wordpress or misskey")
	flags.String("endpoint", "", "ask this endpoint, whatever the page links to")
	flags.Duration("timeout", time.Minute, "how long all of it may take")
	flags.Bool("allow-private", false, "ask private and local addresses too")
	return c
}

// oneAddress takes the address that the command is about.
func oneAddress(c *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return usage(errors.New("the address of a page is missing"), "give one, such as https://loans.example/lend/5; "+seeHelp(c))
	case 1:
		if !isAddress(args[0]) {
			return usage(errors.New(quote(args[0])+" is not an http or https address"), "write it whole, such as https://loans.example/lend/5")
		}
		return nil
	}
	return usage(errors.New("unexpected argument "+quote(args[1])), "one page is checked at a time; "+seeHelp(c))
}

// isAddress tells whether a text is an address that can be asked.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func (p *Program) checkOEmbed(c *cobra.Command, args []string) error {
	flags := c.Flags()
	if err := p.envFlags(flags, "as", "endpoint", "timeout", "allow-private"); err != nil {
		return err
	}
	names, _ := flags.GetStringSlice("as")
	as, err := consumers(names)
	if err != nil {
		return err
	}
	endpoint, _ := flags.GetString("endpoint")
	if endpoint != "" && !isAddress(endpoint) {
		return usage(fmt.Errorf("--endpoint: %q is not an http or https address", endpoint), "write it whole, such as https://loans.example/services/oembed")
	}
	timeout, _ := flags.GetDuration("timeout")
	allowPrivate, _ := flags.GetBool("allow-private")
	if timeout <= 0 {
		return usage(fmt.Errorf("--timeout: %s is no time", timeout), "say how long it may take, such as 30s")
	}
	asked, cleared := p.asking()
	ctx, cancel := context.WithTimeout(c.Context(), timeout)
	defer cancel()
	options := []check.Option{check.As(as...), check.Progress(asked)}
	if endpoint != "" {
		options = append(options, check.Endpoint(endpoint))
	}
	fetcher := p.Fetcher
	if fetcher == nil {
		fetcher = check.NewClient("Loanleaf/"+version()+" (oEmbed check)", min(timeout, check.DefaultTimeout), allowPrivate)
	}
	report, err := check.Run(ctx, fetcher, args[0], options...)
	cleared()
	if err != nil {
		return explainCheck(err)
	}
	if asJSON, _ := flags.GetBool("json"); asJSON {
		err = writeJSON(p.Out, report)
	} else {
		all, _ := flags.GetBool("all")
		err = p.printCheck(report, all)
	}
	if err == nil && !report.Clean() {
		err = errBroken
	}
	return err
}

// consumers reads the names of --as.
func consumers(names []string) ([]check.Consumer, error) {
	var known []string
	for _, c := range check.Consumers() {
		known = append(known, string(c))
	}
	var as []check.Consumer
	for _, name := range names {
		if c := check.Consumer(name); c.Name() != "" {
			as = append(as, c)
			continue
		}
		hint := fmt.Sprintf("choose from %s", joined(known))
		if near := nearest(name, known); near != "" {
			hint = "did you mean " + near + "?"
		}
		return nil, usage(fmt.Errorf("--as: there is no consumer %q", name), hint)
	}
	return as, nil
}

func explainCheck(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	if errors.Is(err, check.ErrTimeUp) {
		return withHint(err, "--timeout gives it longer")
	}
	if refused, ok := errors.AsType[*check.RefusedError](err); ok && refused.Private {
		return withHint(err, "--allow-private asks it all the same")
	}
	return withHint(err, "look whether the page opens in a browser; nothing can be said before it answers")
}

// asking shows on a terminal what is being asked for, and takes it away again.
func (p *Program) asking() (asked func(n int, what string), cleared func()) {
	if !p.Terminal {
		return func(int, string) {}, func() {}
	}
	var mu sync.Mutex
	return func(n int, what string) {
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintf(p.Err, "\r\x1b[Kasking: %s, %s", counted(n, "answer", "answers"), what)
		}, func() {
			io.WriteString(p.Err, "\r\x1b[K")
		}
}

func writeJSON(w io.Writer, report *check.Report) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(report)
}
