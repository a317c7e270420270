package pack

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
)

// mostEntries is below the count from which ZIP wants its 64-bit form.
const mostEntries = 1<<16 - 2

func isLoans(section string) bool { return strings.HasPrefix(section, "loans/") }

// compress makes the entry of a file, deflated unless that makes it longer.
func (w *Writer) compress(name string, body []byte) Entry {
	sum := sha256.Sum256(body)
	e := Entry{Name: name, Size: len(body), CRC: crc32.ChecksumIEEE(body), Sum: [sumBytes]byte(sum[:sumBytes])}
	packer := w.packers.Get().(*flate.Writer)
	defer w.packers.Put(packer)
	var out bytes.Buffer
	out.Grow(len(body)/3 + 64)
	packer.Reset(&out)
	packer.Write(body) // a buffer takes everything
	packer.Close()
	e.method, e.packed = deflated, out.Bytes()
	if out.Len() >= len(body) {
		e.method, e.packed = stored, bytes.Clone(body)
	}
	return e
}

// end writes the shard of a section, or keeps the last generation's if it would be
// the same.
func (w *Writer) end(s *section) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() { err = errors.Join(err, s.unmap()) }()
	s.ended = true
	p, packed, err := w.shard(s)
	if err != nil {
		return fmt.Errorf("pack: section %s: %w", s.name, err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if p.entries > 0 {
		w.made[s.name] = p
	}
	w.packed += packed
	delete(w.open, s.name)
	return nil
}

// shard puts the entries of a section into the next generation, and tells where
// they are and how many of them are new. s.mu is held.
func (w *Writer) shard(s *section) (p place, packed int, err error) {
	entries := s.entries
	s.entries = nil
	slices.SortFunc(entries, func(a, b pending) int { return cmp.Compare(a.Name, b.Name) })
	for i := range entries {
		if i > 0 && entries[i].Name == entries[i-1].Name {
			return p, 0, fmt.Errorf("%s is written twice", entries[i].Name)
		}
		if !entries[i].copied {
			packed++
		}
	}
	if len(entries) == 0 {
		return p, 0, nil
	}
	if packed == 0 && len(entries) == s.last.Len() {
		p = w.last[s.name]
		kept, err := w.out.Keep(p.file)
		if err == nil && !kept {
			err = errors.New("its shard changed while the build ran (build again)")
		}
		return p, 0, err
	}
	body, err := w.assemble(entries)
	if err != nil {
		return p, 0, err
	}
	sum := sha256.Sum256(body)
	p = place{folder + hex.EncodeToString(sum[:16]) + ".zip", len(entries)}
	return p, packed, w.out.Write(p.file, body)
}

// epoch is 1980-01-01 as ZIP writes dates: the first there is.
const epoch = 1<<5 | 1

// assemble writes an archive of entries that are sorted by name.
func (w *Writer) assemble(entries []pending) ([]byte, error) {
	if len(entries) > mostEntries {
		return nil, fmt.Errorf("%d files, and %d is the most", len(entries), mostEntries)
	}
	size := endRecord
	for i := range entries {
		p := &entries[i]
		size += localHead + centralHead + 2*(len(p.Name)+extraBytes) + max(len(p.packed), p.length)
	}
	var out bytes.Buffer
	out.Grow(size)
	archive := zip.NewWriter(&out)
	var parked []byte
	for i := range entries {
		p := &entries[i]
		body := p.packed
		if err := p.inPlace(); err != nil {
			return nil, fmt.Errorf("a shard of the last build: %w", err)
		}
		if p.spooled {
			parked = slices.Grow(parked[:0], p.length)[:p.length]
			if _, err := w.spool.ReadAt(parked, p.at); err != nil {
				return nil, fmt.Errorf("%s: %w", p.Name, err)
			}
			body = parked
		}
		into, err := archive.CreateRaw(header(&p.Entry, len(body)))
		if err == nil {
			_, err = into.Write(body)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	err := archive.Close()
	return out.Bytes(), err
}

// header is what ZIP says of an entry.
func header(e *Entry, packed int) *zip.FileHeader {
	extra := binary.LittleEndian.AppendUint16(make([]byte, 0, extraBytes), extraID)
	extra = binary.LittleEndian.AppendUint16(extra, sumBytes)
	h := &zip.FileHeader{
		Name: e.Name, Method: e.method, CRC32: e.CRC, CompressedSize64: uint64(packed), UncompressedSize64: uint64(e.Size),
		Extra: append(extra, e.Sum[:]...),
	}
	//lint:ignore SA1019 Modified would add the date in a second form, nine bytes an entry
	h.ModifiedDate = epoch
	if !isASCII(e.Name) && utf8.ValidString(e.Name) {
		h.Flags |= 0x800 // the name is UTF-8
	}
	h.SetMode(0o644)
	return h
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}
