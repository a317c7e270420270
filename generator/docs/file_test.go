package docs

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"loanleaf/site"
)

// drawn is an empty picture of a size.
func drawn(t testing.TB, width, height int, encode func(*bytes.Buffer, image.Image) error) string {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, image.NewPaletted(image.Rect(0, 0, width, height), palette.WebSafe)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func asPNG(b *bytes.Buffer, m image.Image) error  { return png.Encode(b, m) }
func asJPEG(b *bytes.Buffer, m image.Image) error { return jpeg.Encode(b, m, nil) }
func asGIF(b *bytes.Buffer, m image.Image) error  { return gif.Encode(b, m, nil) }

// onItsSide puts the note of a camera into a JPEG photo that it is to be turned.
func onItsSide(photo string) string {
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00"
	return photo[:2] + "\xff\xe1" + string(binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))) + exif + photo[2:]
}

// webP is the head of a WebP picture of 30 by 20 pixels.
func webP(kind string, rest ...byte) string {
	return "RIFF\x00\x00\x00\x00WEBP" + kind + "\x00\x00\x00\x00" + string(rest) + strings.Repeat("\x00", 16)
}

func TestPicturesAreMeasured(t *testing.T) {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" `
	for _, c := range []struct{ name, file, body, want string }{
		{"a PNG picture", "a.png", drawn(t, 30, 20, asPNG), "30x20"},
		{"a GIF picture, its ending in capitals", "a.GIF", drawn(t, 30, 20, asGIF), "30x20"},
		{"a photo", "a.jpg", drawn(t, 30, 20, asJPEG), "30x20"},
		{"a photo on its side", "a.jpeg", onItsSide(drawn(t, 30, 20, asJPEG)), "20x30"},
		{"a large WebP picture", "a.webp", webP("VP8X", 0, 0, 0, 0, 29, 0, 0, 19, 0, 0), "30x20"},
		{"a WebP picture without loss", "a.webp", webP("VP8L", 0x2f, 29, 0xc0, 4, 0), "30x20"},
		{"a WebP photo", "a.webp", webP("VP8 ", 0, 0, 0, 0x9d, 1, 0x2a, 30, 0, 20, 0), "30x20"},
		{"an AVIF picture with its tiles", "a.avif", "\x00\x00\x00\x1cftypavif\x00\x00\x00\x00ispe\x00\x00\x00\x00\x00\x00\x00\x08\x00\x00\x00\x08ispe\x00\x00\x00\x00\x00\x00\x00\x1e\x00\x00\x00\x14", "30x20"},
		{"a drawing with a size", "a.svg", svg + `width="30px" height="20"/>`, "30x20"},
		{"a drawing with a view box", "a.svg", svg + `viewBox="0 0 30 20"/>`, "30x20"},
		{"a drawing as wide as it says", "a.svg", svg + `width="15" viewBox="0,0,30,20"/>`, "15x10"},
		{"a drawing as large as you like", "a.svg", svg + `width="100%"/>`, "0x0"},

		{"words", "a.png", "words", "is not a picture, whatever its name says"},
		{"half a WebP picture", "a.webp", "RIFF", "is not a picture"},
		{"a web page called AVIF", "a.avif", "<html><script>alert(1)</script>", "is not a picture"},
		{"a web page called SVG", "a.svg", "<html/>", "is not a drawing in SVG"},
		{"no drawing", "a.svg", "", "is not a drawing in SVG"},
		{"half a drawing", "a.svg", svg + "><path d='", "is not a drawing in SVG"},
		{"a drawing with a script", "a.svg", svg + "><g><script>x</script></g></svg>", "has <script>, which could run"},
		{"a drawing that does something", "a.svg", svg + "onload='x'/>", "has the attribute onload, which could run"},
		{"a drawing with a page in it", "a.svg", svg + "><foreignObject/></svg>", "has <foreignObject>"},
		{"a drawing with a link that runs", "a.svg", svg + "><a href=' java&#10;script:x'/></svg>", "has an address that is a script"},
		{"a drawing with entities", "a.svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg + "/>", "has entities of its own"},
		{"a drawing with another's style", "a.svg", "<?xml-stylesheet href='x'?>" + svg + "/>", "has an instruction <?xml-stylesheet"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree, findings := Read(folder("docs/en/a.md", "![x]("+c.file+")", "docs/en/"+c.file, c.body), newSite(t, "en"), site.Doc)
			p, _ := tree.Page(site.Address{Kind: site.Doc, Slug: "a"})
			got := "0x0"
			if found := regexp.MustCompile(`width="(\d+)" height="(\d+)"`).FindStringSubmatch(p.Body); found != nil {
				got = found[1] + "x" + found[2]
			}
			if len(findings) > 0 {
				got = strings.TrimPrefix(findings[0].String(), "docs/en/a.md:1: the picture "+c.file+" ")
				if len(tree.Published()) > 0 || strings.Contains(p.Body, "<img") {
					t.Errorf("published, %s", got)
				}
			}
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if len(findings) == 0 && len(tree.Published()) != 1 {
				t.Errorf("published are %d files", len(tree.Published()))
			}
		})
	}
}

