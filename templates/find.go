package templates

import "strings"

// Find is the box that searches the documentation.
type Find struct {
	Index  string // path of what is searched (package search)
	Script string // path of the script that searches it
}

// DocumentPolicy is the policy of documents, made from that of the other pages:
// the script of their search asks this site for its index, and for the pages that
// were found.
func DocumentPolicy(policy string) string {
	if strings.Contains(policy, "; connect-src ") {
		return policy
	}
	return policy + "; connect-src 'self'"
}
