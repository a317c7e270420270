package command

import (
	"bufio"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"loanleaf/sample"
)

func (p *Program) sampleCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "sample",
		Short: "Print sample loans",
		Long: `Sample prints invented loans as JSON lines, each in the detail shape of Kiva's
API v1, with the shares of countries, sectors, amounts and states that real
snapshots have. The same seed gives the same loans, and a longer run begins with
the loans of a shorter one.

With --out it writes a snapshot folder instead: loans, and their partners.`,
		Example: `  loanleaf sample --loans 3
  loanleaf sample --loans 20000 --seed 7 > loans.jsonl
  loanleaf sample --loans 2000 --out snapshot && loanleaf build --data snapshot`,
		RunE: func(c *cobra.Command, _ []string) error {
			flags := c.Flags()
			if err := p.envFlags(flags, "loans", "seed"); err != nil {
				return err
			}
			n, _ := flags.GetInt("loans")
			seed, _ := flags.GetUint64("seed")
			out, _ := flags.GetString("out")
			if n < 0 {
				return usage(fmt.Errorf("--loans: %d is less than none", n), "say how many loans to print")
			}
			if out != "" {
				if err := sample.WriteFolder(out, n, seed); err != nil {
					return withHint(err, "name a new or empty folder with --out")
				}
				return nil
			}
			buffer := bufio.NewWriterSize(p.Out, 1<<16)
			err := sample.Write(buffer, n, seed)
			return errors.Join(err, buffer.Flush())
		},
	}
	c.Flags().Int("loans", 100, "how many loans")
	c.Flags().Uint64("seed", 1, "which loans: another number, other loans")
	c.Flags().String("out", "", "folder to write a snapshot with partners into")
	return c
}
