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
