package command

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// readIDs reads files of loan ids, one on a line; text after # is a comment.
// Empty paths are passed over.
func readIDs(paths ...string) (map[int64]bool, error) {
	ids := map[int64]bool{}
	for _, path := range paths {
		if path == "" {
			continue
		}
		if err := readIDFile(path, ids); err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// readIDFile refuses a line that is not an id: a loan that somebody meant to
// hold back must not appear because of a slip.
func readIDFile(path string, ids map[int64]bool) error {
	file, err := os.Open(path)
	if err != nil {
		return withHint(fmt.Errorf("file of loan ids: %w", err), "check the path in exclude or private; an empty file holds nothing back")
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		text, _, _ := strings.Cut(strings.TrimPrefix(lines.Text(), "\ufeff"), "#")
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id <= 0 {
			return withHint(fmt.Errorf("%s:%d: %q is not the id of a loan", path, n, text), "write one number on a line; text after # is a comment")
		}
		ids[id] = true
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("file of loan ids: %s: %w", path, err)
	}
	return nil
}
