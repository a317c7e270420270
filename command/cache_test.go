package command

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loanleaf/store"
)

// TestOldStoresAreForgotten fills a cache directory with stores of other
// sources, one of them killed on its way and one at work, and with things that
// are none of ours.
func TestOldStoresAreForgotten(t *testing.T) {
	cache := t.TempDir()
	name := func(i int) string { return fmt.Sprintf("%032x-%016x", i, i) }
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	put := func(folder, file string, used time.Time) {
		path := filepath.Join(cache, folder, file)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, used, used); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 6 {
		put(name(i), summaryFile, now.Add(time.Duration(i)*time.Hour))
		put(name(i), reportFile, now)
	}
	put(name(6), "."+storeFile+".importing", now) // killed
	working, err := store.Create(filepath.Join(cache, name(7), storeFile))
	if err != nil {
		t.Fatal(err)
	}
	defer working.Abort()
	put("somebody-else", summaryFile, now.Add(-time.Hour))
	put(name(9), summaryFile, now.Add(-time.Hour)) // our own

	storeFolder{path: filepath.Join(cache, name(9)), shared: true}.forgetOthers()

	entries, err := os.ReadDir(cache)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, entry := range entries {
		left = append(left, entry.Name())
	}
	want := []string{name(3), name(4), name(5), name(7), name(9), "somebody-else"}
	if !slices.Equal(left, want) {
		t.Errorf("left are\n%s\nwant\n%s", strings.Join(left, "\n"), strings.Join(want, "\n"))
	}
}

func TestStoresThatTheOperatorNamesAreNeverForgotten(t *testing.T) {
	parent := t.TempDir()
	for i := range 6 {
		if err := os.MkdirAll(filepath.Join(parent, fmt.Sprintf("%032x-%016x", i, i)), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	storeFolder{path: filepath.Join(parent, "mine")}.forgetOthers()
	if entries, err := os.ReadDir(parent); err != nil || len(entries) != 6 {
		t.Errorf("%d folders are left of 6: %v", len(entries), err)
	}
}

func TestTheKeyOfAnImportNamesWhatDecidesIt(t *testing.T) {
	made := func(now string, ids ...int64) string {
		i := &importing{excluded: map[int64]bool{}}
		if now != "" {
			i.meta.DataDate, _ = time.Parse(time.DateOnly, now)
		}
		for _, id := range ids {
			i.excluded[id] = true
		}
		return i.how()
	}
	for _, test := range []struct {
		name string
		a, b string
		same bool
	}{
		{"the same ids in another order", made("", 1, 2, 3), made("", 3, 1, 2), true},
		{"an id more", made("", 1, 2), made("", 1, 2, 3), false},
		{"other digits of the same ids in a row", made("", 12, 3), made("", 1, 23), false},
		{"another day", made("2026-11-22"), made("2026-11-23"), false},
		{"no day", made("2026-11-22"), made(""), false},
	} {
		if (test.a == test.b) != test.same {
			t.Errorf("%s: same key is %t, want %t", test.name, test.a == test.b, test.same)
		}
		if !keyName.MatchString(strings.Repeat("0", 32) + "-" + test.a) {
			t.Errorf("%s would never be forgotten", test.a)
		}
	}
}
