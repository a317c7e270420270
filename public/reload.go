package public

import _ "embed"

//go:embed reload.js
var reloadScript string

// ReloadScript is the script of the pages of "loanleaf dev", as it is served. It
// is in no [Set], since no page that is built or served for readers has it.
func ReloadScript() string { return reloadScript }
