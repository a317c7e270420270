package snapshot

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// shortHeader and shortRow make small tables.
const shortHeader = "LOAN_ID,LOAN_NAME,DESCRIPTION,LOAN_AMOUNT,STATUS,ORIGINAL_LANGUAGE\n"

func shortRow(id int) string {
	return fmt.Sprintf("%d,Rosa,\"Rosa sells \"\"ducks\"\",\nand geese.\",500,funded,English\n", id)
}

// TestNeighboursOfBrokenRows: marks and cells that are missing cost the row
// they are missing in, wherever it stands, and its lines are told.
func TestNeighboursOfBrokenRows(t *testing.T) {
	for name, test := range map[string]struct{ row, reason string }{
		"a cell too few":                {"5,Rosa,text,500,funded\n", "the record has 5 cells, but the header has 6 columns"},
		"a cell too many":               {"5,Rosa,text,500,funded,English,\n", "the record has more cells than the 6 columns of the header"},
		"one cell":                      {"5\n", "the record has 1 cell, but the header has 6 columns"},
		"cells too few over two lines":  {"5,\"Rosa\n\",text,500,funded\n", "the record has 5 cells, but the header has 6 columns; lines 4 to 5 are set aside"},
		"cells too many over two lines": {"5,Rosa,\"one,\ntwo\",500,funded,English,more\n", "the record has more cells than the 6 columns of the header; lines 4 to 5 are set aside"},
		"a closing mark is missing":     {"5,\"Rosa,text,500,funded,English\n", "the record has a quotation mark out of place in LOAN_NAME, or lacks one before"},
		"the last mark is missing":      {"5,Rosa,text,500,funded,\"English\n", "the record has a quotation mark out of place in ORIGINAL_LANGUAGE, or lacks one before"},
		"an opening mark is missing":    {"5,Rosa,one,\ntwo,\nthree\",500,funded,English\n", "the record has 4 cells, but the header has 6 columns; lines 4 to 6 are set aside"},
		"marks are not doubled":         {"5,Rosa,\"the \"best\" ducks,\nand geese\",500,funded,English\n", "the record has a quotation mark out of place in DESCRIPTION, or lacks one before; lines 4 to 5 are set aside"},
		"a space behind a mark":         {"5,\"Rosa\" ,text,500,funded,English\n", "the record has a quotation mark out of place in LOAN_NAME, or lacks one before"},
		"CR behind a mark":              {"5,\"Rosa\"\r,text,500,funded,English\n", "the record has a quotation mark out of place in LOAN_NAME, or lacks one before"},
		"a mark alone":                  {"5,Rosa,\",500,funded,English\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			for where, text := range map[string]string{
				"between":  shortHeader + shortRow(1) + test.row + shortRow(9) + shortRow(10),
				"at first": shortHeader + "\n\n" + test.row + shortRow(9) + shortRow(10),
			} {
				want := []int64{1, 9, 10}
				if where == "at first" {
					want = want[1:]
				}
				got := readText(t, text)
				if !slices.Equal(got.ids(), want) || got.err != nil || len(got.problems) != 1 {
					t.Fatalf("%s: the loans %d, problems %v, error %v", where, got.ids(), got.problems, got.err)
				}
				p := got.problems[0]
				if p.ID != "5" || p.Line != 4 || test.reason != "" && p.Reason != test.reason {
					t.Errorf("%s: set aside, id %s in line %d: %s", where, p.ID, p.Line, p.Reason)
				}
			}
		})
	}
}

// TestEachBrokenRowIsTold, when several follow one another.
func TestEachBrokenRowIsTold(t *testing.T) {
	got := readText(t, shortHeader+"5,a\n6,b\n7,\"c\" d,,,,\n"+shortRow(8)+"9,e,f,1,2,3,4\n10,g\n")
	var ids []string
	for _, p := range got.problems {
		ids = append(ids, p.ID)
	}
	if !slices.Equal(ids, []string{"5", "6", "7", "9", "10"}) || !slices.Equal(got.ids(), []int64{8}) || got.err != nil {
		t.Errorf("set aside %q, the loans %d, error %v", ids, got.ids(), got.err)
	}
	for i, r := range got.records {
		if r.Place.Record != i+1 {
			t.Errorf("record %d is told as %v", i+1, r.Place)
		}
	}
}

