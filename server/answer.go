package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"loanleaf/generator/page"
)

// answer is a body with what is said about it.
type answer struct {
	kind              page.Answer
	status            int // 0: 200
	contentType       string
	language          string // of the words in body; empty for what programs read
	body              []byte
	policies          page.Policies // for the kinds that are pages
	jsonLink, xmlLink string        // discovery, on loan pages
}

// leastCompressed is the smallest body that compression makes shorter on the
// wire: below it everything fits the first packet anyway.
const leastCompressed = 512

// send writes an answer, or 304 when the client has it already.
func send(w http.ResponseWriter, r *http.Request, a answer) {
	h := w.Header()
	setHeaders(h, a.kind, a.policies)
	h.Set("Content-Type", a.contentType)
	switch a.status {
	case http.StatusServiceUnavailable, http.StatusTooManyRequests, http.StatusForbidden: // true at this moment alone
		h.Set("Cache-Control", page.Never)
	}
	if a.language != "" {
		h.Set("Content-Language", a.language)
	}
	if a.jsonLink != "" {
		h.Add("Link", "<"+a.jsonLink+`>; rel="alternate"; type="application/json+oembed"`)
		h.Add("Link", "<"+a.xmlLink+`>; rel="alternate"; type="text/xml+oembed"`)
	}
	compress := false
	if compressible(a.contentType) && len(a.body) >= leastCompressed {
		h.Add("Vary", "Accept-Encoding")
		compress = acceptsGzip(r.Header.Values("Accept-Encoding"))
	}
	if a.status == 0 {
		tag := entityTag(a.body)
		h.Set("ETag", quoteTag(tag, compress))
		if unmet(r, tag) {
			plain(w, r, http.StatusPreconditionFailed, changed)
			return
		}
		if matchesTag(r.Header.Values("If-None-Match"), tag) {
			h.Del("Content-Type")
			w.WriteHeader(http.StatusNotModified)
			return
		}
		a.status = http.StatusOK
	}
	if compress {
		buffer := buffers.Get().(*bytes.Buffer)
		defer keep(buffer)
		buffer.Reset()
		deflate(buffer, a.body)
		a.body = buffer.Bytes()
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		deliver(w, a.body)
	}
}

// deliver writes a body. Each part of it has [writeTimeout] for itself, so that a slow
// client gets a large file whole, and one that does not read is still let go.
func deliver(w http.ResponseWriter, body []byte) {
	const part = 1 << 20 // bytes: 35 KB/s are enough
	control := http.NewResponseController(w)
	for len(body) > part {
		if _, err := w.Write(body[:part]); err != nil {
			return // the client has gone
		}
		body = body[part:]
		// The error is that of a writer without a connection, which has no deadline.
		_ = control.SetWriteDeadline(time.Now().Add(writeTimeout))
	}
	w.Write(body) // an error means that the client has gone
}

// entityTag is the opaque part of a strong ETag: 128 bits of the body's hash.
func entityTag(body []byte) string {
	sum := sha256.Sum256(body)
	return tagOf([16]byte(sum[:]))
}

func tagOf(half [16]byte) string { return base64.RawURLEncoding.EncodeToString(half[:]) }

// compressed marks the tag of the compressed form, whose bytes differ.
const compressed = "-gzip"

func quoteTag(tag string, compress bool) string {
	if compress {
		tag += compressed
	}
	return `"` + tag + `"`
}

// unmet tells whether the client wants an answer only as it had it (If-Match; RFC 9110,
// section 13.1.1), and it is another. A weak tag matches nothing there.
func unmet(r *http.Request, tag string) bool {
	var strong []string
	for _, line := range r.Header.Values("If-Match") {
		for field := range strings.SplitSeq(line, ",") {
			if field = strings.TrimSpace(field); !strings.HasPrefix(field, "W/") {
				strong = append(strong, field)
			}
		}
	}
	return len(r.Header.Values("If-Match")) > 0 && !matchesTag(strong, tag)
}

const changed = "This is not what it was any more."

// matchesTag reads If-None-Match: a list of tags, weak ones too, or "*" (RFC
// 9110, section 13.1.2). Either form of the body counts as the same content.
func matchesTag(lines []string, tag string) bool {
	for _, line := range lines {
		for field := range strings.SplitSeq(line, ",") {
			field = strings.TrimSpace(field)
			if field == "*" {
				return true
			}
			field = strings.TrimPrefix(field, "W/")
			opaque, ok := strings.CutPrefix(field, `"`)
			if opaque, closed := strings.CutSuffix(opaque, `"`); ok && closed && strings.TrimSuffix(opaque, compressed) == tag {
				return true
			}
		}
	}
	return false
}

func compressible(contentType string) bool {
	return strings.HasPrefix(contentType, "text/") || strings.HasPrefix(contentType, "application/") || strings.HasPrefix(contentType, "image/svg")
}

// acceptsGzip reads Accept-Encoding: gzip named with a weight above 0, or "*"
// so and gzip not refused (RFC 9110, section 12.5.3).
func acceptsGzip(lines []string) bool {
	gzipWeight, anyWeight := -1.0, -1.0
	for _, line := range lines {
		for field := range strings.SplitSeq(line, ",") {
			name, parameters, _ := strings.Cut(strings.TrimSpace(field), ";")
			weight := weightOf(parameters)
			switch strings.ToLower(strings.TrimSpace(name)) {
			case "gzip", "x-gzip":
				gzipWeight = weight
			case "*":
				anyWeight = weight
			}
		}
	}
	if gzipWeight >= 0 {
		return gzipWeight > 0
	}
	return anyWeight > 0
}

var packers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// deflate compresses body. A gzip header without a time keeps equal bodies equal.
func deflate(dst *bytes.Buffer, body []byte) {
	packer := packers.Get().(*gzip.Writer)
	defer packers.Put(packer)
	packer.Reset(dst)
	packer.Write(body) // a bytes.Buffer takes everything
	packer.Close()
}
