// Package command is the program as a person meets it: commands, flags, the
// configuration file, what is printed, and exit codes. It turns those into
// values for the other packages and does nothing of its own with loans.
//
// # Where a setting comes from
//
// A flag, else the environment (LOANLEAF_BASE_URL for --base-url), else the
// configuration file, else the default. settings.go holds the one table of
// them.
//
// # What is printed
//
// Results go to standard output; progress, notes and errors to standard error.
// An error is one line that begins with "loanleaf: ", says what, where and why,
// and is followed by a line "hint: " when there is something to do about it.
// Colours and the progress bar appear on a terminal only.
//
// # What is kept between runs
//
// The data is imported into a store, by default in the user's cache directory,
// in a folder named after everything that decides what an import comes to: the
// sources, the operator's lists of ids, --now, the version. While that name
// fits, and the report of the import lies beside it, the store is used again.
// The three used last stay; where nothing can be kept a temporary one does.
//
// # While somebody edits
//
// dev makes the state that serve answers from, and makes it again whenever
// something of it was saved (workshop.go). What it makes it from is watched before
// it is read. Data that is as it was is found in its store by its key.
//
// # Exit codes
//
// 0 clean, 1 failed or found something broken, 2 wrong usage, 3 built but with
// something set aside.
//
// # What is not here
//
// Below this package nobody reads the clock, the environment or the arguments.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"loanleaf/oembed/check"
)

// Program is the world around one run, so that tests can stand in for it.
type Program struct {
	Args      []string // without the program's name
	Out, Err  io.Writer
	LookupEnv func(string) (string, bool)
	Environ   func() []string // "NAME=value" each, to find slips among the names; nil: none
	Now       func() time.Time
	Terminal  bool // Err is a terminal: colours and a moving progress bar
	// OutTerminal is whether Out is a terminal: colours in results.
	OutTerminal bool
	CacheDir    func() (string, error)

	// Listen opens the address of serve; nil: net.Listen.
	Listen func(network, address string) (net.Listener, error)
	// Fetcher asks for pages in a check; nil: the network.
	Fetcher check.Fetcher
	// Reload gives the channel that asks serve to take its data in again, and is
	// called by serve alone; nil: nobody asks.
	Reload func() <-chan os.Signal

	again    bool  // the data was taken in before: that it has not changed is no news
	heapGoal int64 // bytes; 0: somebody else bounds the heap
}

// Main runs the program with the arguments, streams and signals of the process
// and returns its exit code.
func Main() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the process at once
	p := &Program{
		Args: os.Args[1:], Out: os.Stdout, Err: os.Stderr, LookupEnv: os.LookupEnv, Environ: os.Environ, Now: time.Now,
		Terminal: term.IsTerminal(int(os.Stderr.Fd())), OutTerminal: term.IsTerminal(int(os.Stdout.Fd())), CacheDir: os.UserCacheDir, Reload: hangups,
	}
	return p.Run(ctx)
}

// hangups catches SIGHUP. Until it is called the signal ends the process, as
// a closed terminal means it to.
func hangups() <-chan os.Signal {
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, syscall.SIGHUP)
	return caught
}

// Run runs one command and returns its exit code.
func (p *Program) Run(ctx context.Context) int {
	root := p.root()
	root.SetArgs(p.Args)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitClean
	}
	if errors.Is(err, syscall.EPIPE) {
		return exitClean // whoever read our output has seen enough
	}
	return p.fail(err)
}

