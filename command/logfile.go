package command

import (
	"fmt"
	"os"
	"sync"
)

// logFile is a file that lines are added to. It can be opened again under its
// name, for programs that move full logs away.
type logFile struct {
	name string
	mu   sync.Mutex
	file *os.File
}

// logMode lets the owner write and their group read: a log is nobody else's
// business.
const logMode = 0o640

func openLog(name string) (*logFile, error) {
	l := &logFile{name: name}
	return l, l.reopen()
}

// reopen goes on in the file that has the name now. When that cannot be opened,
// it goes on in the one before.
func (l *logFile) reopen() error {
	file, err := os.OpenFile(l.name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, logMode)
	if err != nil {
		return fmt.Errorf("open a log: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	old := l.file
	l.file = file
	if old != nil {
		return old.Close()
	}
	return nil
}

func (l *logFile) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file.Write(p)
}

func (l *logFile) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.file.Close()
}
