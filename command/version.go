package command

import (
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// version is the program's, as Go recorded it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "devel"
	}
	return strings.Trim(info.Main.Version, "()")
}

func versionLine() string { return "loanleaf " + version() + " " + runtime.Version() + "\n" }

func (p *Program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long: `Version prints the version of the program and of the Go release that built it:
what a report of a fault should begin with.`,
		Example: "  loanleaf version",
		RunE: func(*cobra.Command, []string) error {
			_, err := io.WriteString(p.Out, versionLine())
			return err
		},
	}
}
