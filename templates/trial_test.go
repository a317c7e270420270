package templates

import (
	"strings"
	"testing"
)

func trialView() Trial {
	t := Trial{Action: "/services/oembed/try", Style: "/assets/docs.css"}
	t.Fields.URL = TrialField{"url", `https://loans.example/lend/5"><b>`}
	t.Fields.Width, t.Fields.Height = TrialField{"maxwidth", "400"}, TrialField{"maxheight", ""}
	t.Frames = []TrialFrame{{Caption: "As WordPress frames it", URL: "https://pictures.example/embed/5#?secret=x", Width: "400", Height: "300", Sandbox: "allow-scripts"}}
	t.Report = &TrialReport{Held: "103", All: "104",
		Programs: []TrialProgram{{"WordPress", "the quotation"}, {"Misskey", ""}},
		Broken:   []TrialRule{{"json-type", "the type is said", "text/html", "Say application/json.", "oEmbed 2.3.4"}}}
	t.Answers = []TrialAnswer{{"json", "https://loans.example/services/oembed?url=x", "200 OK", `{"html":"<iframe>"}`}}
	return t
}

func TestATrialTellsWhatHoldsAndWhatDoesNot(t *testing.T) {
	text := render(t, TrialPage(frameIn(languageOf("en"), "/services/oembed/try"), trialView()))
	for _, want := range []string{
		`value="https://loans.example/lend/5&#34;&gt;&lt;b&gt;"`, "Rules that hold: 103 of 104.", "<bdi>Misskey</bdi></th><td>Nothing</td>",
		"Say application/json.", `{&#34;html&#34;:&#34;&lt;iframe&gt;&#34;}`, `sandbox="allow-scripts"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
}
