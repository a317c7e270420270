package docs

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"
)

// File is something other than a document that documents show or lead to: a
// picture, a table to download. It stands at the address that the site mints for
// its name, see [loanleaf/site.Site.Asset].
type File struct {
	Name        string // its own, then 16 hexadecimal digits of its SHA-256: "map.0123456789abcdef.png"
	ContentType string // for the header of that name
	Body        []byte // shared: not to be changed
}

// Published are all that the documents of the tree show and lead to, by name.
func (t *Tree) Published() []File {
	names := slices.Sorted(maps.Keys(t.files))
	list := make([]File, 0, len(names))
	for _, name := range names {
		list = append(list, t.files[name])
	}
	return list
}

// Limits of files, since all of them are held as long as the tree is.
const (
	largestFile = 16 << 20
	mostFiles   = 256 << 20 // bytes of all together
)

// pictureTypes are the media types of pictures that are published, by ending.
var pictureTypes = map[string]string{
	".avif": "image/avif", ".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml", ".webp": "image/webp",
}

// fileTypes are those of files that links may lead to. Nothing is among them
// that a browser would run as a page of the site.
var fileTypes = map[string]string{
	".csv": "text/csv; charset=utf-8", ".doc": "application/msword", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".epub": "application/epub+zip", ".gz": "application/gzip", ".json": "application/json; charset=utf-8", ".mp3": "audio/mpeg", ".mp4": "video/mp4",
	".odp": "application/vnd.oasis.opendocument.presentation", ".ods": "application/vnd.oasis.opendocument.spreadsheet", ".odt": "application/vnd.oasis.opendocument.text",
	".pdf": "application/pdf", ".ppt": "application/vnd.ms-powerpoint", ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".tsv": "text/tab-separated-values; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".webm": "video/webm", ".xls": "application/vnd.ms-excel",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".yaml": "application/yaml", ".yml": "application/yaml", ".zip": "application/zip",
}

// FileType is the media type that a file beside documents is published with, by its
// name; empty where none of its ending is published.
func FileType(name string) string {
	ending := endingOf(name)
	return firstOf(pictureTypes[ending], fileTypes[ending])
}

// endingOf is the ending of a reference in lower case, without what stands
// behind a question mark or a number sign.
func endingOf(reference string) string {
	reference, _, _ = strings.Cut(reference, "#")
	reference, _, _ = strings.Cut(reference, "?")
	return strings.ToLower(path.Ext(reference))
}

// attachment is a file that was read; reason says why it is not published.
type attachment struct {
	name          string
	width, height int // of a picture whose size is known, else 0
	reason        string
}

// attachments reads the files that documents name, each of them once. It may be
// used by several readings at a time.
type attachments struct {
	files fs.FS

	mutex  sync.Mutex
	read   map[string]attachment // by path in the content folder
	made   map[string]File
	bytes  int
	source string // the folder of the source language, whose files translations share
}

func newAttachments(files fs.FS) *attachments {
	return &attachments{files: files, read: map[string]attachment{}, made: map[string]File{}}
}

// find looks a reference up as Docusaurus does: "/img/a.png" in static,
// "@site/…" in the content folder, others beside the file that has them, which
// stands for a document of that key; a translation has the source's files too,
// where it has none of its own.
func (a *attachments) find(reference, file, key string) attachment {
	u, err := url.Parse(strings.TrimPrefix(strings.TrimSpace(reference), "pathname://"))
	if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
		return attachment{reason: "is not the path of a file"}
	}
	var places []string
	switch root, below, _ := strings.Cut(u.Path, "/"); {
	case root == "@site":
		places = []string{path.Clean(below)}
	case root == "":
		places = []string{path.Join("static", path.Join("/", u.Path))}
	default:
		places = []string{path.Join(path.Dir(file), u.Path), path.Join(a.source, path.Dir(key), u.Path)}
	}
	found := attachment{reason: notThere}
	for _, place := range places {
		if !fs.ValidPath(place) {
			if found.reason == notThere {
				found.reason = "leads out of the content folder"
			}
			continue
		}
		one := a.load(place)
		if one.reason == "" {
			return one
		}
		if found.reason == notThere { // what is there and wrong says more
			found = one
		}
	}
	return found
}

const notThere = "is not there"

// load reads a file by its path in the content folder.
func (a *attachments) load(name string) attachment {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if known, ok := a.read[name]; ok {
		return known
	}
	made, err := a.publish(name)
	if err != nil {
		made = attachment{reason: err.Error()}
	}
	a.read[name] = made
	return made
}

func (a *attachments) publish(name string) (attachment, error) {
	body, err := readFile(a.files, name)
	if err != nil {
		return attachment{}, err
	}
	ending := strings.ToLower(path.Ext(name))
	contentType := firstOf(pictureTypes[ending], fileTypes[ending])
	if contentType == "" {
		return attachment{}, fmt.Errorf("is a file of a kind (%s) that is not published", firstOf(ending, "no ending"))
	}
	var made attachment
	if pictureTypes[ending] != "" {
		if made.width, made.height, err = measure(ending, body); err != nil {
			return attachment{}, err
		}
	}
	sum := sha256.Sum256(body)
	made.name = plainName(strings.TrimSuffix(path.Base(name), path.Ext(name))) + "." + hex.EncodeToString(sum[:8]) + ending
	if _, ok := a.made[made.name]; ok {
		return made, nil
	}
	if a.bytes += len(body); a.bytes > mostFiles {
		a.bytes -= len(body)
		return attachment{}, fmt.Errorf("is more than can be published: all files together may have %d MB", mostFiles>>20)
	}
	a.made[made.name] = File{made.name, contentType, body}
	return made, nil
}

// readFile reads a file of at most [largestFile] bytes.
func readFile(files fs.FS, name string) ([]byte, error) {
	file, err := files.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New(notThere)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && !info.Mode().IsRegular() {
		return nil, errors.New("is not a file")
	}
	body, err := io.ReadAll(io.LimitReader(file, largestFile+1))
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if len(body) > largestFile {
		return nil, fmt.Errorf("has more than %d MB", largestFile>>20)
	}
	return body, nil
}

// plainName is a name that needs no escaping in an address, of at most 60
// letters.
func plainName(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < 0x80 && (isLetter(byte(r)) || r >= '0' && r <= '9' || r == '-' || r == '_') {
			return r
		}
		return '-'
	}, name)
	plain = strings.Trim(plain[:min(len(plain), 60)], "-_")
	return firstOf(plain, "file")
}
