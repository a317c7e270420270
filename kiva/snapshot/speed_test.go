package snapshot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestNothingTakesSquareTime: texts made so that every character begins what
// never ends are read in time that grows with their length. Square time would
// take minutes for these.
func TestNothingTakesSquareTime(t *testing.T) {
	const size = 4 << 20
	for name, unit := range map[string]string{
		"comments": "<!--", "tags": "<b ", "closings": "</", "entities": "&#1", "names": "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "breaks": "<br>\n",
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			var c cleaner
			c.clean([]byte(strings.Repeat(unit, size/len(unit))), true)
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
	for name, unit := range map[string]string{
		"open braces": `{"id":`, "open brackets": "[", "quotation marks": `"`, "backslashes": `\`, "commas": ",", "keys": `{"id":1},{"id"`, "closed": `]}`,
		"unfinished records": `{"id":1,"name":"a},`,
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			for _, before := range []string{`{"loans":[`, "[", `{"id":1,"status":"paid"`, `{"loans":[{"id":1,"status":"`} {
				s, err := Open(writeFile(t, "data", []byte(before+strings.Repeat(unit, size/len(unit)/4))))
				if err != nil {
					continue
				}
				for range s.Records() {
				}
				s.Close()
			}
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
		})
	}
	t.Run("the languages of a story", func(t *testing.T) {
		var codes, texts []string
		for i := range 300_000 {
			codes, texts = append(codes, fmt.Sprintf(`"en-%d"`, i)), append(texts, fmt.Sprintf(`"en-%d":"She sells."`, i))
		}
		begin := time.Now()
		got := readText(t, loanWith("1", `"description":{"languages":[`+strings.Join(codes, ",")+`],"texts":{`+strings.Join(texts, ",")+`}}`))
		if took := time.Since(begin); took > 20*time.Second {
			t.Errorf("took %v", took)
		}
		if len(got.loans) != 1 || len(got.loans[0].Languages) != mostLanguages || len(got.loans[0].Story) != mostLanguages {
			t.Errorf("%d loans, problems %v, error %v", len(got.loans), got.problems, got.err)
		}
	})
	for name, record := range map[string]func(labels []string) string{
		"tags": func(l []string) string {
			return loanWith("1", `"tags":[{"name":"`+strings.Join(l, `"},{"name":"`)+`"}]`)
		},
		"themes": func(l []string) string { return loanWith("1", `"themes":["`+strings.Join(l, `","`)+`"]`) },
	} {
		t.Run("a loan's "+name, func(t *testing.T) {
			labels := make([]string, 300_000)
			for i := range labels {
				labels[i] = strconv.Itoa(i)
			}
			begin := time.Now()
			got := readText(t, record(slices.Concat(labels, labels)))
			if took := time.Since(begin); took > 20*time.Second {
				t.Errorf("took %v", took)
			}
			if len(got.loans) != 1 {
				t.Fatalf("%d loans, problems %v, error %v", len(got.loans), got.problems, got.err)
			}
			if l := got.loans[0]; !slices.Equal(slices.Concat(l.Tags, l.Themes), labels) {
				t.Errorf("%d tags and %d themes", len(l.Tags), len(l.Themes))
			}
		})
	}
}
