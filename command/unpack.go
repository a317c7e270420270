package command

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"loanleaf/generator/output"
	"loanleaf/generator/pack"
)

func (p *Program) unpackCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "unpack DIR",
		Short: "Take the files out of a packed site",
		Long: `Unpack writes the files of a site that "loanleaf build --pack" made into a folder:
the same files that build writes without --pack. The folder is replaced as a
whole, as build does, and files that are there already stay as they are.`,
		Example: `  loanleaf unpack dist --out public_html`,
		RunE:    p.unpack,
	}
	c.Flags().String("out", "", "folder to write the files into (required)")
	return c
}

// oneFolder refuses anything but one argument.
func oneFolder(c *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage(errors.New("unpack takes one folder"), "name the one that \"loanleaf build --pack\" wrote; "+seeHelp(c))
	}
	return nil
}

func (p *Program) unpack(c *cobra.Command, args []string) error {
	flags := c.Flags()
	if err := p.envFlags(flags, "out"); err != nil {
		return err
	}
	to, _ := flags.GetString("out")
	if to == "" {
		return usage(errors.New("--out is missing"), "name a folder for the files, such as --out public_html")
	}
	if _, err := os.Stat(args[0]); err != nil {
		return withHint(fmt.Errorf("unpack: %w", err), "name the folder that \"loanleaf build --pack\" wrote")
	}
	if !pack.Is(args[0]) {
		return withHint(fmt.Errorf("%s is no packed site: it has no packs/index", args[0]), "\"loanleaf build --pack\" makes one")
	}
	manifest, err := output.ReadManifest(args[0])
	if err != nil {
		return err
	}
	out, err := output.Open(to, output.Options{Version: manifest.Version})
	if err != nil {
		return err
	}
	defer out.Abort()
	result, err := pack.Unpack(c.Context(), args[0], out)
	if err != nil {
		return err
	}
	p.noteForeign(to, result)
	fmt.Fprintf(p.Out, "%s: %s from %s: %s made, %s changed, %s kept, %s removed\n", to, counted(result.Made+result.Changed+result.Kept, "file", "files"), args[0],
		thousands(result.Made), thousands(result.Changed), thousands(result.Kept), thousands(result.Removed))
	return nil
}
