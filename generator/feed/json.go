package feed

import (
	"bytes"
	"encoding/json"

	"github.com/gorilla/feeds"
)

// jsonFeed keeps an empty list of items, which JSON Feed requires and the
// library leaves out.
type jsonFeed struct {
	*feeds.JSONFeed
	Items []*feeds.JSONItem `json:"items"`
}

func (f *Feed) writeJSON(w *bytes.Buffer, self string) error {
	made := (&feeds.JSON{Feed: f.common()}).JSONFeed()
	made.FeedUrl, made.Language = self, f.Language
	made.Authors = []*feeds.JSONAuthor{{Name: f.Author}}
	doc := jsonFeed{JSONFeed: made, Items: made.Items}
	if doc.Items == nil {
		doc.Items = []*feeds.JSONItem{}
	}
	for i, item := range doc.Items {
		item.Tags, item.Image = f.Items[i].Tags, f.Items[i].Image
		if item.ContentHTML == "" {
			item.ContentText = item.Summary // one of the two must be there
		}
	}
	return json.NewEncoder(w).Encode(doc)
}
