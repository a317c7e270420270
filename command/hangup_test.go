package command

import (
	"os"
	"syscall"
	"testing"
	"time"
)

func TestHangupsCatchesTheSignal(t *testing.T) {
	caught := hangups()
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	select {
	case <-caught:
	case <-time.After(10 * time.Second):
		t.Error("the signal did not arrive")
	}
}
