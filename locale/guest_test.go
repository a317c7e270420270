package locale

import "testing"

func TestGuestsAreCalledAsTheyCallThemselves(t *testing.T) {
	english, _ := Get("en")
	for _, c := range []struct{ tag, name, direction string }{
		{"km", "ខ្មែរ", "ltr"},
		{"vi", "Tiếng Việt", "ltr"},
		{"uk", "Українська", "ltr"},
		{"fa", "فارسی", "rtl"},
		{"he", "עברית", "rtl"},
		{"dv", "dv", "rtl"}, // CLDR knows its script and not its name
		{"pt-BR", "Português (BR)", "ltr"},
		{"zh-Hans", "简体中文", "ltr"},
		{"zh-CN", "简体中文", "ltr"},
		{"zh-TW", "繁體中文", "ltr"},
		{"sw-KE", "Kiswahili (KE)", "ltr"},
		{"rw-RW", "Ikinyarwanda (RW)", "ltr"},
	} {
		guest, ok := Guest(c.tag, english)
		if !ok || guest.Tag != c.tag || guest.Name != c.name || guest.Direction != c.direction || guest.Words != english.Words {
			t.Errorf("%s is %+v, want %s, %s, in the host's words", c.tag, guest, c.name, c.direction)
		}
	}
	spanish, _ := Get("es")
	if guest, ok := Guest("es-MX", english); !ok || guest.Words != spanish.Words || guest.Name != "Español de México" {
		t.Errorf("es-MX is %q", guest.Name)
	}
	for _, tag := range []string{"", "xx", "not a tag", "js", "pt_BR"} {
		if guest, ok := Guest(tag, english); ok {
			t.Errorf("%q is a language: %s", tag, guest.Name)
		}
	}
	if english.Tag != "en" || english.Name != "English" {
		t.Error("a guest changed its host")
	}
}
