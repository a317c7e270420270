package templates

// Find is the box that searches the documentation.
type Find struct {
	Index  string // path of what is searched (package search)
	Script string // path of the script that searches it
}