func (p *Program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "loanleaf",
		Short: "Turn microfinance loan data into web pages that embed anywhere",
		Long: `Loanleaf turns microfinance loan data in Kiva's formats into web pages that
embed anywhere: a page and a widget for every loan, lists, and oEmbed answers.

"loanleaf serve" shows it with sample loans, at once. "loanleaf build" writes a
static site from your own data, and "loanleaf dev" shows that site while you edit.
"loanleaf init" writes a configuration file that explains every setting.`,
		Example: `  loanleaf serve
  loanleaf build --data kiva_ds_json.zip --base-url https://loans.example
  loanleaf sample --loans 1000 > loans.jsonl`,
		SilenceErrors: true, SilenceUsage: true,
		Version: version(),
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetVersionTemplate(versionLine())
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(p.buildCommand(), p.unpackCommand(), p.serveCommand(), p.devCommand(), p.sampleCommand(), p.checkCommand(), p.docsCommand(), p.initCommand(), p.versionCommand())
	for _, c := range root.Commands() {
		c.Args = wrongArgs(c)
		if c.Name() == "unpack" {
			c.Args = oneFolder
		}
		for _, below := range c.Commands() {
			switch {
			case c.Name() == "check":
				below.Args = oneAddress
			case below.Name() == "mark":
				below.Args = someFiles
			default:
				below.Args = wrongArgs(below)
			}
		}
	}
	root.Args = wrongArgs(root)
	root.InitDefaultHelpCmd()
	for _, c := range root.Commands() {
		if c.Name() == "help" {
			c.Args = aCommand
		}
	}
	return root
}

// aCommand refuses words that help is asked about and that are no command.
func aCommand(c *cobra.Command, args []string) error {
	at := c.Root()
	for _, word := range args {
		i := slices.IndexFunc(at.Commands(), func(below *cobra.Command) bool { return below.Name() == word })
		if i < 0 {
			return wrongArgs(at)(at, []string{word})
		}
		at = at.Commands()[i]
	}
	return nil
}

// wrongArgs refuses arguments that are not flags: no command takes any but
// those below check and docs, and unpack.
func wrongArgs(c *cobra.Command) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		if !c.HasSubCommands() {
			return usage(errors.New("unexpected argument "+quote(args[0])), strayHint(c))
		}
		var names []string
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				names = append(names, sub.Name())
			}
		}
		hint := "the commands are " + strings.Join(names, ", ")
		if near := nearest(args[0], names); near != "" {
			hint = "did you mean \"" + c.CommandPath() + " " + near + "\"?"
		}
		return usage(errors.New("there is no command "+quote(args[0])), hint)
	}
}

// strayHint says how what stands behind the flags is given: by the flag that was
// meant to take several values, if there is one.
func strayHint(c *cobra.Command) string {
	hint := seeHelp(c)
	switch data := c.Flags().Lookup("data"); {
	case data == nil:
	case data.Changed:
		hint = "each file of data has a --data before it, or give their folder; " + hint
	default:
		hint = "data is given with --data; " + hint
	}
	c.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.Type() == "stringSlice" {
			hint = "several values of --" + f.Name + " have commas between them, without spaces; " + seeHelp(c)
		}
	})
	return hint
}

// wrongFlag puts what was wrong with a flag in our words.
func wrongFlag(c *cobra.Command, err error) error {
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		hint := seeHelp(c)
		name := unknown.GetSpecifiedName()
		if others := commandsWith(c.Root(), name); len(others) > 0 {
			hint = "--" + name + " belongs to " + joined(others)
		} else if near := nearest(name, names); near != "" {
			hint = "did you mean --" + near + "?"
		}
		return usage(err, hint)
	}
	if wrong, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return usage(wrongValue("--"+wrong.GetFlag().Name, wrong.GetFlag(), wrong.GetValue()), seeHelp(c))
	}
	return usage(err, seeHelp(c))
}

// commandsWith are the commands that have a flag, in quotation marks.
func commandsWith(root *cobra.Command, flag string) []string {
	var names []string
	for _, c := range root.Commands() {
		if len(flag) > 1 && c.Flags().Lookup(flag) != nil {
			names = append(names, quote(c.CommandPath()))
		}
		names = append(names, commandsWith(c, flag)...)
	}
	return names
}

// wrongValue says what kind of value a flag takes, whoever gave another.
func wrongValue(name string, flag *pflag.Flag, value string) error {
	kinds := map[string]string{"int": "a whole number", "uint64": "a whole number from 0 on", "bool": "true or false", "duration": "a time such as 30s"}
	kind, ok := kinds[flag.Value.Type()]
	if !ok {
		kind = "a value of its kind"
	}
	return fmt.Errorf("%s: %q is not %s", name, value, kind)
}

func seeHelp(c *cobra.Command) string { return "see \"" + c.CommandPath() + " --help\"" }
