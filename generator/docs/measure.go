package docs

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"image"
	_ "image/gif" // the sizes of these
	_ "image/jpeg"
	_ "image/png"
	"math"
	"strconv"
	"strings"
)

// measure is the size of a picture in pixels, so that pages keep its place; 0
// where a picture says none. An error says why it is not published.
func measure(ending string, body []byte) (width, height int, err error) {
	switch ending {
	case ".svg":
		return measureDrawing(body)
	case ".webp":
		width, height = measureWebP(body)
	case ".avif":
		width, height = measureAVIF(body)
	default:
		c, _, err := image.DecodeConfig(bytes.NewReader(body))
		if err != nil {
			return 0, 0, errors.New("is not a picture, whatever its name says")
		}
		width, height = c.Width, c.Height
		if ending != ".gif" && ending != ".png" && turned(body) {
			width, height = height, width
		}
	}
	if width <= 0 || height <= 0 {
		return 0, 0, errors.New("is not a picture, whatever its name says")
	}
	return width, height, nil
}

// measureWebP reads the first part of a WebP file, RFC 9649, sections 2.5 to 2.7.
func measureWebP(b []byte) (width, height int) {
	if len(b) < 30 || string(b[:4]) != "RIFF" || string(b[8:12]) != "WEBP" {
		return 0, 0
	}
	switch string(b[12:16]) {
	case "VP8X":
		return 1 + int(b[24]) + int(b[25])<<8 + int(b[26])<<16, 1 + int(b[27]) + int(b[28])<<8 + int(b[29])<<16
	case "VP8L":
		bits := binary.LittleEndian.Uint32(b[21:])
		return 1 + int(bits&0x3fff), 1 + int(bits>>14&0x3fff)
	case "VP8 ":
		return int(binary.LittleEndian.Uint16(b[26:]) & 0x3fff), int(binary.LittleEndian.Uint16(b[28:]) & 0x3fff)
	}
	return 0, 0
}

// measureAVIF takes the largest of the sizes (boxes "ispe" of ISO/IEC 23008-12)
// that the head of an AVIF file has: others are those of its tiles.
func measureAVIF(b []byte) (width, height int) {
	if len(b) < 16 || string(b[4:8]) != "ftyp" || !bytes.Contains(b[8:min(len(b), 64)], []byte("avi")) {
		return 0, 0
	}
	const box = "ispe"
	for b = b[:min(len(b), 64<<10)]; ; b = b[len(box):] {
		at := bytes.Index(b, []byte(box))
		if at < 0 || at+16 > len(b) {
			return width, height
		}
		b = b[at:]
		w, h := int(binary.BigEndian.Uint32(b[8:])), int(binary.BigEndian.Uint32(b[12:]))
		if w > width && w < 1<<16 && h < 1<<16 {
			width, height = w, h
		}
	}
}

// turned tells whether a JPEG photo is to be shown on its side, as its camera
// noted (EXIF 2.3, tag 0x0112, values from 5): browsers turn it.
func turned(b []byte) bool {
	for at := 2; at+4 <= len(b) && b[at] == 0xff; {
		length := int(binary.BigEndian.Uint16(b[at+2:]))
		part := b[at+4 : min(len(b), at+2+max(length, 2))]
		if b[at+1] == 0xe1 && len(part) > 14 && string(part[:6]) == "Exif\x00\x00" {
			return orientation(part[6:]) >= 5
		}
		if b[at+1] == 0xda {
			return false
		}
		at += 2 + max(length, 2)
	}
	return false
}

// orientation reads that tag of the first directory of a TIFF head.
func orientation(b []byte) uint16 {
	var order binary.ByteOrder = binary.BigEndian
	if string(b[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(b[4:]))
	if at < 8 || at+2 > len(b) {
		return 0
	}
	entries := int(order.Uint16(b[at:]))
	for at += 2; entries > 0 && at+12 <= len(b); entries, at = entries-1, at+12 {
		if order.Uint16(b[at:]) == 0x0112 {
			return order.Uint16(b[at+8:])
		}
	}
	return 0
}

// measureDrawing reads an SVG file. One that could do something is refused, not
// cleaned: pages show drawings as pictures, where nothing in them runs, but a
// host that sends no headers would let it run for whoever opens its address.
func measureDrawing(body []byte) (width, height int, err error) {
	tokens := xml.NewDecoder(bytes.NewReader(body))
	tokens.Entity = xml.HTMLEntity
	first := true
	for {
		token, err := tokens.RawToken()
		if err != nil && token == nil {
			if first {
				return 0, 0, errors.New("is not a drawing in SVG")
			}
			if at, ok := errors.AsType[*xml.SyntaxError](err); ok {
				return 0, 0, errors.New("is not a drawing in SVG: " + at.Msg)
			}
			return width, height, nil
		}
		switch token := token.(type) {
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(token), []byte("ENTITY")) {
				return 0, 0, errors.New("has entities of its own, and is not published")
			}
		case xml.ProcInst:
			if token.Target != "xml" {
				return 0, 0, errors.New("has an instruction <?" + token.Target + ", and is not published")
			}
		case xml.StartElement:
			if what := active(token); what != "" {
				return 0, 0, errors.New("has " + what + ", which could run, and is not published")
			}
			if first && token.Name.Local != "svg" {
				return 0, 0, errors.New("is not a drawing in SVG")
			}
			if first {
				width, height = drawnSize(token)
			}
			first = false
		}
	}
}

// active is what an element of a drawing could do; empty where it is at rest.
func active(e xml.StartElement) string {
	switch name := strings.ToLower(e.Name.Local); name {
	case "script", "foreignobject", "iframe", "object", "embed", "handler", "listener":
		return "<" + e.Name.Local + ">"
	}
	for _, a := range e.Attr {
		name, value := strings.ToLower(a.Name.Local), strings.ToLower(strings.TrimSpace(a.Value))
		if strings.HasPrefix(name, "on") {
			return "the attribute " + a.Name.Local
		}
		if strings.Contains(strings.Map(dropSpace, value), "script:") {
			return "an address that is a script"
		}
	}
	return ""
}

func dropSpace(r rune) rune {
	if r <= ' ' {
		return -1
	}
	return r
}

// drawnSize is the size of a drawing: what it says itself in pixels, else its
// view box, in its proportions.
func drawnSize(e xml.StartElement) (width, height int) {
	var box []string
	var w, h float64
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "width":
			w, _ = strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(a.Value), "px"), 64)
		case "height":
			h, _ = strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(a.Value), "px"), 64)
		case "viewBox":
			box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' })
		}
	}
	if len(box) == 4 {
		boxWidth, _ := strconv.ParseFloat(box[2], 64)
		boxHeight, _ := strconv.ParseFloat(box[3], 64)
		switch {
		case !(boxWidth > 0 && boxHeight > 0):
		case w == 0 && h == 0:
			w, h = boxWidth, boxHeight
		case w == 0:
			w = h * boxWidth / boxHeight
		case h == 0:
			h = w * boxHeight / boxWidth
		}
	}
	if !(w >= 1 && h >= 1 && w < 1<<16 && h < 1<<16) {
		return 0, 0
	}
	return int(math.Round(w)), int(math.Round(h))
}