func TestFilesOfDocumentsAreFoundWhereTheyStand(t *testing.T) {
	picture := drawn(t, 3, 2, asPNG)
	large := strings.Repeat("x", largestFile+1)
	files := fstest.MapFS{}
	for name, body := range map[string]string{
		"docs/en/guide/img/own.png": picture, "docs/es/guide/img/ours.png": picture, "static/img/shared.png": picture, "other/at-root.png": picture,
		"docs/en/guide/report 1.pdf": "%PDF", "static/large.pdf": large, "docs/en/page.html": "<b>", "secret.png": picture,
	} {
		files[name] = &fstest.MapFile{Data: []byte(body)}
	}
	for _, c := range []struct{ text, want string }{
		{"![a](img/own.png)", "own."},
		{"![a](./img/own.png#gh-light-mode-only)", "own."},
		{"![a](/img/shared.png)", "shared."},
		{"![a](@site/static/img/shared.png)", "shared."},
		{"![a](@site/other/at-root.png)", "at-root."},
		{"[a](report%201.pdf)", "report-1."},
		{"[a](<report 1.pdf>)", "report-1."},
		{"[a](pathname:///img/shared.png)", "shared."},
		{"![a](img/ours.png)", ""}, // of a translation alone
		{"![a](img/none.png)", ""},
		{"![a](../../../secret.png)", "secret."}, // within the content folder
		{"![a](../../../../secret.png)", ""},
		{"![a](/../secret.png)", ""},
		{"[a](/large.pdf)", ""},
		{"[a](../page.html)", ""},
		{"![a](../page.html)", ""},
		{"![a](data:image/png;base64,AAAA)", ""},
		{"![a](javascript:alert.png)", ""},
		{"![a](//other.example/a.png)", ""},
		{"![a]()", ""},
	} {
		files["docs/en/guide/a.md"] = &fstest.MapFile{Data: []byte(c.text)}
		tree, findings := Read(files, newSite(t, "en", "es"), site.Doc)
		name := ""
		for _, f := range tree.Published() {
			name += f.Name
		}
		if c.want == "" && (name != "" || len(findings) != 1) || !strings.HasPrefix(name, c.want) || c.want != "" && len(findings) > 0 {
			t.Errorf("%s published %q, and %v", c.text, name, findings)
		}
	}
}

func TestATranslationHasItsOwnPicturesAndThoseOfItsSource(t *testing.T) {
	tree, findings := Read(folder(
		"docs/a.md", "![x](img/a.png) ![x](img/b.png)", "docs/img/a.png", drawn(t, 1, 1, asPNG), "docs/img/b.png", drawn(t, 2, 2, asPNG),
		"i18n/es/"+docusaurusDocs.translations+"/a.md", "![x](img/a.png) ![x](img/b.png)", "i18n/es/"+docusaurusDocs.translations+"/img/a.png", drawn(t, 3, 3, asPNG),
	), newSite(t, "en", "es"), site.Doc)
	if len(findings) > 0 {
		t.Error(findings)
	}
	for language, want := range map[string]string{"": "1 2", "es": "3 2"} {
		p, _ := tree.Page(site.Address{Kind: site.Doc, Language: language, Slug: "a"})
		var got []string
		for _, found := range regexp.MustCompile(`width="(\d+)"`).FindAllStringSubmatch(p.Body, -1) {
			got = append(got, found[1])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q has pictures %v wide, want %s", language, got, want)
		}
	}
	if len(tree.Published()) != 3 {
		t.Errorf("%d files", len(tree.Published()))
	}
}
