package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// checkPlaces refuses an output folder without a name, and one in a folder that is
// read: the next build would take the site for data, or for documents.
func checkPlaces(s *Settings) error {
	if s.Out == "" {
		return usage(errors.New("--out: is empty"), "name a folder for the site, such as dist")
	}
	for _, read := range append([]string{s.Content}, s.Data...) {
		if read == "" || read == ownContent || read == sampleData || !lies(s.Out, read) {
			continue
		}
		return usage(fmt.Errorf("--out: %s lies in %s, which is read: the next build would read this site", s.Out, read), "name a folder outside of it")
	}
	return nil
}

// checkReport refuses a report in the place of a file that is read: writing it would
// destroy what the site is made from. A report of an earlier build is written over,
// wherever it lies.
func checkReport(s *Settings, config, report string) error {
	was, err := os.Stat(report)
	if report == "" || report == toStandardOutput || err != nil || !was.Mode().IsRegular() || was.Size() == 0 || beginsLikeReport(report) {
		return nil
	}
	for _, read := range append([]string{s.Content, s.Images, s.Cards, s.Exclude, s.Private, config}, s.Data...) {
		is, err := os.Stat(read)
		if read == "" || err != nil {
			continue
		}
		if os.SameFile(is, was) || is.IsDir() && lies(report, read) {
			return usage(fmt.Errorf("--report: %s is read: a report would take its place", report), "name another file")
		}
	}
	return nil
}

// beginsLikeReport tells a report of an earlier build from other files.
func beginsLikeReport(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	const first = `{"file":`
	begin := make([]byte, len(first))
	n, _ := io.ReadFull(file, begin)
	return string(begin[:n]) == first
}

// lies tells whether a path is a folder or lies in it, links followed.
func lies(path, folder string) bool {
	path, folder = settled(path), settled(folder)
	return path == folder || strings.HasPrefix(path, strings.TrimSuffix(folder, "/")+"/")
}

// settled is a path without links, as far as it exists.
func settled(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	rest := ""
	for {
		if found, err := filepath.EvalSymlinks(path); err == nil {
			return filepath.Join(found, rest)
		}
		parent := filepath.Dir(path)
		if parent == path {
			return filepath.Join(path, rest)
		}
		path, rest = parent, filepath.Join(filepath.Base(path), rest)
	}
}
