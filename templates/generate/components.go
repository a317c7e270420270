package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// ofTempl begins the name of every variable that templ's code has besides the
// template's own.
const ofTempl = "templ_7745c5c3_"

// out is what the page that is written to is called in methods.
const out = "out"

// components is what is known of package templates.
type components struct {
	called   map[string]bool // by hand-written code
	methods  map[string]bool // of components, by hand
	found    map[string]bool // components that templ wrote
	children map[string]bool // those of them with children
}

func newPackage() *components {
	return &components{called: map[string]bool{}, methods: map[string]bool{}, found: map[string]bool{}, children: map[string]bool{}}
}

// learn reads a file that was written by hand.
func (p *components) learn(name string) error {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if called, ok := n.Fun.(*ast.Ident); ok {
				p.called[called.Name] = true
			}
		case *ast.FuncDecl:
			if n.Recv == nil {
				return true
			}
			if star, ok := n.Recv.List[0].Type.(*ast.StarExpr); ok && fmt.Sprint(star.X) == "markupWriter" {
				p.methods[n.Name.Name] = true
			}
		}
		return true
	})
	return nil
}

// find notes the components of a file that templ wrote.
func (p *components) find(name string, source []byte) error {
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, f := range file.Decls {
		f, ok := f.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if p.methods[f.Name.Name] {
			return fmt.Errorf("%s: component %s is a method of markupWriter too", name, f.Name.Name)
		}
		p.found[f.Name.Name] = true
		body, err := bodyOf(f)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if own := childrenOf(body); own != "" {
			ast.Inspect(body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if ok && receiver(call, "Render") == own {
					p.children[f.Name.Name] = true
				}
				return true
			})
		}
	}
	return nil
}

// bodyOf is what stands inside of a component's one statement:
//
//	return templruntime.GeneratedTemplate(func(…) (…) { … })
func bodyOf(f *ast.FuncDecl) (*ast.BlockStmt, error) {
	if len(f.Body.List) == 1 {
		if result, ok := f.Body.List[0].(*ast.ReturnStmt); ok && len(result.Results) == 1 {
			if body := template(result.Results[0]); body != nil {
				return body, nil
			}
		}
	}
	return nil, fmt.Errorf("function %s has another form than templ's components", f.Name.Name)
}

// template is the body of the function that GeneratedTemplate is called with.
func template(e ast.Expr) *ast.BlockStmt {
	call, ok := e.(*ast.CallExpr)
	if !ok || path(call.Fun) != "templruntime.GeneratedTemplate" || len(call.Args) != 1 {
		return nil
	}
	if literal, ok := call.Args[0].(*ast.FuncLit); ok {
		return literal.Body
	}
	return nil
}

// childrenOf is the variable that a component's children are in.
func childrenOf(body *ast.BlockStmt) string {
	for _, s := range body.List {
		if s, ok := s.(*ast.AssignStmt); ok && len(s.Rhs) == 1 {
			if call, ok := s.Rhs[0].(*ast.CallExpr); ok && path(call.Fun) == "templ.GetChildren" {
				return path(s.Lhs[0])
			}
		}
	}
	return ""
}

// path writes names with dots between them; empty for everything else.
func path(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if x := path(e.X); x != "" {
			return x + "." + e.Sel.Name
		}
	}
	return ""
}

// receiver is the name before .method of a call; empty where there is none.
func receiver(call *ast.CallExpr, method string) string {
	name, ok := strings.CutSuffix(path(call.Fun), "."+method)
	if !ok {
		return ""
	}
	return name
}

// kept tells whether a component keeps its function beside the method.
func (p *components) kept(name string) bool { return ast.IsExported(name) || p.called[name] }

// isTempls tells whether one of templ's own variables is in a statement.
func isTempls(s ast.Node) bool {
	found := false
	ast.Inspect(s, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok && strings.HasPrefix(ident.Name, ofTempl) {
			found = true
		}
		return !found
	})
	return found
}

// imports are those of a file but templ's, as they are written.
func imports(file *ast.File, text func(ast.Node) string) []string {
	var lines []string
	for _, i := range file.Imports {
		if line := text(i); !strings.HasSuffix(line, `"github.com/a-h/templ"`) && !strings.HasSuffix(line, `"github.com/a-h/templ/runtime"`) {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return lines
}
