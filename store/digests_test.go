package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loanleaf/store"
)

// TestALongFileIsReadOnceUntilSomebodyTouchesIt tells by a digest that is wrong on
// purpose whether the file was read.
func TestALongFileIsReadOnceUntilSomebodyTouchesIt(t *testing.T) {
	long := bytes.Repeat([]byte("0123456789abcdef"), 1<<17) // 2 MiB
	folder := tree(t, map[string]string{"loans.json": string(long), "partners.json": "short"})
	loans, kept := filepath.Join(folder, "loans.json"), filepath.Join(t.TempDir(), "below", "digests")
	later := time.Now().Add(time.Hour)
	keyed := func(now time.Time) string {
		t.Helper()
		known := store.OpenDigests(kept, now)
		k, err := store.Key(t.Context(), []string{folder}, known)
		if err != nil {
			t.Fatal(err)
		}
		if err := known.Save(); err != nil {
			t.Fatal(err)
		}
		return k
	}
	whole := key(t, folder)

	if keyed(time.Now().Add(-time.Hour)) != whole {
		t.Error("the key depends on what is remembered")
	}
	if _, err := os.Stat(kept); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that changed a moment ago is remembered: %v", err)
	}
	if first, second := keyed(later), keyed(later); first != whole || second != whole {
		t.Error("the key depends on what is remembered")
	}
	body, err := os.ReadFile(kept)
	if err != nil || bytes.Count(body, []byte("\n")) != 1 {
		t.Fatalf("remembered is %s, %v, want the long file alone", body, err)
	}

	digest := string(body[bytes.LastIndexByte(body, ':')+2:][:64])
	other := strings.Replace(string(body), digest, strings.Repeat("0", 64), 1)
	if err := os.WriteFile(kept, []byte(other), 0o600); err != nil {
		t.Fatal(err)
	}
	if keyed(later) == whole {
		t.Error("a file that nobody touched was read again")
	}
	info, err := os.Stat(loans)
	if err != nil {
		t.Fatal(err)
	}
	long[len(long)/2] = '!'
	if err := errors.Join(os.WriteFile(loans, long, 0o600), os.Chtimes(loans, info.ModTime(), info.ModTime())); err != nil {
		t.Fatal(err)
	}
	if got := keyed(later); got == whole || got != key(t, folder) {
		t.Error("a change in the middle is not seen once its time of modification is set back")
	}

	if err := os.WriteFile(kept, []byte("{\"SHA256\": \"no digest\"}\nno JSON"), 0o600); err != nil {
		t.Fatal(err)
	}
	if keyed(later) != key(t, folder) {
		t.Error("a damaged memory changes the key")
	}
}

func TestReadingALongFileEndsWithItsContext(t *testing.T) {
	folder := tree(t, map[string]string{"loans.json": strings.Repeat("0", 1<<20)})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Key(ctx, []string{folder}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
