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

// finish writes what is buffered and gives the length of the whole in bytes.
func (r *report) finish() (int64, error) {
	if err := r.buffer.Flush(); err != nil {
		return 0, fmt.Errorf("report: %w", err)
	}
	info, err := r.file.Stat()
	if err != nil {
		return 0, fmt.Errorf("report: %w", err)
	}
	return info.Size(), nil
}

// summary is what is kept of an import for the next run.
type summary struct {
	Key        string // of the store it belongs to
	Report     int64  // bytes of the report that belongs to it
	SetAside   int
	First      []string
	Excluded   int // records held back by the operator's files
	PassedOver struct {
		Count int // files
		First []string
	}
}

// toStandardOutput is the value of --report that means it.
const toStandardOutput = "-"

// target is where the operator wants the report.
type target struct {
	io.Writer
	file *os.File // nil: not ours to close
}

// openReport is called before any data is read, so that a slip in the path
// costs no import. An empty path takes nothing in.
func (p *Program) openReport(path string) (target, error) {
	switch path {
	case "":
		return target{Writer: io.Discard}, nil
	case toStandardOutput:
		return target{Writer: p.Out}, nil
	}
	file, err := os.Create(path)
	if err != nil {
		return target{}, withHint(fmt.Errorf("report: %w", err), "name a file that can be written with --report, or - for standard output")
	}
	return target{file, file}, nil
}

// words is where a build says what it came to: standard error, where the report has
// standard output for itself.
func (p *Program) words(b *building) io.Writer {
	if b.report == toStandardOutput {
		return p.Err
	}
	return p.Out
}

// whereReported says where all that was set aside can be read.
func whereReported(report string) string {
	switch report {
	case "":
		return "loanleaf build --report FILE"
	case toStandardOutput:
		return "on standard output"
	}
	return report
}

func (t target) close() error {
	if t.file == nil {
		return nil
	}
	if err := t.file.Close(); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// copyReport writes the report of the import, whichever run made it.
func (d *data) copyReport(to target) error {
	if _, err := io.Copy(to, io.NewSectionReader(d.report, 0, d.Report)); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// publish puts a file in place of path, so that whoever reads path finds the
// old content or the new.
func publish(path string, body []byte) error {
	next := path + ".new"
	if err := errors.Join(os.WriteFile(next, body, 0o600), os.Rename(next, path)); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	return nil
}
