// Command cldr writes the tables of package locale from the JSON edition of the
// Unicode CLDR.
//
// The packages are unpacked side by side, each in a folder of its own name, and
// the command is run at the root of the module:
//
//	for p in core numbers-full dates-full localenames-full misc-full; do
//		npm pack cldr-$p@48.2.0
//		mkdir -p cldr-$p
//		tar xzf cldr-$p-48.2.0.tgz -C cldr-$p --strip-components=1
//	done
//	go run ./locale/cldr -from . -to locale
//
// Everything that could surprise package locale is refused here, when the
// tables are made: a grouping that is not by thousands, digits that are not
// Latin, a date field it cannot write, a list pattern that is more than
// separators. So the package itself has no such cases.
//
// The data is under the licence in LICENSE-Unicode-3.0.txt. Plural rules are
// not generated: package locale states them by hand and its tests hold them to ICU.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// tags are the languages that get a table, in the order of the program.
var tags = []string{"en", "es", "fr", "ar"}

func main() {
	from := flag.String("from", "", "folder that holds cldr-core, cldr-numbers-full, …, unpacked")
	to := flag.String("to", "locale", "folder the tables are written into")
	flag.Parse()
	if *from == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(os.DirFS(*from), *to); err != nil {
		fmt.Fprintln(os.Stderr, "cldr:", err)
		os.Exit(1)
	}
}

// run reads all languages before it writes the first file.
func run(from fs.FS, to string) error {
	version, err := readVersion(from)
	if err != nil {
		return err
	}
	currencies, err := readCurrencies(from)
	if err != nil {
		return err
	}
	files := map[string][]byte{}
	if files["table_currency.gen.go"], err = currencyFile(version, currencies); err != nil {
		return err
	}
	names, err := readSelfNames(from)
	if err != nil {
		return err
	}
	if files["table_names.gen.go"], err = namesFile(version, names); err != nil {
		return err
	}
	for _, tag := range tags {
		l, err := readLanguage(from, tag, currencies)
		if err != nil {
			return fmt.Errorf("%s: %w", tag, err)
		}
		if files["table_"+tag+".gen.go"], err = languageFile(version, l); err != nil {
			return fmt.Errorf("%s: %w", tag, err)
		}
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(to, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// readVersion returns the version all five packages have.
func readVersion(from fs.FS) (string, error) {
	version := ""
	for _, name := range []string{"core", "numbers-full", "dates-full", "localenames-full", "misc-full"} {
		var pkg struct{ Version string }
		if err := read(from, "cldr-"+name+"/package.json", &pkg); err != nil {
			return "", err
		}
		if version != "" && version != pkg.Version {
			return "", fmt.Errorf("cldr-%s is version %s, cldr-core is %s", name, pkg.Version, version)
		}
		version = pkg.Version
	}
	if version == "" {
		return "", errors.New("the packages do not tell their version")
	}
	return version, nil
}

func read(from fs.FS, name string, into any) error {
	data, err := fs.ReadFile(from, path.Clean(name))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// readMain reads the part of one language in one file of a package, and unwraps it.
func readMain(from fs.FS, pkg, tag, file string, into any) error {
	name := path.Join("cldr-"+pkg, "main", tag, file)
	var outer struct {
		Main map[string]json.RawMessage
	}
	if err := read(from, name, &outer); err != nil {
		return err
	}
	if err := json.Unmarshal(outer.Main[tag], into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
