package oembed_test

import (
	"errors"
	"fmt"

	"loanleaf/oembed"
)

func ExampleParse() {
	request, err := oembed.Parse("url=https%3A//loans.example/lend/7&format=json&maxwidth=400", "")
	fmt.Println(request.URL, request.Format, request.MaxWidth, err)
	// Output: https://loans.example/lend/7 json 400 <nil>
}

func ExampleAppendError() {
	_, err := oembed.Parse("url=https%3A//loans.example/lend/7&maxwidth=wide", oembed.JSON)
	if refusal, ok := errors.AsType[*oembed.Error](err); ok {
		fmt.Println(string(oembed.AppendError(nil, refusal.Format, refusal.Callback, refusal)))
	}
	// Output: {"error":"bad_request","message":"maxwidth is not a whole number of pixels above 0"}
}
