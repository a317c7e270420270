package docs

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loanleaf/site"
)

// foundFault is a fault in a folder of two documents, one of which is as it should be,
// and what is told of it.
type foundFault struct {
	name  string
	files []string
	want  string // of the first finding, or its beginning
	gone  bool   // tells whether docs/en/a is set aside
}

const (
	theirs = "docusaurus-plugin-content-docs/current"
	config = "docusaurus.config.js"
)

// toldFaults are folders that have a fault, by its kind.
var toldFaults = map[fault][]foundFault{
	unreadable: {
		{"bytes that are no text", []string{"docs/en/a.md", "# \xc3\x28"}, "error: docs/en/a.md: is not UTF-8", true},
		{"a page of 5 MB", []string{"docs/en/a.md", strings.Repeat("words and words\n\n", 300_000)}, "error: docs/en/a.md: has more than 1 MB", true},
		{"a configuration that is no text", []string{config, "\xff", "docs/a.md", "# A"}, "error: docusaurus.config.js: is not UTF-8", false},
	},
	tooLarge: {
		{"a quotation in a quotation, over and over", []string{"docs/en/a.md", "# A\n\n" + strings.Repeat("> ", 40) + "x"}, "error: docs/en/a.md:3: is nested 40 deep", true},
		{"a paragraph that is a book", []string{"docs/en/a.md", "# A\n\n" + strings.Repeat("*a_ [b](c \n", 2000)}, "error: docs/en/a.md:", true},
	},
	badMatter: {
		{"front matter that is no YAML", []string{"docs/en/a.md", "---\ntitle: [\n---\n"}, "error: docs/en/a.md:2: the front matter is wrong", true},
		{"front matter that is a list", []string{"docs/en/a.md", "---\n- a\n---\n"}, "error: docs/en/a.md:2: the front matter is not a list of keys and values", true},
		{"front matter behind a mark of UTF-8, with other line ends", []string{"docs/en/a.md", "\ufeff---\r\ntitle: a\r\ndraft: x\r\n---\r\n"}, "error: docs/en/a.md:3: the front matter is wrong", true},
		{"a level that is a word", []string{"docs/en/a.md", "---\ntoc_max_heading_level: deep\n---\n"}, `error: docs/en/a.md:2: the front matter is wrong: "deep" is not a whole number`, true},
	},
	badCategory: {{"a category that is a list", []string{"docs/en/a.md", "# A", "docs/en/_category_.json", "[]"}, "error: docs/en/_category_.json:1: it is not a list of keys", false}},
	badMessages: {{"messages that are a list", []string{config, "", "docs/a.md", "# A", "i18n/es/" + theirs + ".json", "[1]"}, "error: i18n/es/" + theirs + ".json:1: ", false}},
	badSlug: {
		{"a slug that leads out", []string{"docs/en/a.md", "---\nslug: /../../etc\n---\n"}, `error: docs/en/a.md:2: cannot stand at "../../etc"`, true},
		{"an index that leads out", []string{"docs/en/a.md", "# A", "docs/en/_category_.yml", "link: {type: generated-index, slug: /../x}"}, `error: docs/en/_category_.yml:1: its index cannot stand at "../x"`, false},
	},
	takenSlug: {
		{"two documents at one address", []string{"docs/en/a.md", "---\nslug: b\n---\n", "docs/en/0.md", "---\nslug: b\n---\n"}, "error: docs/en/a.md:2: stands at the address of docs/en/0.md", true},
		{"two files of one name", []string{"docs/en/a.md", "# A", "docs/en/a.mdx", "# A"}, "error: docs/en/a.mdx: stands at the address of docs/en/a.md", false},
	},
	cycle: {{"documents that take one another in", []string{"docs/en/a.md", "import B from './_b.md'\n\n<B />", "docs/en/_b.md", "import A from './a.md'\n\n<A />"}, "error: docs/en/_b.md:3: takes in docs/en/a.md, which takes in this file again", true}},
	deadLink: {
		{"a link to no document", []string{"docs/en/a.md", "# A\n\n[b](gone.md)"}, `warning: docs/en/a.md:3: the link to "gone.md" leads to no document`, false},
		{"a link to a heading that is not there", []string{"docs/en/a.md", "# A\n\nb\n[b](#gone)"}, `warning: docs/en/a.md:4: the link to "#gone" leads to a heading that docs/en/a.md does not have`, false},
		{"a link that would run", []string{"docs/en/a.md", "[b](javascript:alert(1))"}, `warning: docs/en/a.md:1: the link to "javascript:alert(1)" begins with javascript:, which is not let through`, false},
		{"a link to a file that is not there", []string{"docs/en/a.md", "[b](gone.pdf)"}, `warning: docs/en/a.md:1: the link to "gone.pdf" is not there`, false},
	},
	noPicture: {
		{"a picture that is not there", []string{"docs/en/a.md", "---\ntitle: x\n---\n\n![b](gone.png)"}, "warning: docs/en/a.md:5: the picture gone.png is not there", false},
		{"a picture of another site", []string{"docs/en/a.md", "![b](https://other.example/b.png)"}, "warning: docs/en/a.md:1: the picture https://other.example/b.png is not shown", false},
	},
	unknownComponent:  {{"a component that nobody knows", []string{"docs/en/a.md", "# A\n\n<Video>b</Video>"}, "warning: docs/en/a.md:3: the component <Video> is not known; what it holds is kept", false}},
	unknownAdmonition: {{"an admonition that nobody knows", []string{"docs/en/a.md", ":::aside\nb\n:::"}, "warning: docs/en/a.md:1: the admonition :::aside is not known", false}},
	refusedTag:        {{"HTML that is not let through", []string{"docs/en/a.md", "a\n\nb <script>c</script>"}, "warning: docs/en/a.md:3: HTML that is not let through is left out: <script>", false}},
	openTag:           {{"a part without an end", []string{"docs/en/a.md", "a\n\n<details>\nb"}, "warning: docs/en/a.md:3: <details> has no end", false}},
	openCode:          {{"code without an end", []string{"docs/en/a.md", "a\n\n```js\nb"}, "warning: docs/en/a.md:3: a block of code begins here and has no end", false}},
	openAdmonition:    {{"an admonition without an end", []string{"docs/en/a.md", "a\n\n:::note\nb"}, "warning: docs/en/a.md:3: the admonition :::note begins here and has no end", false}},
	openComment:       {{"a comment without an end", []string{"docs/en/a.md", "a\n\nb <!-- c"}, "warning: docs/en/a.md:3: a comment begins here and has no end", false}},
	badPartial:        {{"a text that is to be taken in and is not there", []string{"docs/en/a.md", "import B from './_b.md'\n\n<B />"}, "warning: docs/en/a.md:3: docs/en/_b.md, which is taken in here, cannot be read", false}},
	unspokenLanguage: {
		{"a language that the program does not speak", []string{"docs/en/a.md", "# A", "docs/km/a.md", "# A"}, "warning: docs/km: is in ខ្មែរ, which the program does not speak", false},
		{"a language that the settings do not name", []string{"docs/en/a.md", "# A", "docs/fr/a.md", "# A"}, "warning: docs/fr: is in Français, which is none of the site's languages", false},
		{"a folder that is called like no language", []string{"docs/en/a.md", "# A", "docs/xx/a.md", "# A"}, "warning: docs/xx: is left out: the program knows no language that is called xx", false},
	},
	badDates: {{"dates that are a list", []string{"docs/en/a.md", "# A", DatesFile, "- a\n"}, "warning: " + DatesFile, false}},
	badDate:  {{"a date that is none", []string{"docs/en/a.md", "---\ndate: soon\n---\n"}, "warning: docs/en/a.md:2: ", false}},
}

