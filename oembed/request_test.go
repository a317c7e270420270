package oembed

import (
	"errors"
	"strings"
	"testing"

	"loanleaf/site"
)

func TestParse(t *testing.T) {
	const loan = "https://loans.example/lend/1"
	tests := []struct {
		rule    string
		query   string
		implied Format
		want    Request
	}{
		{"XML is the default", "url=" + loan, "", Request{URL: loan, Format: XML}},
		{"an empty format counts as absent", "url=" + loan + "&format=", "", Request{URL: loan, Format: XML}},
		{"format chooses", "url=" + loan + "&format=json", "", Request{URL: loan, Format: JSON}},
		{"preview is a format", "format=preview&url=" + loan, "", Request{URL: loan, Format: Preview}},
		{"the path's format wins", "url=" + loan + "&format=xml", JSON, Request{URL: loan, Format: JSON}},
		{"a path's format makes format unread", "url=" + loan + "&format=%zz&format=x", XML, Request{URL: loan, Format: XML}},
		{"jsonp names the callback", "url=" + loan + "&format=jsonp&jsonp=a.$b_1&callback=c", "", Request{URL: loan, Format: JSONP, Callback: "a.$b_1"}},
		{"callback does where jsonp is absent", "url=" + loan + "&format=jsonp&callback=c", "", Request{URL: loan, Format: JSONP, Callback: "c"}},
		{"callback does where jsonp is empty", "url=" + loan + "&format=jsonp&jsonp=&callback=c", "", Request{URL: loan, Format: JSONP, Callback: "c"}},
		{"a callback means nothing to JSON", "url=" + loan + "&format=json&callback=(&jsonp=%zz", "", Request{URL: loan, Format: JSON}},
		{"bounds are pixels", "url=" + loan + "&maxwidth=500&maxheight=750", "", Request{URL: loan, Format: XML, MaxWidth: 500, MaxHeight: 750}},
		{"empty bounds count as absent", "url=" + loan + "&maxwidth=&maxheight", "", Request{URL: loan, Format: XML}},
		{"the largest bound has nine digits", "url=" + loan + "&maxwidth=999999999", "", Request{URL: loan, Format: XML, MaxWidth: 999999999}},
		{"html=frame", "url=" + loan + "&html=frame", "", Request{URL: loan, Format: XML, HTML: Frame}},
		{"html=inline", "url=" + loan + "&html=inline", "", Request{URL: loan, Format: XML, HTML: Inline}},
		{"lang is taken in lower case", "url=" + loan + "&lang=ES", "", Request{URL: loan, Format: XML, Language: "es"}},
		{"dnt is 1 or nothing", "url=" + loan + "&dnt=1", "", Request{URL: loan, Format: XML, DNT: true}},
		{"dnt=0 is nothing", "url=" + loan + "&dnt=0", "", Request{URL: loan, Format: XML}},
		{"url with every sign escaped", "url=https%3A%2F%2Floans.example%2Flend%2F1", "", Request{URL: loan, Format: XML}},
		{"url with bare slashes, as the seed has it", "url=https%3A//loans.example/lend/1", "", Request{URL: loan, Format: XML}},
		{"a semicolon is data", "url=" + loan + "?a;b&format=json", "", Request{URL: loan + "?a;b", Format: JSON}},
		{"the url's own query is kept", "url=" + loan + "%3Fa%3Db%26format%3Djson", "", Request{URL: loan + "?a=b&format=json", Format: XML}},
		{"an escaped name is the same name", "%75rl=" + loan, "", Request{URL: loan, Format: XML}},
		{"names are in lower case", "url=" + loan + "&FORMAT=json", "", Request{URL: loan, Format: XML}},
		{"unknown parameters are ignored", "a=1&url=" + loan + "&a=2&&=&%zz=%zz&utm=%zz", "", Request{URL: loan, Format: XML}},
	}
	for _, test := range tests {
		got, err := Parse(test.query, test.implied)
		if err != nil || got != test.want {
			t.Errorf("%s: %q gives %+v, %v; want %+v", test.rule, test.query, got, err, test.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	const loan = "url=https://loans.example/lend/1"
	tests := []struct {
		rule, query string
		implied     Format
		want        Error
	}{
		{"no url", "", "", Error{Kind: BadRequest, Reason: "url is missing", Format: XML}},
		{"an empty url", "url=&format=json", "", Error{Kind: BadRequest, Reason: "url is missing", Format: JSON}},
		{"two urls", loan + "&format=json&" + loan, "", Error{Kind: BadRequest, Reason: "url is given more than once", Format: JSON}},
		{"two urls, the first empty", "url=&" + loan, JSON, Error{Kind: BadRequest, Reason: "url is given more than once", Format: JSON}},
		{"two urls, one by an escaped name", loan + "&u%72l=x", "", Error{Kind: BadRequest, Reason: "url is given more than once", Format: XML}},
		{"two formats", loan + "&format=json&format=json", "", Error{Kind: BadRequest, Reason: "format is given more than once", Format: XML}},
		{"two widths", loan + "&maxwidth=300&maxwidth=400", "", Error{Kind: BadRequest, Reason: "maxwidth is given more than once", Format: XML}},
		{"a broken escape in url", "url=%zz&format=json", "", Error{Kind: BadRequest, Reason: "url is not well-formed", Format: JSON}},
		{"an unknown format", loan + "&format=yaml", "", Error{Kind: UnknownFormat, Reason: "format is one of", Format: XML}},
		{"formats are in lower case", loan + "&format=JSON", "", Error{Kind: UnknownFormat, Reason: "format is one of", Format: XML}},
		{"html of another word", loan + "&html=div&format=preview", "", Error{Kind: BadRequest, Reason: "html is one of", Format: Preview}},
		{"JSONP without a callback", loan + "&format=jsonp", "", Error{Kind: BadRequest, Reason: "format=jsonp needs the name", Format: JSON}},
		{"JSONP with a call for a callback", loan + "&format=jsonp&jsonp=alert(1)//", "", Error{Kind: BadRequest, Reason: "the callback's name is not made", Format: JSON}},
		{"JSONP with an index for a callback", loan + "&format=jsonp&jsonp=a[0]", "", Error{Kind: BadRequest, Reason: "the callback's name is not made", Format: JSON}},
		{"JSONP with a line behind the callback", loan + "&format=jsonp&jsonp=a%0A", "", Error{Kind: BadRequest, Reason: "the callback's name is not made", Format: JSON}},
		{"JSONP with two dots", loan + "&format=jsonp&jsonp=a..b", "", Error{Kind: BadRequest, Reason: "the callback's name is not made", Format: JSON}},
		{"JSONP with a digit first", loan + "&format=jsonp&jsonp=1a", "", Error{Kind: BadRequest, Reason: "the callback's name is not made", Format: JSON}},
		{"JSONP with a letter that is not ASCII", loan + "&format=jsonp&jsonp=%C3%A9", "", Error{Kind: BadRequest, Reason: "the callback's name is not made", Format: JSON}},
		{"JSONP with 129 letters", loan + "&format=jsonp&jsonp=" + strings.Repeat("a", 129), "", Error{Kind: BadRequest, Reason: "the callback's name is longer", Format: JSON}},
		{"JSONP with two callbacks", loan + "&format=jsonp&jsonp=a&jsonp=a", "", Error{Kind: BadRequest, Reason: "jsonp is given more than once", Format: JSON}},
		{"a refusal of JSONP keeps its callback", "format=jsonp&jsonp=a", "", Error{Kind: BadRequest, Reason: "url is missing", Format: JSONP, Callback: "a"}},
		{"a url of 2,049 bytes", loan + strings.Repeat("x", 2049-len(loan)+len("url=")), JSON, Error{Kind: TooLong, Format: JSON, Reason: "the address asked for is too long"}},
		{"a query of 64 KB", loan + "&format=json&a=" + strings.Repeat("x", 64<<10), "", Error{Kind: TooLong, Format: JSON, Reason: "the address asked for is too long"}},
		{"a query of 64 KB to a path with a format", loan + "&format=json&a=" + strings.Repeat("x", 64<<10), XML, Error{Kind: TooLong, Format: XML, Reason: "the address asked for is too long"}},
		{"64 KB of JSONP", loan + "&format=jsonp&jsonp=show&a=" + strings.Repeat("x", 64<<10), "", Error{Kind: TooLong, Format: JSONP, Callback: "show", Reason: "the address asked for is too long"}},
		{"64 KB of JSONP's callback", loan + "&format=jsonp&jsonp=" + strings.Repeat("x", 64<<10), "", Error{Kind: TooLong, Format: JSON, Reason: "the address asked for is too long"}},
		{"64 KB of format", loan + "&format=" + strings.Repeat("x", 64<<10), "", Error{Kind: TooLong, Format: XML, Reason: "the address asked for is too long"}},
	}
	for _, number := range []string{"0", "-5", "abc", "1e9", "1.5", "12345678901234567890", "1000000000", "+450", "%2B450", "0450", "0x1c2", "450px", "100%25", "%D9%A4", "NaN"} {
		for _, name := range []string{"maxwidth", "maxheight"} {
			tests = append(tests, struct {
				rule, query string
				implied     Format
				want        Error
			}{name + " of " + number, loan + "&" + name + "=" + number, JSON, Error{Kind: BadRequest, Reason: name + " is not a whole number", Format: JSON}})
		}
	}
	for _, test := range tests {
		_, err := Parse(test.query, test.implied)
		got, ok := errors.AsType[*Error](err)
		if !ok {
			t.Errorf("%s: %.200q is refused with %v, want an *Error", test.rule, test.query, err)
			continue
		}
		if got.Kind != test.want.Kind || got.Format != test.want.Format || got.Callback != test.want.Callback || !strings.HasPrefix(got.reason(), test.want.Reason) {
			t.Errorf("%s: %.200q is refused with %+v, want %+v", test.rule, test.query, got, test.want)
		}
	}
}

func TestTheLongestRequestsThatAreRead(t *testing.T) {
	const loan = "https://loans.example/lend/1?"
	long := loan + strings.Repeat("x", maxURL-len(loan))
	if r, err := Parse("url="+long+"&format=jsonp&jsonp="+strings.Repeat("a", 128), ""); err != nil || r.URL != long {
		t.Errorf("a url of %d bytes and a callback of 128 letters: %v", len(long), err)
	}
	var escaped strings.Builder
	for i := range len(long) {
		escaped.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[long[i]>>4])+string("0123456789abcdef"[long[i]&15])))
	}
	if r, err := Parse("url="+escaped.String(), ""); err != nil || r.URL != long {
		t.Errorf("the same with every byte escaped: %v", err)
	}
}

