package smoke

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"loanleaf/content"
	"loanleaf/locale"
	"loanleaf/public"
)

// finder gives a tab the script of the documentation's search.
func finder(t *testing.T, tab context.Context) {
	t.Helper()
	for _, asset := range public.Embedded().Assets() {
		if asset.Name == public.FindScript {
			evaluate[bool](t, tab, string(asset.Body)+"\n;globalThis.searchWords = searchWords, globalThis.SearchIndex = SearchIndex, true")
			return
		}
	}
	t.Fatal("there is no " + public.FindScript)
}

// words are those that the browser has for each text.
func words(t *testing.T, tab context.Context, texts []string) [][]string {
	t.Helper()
	sent, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	got := evaluate[string](t, tab, fmt.Sprintf("JSON.stringify(%s.map(searchWords))", sent))
	if err := json.Unmarshal([]byte(got), &all); err != nil || len(all) != len(texts) {
		t.Fatalf("%d answers to %d texts: %v", len(all), len(texts), err)
	}
	return all
}

// compareWords gives the texts to both, and counts what they agree on.
func compareWords(t *testing.T, tab context.Context, texts []string) (agreed int) {
	t.Helper()
	for batch := range slices.Chunk(texts, 2048) {
		for i, got := range words(t, tab, batch) {
			want := locale.TextWords(batch[i])
			if !slices.Equal(got, want) {
				short := batch[i][:min(len(batch[i]), 300)]
				t.Errorf("%+q: the browser has %+q, want %+q", short, got[:min(len(got), 20)], want[:min(len(want), 20)])
				continue
			}
			agreed += len(want)
		}
	}
	return agreed
}

// TestTheBrowserHasTheSameWords compares the words of texts that an index is made
// of, and of what is typed, with those that the browser makes of them.
func TestTheBrowserHasTheSameWords(t *testing.T) {
	thorough(t)
	tab, console := browser(t)
	finder(t, tab)
	for name, texts := range map[string][]string{
		"the program's own documentation": textsOf(t, content.Files()),
		"the documents of tests":          textsOf(t, os.DirFS("../generator/docs/testdata")),
		"the documents of partners":       textsOf(t, os.DirFS("../../shared/data")),
		"random texts of every script":    randomTexts(),
		"every character":                 everyCharacter(),
		"texts that were wrong once": {
			"l’emprunteur d'un prêt, N'Diaye's o'clock ''a' 'b'", "X-RateLimit-Remaining default_lang_commit maxwidth=400", "القرض والقرض بالقروض للقرض الى الله ال",
			"ប្រាក់កម្ចី ២០១០ ប្រើAPIនេះ \u17d2ក ក\u200bខ", "貸款ローン１２３ メール々", "เงินกู้ เเ กำ", "ΌΣΟΣ όσος Σ", "İIıi ẞßﬀ ½ ™ № ﷺ", strings.Repeat("é", 40) + " " + strings.Repeat("ß", 31) + "x", "a\u00adb\u0640c\ufeffd",
		},
	} {
		if len(texts) == 0 {
			if name == "the documents of partners" {
				continue // the folder is not here
			}
			t.Errorf("%s: none", name)
		}
		t.Logf("%s: %d texts, %d words alike", name, len(texts), compareWords(t, tab, texts))
	}
	quiet(t, console())
}

// textsOf are the paragraphs of all files of text in a folder.
func textsOf(t *testing.T, files fs.FS) []string {
	t.Helper()
	var texts []string
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if name == "." && err != nil {
			return fs.SkipAll
		}
		if err != nil || entry.IsDir() || !slices.Contains([]string{".md", ".txtar", ".golden"}, path.Ext(name)) {
			return err
		}
		body, err := fs.ReadFile(files, name)
		for paragraph := range strings.SplitSeq(string(body), "\n\n") {
			texts = append(texts, strings.ToValidUTF8(paragraph, "\ufffd"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// assigned are the characters that this program knows. A browser may know newer
// ones; in an index they part words, as long as the program does not know them.
func assigned(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf)
}

// everyCharacter has each of them alone, before and behind others, and doubled.
func everyCharacter() []string {
	var texts []string
	for r := range rune(unicode.MaxRune + 1) {
		if utf8.ValidRune(r) && assigned(r) {
			s := string(r)
			texts = append(texts, s+" a"+s+"bc x"+s+s+" 'y"+s+" ក"+s+"ខ")
		}
	}
	return texts
}

// randomTexts mix the characters of a script with each other, and with what
// parts words or has none.
func randomTexts() []string {
	random := rand.New(rand.NewPCG(2026, 11))
	between := []rune(" '’-_.\u200b\u00ad\u0301\u0640Aa1٣\u17d2’")
	var texts []string
	for _, name := range slices.Sorted(maps.Keys(unicode.Scripts)) {
		var letters []rune
		for r := range rune(0x20000) {
			if unicode.Is(unicode.Scripts[name], r) && assigned(r) {
				letters = append(letters, r)
			}
		}
		for range 12 {
			var b strings.Builder
			for range 24 {
				if random.IntN(4) == 0 {
					b.WriteRune(between[random.IntN(len(between))])
				} else if len(letters) > 0 {
					b.WriteRune(letters[random.IntN(len(letters))])
				}
			}
			texts = append(texts, b.String())
		}
	}
	return texts
}