// toldElsewhere are faults that reading a folder does not find: tests of status,
// of addresses that moved and of pages do.
var toldElsewhere = map[fault]bool{unknownCommit: true, badRedirect: true, strayHeading: true, frontPage: true, linkedFolder: true, badSidebar: true, unreadVersions: true}

func TestWhatIsWrongIsToldWithItsPlaceAndTheOthersGoOn(t *testing.T) {
	for what := range faults {
		if len(toldFaults[what]) == 0 && !toldElsewhere[what] {
			t.Errorf("no folder has fault %d", what)
		}
	}
	for what, cases := range toldFaults {
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				fine := "docs/en/fine.md"
				if strings.HasPrefix(c.files[0], "docusaurus") {
					fine = "docs/fine.md"
				}
				tree, findings := Read(folder(append(c.files, fine, "# Fine")...), newSite(t, "en", "es"), site.Doc)
				if len(findings) == 0 {
					t.Fatal("nothing was found")
				}
				if got := findings[0].Severity.String() + ": " + findings[0].String(); !strings.HasPrefix(got, c.want) {
					t.Errorf("got %s\nwant %s", got, c.want)
				}
				if findings[0].Severity != severities[what] {
					t.Errorf("fault %d is not of its severity", what)
				}
				if tree.Has(site.Address{Kind: site.Doc, Slug: "a"}) == c.gone {
					t.Errorf("the document is set aside: %t", !c.gone)
				}
				if !tree.Has(site.Address{Kind: site.Doc, Slug: "fine"}) {
					t.Error("another document is not there")
				}
			})
		}
	}
}

