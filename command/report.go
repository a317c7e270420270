package command

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"loanleaf/kiva/snapshot"
)

// report is what an import had to say of single records: a file of JSON lines
// beside the store, so that a build that finds the store ready says the same.
type report struct {
	file     *os.File
	buffer   *bufio.Writer
	SetAside int      // records
	First    []string // the first few, for people
}

// mostShown is how many set-aside records are named on the screen.
const mostShown = 5

func createReport(path string) (*report, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	return &report{file: file, buffer: bufio.NewWriter(file)}, nil
}

// add writes a line. A record that only took the place of an earlier one is
// told, and is not set aside.
func (r *report) add(problem snapshot.Problem, setAside bool) error {
	line, err := json.Marshal(problem)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if setAside {
		r.SetAside++
		if len(r.First) < mostShown {
			r.First = append(r.First, problem.String())
		}
	}
	r.buffer.Write(line)
	return r.buffer.WriteByte('\n')
}

func (r *report) close() error {
	return errors.Join(r.buffer.Flush(), r.file.Close())
}

// summary is what is kept of an import for the next run.
type summary struct {
	Key      string // of the store it belongs to
	SetAside int
	Excluded int // loans held back by the operator's files
	First    []string
	Notes    []string // files that were passed over
}

// copyReport puts the report where the operator wants it: a file, or "-" for
// standard output.
func (p *Program) copyReport(from, to string) error {
	if to == "" {
		return nil
	}
	source, err := os.Open(from)
	if errors.Is(err, os.ErrNotExist) {
		source, err = os.Open(os.DevNull)
	}
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	defer source.Close()
	if to == "-" {
		_, err = io.Copy(p.Out, source)
		return err
	}
	target, err := os.Create(to)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	_, err = io.Copy(target, source)
	if err := errors.Join(err, target.Close()); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}
