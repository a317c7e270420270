// Generate writes the Go of the templates, run by go generate in the module's
// root: templ does, and then one thing in it is made cheaper.
//
// templ passes the value of every expression through fmt.Sprint, whatever its
// type, and that was more than half of a loan page's allocations. Here the calls
// lead to joined in package templates instead, which leaves strings as they are.
// Nothing else changes, and what templ alone writes works as well.
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
	files, err := filepath.Glob("templates/*_templ.go")
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("no generated files in templates: run it in the module's root")
	}
	calls := 0
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		lean, n := rewrite(code)
		if calls += n; bytes.Equal(lean, code) {
			continue
		}
		if err := os.WriteFile(file, lean, 0o644); err != nil {
			return err
		}
	}
	if calls == 0 {
		return fmt.Errorf("templ's generated code has another form: nothing calls %s or %s", theirs, ours)
	}
	return nil
}

const (
	theirs = "= templ.JoinStringErrs("
	ours   = "= joined("
)

// rewrite leads the calls to us, and counts those that do so now.
func rewrite(code []byte) (lean []byte, calls int) {
	lean = bytes.ReplaceAll(code, []byte(theirs), []byte(ours))
	return lean, bytes.Count(lean, []byte(ours))
}
