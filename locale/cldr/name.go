package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// selfName is what a language calls itself.
type selfName struct{ tag, name string }

// namedTag are the tags that get a name: languages of two letters, and their forms
// by script or region.
var namedTag = regexp.MustCompile(`^[a-z]{2}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$`)

// readSelfNames reads what every language there calls itself and its own forms.
func readSelfNames(from fs.FS) ([]selfName, error) {
	folders, err := fs.ReadDir(from, "cldr-localenames-full/main")
	if err != nil {
		return nil, err
	}
	all := map[string]selfName{}
	for _, folder := range folders {
		tag := folder.Name()
		if !namedTag.MatchString(tag) || strings.Count(tag, "-") > 1 {
			continue
		}
		var names struct {
			LocaleDisplayNames struct{ Languages map[string]string }
		}
		err := readMain(from, "localenames-full", tag, "languages.json", &names)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it calls none by a name of its own
		}
		if err != nil {
			return nil, err
		}
		for code, name := range names.LocaleDisplayNames.Languages {
			own := code == tag || strings.HasPrefix(code, tag+"-") && !strings.Contains(tag, "-")
			if _, known := all[code]; own && name != "" && namedTag.MatchString(code) && (!known || code == tag) {
				all[code] = selfName{code, firstUpper(name)}
			}
		}
	}
	list := make([]selfName, 0, len(all))
	for _, tag := range slices.Sorted(maps.Keys(all)) {
		list = append(list, all[tag])
	}
	return list, nil
}

func namesFile(version string, names []selfName) ([]byte, error) {
	var b bytes.Buffer
	header(&b, version)
	b.WriteString("// selfNames are what languages call themselves, by tag.\nvar selfNames = [...]selfName{\n")
	for _, n := range names {
		fmt.Fprintf(&b, "{%q, %q},\n", n.tag, n.name)
	}
	b.WriteString("}\n")
	return format.Source(b.Bytes())
}
