package server_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loanleaf/server"
)

// TestAShardThatIsOverwrittenEndsNoServer shortens the shards of a folder that is
// served, as cp does before it writes: what is asked for meanwhile is refused, and when
// they are whole again all is answered, without a new start.
func TestAShardThatIsOverwrittenEndsNoServer(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	numbered(t, dir, 1, true)
	host, err := server.Folder(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close()
	web := httptest.NewServer(host)
	defer web.Close()
	shards, err := filepath.Glob(dir + "/packs/*.zip")
	if err != nil || len(shards) < 3 {
		t.Fatal(shards, err)
	}
	if n, err := generationOf(web.URL + "/lend/301"); err != nil || n != 1 { // of one shard the directory is known
		t.Fatal(n, err)
	}
	bodies := map[string][]byte{}
	for _, shard := range shards {
		if bodies[shard], err = os.ReadFile(shard); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(shard, 0); err != nil {
			t.Fatal(err)
		}
	}
	targets := []string{"/", "/lend/301", "/lend/9001", "/docs/"}
	for _, target := range targets {
		for _, encoding := range []string{"gzip", "identity"} {
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, web.URL+target, nil)
			r.Header.Set("Accept-Encoding", encoding)
			answer, err := http.DefaultTransport.RoundTrip(r)
			if err != nil {
				t.Fatalf("%s, %s: %v", target, encoding, err)
			}
			answer.Body.Close()
			if caching := answer.Header.Get("Cache-Control"); answer.StatusCode != http.StatusInternalServerError || !strings.Contains(caching, "no-store") {
				t.Errorf("%s, %s, of a shard without its bytes: %d, %s", target, encoding, answer.StatusCode, caching)
			}
		}
	}
	for shard, body := range bodies {
		if err := os.WriteFile(shard, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, target := range targets {
		if n, err := generationOf(web.URL + target); err != nil || n != 1 {
			t.Errorf("%s, whole again: generation %d, %v", target, n, err)
		}
	}
}
