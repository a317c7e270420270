package templates

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"loanleaf/locale"
	"loanleaf/public"
)

func TestFrameScriptAsksForNothingAndKeepsNothing(t *testing.T) {
	frameScript := public.Embedded().FrameScript()
	for _, word := range []string{"fetch", "XMLHttp", "import", "http", "cookie", "Storage", "eval", "Function", "innerHTML", "setTimeout"} {
		if strings.Contains(frameScript, word) {
			t.Errorf("the script has %s", word)
		}
	}
}

func TestFrameScriptIsSmall(t *testing.T) {
	frameScript := public.Embedded().FrameScript()
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
	cards["hostile"] = render(t, WidgetDocument(hostileLoan(), shellOf(widgetPolicy)))
	for _, tag := range []string{"es", "fr", "ar"} {
		l, g := widgetLoan(), widgetGone()
		l.Language, _ = locale.Get(tag)
		g.Language = l.Language
		cards[tag], cards["gone-"+tag] = render(t, WidgetDocument(l, shellOf(widgetPolicy))), render(t, GoneWidget(g, shellOf(widgetPolicy)))
	}
	for name, document := range cards {
		if !strings.HasSuffix(document, "</main><script>"+public.Embedded().FrameScript()+"</script></body></html>") {
			t.Errorf("%s does not end in the script", name)
		}
	}
}
