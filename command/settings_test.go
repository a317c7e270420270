package command

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"loanleaf/locale"
	"loanleaf/public"
	"loanleaf/site"
)

// TestTheCommentedFileHasEverySetting takes the file of init with all of its
// examples brought to life.
func TestTheCommentedFileHasEverySetting(t *testing.T) {
	var live Settings
	example := regexp.MustCompile(`(?m)^( *)# ( *(?:- )?[a-z_]+:|  - |  /[a-z/-]+:)`)
	body := example.ReplaceAll(commentedConfiguration, []byte("$1$2"))
	if err := parseSettings("loanleaf.yaml", body, &live); err != nil {
		t.Fatalf("%v in\n%s", err, body)
	}
	value := reflect.ValueOf(live)
	for _, field := range reflect.VisibleFields(value.Type()) {
		if value.FieldByIndex(field.Index).IsZero() {
			t.Errorf("%s is not in the file that init writes", field.Tag.Get("yaml"))
		}
	}
	if len(live.Links) != 1 || live.Links[0].Label == "" || live.Links[0].URL == "" || len(live.Data) != 2 {
		t.Errorf("links are %v, data is %v", live.Links, live.Data)
	}
	live.Images = site.NoImages
	files, err := newFiles(&live, public.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := newSite(&live, files); err != nil {
		t.Errorf("its examples make no site: %v", err)
	}
}

func TestTheFileOfInitChangesNoDefault(t *testing.T) {
	defaults := defaultSettings()
	read := defaults
	if err := parseSettings("loanleaf.yaml", commentedConfiguration, &read); err != nil {
		t.Fatal(err)
	}
	read.BaseURL = ""
	if !reflect.DeepEqual(read, defaults) {
		t.Errorf("it says %+v, defaults are %+v", read, defaults)
	}
	shipped := locale.Shipped()
	choice := strings.Join(shipped[:len(shipped)-1], ", ") + " and " + shipped[len(shipped)-1]
	if !strings.Contains(string(commentedConfiguration), choice) {
		t.Errorf("the program has %s: the file should say so", choice)
	}
}

// TestEverySettingMayComeFromTheEnvironment sets one variable after another and
// looks for the one field that changes.
func TestEverySettingMayComeFromTheEnvironment(t *testing.T) {
	changed := map[string]bool{}
	for _, one := range settings {
		p := &Program{LookupEnv: func(name string) (string, bool) {
			if name == "LOANLEAF_"+strings.ToUpper(strings.ReplaceAll(one.name, "-", "_")) {
				return "2026-01-02", true
			}
			return "", false
		}}
		t.Chdir(t.TempDir())
		flags := p.buildCommand().Flags()
		before, err := (&Program{LookupEnv: func(string) (string, bool) { return "", false }}).readSettings(flags)
		if err != nil {
			t.Fatal(err)
		}
		after, err := p.readSettings(flags)
		if err != nil {
			t.Fatal(err)
		}
		var fields []string
		for i, field := range reflect.VisibleFields(reflect.TypeFor[Settings]()) {
			if !reflect.DeepEqual(reflect.ValueOf(before).Field(i).Interface(), reflect.ValueOf(after).Field(i).Interface()) {
				fields = append(fields, field.Tag.Get("yaml"))
			}
		}
		if len(fields) != 1 {
			t.Errorf("%s changes %v", envName(one.name), fields)
			continue
		}
		changed[fields[0]] = true
	}
	for _, name := range settingNames(Settings{}) {
		if !changed[name] && name != "links" && name != "colours" && name != "redirects" { // which have parts
			t.Errorf("%s cannot be set from the environment", name)
		}
	}
}
