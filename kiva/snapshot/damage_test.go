package snapshot

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is in a folder beside the data may be anything; a file that bears the name
// of data and is something else ends the reading, since whoever goes on would
// publish a site without its loans.
func TestAFileNamedAsDataThatIsNoneIsDamage(t *testing.T) {
	good := namedFile{"partners.json", `{"partners":[{"id":1,"name":"One"}]}`}
	for name, test := range map[string]struct {
		beside namedFile
		want   string // "": it is passed over
	}{
		"loans that are garbage":      {namedFile{"loans.json", "garbage{{{"}, "loans.json is text, but neither JSON nor anything else"},
		"loans that are empty":        {namedFile{"loans_1.jsonl", ""}, "loans_1.jsonl is empty"},
		"a table without its columns": {namedFile{"Loans.csv", "a,b\n1,2\n"}, "Loans.csv looks like a CSV table"},
		"garbage of another name":     {namedFile{"notes.json", "garbage{{{"}, ""},
		"lenders under loans' name":   {namedFile{"loans.csv", "PERMANENT_NAME,DISPLAY_NAME\n"}, ""},
	} {
		folder := filepath.Dir(writeFile(t, good.name, []byte(good.content)))
		if err := os.WriteFile(filepath.Join(folder, test.beside.name), []byte(test.beside.content), 0o600); err != nil {
			t.Fatal(err)
		}
		for form, path := range map[string]string{
			"a folder": folder, "a zip": writeFile(t, "ds.zip", zipped(t, zip.Deflate, good, test.beside)),
		} {
			got := readPath(t, path)
			if (got.err == nil) != (test.want == "") || got.err != nil && !strings.Contains(got.err.Error(), test.want) {
				t.Errorf("%s in %s: %v, want %q", name, form, got.err, test.want)
			}
		}
	}
}
