package command

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manPage is loanleaf(1), which packages install.
var manPage = filepath.Join("..", "packaging", "loanleaf.1")

// TestReferenceManPage holds the page of the manual for terminals to the commands
// themselves; -update writes it, as it does the pages of reference.
func TestReferenceManPage(t *testing.T) {
	body, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	var words reference
	if err := yaml.Unmarshal(body, &words); err != nil {
		t.Fatal(err)
	}
	var page roff
	page.head()
	page.commands((&Program{}).root(), words.Defaults)
	page.tail()
	if *update {
		if err := os.WriteFile(manPage, page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if was, err := os.ReadFile(manPage); err != nil || !bytes.Equal(was, page.Bytes()) {
		t.Errorf("%s is not what the code says (%v): go test ./command -run TestReference -update", manPage, err)
	}
	for i, line := range strings.Split(page.String(), "\n") {
		if i > 0 && strings.HasPrefix(line, ".") && !slices.Contains([]string{".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".BR", ".EX", ".EE"}, strings.Fields(line)[0]) {
			t.Errorf("%s:%d: a text begins as a request does: %s", manPage, i+1, line)
		}
	}
}

// roff is a page in the macros of man(7).
type roff struct{ bytes.Buffer }

var roffText = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "\n.", "\n\\&.")

func (r *roff) text(text string) {
	if text != "" {
		fmt.Fprintln(r, strings.TrimPrefix(roffText.Replace("\n"+text), "\n"))
	}
}

func (r *roff) paragraphs(text string) {
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		fmt.Fprintln(r, ".PP")
		r.text(paragraph)
	}
}

func (r *roff) entry(tag, text string) {
	fmt.Fprintf(r, ".TP\n.B %s\n", roffText.Replace(tag))
	r.text(text)
}

func (r *roff) head() {
	root := (&Program{}).root()
	fmt.Fprintln(r, `.\" go test ./command -run TestReference -update writes this page.`)
	fmt.Fprintln(r, `.TH LOANLEAF 1 "" "Loanleaf" "User Commands"`)
	fmt.Fprintln(r, ".SH NAME")
	fmt.Fprintln(r, `loanleaf \- `+roffText.Replace(strings.ToLower(root.Short[:1])+root.Short[1:]))
	fmt.Fprintln(r, ".SH SYNOPSIS\n.B loanleaf\nCOMMAND [FLAG]...")
	fmt.Fprintln(r, ".SH DESCRIPTION")
	r.paragraphs(root.Long)
	fmt.Fprintln(r, ".SH COMMANDS")
}

func (r *roff) commands(c *cobra.Command, machine map[string]said) {
	for _, below := range c.Commands() {
		if !below.IsAvailableCommand() {
			continue
		}
		if below.HasSubCommands() {
			r.commands(below, machine)
			continue
		}
		fmt.Fprintf(r, ".SS %s\n", roffText.Replace(below.CommandPath()))
		r.paragraphs(below.Long)
		below.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Hidden || f.Name == "help" {
				return
			}
			tag := "--" + f.Name
			switch f.Value.Type() {
			case "bool":
			case "int", "uint64":
				tag += " N"
			case "duration":
				tag += " TIME"
			default:
				tag += " VALUE"
			}
			_, depends := machine[f.Name]
			shown := strings.Trim(f.DefValue, "[]")
			if depends || slices.Contains([]string{"", "false", "0"}, shown) {
				r.entry(tag, f.Usage)
				return
			}
			r.entry(tag, f.Usage+"; default "+shown)
		})
		if below.Example != "" {
			fmt.Fprintln(r, ".PP\nFor example:\n.PP\n.EX")
			r.text(below.Example)
			fmt.Fprintln(r, ".EE")
		}
	}
}

func (r *roff) tail() {
	fmt.Fprintln(r, ".SH ENVIRONMENT")
	r.text("Every flag of build, serve and dev, and every setting, may come from the environment:\nLOANLEAF_BASE_URL for --base-url. Flags go before it, the configuration file after it.")
	fmt.Fprintln(r, ".SH FILES")
	r.entry("loanleaf.yaml", "The configuration, in the folder that the program is run in or where --config says;\n\"loanleaf init\" writes one that explains every setting.")
	r.entry("/etc/loanleaf/loanleaf.yaml", "That of the service loanleaf, where a package installed it.")
	r.entry("/etc/default/loanleaf", "The service's environment: the address to listen on, for one.")
	r.entry("/var/lib/loanleaf", "The folder that the service is run in, for data and content.")
	r.entry("/var/cache/loanleaf", "What the service imported. It may be removed while the service is stopped.")
	fmt.Fprintln(r, ".SH EXIT STATUS")
	for _, status := range []struct {
		code    int
		meaning string
	}{{exitClean, "Done."}, {exitFailed, "Failed, or found something broken."}, {exitUsage, "Called the wrong way, or a setting is wrong."}, {exitSetAside, "Done, with something set aside."}} {
		r.entry(fmt.Sprint(status.code), status.meaning)
	}
	fmt.Fprintln(r, ".SH SIGNALS")
	r.entry("HUP", "\"serve\" reads data, content and the lists of ids again; what cannot be read leaves the old.")
	r.entry("TERM, INT", "\"serve\" and \"dev\" stop when the requests under way have been answered; \"build\" stops and leaves the site as it was.")
	fmt.Fprintln(r, ".SH SEE ALSO")
	r.text("The manual is part of the program: \"loanleaf serve\" shows it at /docs/.")
}
