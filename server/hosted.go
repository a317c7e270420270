package server

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"

	"loanleaf/generator/pack"
	"loanleaf/generator/page"
)

// hostedFile is a file of a built site: its body, or where the site is packed
// the entry of a shard, deflated as a rule.
type hostedFile struct {
	body  []byte
	entry *pack.Entry // nil: body is the file
}

func (f *hostedFile) size() int {
	if f.entry != nil {
		return f.entry.Size
	}
	return len(f.body)
}

// tag is the entity tag, which is the same of a file and of its entry.
func (f *hostedFile) tag() string {
	if f.entry != nil {
		return tagOf(f.entry.Sum)
	}
	return entityTag(f.body)
}

// bytes is the file as it is sent, in w where it has to be made: compressed, or as
// it is. A deflated entry is only framed.
func (f *hostedFile) bytes(w *bytes.Buffer, compress bool) ([]byte, error) {
	if f.entry == nil {
		if !compress {
			return f.body, nil
		}
		deflate(w, f.body)
		return w.Bytes(), nil
	}
	if compress {
		if framed, ok := f.entry.AppendGzip(w.AvailableBuffer()); ok {
			return framed, nil
		}
	}
	content, err := f.entry.AppendContent(w.AvailableBuffer())
	if err != nil || !compress {
		return content, err
	}
	var packed bytes.Buffer
	deflate(&packed, content)
	return packed.Bytes(), nil
}

// host has the files of a built site by their names.
type host interface {
	file(name string) (hostedFile, error)
	Close() error
}

// plainHost is a folder of files.
type plainHost struct{ *os.Root }

func (h plainHost) file(name string) (hostedFile, error) {
	// A pipe would be waited for, until somebody writes into it.
	file, err := h.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return hostedFile{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return hostedFile{}, err
	}
	if !info.Mode().IsRegular() {
		return hostedFile{}, errors.New("not a file")
	}
	body, err := io.ReadAll(file)
	return hostedFile{body: body}, err
}

// errDamaged is said of a file that may well be there, in a shard that cannot be read.
var errDamaged = errors.New("a damaged shard")

// packedHost is a packed site.
type packedHost struct{ *pack.Site }

func (h packedHost) file(name string) (hostedFile, error) {
	entry, err := h.Find(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w: %w", errDamaged, err)
	}
	return hostedFile{entry: &entry}, err
}

func openHost(dir string) (host, error) {
	if pack.Is(dir) {
		site, err := pack.Open(dir)
		if err != nil {
			return nil, fmt.Errorf("serve a folder: %w", err)
		}
		return packedHost{site}, nil
	}
	files, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("serve a folder: %w", err)
	}
	return plainHost{files}, nil
}

// sendFile answers with a file, part of it, or 304, and with the headers that its
// folder has for it. It says of a page that stands for a missing one what it says of
// the others, but its status and how long it may be kept.
func sendFile(w http.ResponseWriter, r *http.Request, status int, contentType string, headers []page.Header, f hostedFile) {
	h := w.Header()
	h.Set("Cache-Control", page.Briefly)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Type", contentType)
	for _, header := range headers {
		h.Set(header.Name, header.Value)
	}
	if status == http.StatusNotFound {
		h.Set("Cache-Control", page.Briefly) // a rule for all of a folder knows nothing of what it lacks
	}
	contentType = h.Get("Content-Type")
	refuse := func(status int, sentence string) {
		for _, header := range headers {
			h.Del(header.Name) // they are for the file
		}
		plain(w, r, status, sentence)
	}
	compress := false
	if compressible(contentType) && f.size() >= leastCompressed {
		h.Add("Vary", "Accept-Encoding")
		compress = acceptsGzip(r.Header.Values("Accept-Encoding"))
	}
	if status == http.StatusOK {
		h.Set("ETag", quoteTag(f.tag(), compress))
		h.Set("Accept-Ranges", "bytes")
		if unmet(r, f.tag()) {
			refuse(http.StatusPreconditionFailed, changed)
			return
		}
		if matchesTag(r.Header.Values("If-None-Match"), f.tag()) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	buffer := buffers.Get().(*bytes.Buffer)
	defer keep(buffer)
	buffer.Reset()
	body, err := f.bytes(buffer, compress)
	if err != nil {
		h.Del("ETag")
		h.Del("Accept-Ranges")
		refuse(http.StatusInternalServerError, damaged)
		return
	}
	if compress {
		h.Set("Content-Encoding", "gzip")
	}
	if status == http.StatusOK {
		if part, ok := asksPart(r, h.Get("ETag")); ok {
			first, end, satisfiable := part.within(len(body))
			if !satisfiable {
				h.Set("Content-Range", "bytes */"+strconv.Itoa(len(body)))
				h.Del("Content-Encoding")
				refuse(http.StatusRequestedRangeNotSatisfiable, "There is no such part of this file.")
				return
			}
			h.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", first, end-1, len(body)))
			body, status = body[first:end], http.StatusPartialContent
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		deliver(w, body)
	}
}

const damaged = "This file is damaged."

// part is a range of bytes as it is asked for: from first to last, both counted; a
// last of -1 is the end, a first of -1 the last so many.
type part struct{ first, last int }

// asksPart reads Range (RFC 9110, section 14.2) of a GET request, whose If-Range must
// be the tag of what would be sent. Several ranges, other units and what cannot be read
// are as none: the whole is a right answer to them.
func asksPart(r *http.Request, tag string) (part, bool) {
	asked := r.Header.Values("Range")
	if r.Method != http.MethodGet || len(asked) != 1 {
		return part{}, false
	}
	if condition := r.Header.Get("If-Range"); condition != "" && condition != tag {
		return part{}, false
	}
	unit, bounds, ok := strings.Cut(asked[0], "=")
	from, to, ok2 := strings.Cut(strings.TrimSpace(bounds), "-")
	if !ok || !ok2 || !strings.EqualFold(unit, "bytes") || from == "" && to == "" {
		return part{}, false
	}
	p := part{-1, -1}
	for _, bound := range []struct {
		text  string
		value *int
	}{{from, &p.first}, {to, &p.last}} {
		if bound.text == "" {
			continue
		}
		n, err := strconv.ParseUint(bound.text, 10, 64)
		if err != nil && !errors.Is(err, strconv.ErrRange) {
			return part{}, false
		}
		*bound.value = int(min(n, math.MaxInt32-1)) // more than any file has
	}
	if p.first >= 0 && p.last >= 0 && p.last < p.first {
		return part{}, false
	}
	return p, true
}

// within gives the part of a body of size bytes, up to end; false when there is
// none.
func (p part) within(size int) (first, end int, ok bool) {
	switch {
	case p.first < 0:
		first, end = max(0, size-p.last), size
	case p.last < 0:
		first, end = p.first, size
	default:
		first, end = p.first, min(p.last+1, size)
	}
	return first, end, first < end
}
