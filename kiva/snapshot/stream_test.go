package snapshot

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

// TestMemoryIsFlat reads 56 MB of loans and looks at what is held on the way.
func TestMemoryIsFlat(t *testing.T) {
	const loans = 14_000
	path := filepath.Join(t.TempDir(), "loans.json")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, `{"loans":[`+sampleDetail(1)); err != nil {
		t.Fatal(err)
	}
	for i := 2; i <= loans; i++ {
		if _, err := io.WriteString(f, ",\n"+sampleDetail(i)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := io.WriteString(f, "]}"); err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil || info.Size() < 50<<20 {
		t.Fatalf("%d bytes, %v", info.Size(), err)
	}
	f.Close()
	held := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	before, most, n := held(), uint64(0), 0
	for r, err := range s.Records() {
		if err != nil || r.Loan == nil || r.Loan.ID != int64(n+1) {
			t.Fatalf("record %d: %+v, %v", n+1, r, err)
		}
		if n++; n%2000 == 0 {
			most = max(most, held())
		}
	}
	if n != loans {
		t.Errorf("%d loans, want %d", n, loans)
	}
	if most > before+4<<20 {
		t.Errorf("%d KB held on the way, %d KB before", most>>10, before>>10)
	}
}

// readFrom reads a stream as a member of the given shape.
func readFrom(r io.Reader, of shape) (records []Record, err error) {
	m := &member{name: "data", open: func() (io.ReadCloser, error) { return io.NopCloser(r), nil }, kind: kind{shape: of}}
	err = m.read(newDecoder(), func(r Record, err error) bool {
		records = append(records, r)
		return true
	})
	return records, err
}

// TestHowBytesArriveChangesNothing: one at a time, in halves, or all at once.
func TestHowBytesArriveChangesNothing(t *testing.T) {
	body := `{"header":{"date":"2015-05-18T07:00:00Z"},"loans":[` + sampleDetail(1) + "," + loanWith("2", "x") + ",\r\n 12 ," + sampleDetail(3) +
		`,{"id":4,"name":"\"\\\\\"\\","tags":[1,"loan_amount":5},` + loanWith("5") + `],"paging":{"a":[1,{"b":"}"}]}} `
	for of, text := range map[shape]string{
		bodies: body, array: "[" + loanWith("1") + `,{"id":2,"name":"a},` + loanWith("3") + "]",
		lines: loanWith("1") + "\r\n\r\n" + loanWith("2", "x") + "\n" + sampleDetail(3), objects: loanWith("1") + "\n" + loanWith("2"),
		rows: "\ufeffLOAN_ID,LOAN_NAME,LOAN_AMOUNT,STATUS\r\n5,\"Rosa \"\"la\r\nbella\"\"\",500,funded\r\n6,\"x\"y,5,paid\r\n\r\n7,\"Ana\r\n8,\"Luz\",5,paid\r\n9,a\"b,5,\"funded\"\r\n10,\"\",5,\"paid\"",
	} {
		want, err := readFrom(strings.NewReader(text), of)
		if err != nil || len(want) < 2 {
			t.Fatalf("shape %d: %d records, %v", of, len(want), err)
		}
		for name, reader := range map[string]io.Reader{
			"a byte at a time":       iotest.OneByteReader(strings.NewReader(text)),
			"in halves":              iotest.HalfReader(strings.NewReader(text)),
			"with its end":           iotest.DataErrReader(strings.NewReader(text)),
			"with pauses in between": &pausing{r: strings.NewReader(text)},
		} {
			got, err := readFrom(reader, of)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("shape %d %s: %v\n%+v\nwant\n%+v", of, name, err, got, want)
			}
		}
	}
}

// pausing reads nothing every other time, as readers may.
type pausing struct {
	r    io.Reader
	even bool
}

func (p *pausing) Read(b []byte) (int, error) {
	if p.even = !p.even; p.even {
		return 0, nil
	}
	return p.r.Read(b[:min(len(b), 7)])
}

func TestReadersThatFail(t *testing.T) {
	failure := errors.New("the disk is gone")
	records, err := readFrom(io.MultiReader(strings.NewReader("["+loanWith("1")+","+loanWith("2")[:9]), iotest.ErrReader(failure)), bodies)
	if len(records) != 1 || !errors.Is(err, failure) {
		t.Errorf("%d records, then %v", len(records), err)
	}
	if _, err := readFrom(stuck{}, lines); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a reader that never reads: %v", err)
	}
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

// TestStoppingAndStartingAgain: a caller may stop, and read from the start again.
func TestStoppingAndStartingAgain(t *testing.T) {
	s, err := Open(writeFile(t, "loans.json", []byte(many(5))))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 3 {
		n := int64(0)
		for r, err := range s.Records() {
			if n++; err != nil || r.Loan.ID != n {
				t.Fatalf("record %d: %+v, %v", n, r, err)
			}
			if n == 3 {
				break
			}
		}
	}
}
