package command

import (
	"errors"
	"fmt"
	"strings"

	"loanleaf/generator"
)

// parseOutputs reads the words of --outputs.
func parseOutputs(words []string) (generator.Outputs, error) {
	var o generator.Outputs
	for _, word := range words {
		switch strings.TrimSpace(word) {
		case "page":
			o.Page = true
		case "widget":
			o.Widget = true
		case "oembed":
			o.OEmbed = true
		default:
			return o, usage(fmt.Errorf("--outputs: there is no %q", word), "choose from page, widget, oembed, with commas between")
		}
	}
	if o == (generator.Outputs{}) {
		return o, usage(errors.New("--outputs: is empty"), "choose from page, widget, oembed, with commas between")
	}
	return o, nil
}