func TestReasonsNeverRepeatTheRequest(t *testing.T) {
	const mark = "Zq7<b>"
	for _, query := range []string{
		"url=" + mark, "url=x&format=" + mark, "url=x&maxwidth=" + mark, "url=x&html=" + mark,
		"url=x&format=jsonp&jsonp=" + mark, "url=%zz" + mark, mark + "=" + mark, "url=" + mark + "&url=" + mark,
	} {
		r, err := Parse(query, "")
		if err == nil {
			_, err = r.Loan(newSite(t))
		}
		refusal, ok := errors.AsType[*Error](err)
		if !ok {
			t.Errorf("%q gives %v, want a refusal", query, err)
			continue
		}
		for _, f := range []Format{JSON, XML, JSONP, Preview} {
			if body := string(AppendError(nil, f, "cb", refusal)); strings.Contains(body, "Zq7") {
				t.Errorf("%q in %s: %s repeats the request", query, f, body)
			}
		}
	}
}

func TestRequestLoan(t *testing.T) {
	s := newSite(t)
	for _, test := range []struct {
		rule, url, lang string
		want            site.Address
	}{
		{"a loan's address", "https://loans.example/lend/7", "", site.Address{Kind: site.Loan, ID: 7}},
		{"an alias' address", "http://www.kiva.org/lend/7", "", site.Address{Kind: site.Loan, ID: 7}},
		{"the default language by name", "https://loans.example/lend/7", "en", site.Address{Kind: site.Loan, ID: 7}},
		{"a language that the site lacks", "https://loans.example/lend/7", "xx-yy", site.Address{Kind: site.Loan, ID: 7}},
	} {
		got, err := Request{URL: test.url, Language: test.lang}.Loan(s)
		if err != nil || got != test.want {
			t.Errorf("%s: got %+v, %v; want %+v", test.rule, got, err, test.want)
		}
	}
	for _, other := range []string{"https://evil.example/lend/7", "https://loans.example.evil.example/lend/7", "https://loans.example/embed/7", "lend/7"} {
		_, err := Request{URL: other, Format: JSON}.Loan(s)
		if refusal, ok := errors.AsType[*Error](err); !ok || refusal.Kind != NotFound || refusal.Format != JSON {
			t.Errorf("%s: got %v, want not found in JSON", other, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"url=http%3A//www.kiva.org/lend/100000", "url=x&format=json&maxwidth=500&maxheight=750&dnt=1",
		"url=x&format=jsonp&jsonp=a.b", "format=jsonp&callback=%", "url=a&url=b", "url=%zz&format=preview", ";;&&==&%75rl=1", "url=x&html=inline&lang=es",
	} {
		f.Add(seed, "")
		f.Add(seed, "json")
	}
	f.Fuzz(func(t *testing.T, query, implied string) {
		if implied != "" && implied != "json" && implied != "xml" {
			implied = ""
		}
		r, err := Parse(query, Format(implied))
		if err != nil {
			refusal, ok := err.(*Error)
			if !ok || refusal.Kind != BadRequest && refusal.Kind != TooLong && refusal.Kind != UnknownFormat {
				t.Fatalf("refused with %#v", err)
			}
			if (refusal.Callback != "") != (refusal.Format == JSONP) {
				t.Fatalf("a callback without JSONP, or JSONP without a callback: %+v", refusal)
			}
			return
		}
		switch {
		case r.URL == "" || len(r.URL) > maxURL:
			t.Fatalf("url %q", r.URL)
		case implied != "" && r.Format != Format(implied):
			t.Fatalf("format %s in place of the path's", r.Format)
		case (r.Callback != "") != (r.Format == JSONP) || len(r.Callback) > maxCallback:
			t.Fatalf("callback %q of %s", r.Callback, r.Format)
		case strings.ContainsAny(r.Callback, "()<>[]{};,=+-*/\\\"'` \t\r\n"):
			t.Fatalf("callback %q is more than a name", r.Callback)
		case r.MaxWidth < 0 || r.MaxHeight < 0 || r.WordPress:
			t.Fatalf("%+v", r)
		}
	})
}
