package command

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
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

// programDigest stands for the program to the last byte: the SHA-256 of the file
// it was started from, templates, words and styles in it. Linux gives that file
// even where another has taken its place since.
func programDigest() (string, error) {
	file, err := os.Open("/proc/self/exe")
	if err != nil {
		path, err := os.Executable()
		if err != nil {
			return "", fmt.Errorf("version: %w", err)
		}
		if file, err = os.Open(path); err != nil {
			return "", fmt.Errorf("version: %w", err)
		}
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", fmt.Errorf("version: %w", err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)), nil
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
