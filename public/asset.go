package public

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
)

// Asset is a file that pages link to.
type Asset struct {
	Name        string // as in this folder: "site.css"
	File        string // with eight hexadecimal digits of the content's SHA-256: "site.3f2a9c1b.css"
	ContentType string // for the header of that name
	Body        []byte // the caller's own copy
}

// Assets are all files that pages link to, by name.
func (s *Set) Assets() []Asset {
	assets := make([]Asset, len(s.assets))
	for i, asset := range s.assets {
		asset.Body = bytes.Clone(asset.Body)
		assets[i] = asset
	}
	return assets
}

func newAsset(name, contentType, body string) Asset {
	sum := sha256.Sum256([]byte(body))
	extension := path.Ext(name)
	return Asset{
		Name:        name,
		File:        strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:4]) + extension,
		ContentType: contentType,
		Body:        []byte(body),
	}
}
