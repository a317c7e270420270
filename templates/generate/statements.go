package main

import (
	"fmt"
	"go/ast"
	"strings"
)

// templs writes what the first statements of a list mean if they are templ's own, and
// tells how many they are; 0 when the first one is the template's.
func (w *writing) templs(list []ast.Stmt) (n int, err error) {
	switch s := list[0].(type) {
	case *ast.DeclStmt:
		return w.declared(s)
	case *ast.IfStmt:
		// After an error, and around what a component begins and ends with.
		if isTempls(s.Cond) || s.Init != nil && isTempls(s.Init) {
			return 1, nil
		}
	case *ast.ReturnStmt:
		if len(s.Results) == 1 && path(s.Results[0]) == "nil" {
			return 1, nil
		}
	case *ast.AssignStmt:
		if path(s.Lhs[0]) == "ctx" || isTempls(s.Lhs[0]) {
			return w.assigned(s, list)
		}
		if len(s.Lhs) > 1 && path(s.Lhs[0]) == "_" && isTempls(s.Lhs[1]) {
			return 0, fmt.Errorf("written without a value before it: %s", w.text(s))
		}
	}
	return 0, nil
}

// declared drops templ's variables, and keeps lists of classes.
func (w *writing) declared(s *ast.DeclStmt) (int, error) {
	if !isTempls(s) {
		return 0, nil
	}
	spec, ok := s.Decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec)
	if !ok || len(spec.Names) != 1 {
		return 0, fmt.Errorf("declared in another form: %s", w.text(s))
	}
	if len(spec.Values) == 0 {
		return 1, nil
	}
	names, ok := spec.Values[0].(*ast.CompositeLit)
	if !ok {
		return 0, fmt.Errorf("declared in another form: %s", w.text(s))
	}
	var parts []string
	for _, name := range names.Elts {
		parts = append(parts, w.text(name))
	}
	w.classes[spec.Names[0].Name] = strings.Join(parts, ", ")
	return 1, nil
}

// assigned writes what an assignment to a variable of templ's does.
func (w *writing) assigned(s *ast.AssignStmt, list []ast.Stmt) (int, error) {
	if body := template(s.Rhs[0]); body != nil { // children of another component
		w.line("%s := func() {", path(s.Lhs[0]))
		own := w.own
		if err := w.block(body.List); err != nil {
			return 0, err
		}
		w.own = own
		w.line("}")
		return 1, nil
	}
	call, ok := s.Rhs[0].(*ast.CallExpr)
	if !ok {
		return 1, w.known(s, path(s.Rhs[0]), ofTempl+"Input.Writer")
	}
	switch called := path(call.Fun); called {
	case "templ.GetChildren", "templ.ClearChildren", "templ.InitializeContext", "templruntime.GetBuffer", "templ.RenderCSSItems":
		return 1, nil // the last writes the styles of classes that are components: there are none
	case "templruntime.WriteString":
		w.line("%s.markup(%s)", out, w.text(call.Args[2]))
		return 1, nil
	case "templ.RenderAttributes":
		w.line("%s.attributes(%s)", out, w.text(call.Args[2]))
		return 1, nil
	case "templ.JoinStringErrs", "templ.JoinURLErrs":
		return w.value(called, call, list)
	}
	if selector, ok := call.Fun.(*ast.SelectorExpr); ok && selector.Sel.Name == "Render" {
		return 1, w.rendered(selector.X, call)
	}
	return 0, fmt.Errorf("assigned in another form: %s", w.text(s))
}

// known refuses an assignment that is not the one meant.
func (w *writing) known(s ast.Stmt, got, want string) error {
	if got != want {
		return fmt.Errorf("assigned in another form: %s", w.text(s))
	}
	return nil
}

// value writes an expression, which templ takes three statements for: its value, an
// error, and its text being written.
func (w *writing) value(called string, call *ast.CallExpr, list []ast.Stmt) (int, error) {
	const written = `_, templ_7745c5c3_Err = templ_7745c5c3_Buffer.WriteString(templ.EscapeString(`
	if len(list) < 3 || !strings.HasPrefix(w.text(list[2]), written) || len(call.Args) != 1 {
		return 0, fmt.Errorf("a value in another form: %s", w.text(list[0]))
	}
	value := w.text(call.Args[0])
	if variable, ok := strings.CutPrefix(value, "templ.CSSClasses("); ok {
		variable, _, _ = strings.Cut(variable, ")")
		names, ok := w.classes[variable]
		if !ok {
			return 0, fmt.Errorf("classes that were not declared: %s", value)
		}
		w.line("%s.classes(%s)", out, names)
		return 3, nil
	}
	write := "writeValue"
	if called == "templ.JoinURLErrs" {
		write = "writeAddress"
	}
	w.line("%s(%s, %s)", write, out, value)
	return 3, nil
}

// rendered writes a component within another one.
func (w *writing) rendered(component ast.Expr, render *ast.CallExpr) error {
	if path(component) == w.own {
		w.line("children()")
		return nil
	}
	children := ""
	if given, ok := render.Args[0].(*ast.CallExpr); ok && path(given.Fun) == "templ.WithChildren" {
		children = w.text(given.Args[1])
	}
	call, ok := component.(*ast.CallExpr)
	if ok {
		name := path(call.Fun)
		if w.found[name] || w.methods[name] {
			var arguments []string
			for _, a := range call.Args {
				arguments = append(arguments, w.text(a))
			}
			switch {
			case children != "" && !w.children[name]:
				return fmt.Errorf("%s has no place for children", name)
			case children == "" && w.children[name]:
				children = "func() {}"
			}
			if children != "" {
				arguments = append(arguments, children)
			}
			w.line("%s.%s(%s)", out, name, strings.Join(arguments, ", "))
			return nil
		}
	}
	if children != "" {
		return fmt.Errorf("%s is given children, and nobody knows it", w.text(component))
	}
	w.line("%s.component(%s)", out, w.text(component))
	return nil
}
