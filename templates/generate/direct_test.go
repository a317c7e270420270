package main

import (
	"strings"
	"testing"
)

// component is templ's code around the body of a component.
func component(name, body string) string {
	return "package templates\n\nimport \"github.com/a-h/templ\"\nimport templruntime \"github.com/a-h/templ/runtime\"\n\n// " + name + " is one.\nfunc " + name + `(s string) templ.Component {
	return templruntime.GeneratedTemplate(func(templ_7745c5c3_Input templruntime.GeneratedComponentInput) (templ_7745c5c3_Err error) {
		templ_7745c5c3_W, ctx := templ_7745c5c3_Input.Writer, templ_7745c5c3_Input.Context
		templ_7745c5c3_Var1 := templ.GetChildren(ctx)
		ctx = templ.ClearChildren(ctx)
` + body + `
		return nil
	})
}
`
}

const (
	value = `		templ_7745c5c3_Var2, templ_7745c5c3_Err = templ.JoinStringErrs(s)
		if templ_7745c5c3_Err != nil { return templ_7745c5c3_Err }
		_, templ_7745c5c3_Err = templ_7745c5c3_Buffer.WriteString(templ.EscapeString(templ_7745c5c3_Var2))
		if templ_7745c5c3_Err != nil { return templ_7745c5c3_Err }
`
	call     = "		templ_7745c5c3_Err = chip(s).Render(ctx, templ_7745c5c3_Buffer)\n		if templ_7745c5c3_Err != nil { return templ_7745c5c3_Err }\n"
	children = "		templ_7745c5c3_Err = templ_7745c5c3_Var1.Render(ctx, templ_7745c5c3_Buffer)\n"
)

// directly rewrites a component of this body, in a package that has chip as well.
func directly(body string) (string, error) {
	p := newPackage()
	source := []byte(component("hero", body))
	if err := p.find("chip_templ.go", []byte(component("chip", ""))); err != nil {
		return "", err
	}
	if err := p.find("hero_templ.go", source); err != nil {
		return "", err
	}
	code, err := p.direct("hero_templ.go", source)
	return string(code), err
}

func TestComponentsBecomeMethods(t *testing.T) {
	for name, test := range map[string]struct{ body, want string }{
		"markup is appended":            {"templ_7745c5c3_Err = templruntime.WriteString(templ_7745c5c3_Buffer, 1, \"<p>\")\n", "{\n\tout.markup(\"<p>\")\n}"},
		"a value is appended":           {value, "{\n\twriteValue(out, s)\n}"},
		"a component is called":         {call, "{\n\tout.chip(s)\n}"},
		"another one is rendered":       {strings.ReplaceAll(call, "chip", "templ.Raw"), "{\n\tout.component(templ.Raw(s))\n}"},
		"branches and loops stay":       {"if s == \"\" {\n" + call + "} else {\nfor range s {\n" + call + "}\n}", "{\n\tif s == \"\" {\n\t\tout.chip(s)\n\t} else {\n\t\tfor range s {\n\t\t\tout.chip(s)\n\t\t}\n\t}\n}"},
		"a line of Go stays":            {"n := len(s)\n_ = n", "{\n\tn := len(s)\n\t_ = n\n}"},
		"children are a function":       {children, "hero(s string, children func()) {\n\tchildren()\n}"},
		"nobody else names it: private": {call, "// hero is one.\nfunc (out *markupWriter) hero(s string) {"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := directly(test.body)
			if err != nil || !strings.Contains(got, test.want) {
				t.Errorf("got %v and\n%s\nwant in it\n%s", err, got, test.want)
			}
		})
	}
}

func TestCodeOfAnotherFormIsRefused(t *testing.T) {
	for name, body := range map[string]string{
		"a call that is not known":       "templ_7745c5c3_Err = templruntime.WriteOtherwise(templ_7745c5c3_Buffer)\n",
		"a value that is not escaped":    strings.ReplaceAll(value, "templ.EscapeString", "string"),
		"a value that is not written":    strings.Split(value, "\n")[0],
		"text written without its value": "_, templ_7745c5c3_Err = templ_7745c5c3_Buffer.WriteString(s)\n",
		"a variable that is not known":   "var templ_7745c5c3_Var9 = s\n",
		"children for who has no place":  strings.ReplaceAll(call, "(ctx,", "(templ.WithChildren(ctx, templ_7745c5c3_Var1),"),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := directly(body); err == nil {
				t.Errorf("it passes, as\n%s", got)
			}
		})
	}
}
