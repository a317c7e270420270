// Generate writes the Go of the templates, run by go generate in the module's
// root: templ does, and then its code is made direct.
//
// templ makes every component a value that is rendered later: a closure with its
// arguments on the heap, a context with its children in it, a writer behind an
// interface that is asked for its kind, and an error after every tag. A loan's page
// is some forty components, and that was most of what it cost. Here a component
// becomes a method that appends to the page, called where it stands:
//
//	func chip(s view.State) templ.Component { … }       // what templ writes
//	func (out *markupWriter) chip(s view.State) { … }   // what becomes of it
//
// What is written is the same, tag for tag; escaping is that of
// package templates, which a test holds against templ's. A component that hand-written code names
// keeps its function beside the method. Hand-written components can be methods
// too: one is called where there is one, and the function of its name where there
// is none. Code in a form that is not known here fails the generation.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run() error {
	templ := exec.Command("go", "tool", "templ", "generate")
	templ.Stdout, templ.Stderr = os.Stdout, os.Stderr
	if err := templ.Run(); err != nil {
		return fmt.Errorf("go tool templ generate: %w", err)
	}
	files, err := filepath.Glob("templates/*.go")
	if err != nil {
		return err
	}
	p := newPackage()
	var generated []string
	for _, file := range files {
		if strings.HasSuffix(file, "_templ.go") {
			generated = append(generated, file)
			continue
		}
		if err := p.learn(file); err != nil {
			return err
		}
	}
	if len(generated) == 0 {
		return fmt.Errorf("no generated files in templates: run it in the module's root")
	}
	sources := map[string][]byte{}
	for _, file := range generated {
		if sources[file], err = os.ReadFile(file); err != nil {
			return err
		}
		if err := p.find(file, sources[file]); err != nil {
			return err
		}
	}
	for _, file := range generated {
		direct, err := p.direct(file, sources[file])
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if err := os.WriteFile(file, direct, 0o644); err != nil {
			return err
		}
	}
	return nil
}
