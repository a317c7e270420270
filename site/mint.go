package site

// home is the address of a front page, which every page leads to several times.
type home struct{ path, url string }

func (s *Site) home(a *Address) (home, bool) {
	if a.Kind != Home || a.Page != 0 {
		return home{}, false
	}
	minted, ok := s.homes[a.Language]
	return minted, ok
}

func (s *Site) mintHome(language string) home {
	a := Address{Kind: Home, Language: language}
	return home{path: s.mint(a, s.root), url: s.mint(a, s.base)}
}

// AppendURL appends the whole address, as [Site.URL] has it, to dst.
func (s *Site) AppendURL(dst []byte, a Address) []byte { return s.append(dst, a, s.base) }

// AppendPath appends the address as [Site.Path] writes it to dst.
func (s *Site) AppendPath(dst []byte, a Address) []byte { return s.append(dst, a, s.root) }

// mint is the path of an address behind a prefix, in one allocation.
func (s *Site) mint(a Address, prefix string) string {
	var room [128]byte
	return string(s.append(room[:0], a, prefix))
}
