package site

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Picture is a picture of a loan at one size.
type Picture struct {
	URL           string // absolute
	Width, Height int    // pixels; 0 when not known
}

// sizeGrammar is Kiva's (seed 002, "Images and Other Media"): a width, a
// height, both (fit inside), a square, or the whole picture.
var sizeGrammar = regexp.MustCompile(`^(?:fullsize|[swh][1-9][0-9]{0,3}|w[1-9][0-9]{0,3}h[1-9][0-9]{0,3}|h[1-9][0-9]{0,3}w[1-9][0-9]{0,3})$`)

// Picture is the picture with this id at a size of Kiva's grammar; false when
// the site shows none. Its measure is known where the site serves the picture
// itself, and of squares everywhere; "w200h200" only bounds what is not known.
func (s *Site) Picture(id int64, size string) (Picture, bool) {
	if id <= 0 || s.config.Images == NoImages {
		return Picture{}, false
	}
	number := strconv.FormatInt(id, 10)
	if s.config.Images == ServedImages {
		width, height, ok := s.config.Gallery.PictureSize(size, id)
		if !ok {
			return Picture{}, false
		}
		return Picture{URL: s.origin + s.root + "/img/" + size + "/" + number + ".jpg", Width: width, Height: height}, true
	}
	p := Picture{URL: strings.NewReplacer("<id>", number, "<size>", size).Replace(s.config.Images)}
	if side, ok := strings.CutPrefix(size, "s"); ok && strings.Contains(s.config.Images, "<size>") {
		p.Width, _ = strconv.Atoi(side)
		p.Height = p.Width
	}
	return p, true
}

// PictureFile is where a build puts a served picture, relative to its folder.
func (s *Site) PictureFile(size string, id int64) string {
	return "img/" + size + "/" + strconv.FormatInt(id, 10) + ".jpg"
}

// ParsePicturePath reads "/img/<size>/<id>.jpg".
func (s *Site) ParsePicturePath(escaped string) (size string, id int64, ok bool) {
	rest, ok := strings.CutPrefix(escaped, s.root+"/img/")
	if !ok {
		return "", 0, false
	}
	size, name, _ := strings.Cut(rest, "/")
	number, jpg := strings.CutSuffix(name, ".jpg")
	id, good := readID(number)
	return size, id, jpg && good && sizeGrammar.MatchString(size)
}

// ParseAssetPath reads "/assets/<file>".
func (s *Site) ParseAssetPath(escaped string) (file string, ok bool) {
	rest, ok := strings.CutPrefix(escaped, s.root+"/assets/")
	return rest, ok && rest != "" && !strings.Contains(rest, "/")
}

// ImageSources are the places that pictures come from, as a content security
// policy writes them: 'self', an origin, both, or none.
func (s *Site) ImageSources() []string {
	var sources []string
	if s.config.Images == ServedImages || strings.HasPrefix(s.config.Logo, "/") {
		sources = append(sources, "'self'")
	}
	pattern := ""
	if s.config.Images != ServedImages && s.config.Images != NoImages {
		pattern = strings.NewReplacer("<id>", "1", "<size>", "s300").Replace(s.config.Images)
	}
	for _, address := range []string{pattern, s.config.Logo} {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" {
			continue
		}
		origin := u.Scheme + "://" + u.Host
		if len(sources) == 0 || sources[len(sources)-1] != origin {
			sources = append(sources, origin)
		}
	}
	return sources
}
