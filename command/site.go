package command

import (
	"fmt"
	"strings"

	"loanleaf/public"
	"loanleaf/site"
)

// defaultAddr is where serve listens, and with http:// before it the address
// of a site whose operator named none.
const defaultAddr = "127.0.0.1:8080"

// newSite makes the site of the settings, before any data is read. Where the
// sample is shown the program draws its pictures itself. The gallery is nil
// where no pictures are served.
func newSite(s *Settings, files *public.Set) (*site.Site, gallery, error) {
	c := site.Config{
		BaseURL: s.BaseURL, Name: s.Name, Languages: s.Languages, Images: s.Images, LendURL: s.LendURL, AppID: s.AppID,
		Aliases: s.Aliases, OEmbed: s.OEmbed.Endpoint, Logo: s.Logo, Colour: files.LinkColour(),
		EditURL: s.EditURL, Redirects: s.Redirects,
	}
	for _, link := range s.Links {
		c.Links = append(c.Links, site.Link(link))
	}
	var err error
	if c.Cards, err = cardsOf(s.Cards); err != nil {
		return nil, nil, err
	}
	c.ListCards = s.Cards == allCards
	var pictures gallery
	switch {
	case s.Images == "" && s.sample():
		drawings, err := newDrawn()
		if err != nil {
			return nil, nil, err
		}
		pictures = drawings
	case s.Images == "" || s.Images == site.NoImages:
		c.Images = site.NoImages
	case !strings.Contains(s.Images, "://"):
		opened, err := openFolder(s.Images)
		if err != nil {
			return nil, nil, err
		}
		pictures = opened
	}
	if pictures != nil {
		c.Images, c.Gallery = site.ServedImages, pictures
	}
	made, err := site.New(c)
	if err != nil {
		return nil, nil, usage(fmt.Errorf("settings: %w", err), "\"loanleaf init\" writes a file that explains every setting")
	}
	return made, pictures, nil
}
