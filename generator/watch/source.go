package watch

import (
	"errors"

	"github.com/fsnotify/fsnotify"
)

// source is where reports come from: the system, or what a test plays.
type source interface {
	Add(dir string) error
	Remove(dir string) error
	Events() <-chan fsnotify.Event
	Errors() <-chan error
	Close() error
}

// system is the operating system's own reports.
type system struct{ *fsnotify.Watcher }

func openSystem() (source, error) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return system{watcher}, nil
}

func (s system) Events() <-chan fsnotify.Event { return s.Watcher.Events }

func (s system) Errors() <-chan error { return s.Watcher.Errors }

// errEnded says that a source gives no more reports.
var errEnded = errors.New("the system has stopped reporting")
