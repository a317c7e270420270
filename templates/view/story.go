package view

import (
	"slices"
	"strings"

	"loanleaf/kiva"
	"loanleaf/site"
)

// stories are the story's languages: the page's own first, if the story is
// told in it, then the others as the data has them, the original before its
// translations.
func (t *telling) stories(loan *kiva.Loan) []Story {
	original := ""
	if len(loan.Languages) > 0 {
		original = loan.Languages[0]
	} else if len(loan.Story) > 0 {
		original = loan.Story[0].Language
	}
	stories := t.blocks.stories.room(len(loan.Story))
	for i := range loan.Story {
		text := &loan.Story[i]
		told := t.paragraphs(text.Body)
		if len(told) == 0 {
			continue
		}
		story := Story{Language: text.Language, Direction: direction(text.Language), Paragraphs: told}
		if text.Language == t.language.Tag {
			stories = slices.Insert(stories, 0, story)
		} else {
			stories = append(stories, story)
		}
	}
	for i := range stories {
		alone := len(stories) == 1 && stories[i].Language == t.language.Tag && original == stories[i].Language
		if !alone {
			stories[i].Label = t.storyLabel(stories[i].Language, original)
		}
	}
	if len(stories) == 0 {
		return nil
	}
	return stories
}

func (t *telling) storyLabel(language, original string) string {
	name, ok := t.language.LanguageName(language)
	if !ok {
		name = language
	}
	if language == original {
		return t.fill(t.words.StoryOriginal, "language", name)
	}
	return t.fill(t.words.StoryTranslated, "language", name)
}

// video leads to where a video can be watched. It is a link and nothing more: no
// reader's browser asks its host for anything before they follow it.
func (t *telling) video(v *kiva.Video) *Action {
	if v == nil {
		return nil
	}
	return t.blocks.actions.one(Action{Label: t.words.WatchVideo, URL: site.VideoURL(v.YouTubeID)})
}

// paragraphs takes a text apart at its blank lines; single line ends, which
// older texts were wrapped with, are spaces.
func (t *telling) paragraphs(body string) []string {
	told := t.blocks.labels.room(strings.Count(body, "\n\n") + 1)
	for rest, more := body, true; more; {
		var paragraph string
		paragraph, rest, more = strings.Cut(rest, "\n\n")
		if paragraph = t.squeeze(paragraph); paragraph != "" {
			told = append(told, paragraph)
		}
	}
	if len(told) == 0 {
		return nil
	}
	return told
}

// direction is the direction of the script that a language is mostly written
// in. CLDR gives a direction by locale; these are its right-to-left ones that
// have a two-letter code, and three longer ones.
func direction(language string) string {
	switch language {
	case "ar", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "ug", "ur", "yi", "arc", "azb", "ckb", "prs", "syr":
		return "rtl"
	}
	return "ltr"
}

// members names the people of a group; empty where fewer than two are named.
func (t *telling) members(loan *kiva.Loan) string {
	if len(loan.Borrowers) < 2 {
		return ""
	}
	names := t.blocks.labels.room(len(loan.Borrowers))
	for i := range loan.Borrowers {
		b := &loan.Borrowers[i]
		name := t.squeeze(b.FirstName)
		if last := t.squeeze(b.LastName); last != "" {
			name = t.squeeze(t.join(name, " ", last))
		}
		if name != "" && !kiva.AnonymousName(name) {
			names = append(names, name)
		}
	}
	if len(names) < 2 {
		return ""
	}
	return t.fill(t.words.GroupMembers, "names", t.keep(t.language.AppendList(t.empty(), names...)))
}
