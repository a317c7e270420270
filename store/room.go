package store

import (
	"errors"
	"fmt"
	"syscall"

	"modernc.org/sqlite"
)

// fullCode is SQLITE_FULL.
const fullCode = 13

// plain gives SQLite's word for a full disk the system's name, so that
// errors.Is(err, syscall.ENOSPC) holds and whoever tells the operator knows what helps.
func plain(err error) error {
	if e, ok := errors.AsType[*sqlite.Error](err); ok && e.Code()&0xff == fullCode {
		return fmt.Errorf("%w: %w", syscall.ENOSPC, err)
	}
	return err
}