// failing is a folder in which one file cannot be opened, or not be read to its
// end.
type failing struct {
	fs.FS
	name string
	open bool
}

func (f failing) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil || name != f.name {
		return file, err
	}
	if !f.open {
		file.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &torn{File: file}, nil
}

type torn struct {
	fs.File
	read bool
}

func (f *torn) Read(p []byte) (int, error) {
	if f.read {
		return 0, errors.New("the file is gone")
	}
	f.read = true
	n, err := f.File.Read(p[:min(len(p), 3)])
	if err == io.EOF {
		err = nil
	}
	return n, err
}

func TestAFileThatVanishesIsSetAside(t *testing.T) {
	for _, open := range []bool{false, true} {
		files := failing{folder("docs/en/a.md", "# A\n\nText", "docs/en/b.md", "# B"), "docs/en/a.md", open}
		tree, findings := Read(files, newSite(t, "en"), site.Doc)
		if len(findings) != 1 || findings[0].Severity != Error || !strings.HasPrefix(findings[0].String(), "docs/en/a.md: cannot be read: ") {
			t.Errorf("opened %t: %v", open, findings)
		}
		if tree.Has(site.Address{Kind: site.Doc, Slug: "a"}) || !tree.Has(site.Address{Kind: site.Doc, Slug: "b"}) {
			t.Errorf("opened %t: the wrong documents are there", open)
		}
	}
}

func TestLinksOfTheDiskLeadInNoCircle(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "docs/en/deep"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"docs/en/a.md": "# A", "secret.md": "# Secret"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	outside := filepath.Join(t.TempDir(), "outside.md")
	if err := os.WriteFile(outside, []byte("# Outside"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"docs/en/deep/round": "..", "docs/en/loop.md": "loop.md", "docs/en/alias.md": "a.md", "docs/en/out.md": outside} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree, findings := Read(root.FS(), newSite(t, "en"), site.Doc)
	var got []string
	for _, f := range findings {
		reason, _, _ := strings.Cut(f.Reason, ":")
		got = append(got, f.Severity.String()+" "+f.File+" "+reason)
	}
	want := "warning docs/en/deep/round is a link to a folder, which is not followed; put the folder itself there\nerror docs/en/loop.md cannot be read\nerror docs/en/out.md cannot be read"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if tree.Len("") != 2 {
		t.Errorf("%d documents, want a and its alias", tree.Len(""))
	}
}

func TestOtherLineEndsAndMarksChangeNothing(t *testing.T) {
	const text = "---\ntitle: A\n---\n# Á\n\n- b\n  c\n\n```\nd\n```\n"
	plain, _ := Read(folder("docs/en/a.md", text), newSite(t, "en"), site.Doc)
	want := told(plain, nil)
	for name, other := range map[string]string{
		"lines as on Windows": strings.ReplaceAll(text, "\n", "\r\n"), "lines as on an old Mac": strings.ReplaceAll(text, "\n", "\r"),
		"a mark of UTF-8": "\ufeff" + text, "both": "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"),
	} {
		tree, findings := Read(folder("docs/en/a.md", other), newSite(t, "en"), site.Doc)
		if told(tree, findings) != want {
			t.Errorf("%s makes another page", name)
		}
	}
}
