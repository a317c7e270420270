package site

import "testing"

func TestCardsAreWhereSomebodyServesThem(t *testing.T) {
	five := Address{Kind: CardPNG, ID: 5}
	for _, c := range []struct {
		name, endpoint, want string
		built                func(int64) bool
	}{
		{"no file, no endpoint: none", Static, "", nil},
		{"not the file of another loan", Static, "", func(id int64) bool { return id == 6 }},
		{"a file", Static, "https://loans.example/of/ours/card/5.png", func(id int64) bool { return id == 5 }},
		{"our own endpoint", "https://loans.example/of/ours/services/oembed", "https://loans.example/of/ours/card/5.png", nil},
		{"an endpoint on another host", "https://api.example/services/oembed", "https://api.example/card/5.png", nil},
		{"a file goes before an endpoint", "https://api.example/services/oembed", "https://loans.example/of/ours/card/5.png", func(int64) bool { return true }},
		{"an endpoint whose other addresses are not known", "https://api.example/answers", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, func(config *Config) { config.OEmbed, config.Cards = c.endpoint, c.built })
			if got, ok := s.Card(five); ok != (c.want != "") || ok && got != c.want {
				t.Errorf("%q, %v", got, ok)
			}
		})
	}
}

func TestCardsOfListsAreWhereSomebodyServesThem(t *testing.T) {
	card, ok := Address{Kind: Country, Slug: "kh"}.ListWidget(ListCard)
	if !ok || !card.Kind.IsDrawn() {
		t.Fatalf("%+v, %v", card, ok)
	}
	for _, c := range []struct {
		name, endpoint, want string
		cards                func(int64) bool
		lists                bool
	}{
		{"no file, no endpoint: none", Static, "", nil, false},
		{"files of loans are none of lists", Static, "", func(int64) bool { return true }, false},
		{"a file", Static, "https://loans.example/of/ours/card/country/kh.png", nil, true},
		{"our own endpoint", "https://api.example/services/oembed", "https://api.example/card/country/kh.png", nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSite(t, func(config *Config) {
				config.OEmbed, config.Cards, config.ListCards = c.endpoint, c.cards, c.lists
			})
			if got, ok := s.Card(card); ok != (c.want != "") || ok && got != c.want {
				t.Errorf("%q, %v", got, ok)
			}
		})
	}
}

// A card of "food-600" would stand where the smaller one of "food" does.
func TestASectorCalledAsASmallerCardIsHasNoDrawings(t *testing.T) {
	sector := Address{Kind: Sector, Slug: "food-600"}
	for kind, want := range map[Kind]bool{ListWidget: true, ListAnswerJSON: true, ListCard: false, ListBadge: false} {
		if _, ok := sector.ListWidget(kind); ok != want {
			t.Errorf("kind %d: %v", kind, ok)
		}
	}
	if _, ok := (Address{Kind: Status, Slug: "paid"}).ListWidget(ListCard); ok {
		t.Error("a list by status has a card")
	}
}