// TestTablesCutShort: a table that ends inside a row is never taken for a
// whole one.
func TestTablesCutShort(t *testing.T) {
	one := shortHeader + shortRow(1)
	begin := len(one)
	for name, test := range map[string]string{
		"in a quoted cell":       `2,Rosa,"Rosa sells`,
		"in its second line":     "2,Rosa,\"Rosa sells\nduc",
		"behind a doubled mark":  `2,Rosa,"Rosa sells ""`,
		"between cells":          `2,Rosa,text,`,
		"in a cell":              `2,Ros`,
		"behind a quoted cell":   `2,"Rosa"`,
		"behind a CR":            "2,\"Rosa\"\r",
		"in its first character": `"`,
	} {
		got := readText(t, one+test)
		want := fmt.Sprintf("data: the file ends at byte %d, inside record 2, which begins at byte %d: it was cut short", begin+len(test), begin)
		if !slices.Equal(got.ids(), []int64{1}) || len(got.problems) > 0 || got.err == nil || got.err.Error() != want {
			t.Errorf("%s: the loans %d, problems %v, error\n%v, want\n%s", name, got.ids(), got.problems, got.err, want)
		}
	}
	if got := readText(t, one+"2,Rosa,text,500,funded,English"); !slices.Equal(got.ids(), []int64{1, 2}) || got.err != nil {
		t.Errorf("a last line without its end: the loans %d, error %v", got.ids(), got.err)
	}
}

// TestOverlongRows: a row of more than MaxRecord bytes is set aside, whether
// it is one text or a mark is missing, and the next one is found.
func TestOverlongRows(t *testing.T) {
	for name, row := range map[string]string{
		"a long text":                     "5,Rosa,\"" + strings.Repeat("long text, ", (MaxRecord+1<<20)/11) + "\",500,funded,English\n",
		"a long text of many lines":       "5,Rosa,\"" + strings.Repeat("long text\n", (MaxRecord+1<<20)/10) + "\",500,funded,English\n",
		"a long cell without marks":       "5,Rosa," + strings.Repeat("long text ", (MaxRecord+1<<20)/10) + ",500,funded,English\n",
		"a mark that is closed far below": "5,\"Rosa,text,500,funded,English\n" + strings.Repeat("and more\n", (MaxRecord+1<<20)/9),
	} {
		t.Run(name, func(t *testing.T) {
			text := shortHeader + shortRow(1) + row + shortRow(9)
			got := readText(t, text)
			if !slices.Equal(got.ids(), []int64{1, 9}) || got.err != nil || len(got.problems) != 1 {
				t.Fatalf("the loans %d, problems %d, then %v", got.ids(), len(got.problems), got.err)
			}
			if p := got.problems[0]; p.ID != "5" || !strings.HasPrefix(p.Reason, "the record is longer than 16 MiB") {
				t.Errorf("set aside as %v", p)
			}
			last := got.records[2].Place
			if last.Offset != int64(len(text)-len(shortRow(9))) || last.Line != 1+strings.Count(text[:last.Offset], "\n") {
				t.Errorf("the next loan is said to stand at %v", last)
			}
		})
	}
}

// TestMemoryIsFlatForTables reads 60 MB of rows and looks at what is held.
func TestMemoryIsFlatForTables(t *testing.T) {
	const times = 40
	text := sampleTable(t, 1000)
	head, body, _ := strings.Cut(text, "\n")
	readers := []io.Reader{strings.NewReader(head + "\n")}
	for range times {
		readers = append(readers, strings.NewReader(body))
	}
	m := &member{name: "data", open: func() (io.ReadCloser, error) { return io.NopCloser(io.MultiReader(readers...)), nil }, kind: kind{shape: rows}}
	held := func() uint64 {
		runtime.GC()
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		return now.HeapAlloc
	}
	before, most, n := held(), uint64(0), 0
	err := m.read(newDecoder(), func(r Record, err error) bool {
		if n++; n%4000 == 0 {
			most = max(most, held())
		}
		return r.Loan != nil
	})
	if err != nil || n != times*1000 {
		t.Fatalf("%d loans, then %v", n, err)
	}
	if most > before+4<<20 {
		t.Errorf("%d KB held on the way, %d KB before", most>>10, before>>10)
	}
	runtime.KeepAlive(text)
}

// TestNoTableTakesSquareTime: lines made so that each, taken for a row, could
// run to the end of the file.
func TestNoTableTakesSquareTime(t *testing.T) {
	const size = 4 << 20
	for name, unit := range map[string]string{
		"marks that open and close": "a\",\"b\n", "open marks": "\"a\n", "doubled marks": "x,\"\"\"\n", "marks alone": "\"\n", "commas": ",,\n", "wide": ",,,,,,,,",
		"good rows between": shortRow(7) + "a\",\"b\n", "rows that lack a mark": "7,\"Rosa,text,500,funded,English\n", "short rows": "7\n",
		"ids and marks": "7,a\",\"b\n", "no marks": "7,\"Rosa,text\nline\nline\n",
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			path := writeFile(t, "data", []byte(shortHeader+strings.Repeat(unit, size/len(unit))))
			s, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			for range s.Records() {
			}
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if err := os.Remove(path); err != nil {
				t.Error(err)
			}
		})
	}
}
