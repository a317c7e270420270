package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // pictures in a folder are JPEG
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"sync"

	"loanleaf/kiva"
	"loanleaf/sample"
)

// gallery is where pictures that the site serves itself come from.
type gallery interface {
	PictureSize(size string, id int64) (width, height int, ok bool)
	Picture(size string, id int64) ([]byte, error)
}

// drawn are the sample's pictures. Those asked for again soon are kept, since
// a drawing takes milliseconds.
type drawn struct {
	ids  map[int64]bool // of the sample's pictures: other loans get no drawing
	mu   sync.Mutex
	kept map[string][]byte
}

// mostDrawn is how many drawings are kept: some 20 KB each.
const mostDrawn = 256

func newDrawn() (*drawn, error) {
	d := &drawn{ids: map[int64]bool{}, kept: map[string][]byte{}}
	loans := json.NewDecoder(bytes.NewReader(sample.Loans()))
	for loans.More() {
		var loan struct{ Image struct{ ID int64 } }
		if err := loans.Decode(&loan); err != nil {
			return nil, fmt.Errorf("sample: %w", err)
		}
		d.ids[loan.Image.ID] = true
	}
	return d, nil
}

func (d *drawn) PictureSize(size string, id int64) (width, height int, ok bool) {
	if !d.ids[id] {
		return 0, 0, false
	}
	return sample.PictureSize(size, id)
}

func (d *drawn) Picture(size string, id int64) ([]byte, error) {
	if _, _, ok := d.PictureSize(size, id); !ok {
		return nil, fmt.Errorf("picture %d at %s: %w", id, size, kiva.ErrNotFound)
	}
	name := size + "/" + strconv.FormatInt(id, 10)
	d.mu.Lock()
	body, ok := d.kept[name]
	d.mu.Unlock()
	if ok {
		return body, nil
	}
	body, err := sample.Picture(size, id)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.kept) >= mostDrawn {
		clear(d.kept)
	}
	d.kept[name] = body
	return body, nil
}

// folder is a folder of JPEG files: SIZE/ID.jpg in Kiva's grammar, or ID.jpg,
// which stands for every size and is sent as it is. Links that lead out of the
// folder are not followed.
type folder struct {
	root *os.Root
	mu   sync.Mutex
	size map[string]image.Point // measured files; the zero point where there is none
}

// mostMeasured bounds what is remembered of files: about a hundred bytes each.
const mostMeasured = 100_000

func openFolder(path string) (*folder, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, withHint(fmt.Errorf("images: %w", err), "images is none, a folder of pictures, or a pattern such as https://www.kiva.org/img/<size>/<id>.jpg")
	}
	return &folder{root: root, size: map[string]image.Point{}}, nil
}

// find is the name of the file for a picture.
func (f *folder) find(size string, id int64) (name string, measure image.Point) {
	file := strconv.FormatInt(id, 10) + ".jpg"
	for _, name := range []string{size + "/" + file, file} {
		if p := f.measure(name); p != (image.Point{}) {
			return name, p
		}
	}
	return "", image.Point{}
}

func (f *folder) measure(name string) image.Point {
	f.mu.Lock()
	p, known := f.size[name]
	f.mu.Unlock()
	if known {
		return p
	}
	if file, err := f.root.Open(name); err == nil {
		if config, _, err := image.DecodeConfig(file); err == nil {
			p = image.Pt(config.Width, config.Height)
		}
		file.Close()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.size) >= mostMeasured {
		clear(f.size)
	}
	f.size[name] = p
	return p
}

// identify writes the names and lengths of all files there are.
func (f *folder) identify(w io.Writer) error {
	return fs.WalkDir(f.root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w, "%q %d\n", name, info.Size())
		return err
	})
}

func (f *folder) PictureSize(size string, id int64) (width, height int, ok bool) {
	name, p := f.find(size, id)
	return p.X, p.Y, name != ""
}

func (f *folder) Picture(size string, id int64) ([]byte, error) {
	name, _ := f.find(size, id)
	if name == "" {
		return nil, fmt.Errorf("picture %d at %s: %w", id, size, kiva.ErrNotFound)
	}
	body, err := f.root.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("picture %d at %s: %w", id, size, kiva.ErrNotFound)
	}
	return body, err
}

// shown is a gallery that gives out the pictures of some ids alone.
type shown struct {
	gallery
	ids []int64 // sorted
}

func (s *shown) Picture(size string, id int64) ([]byte, error) {
	if _, ok := slices.BinarySearch(s.ids, id); !ok {
		return nil, fmt.Errorf("picture %d: %w", id, kiva.ErrNotFound)
	}
	return s.gallery.Picture(size, id)
}

// pictureIDs are the ids of the pictures of a store's loans, sorted, and the key
// of that store.
type pictureIDs struct {
	key string
	ids []int64
}

// picturesOf are the ids of the pictures of the loans that are shown. No others
// are given out: a folder may still hold that of a loan which was taken down or
// made anonymous. It takes 8 bytes of memory a loan, and a look at every record
// (of a million some 0.1 s) unless known, which may be nil, is of the same data; known is then of this.
func picturesOf(ctx context.Context, d *data, known *pictureIDs) ([]int64, error) {
	if known != nil && known.key == d.Key && d.Key != "" {
		return known.ids, nil
	}
	var ids []int64
	for record, err := range d.Records(ctx) {
		if err != nil {
			return nil, fmt.Errorf("pictures: %w", err)
		}
		if record.ImageID != 0 {
			ids = append(ids, record.ImageID)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if known != nil {
		*known = pictureIDs{d.Key, ids}
	}
	return ids, nil
}
