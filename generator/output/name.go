package output

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxSegment is what Linux and macOS file systems take for one name.
	maxSegment = 255
	// maxName is the key limit of object stores; far below PATH_MAX.
	maxName = 1024
	// markerFolder makes a folder ours. Nothing the site says may live there.
	markerFolder = ".loanleaf"
)

// CheckName tells why a name is none for a file of a generation, as [Folder.Write]
// would; nil for a good one.
func CheckName(name string) error { return checkName(name) }

// checkName refuses every name that is not one plain file below the folder on
// Linux and macOS alike. The marker is compared without case, because the
// usual macOS file system does so too.
func checkName(name string) error {
	switch {
	case name == "":
		return fmt.Errorf("output name is empty")
	case len(name) > maxName:
		return fmt.Errorf("output name %.40q… is longer than %d bytes", name, maxName)
	case !utf8.ValidString(name):
		return fmt.Errorf("output name %q is not valid UTF-8", name)
	case strings.ContainsRune(name, '\\'):
		return fmt.Errorf("output name %q has a backslash", name)
	case strings.ContainsFunc(name, unicode.IsControl):
		return fmt.Errorf("output name %q has a control character", name)
	case name[0] == '/':
		return fmt.Errorf("output name %q is absolute", name)
	}
	first := true
	for segment := range strings.SplitSeq(name, "/") {
		switch {
		case segment == "":
			return fmt.Errorf("output name %q has an empty segment", name)
		case segment == "." || segment == "..":
			return fmt.Errorf("output name %q has the segment %q", name, segment)
		case len(segment) > maxSegment:
			return fmt.Errorf("output name %.40q… has a segment longer than %d bytes", name, maxSegment)
		case first && strings.EqualFold(segment, markerFolder):
			return fmt.Errorf("output name %q is inside %s, which is kept for the manifest", name, markerFolder)
		}
		first = false
	}
	return nil
}

// parentOf is the folder part of a checked name, "" at the top.
func parentOf(name string) string {
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		return name[:i]
	}
	return ""
}
