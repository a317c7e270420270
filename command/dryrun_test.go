package command

import (
	"errors"
	"strings"
	"testing"

	"loanleaf/generator"
)

func TestASiteOfVeryManyFilesIsAskedAbout(t *testing.T) {
	if err := tooMany(generator.Projection{Files: manyFiles}, manyFiles); err != nil {
		t.Errorf("a million files: %v", err)
	}
	err := tooMany(generator.Projection{Files: manyFiles + 1, Bytes: 9_400_000_000}, manyFiles)
	var h *hinted
	if !errors.As(err, &h) || h.code != exitUsage || !strings.Contains(h.hint, "--yes") || err.Error() != "the site would hold 1,000,001 files and 9.4 GB" {
		t.Errorf("%v %+v", err, h)
	}
}

func TestBytesAsPeopleSayThem(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 999: "999 bytes", 1000: "1.0 kB", 2_460_000: "2.5 MB", 9_400_000_000: "9.4 GB"} {
		if got := bytesOf(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
