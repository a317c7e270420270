package templates

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"loanleaf/public"
)

// WidgetShell is what all widget documents of a site share, those of loans or those
// of lists: their style, their
// script, and the policy that allows these and nothing else. The script stands
// at the end of the body, where there is a card to measure. Make it once for a
// site.
type WidgetShell struct {
	styleElement  string
	scriptElement string
	policy        string
	policyElement string
	style         string // source expression of the style
	script        string // path of one more script; empty for readers
}

// NewWidgetShell makes the shell from the files of a site and from the places
// that pictures may come from, which are CSP source expressions
// ("https://loans.example" or "https://loans.example/img/"); with none of them no
// picture loads.
func NewWidgetShell(files *public.Set, imgSources []string) WidgetShell {
	images := "'none'"
	if len(imgSources) > 0 {
		images = strings.Join(imgSources, " ")
	}
	return newShell(files, files.WidgetStyle(), images)
}

// NewListShell makes the shell of the widget documents of lists, which have a style
// of their own and no pictures.
func NewListShell(files *public.Set) WidgetShell { return newShell(files, files.ListStyle(), "'none'") }

// FramePolicy is a policy under which the documents of both shells work, for the
// header of both: a file host tells them from one another by nothing in their
// addresses. The meta element in each allows its own style alone.
func FramePolicy(loan, list WidgetShell) string {
	return strings.Replace(loan.policy, "style-src "+loan.style, "style-src "+loan.style+" "+list.style, 1)
}

func newShell(files *public.Set, style, images string) WidgetShell {
	script := files.FrameScript()
	shell := WidgetShell{
		style:         hashSource(style),
		styleElement:  "<style>" + style + "</style>",
		scriptElement: "<script>" + script + "</script>",
		policy: "default-src 'none'; style-src " + hashSource(style) + "; script-src " + hashSource(script) +
			"; img-src " + images + "; base-uri 'none'; form-action 'none'",
	}
	shell.policyElement = policyElement(shell.policy)
	return shell
}

// policyElement is the element that says a policy, with its apostrophes as they
// are: an attribute in double quotes may have them, and an escape for each weighs.
func policyElement(policy string) string {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&#34;")
	return `<meta http-equiv="Content-Security-Policy" content="` + escape.Replace(policy) + `">`
}

// Scripted is the shell with one more script, at a path of the site, and the
// policy that allows it.
func (s WidgetShell) Scripted(path string) WidgetShell {
	s.script, s.policy = path, Scripted(s.policy)
	s.policyElement = policyElement(s.policy)
	return s
}

// Policy is the content security policy of the widget documents, for their meta
// element and for a header alike: nothing but the one inline style, the one
// inline script and pictures.
//
// frame-ancestors is not here: browsers ignore it in a meta element, and the
// widget may be framed anywhere.
func (s WidgetShell) Policy() string { return s.policy }

func hashSource(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
