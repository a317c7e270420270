package public

import (
	"bytes"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// folder is this folder in memory, for tests to change.
func folder(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{CopyScript, DocsStyle, DocsScript, EmbedScript, EmbedStyle, FindScript, SiteStyle, Icon, World, widgetStyle, listStyle, frameScript, cardScript} {
		files[name] = &fstest.MapFile{Data: source(t, name)}
	}
	return files
}

func TestAFolderOfTheSameFilesIsTheSameSet(t *testing.T) {
	set, err := Read(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	same := func(a, b Asset) bool {
		return a.Name == b.Name && a.File == b.File && a.ContentType == b.ContentType && bytes.Equal(a.Body, b.Body)
	}
	program := Embedded()
	if !slices.EqualFunc(set.Assets(), program.Assets(), same) || len(program.Assets()) == 0 {
		t.Error("the assets differ")
	}
	if set.WidgetStyle() != program.WidgetStyle() || set.ListStyle() != program.ListStyle() || set.FrameScript() != program.FrameScript() {
		t.Error("the widget's style or script differs")
	}
}

func TestAChangedFileHasAnotherName(t *testing.T) {
	files := folder(t)
	files[SiteStyle].Data = append(files[SiteStyle].Data, "body{color:red}\n"...)
	set, err := Read(files)
	if err != nil {
		t.Fatal(err)
	}
	changed, program := set.Assets(), Embedded().Assets()
	for i, asset := range changed {
		if same := asset.File == program[i].File; same != (asset.Name != SiteStyle) {
			t.Errorf("%s is filed as %s, before as %s", asset.Name, asset.File, program[i].File)
		}
	}
}

func TestFilesThatCannotBeUsedAreRefusedByName(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		want       []string
	}{
		"an empty stylesheet":                     {SiteStyle, "", []string{"site.css is empty"}},
		"an icon that is not text":                {Icon, "\x89PNG\xff", []string{"icon.svg is not UTF-8"}},
		"a line that would run into the next":     {widgetStyle, "/* one\n two */\na{\n  color:red\n}\n", []string{"widget.css:4: ", "semicolon"}},
		"a style that would end its element":      {widgetStyle, "a{content:'</style>';}\n", []string{"widget.css:1: '<'"}},
		"a script with an ampersand":              {frameScript, "\nif(a&&b);\n", []string{"frame.js:2: '&'"}},
		"a comment of a script that is not ended": {frameScript, "/* a\nb", []string{"frame.js:1: "}},
	} {
		t.Run(name, func(t *testing.T) {
			files := folder(t)
			files[c.file].Data = []byte(c.text)
			_, err := Read(files)
			if err == nil {
				t.Fatal("taken")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v: does not say %q", err, want)
				}
			}
		})
	}
}

func TestEveryMissingFileIsNamed(t *testing.T) {
	_, err := Read(fstest.MapFS{})
	for name := range maps.Keys(folder(t)) {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v: does not name %s", err, name)
		}
	}
}

func TestWhatStandsInADocumentIsItsSourceWithoutComments(t *testing.T) {
	set := Embedded()
	for name, text := range map[string]string{widgetStyle: set.WidgetStyle(), listStyle: set.ListStyle(), frameScript: set.FrameScript()} {
		if text == "" || strings.Contains(text, "/*") || strings.ContainsAny(text, "\n\t<") {
			t.Errorf("%s: empty, or it has a comment, a line break or a < in it", name)
		}
		for _, pair := range []string{"{}", "()"} {
			if open, shut := strings.Count(text, pair[:1]), strings.Count(text, pair[1:]); open == 0 || open != shut {
				t.Errorf("%s opens %s %d times and closes %d times", name, pair, open, shut)
			}
		}
	}
}
