package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"loanleaf/kiva"
	"loanleaf/store"
)

const indexName = "search.sqlite"

// searchesIn makes the store at path searchable and checks how many loans of
// the name it finds.
func searchesIn(t *testing.T, path, name string, loans int) {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.MakeSearchable(t.Context(), filepath.Join(filepath.Dir(path), indexName)); err != nil {
		t.Fatal(err)
	}
	found, err := s.Search(t.Context(), kiva.Query{Terms: []kiva.Term{{Words: []string{name}}}, Limit: 3})
	if found.Total != loans || err != nil {
		t.Errorf("%d loans found, %v, want %d", found.Total, err, loans)
	}
}

func TestAnIndexIsUsedAgainAndMadeAnewForAnotherStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	index := filepath.Join(filepath.Dir(path), indexName)
	write(t, path, "old", 10)
	searchesIn(t, path, "old", 10)
	first, err := os.Stat(index)
	if err != nil {
		t.Fatal(err)
	}
	searchesIn(t, path, "old", 10)
	if again, err := os.Stat(index); err != nil || !os.SameFile(first, again) {
		t.Errorf("the same store made its index twice, %v", err)
	}
	write(t, path, "new", 20)
	searchesIn(t, path, "new", 20)
	if got := files(t, path); got != "[loans.sqlite search.sqlite]" {
		t.Errorf("left: %s", got)
	}
}

func TestADamagedIndexIsMadeAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	index := filepath.Join(filepath.Dir(path), indexName)
	write(t, path, "old", 10)
	searchesIn(t, path, "old", 10)
	whole, err := os.ReadFile(index)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoilt := range map[string][]byte{
		"cut off":            whole[:len(whole)/2],
		"of another version": bytes.Join([][]byte{whole[:60], {0, 0, 0, 99}, whole[64:]}, nil),
	} {
		if err := os.WriteFile(index, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { searchesIn(t, path, "old", 10) })
	}
}

func TestAnIndexDoesNotReplaceWhatIsNotOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	write(t, path, "old", 10)
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Search(t.Context(), kiva.Query{Terms: []kiva.Term{{Words: []string{"old"}}}}); !errors.Is(err, store.ErrNotSearchable) {
		t.Errorf("a search without an index: %v", err)
	}
	if err := s.MakeSearchable(t.Context(), path); err == nil {
		t.Error("an index took the place of its store")
	}
	holds(t, path, "old", 10)
	// What a killed index left is cleared by the next, as with imports.
	left := filepath.Join(filepath.Dir(path), "."+indexName+".importing")
	if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	searchesIn(t, path, "old", 10)
	if got := files(t, path); got != "[loans.sqlite search.sqlite]" {
		t.Errorf("left: %s", got)
	}
}
