package check

import (
	"compress/gzip"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

func serve(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s
}

func TestClientRefusesPrivateAddressesHoweverTheyAreNamed(t *testing.T) {
	reached := false
	s := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := NewClient("test", time.Second, false)
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "[::1]"} {
		_, err := c.Fetch(t.Context(), Request{URL: "http://" + host + ":" + u.Port() + "/", Limit: 10})
		refused, ok := errors.AsType[*RefusedError](err)
		if !ok || !refused.Private {
			t.Errorf("%s: %v", host, err)
		}
	}
	if reached {
		t.Error("the server was asked")
	}
}

// A page that is public names one that is not: the second is refused, though
// the first was not, by its number and by a name.
func TestClientRefusesPrivateAddressesAtRedirects(t *testing.T) {
	reached := false
	inner := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
	for _, target := range []string{inner.URL, strings.Replace(inner.URL, "127.0.0.1", "localhost", 1)} {
		outer := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target, http.StatusFound) })
		public := strings.TrimPrefix(outer.URL, "http://")
		c := newClient("test", time.Second, func(address string) error {
			if address == public {
				return nil
			}
			return dialable(address)
		})
		_, err := c.Fetch(t.Context(), Request{URL: outer.URL, Limit: 10})
		if _, ok := errors.AsType[*RefusedError](err); !ok || reached {
			t.Errorf("%s: %v, reached: %t", target, err, reached)
		}
	}
}

func TestClientRefusesWhereARedirectMayNotLead(t *testing.T) {
	for _, target := range []string{"file:///etc/passwd", "ftp://loans.example/", "http://mai:ducks@127.0.0.1/", "gopher://loans.example/"} {
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", target)
			w.WriteHeader(http.StatusMovedPermanently)
		})
		_, err := NewClient("test", time.Second, true).Fetch(t.Context(), Request{URL: s.URL, Limit: 10})
		if _, ok := errors.AsType[*RefusedError](err); !ok {
			t.Errorf("%s: %v", target, err)
		}
	}
}

func TestClientFollowsFiveRedirectsAndNoMore(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		left, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if left > 0 {
			http.Redirect(w, r, "/"+strconv.Itoa(left-1), http.StatusFound)
			return
		}
		w.Write([]byte("here"))
	})
	c := NewClient("test", time.Second, true)
	got, err := c.Fetch(t.Context(), Request{URL: s.URL + "/5", Limit: 10})
	if err != nil || got.Redirects != 5 || string(got.Body) != "here" || got.URL != s.URL+"/0" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := c.Fetch(t.Context(), Request{URL: s.URL + "/6", Limit: 10}); err == nil || !strings.Contains(err.Error(), "more than 5 times") {
		t.Errorf("six: %v", err)
	}
}

func TestClientReadsNoMoreThanItWasAsked(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bomb" {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			for range 512 {
				if _, err := z.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
			z.Close()
			return
		}
		for range 100 {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	c := NewClient("test", 20*time.Second, true)
	for _, path := range []string{"/long", "/bomb"} {
		got, err := c.Fetch(t.Context(), Request{URL: s.URL + path, Limit: 1000})
		if err != nil || len(got.Body) != 1000 || !got.Truncated {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestClientHasLimitsOfTimeAndOfHeaders(t *testing.T) {
	done := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/slow":
			<-done
		case "/dripping":
			w.Write([]byte("drop"))
			w.(http.Flusher).Flush()
			<-done
		case "/headers":
			w.Header().Set("X-Long", strings.Repeat("x", 100<<10))
		}
	})
	defer close(done)
	for path, words := range map[string]string{"/slow": "no answer in time", "/dripping": "no answer in time", "/headers": "server response headers exceeded"} {
		_, err := NewClient("test", 200*time.Millisecond, true).Fetch(t.Context(), Request{URL: s.URL + path, Limit: 10})
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestClientSaysWhoItIsAndNothingElse(t *testing.T) {
	var seen []http.Header
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Clone())
		http.SetCookie(w, &http.Cookie{Name: "id", Value: "5"})
		if r.URL.Path == "/" {
			http.Redirect(w, r, "/there", http.StatusFound)
		}
	})
	c := NewClient("Test/1.0", time.Second, true)
	for _, agent := range []string{"", "WordPress/6.8"} {
		if _, err := c.Fetch(t.Context(), Request{URL: s.URL, UserAgent: agent, Limit: 10}); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []string{"Test/1.0", "Test/1.0", "WordPress/6.8", "WordPress/6.8"} {
		if got := seen[i].Get("User-Agent"); got != want {
			t.Errorf("request %d: User-Agent %q", i, got)
		}
		if seen[i].Get("Cookie") != "" || seen[i].Get("Referer") != "" {
			t.Errorf("request %d: %v", i, seen[i])
		}
	}
}

func TestClientSaysInPlainWordsWhatIsWrong(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	for address, words := range map[string]string{
		gone.URL:                "connection refused",
		"http://nobody.invalid": "no host of the name nobody.invalid is known",
	} {
		_, err := NewClient("test", 5*time.Second, true).Fetch(t.Context(), Request{URL: address, Limit: 10})
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v", address, err)
		}
	}
}
