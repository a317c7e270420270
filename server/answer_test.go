package server

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// deadlines is a connection that notes what was written before each deadline it was given.
type deadlines struct {
	*httptest.ResponseRecorder
	at []int
}

func (d *deadlines) SetWriteDeadline(t time.Time) error {
	if left := time.Until(t); left > 0 && left <= writeTimeout {
		d.at = append(d.at, d.Body.Len())
	}
	return nil
}

// TestALargeBodyHasTimeForEachOfItsParts sends some of 16 MB, the most that a file beside
// documents has, to a connection with deadlines: a slow client would be cut off.
func TestALargeBodyHasTimeForEachOfItsParts(t *testing.T) {
	for _, size := range []int{0, 100, 1 << 20, 1<<20 + 1, 16 << 20} {
		d := &deadlines{ResponseRecorder: httptest.NewRecorder()}
		body := bytes.Repeat([]byte("0123456789abcdef"), size/16+1)[:size]
		send(&visit{ResponseWriter: d}, httptest.NewRequest(http.MethodGet, "/", nil), answer{contentType: "video/mp4", body: body})
		if !bytes.Equal(d.Body.Bytes(), body) {
			t.Errorf("%d bytes: %d arrive", size, d.Body.Len())
		}
		last := 0
		for _, at := range append(d.at, size) {
			if at-last > 1<<20 {
				t.Errorf("%d bytes: %d of them in one go", size, at-last)
			}
			last = at
		}
	}
}
