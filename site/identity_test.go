package site

import (
	"reflect"
	"testing"
)

// TestEverySettingIsPartOfTheIdentity changes one field of Config after the other,
// those that are still to come too.
func TestEverySettingIsPartOfTheIdentity(t *testing.T) {
	whole := Config{
		BaseURL: "https://loans.example", Name: "Loans", Languages: []string{"en"}, Images: NoImages, LendURL: "https://lend.example/<id>",
		OEmbed: Static, Colour: "#4338a8",
	}
	values := map[string]any{
		"BaseURL": "https://other.example", "Name": "Others", "Languages": []string{"en", "es"}, "Images": "https://img.example/<size>/<id>.jpg",
		"Gallery": Gallery(square{}), "LendURL": "https://lend.example/at/<id>", "AppID": "com.example", "Aliases": []string{"www.kiva.org"},
		"OEmbed": "https://loans.example/services/oembed", "Logo": "https://loans.example/logo.svg", "Links": []Link{{"About", "https://about.example"}},
		"Cards": func(int64) bool { return true }, "ListCards": true, "Colour": "#205020", "EditURL": "https://forge.example/edit/<path>", "Redirects": map[string]string{"/old": "/new"},
	}
	identity := func(c Config) [32]byte {
		t.Helper()
		s, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		return s.Identity()
	}
	first, second := identity(whole), identity(whole)
	if first != second {
		t.Error("one site has two identities")
	}
	seen := map[[32]byte]string{first: "none"}
	for field := range reflect.TypeFor[Config]().Fields() {
		value, ok := values[field.Name]
		if !ok {
			t.Errorf("%s: the test has no other value for it", field.Name)
			continue
		}
		changed := whole
		reflect.ValueOf(&changed).Elem().FieldByName(field.Name).Set(reflect.ValueOf(value))
		i := identity(changed)
		if other, ok := seen[i]; ok {
			t.Errorf("another %s gives the identity of a change to %s", field.Name, other)
		}
		seen[i] = field.Name
	}
}

type square struct{}

func (square) PictureSize(string, int64) (int, int, bool) { return 100, 100, true }
