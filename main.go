// Loanleaf turns microfinance loan data in Kiva's formats into web pages that
// embed anywhere. README.md shows how to run it, ARCHITECTURE.md how it is made.
package main

//go:generate go run ./templates/generate

import (
	"os"

	"loanleaf/command"
)

func main() { os.Exit(command.Main()) }
