package templates

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"loanleaf/locale"
)

func TestFrameScriptIsTheSourceWithoutItsComments(t *testing.T) {
	if strings.Contains(frameScript, "/*") || strings.ContainsAny(frameScript, "\n\t") {
		t.Error("the script has a comment or a line break in it")
	}
	for _, pair := range []string{"()", "{}", "[]"} {
		if open, shut := strings.Count(frameScript, pair[:1]), strings.Count(frameScript, pair[1:]); open == 0 || open != shut {
			t.Errorf("the script opens %d %s and closes %d", open, pair, shut)
		}
	}
}

// Filters of content damage these in scripts, and </script would end ours.
func TestFrameScriptHasNoAmpersandAndNoTag(t *testing.T) {
	if i := strings.IndexAny(frameScript, "&<"); i >= 0 {
		t.Errorf("the script has %q", frameScript[i:min(i+20, len(frameScript))])
	}
}

func TestFrameScriptAsksForNothingAndKeepsNothing(t *testing.T) {
	for _, word := range []string{"fetch", "XMLHttp", "import", "http", "cookie", "Storage", "eval", "Function", "innerHTML", "setTimeout"} {
		if strings.Contains(frameScript, word) {
			t.Errorf("the script has %s", word)
		}
	}
}

func TestFrameScriptIsSmall(t *testing.T) {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.DefaultCompression)
	_, _ = w.Write([]byte(frameScript))
	_ = w.Close()
	t.Logf("%d bytes, %d gzip", len(frameScript), b.Len())
	if b.Len() > 512 {
		t.Errorf("the script is %d bytes gzip, want at most 512", b.Len())
	}
}

func TestFrameScriptIsTheSameBytesInEveryDocument(t *testing.T) {
	cards := widgetCards(t)
	cards["hostile"] = render(t, WidgetDocument(hostileLoan(), widgetPolicy))
	for _, tag := range []string{"es", "fr", "ar"} {
		l, g := widgetLoan(), widgetGone()
		l.Language, _ = locale.Get(tag)
		g.Language = l.Language
		cards[tag], cards["gone-"+tag] = render(t, WidgetDocument(l, widgetPolicy)), render(t, GoneWidget(g, widgetPolicy))
	}
	for name, document := range cards {
		if !strings.HasSuffix(document, "</main><script>"+frameScript+"</script></body></html>") {
			t.Errorf("%s does not end in the script", name)
		}
	}
}
