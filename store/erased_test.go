package store_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"loanleaf/kiva"
	"loanleaf/store"
)

// TestNothingStaysOfARecordThatAnotherReplaced imports loans and partners in any order,
// each replaced, anonymised or hidden later on, and looks for the earlier ones in the
// bytes of the file: SQLite forgets where a row was, and leaves the row.
func TestNothingStaysOfARecordThatAnotherReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	im, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer im.Abort()
	const loans = 1500
	random := rand.New(rand.NewPCG(20261122, 7))
	for round, mark := range []string{"quillearlier", "quilllater"} {
		for _, n := range random.Perm(loans) {
			l := testLoan(n+1, fmt.Sprint(mark, n))
			if round == 1 {
				l.Story = l.Story[:len(l.Story)/2] // shorter than it was
			}
			switch {
			case round == 1 && n%7 == 0:
				l.Status = kiva.Hidden
			case round == 1 && n%7 == 1:
				l.Name = "Anonymous"
				l.Redact()
			}
			if _, err := im.AddLoan(t.Context(), l); err != nil {
				t.Fatal(err)
			}
			if _, err := im.AddPartner(t.Context(), &kiva.Partner{ID: int64(n + 1), Name: fmt.Sprint(mark, "partner", n)}); err != nil {
				t.Fatal(err)
			}
		}
	}
	counts, err := im.Commit(t.Context(), store.Meta{})
	if err != nil || counts.Withheld == 0 || counts.Loans+counts.Withheld != loans {
		t.Fatalf("%+v, %v", counts, err)
	}
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	read := 0
	for l, err := range s.Loans(t.Context(), 0, 0) {
		if want := fmt.Sprint("quilllater", l.ID-1); err != nil || l.Name != want && !(l.Name == "" || l.Name == "Anonymous") {
			t.Fatalf("loan %d is called %q, want %q: %v", l.ID, l.Name, want, err)
		}
		read++
	}
	if read != counts.Loans {
		t.Errorf("%d loans are read, want %d", read, counts.Loans)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(file, []byte("quilllater")); n < loans {
		t.Fatalf("the later records are in the file %d times: this test looks for the wrong bytes", n)
	}
	if n := bytes.Count(file, []byte("quillearlier")); n > 0 {
		t.Errorf("%d earlier records are left in the file", n)
	}
}
