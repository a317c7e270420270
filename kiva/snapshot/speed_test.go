package snapshot

import (
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
}
