package snapshot

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// FuzzSwift: what the swift reader takes, it reads as the thorough one does;
// and whatever it leaves, it leaves without harm.
func FuzzSwift(f *testing.F) {
	for _, s := range append(slices.Collect(maps.Keys(hardRecords)), loanWith("1"), sampleDetail(3), phpEscaped(sampleDetail(4)),
		`{"id":7,"name":"Green Field Fund","rating":"3.5","default_rate":1.5,"countries":[{"iso_code":"KE"}]}`) {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := newDecoder()
		for _, of := range []recordKind{unknownRecord, loanRecord, partnerRecord} {
			got := d.read(of, raw, false)
			if d.err == errUnsure {
				continue
			}
			want := d.read(of, raw, true)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("kind %d: swiftly\n%+v\nthoroughly\n%+v", of, got, want)
			}
		}
	})
}

// hardRecords are records that the swift reader takes, and those that it leaves.
var hardRecords = map[string]bool{
	`{}`:                        true,
	` { } `:                     true,
	`{"id":1}`:                  true,
	`{"id": 1 , "name" : "a" }`: true,
	`{"id":1,"tags":[]}`:        true,
	`{"id":1,"tags":[{},[],"",-0.5e-3,true,false,null]}`: true,
	`{"a":{"id":1},"b":{"id":2},"id":3}`:                 true,
	`{"id":"\u00e9\"\\\/\b\f\n\r\t"}`:                    true,
	`{"name":"` + "\xff" + `\ud800"}`:                    true,
	``:                                                   false,
	`{`:                                                  false,
	`{"id"`:                                              false,
	`{"id":`:                                             false,
	`{"id":1`:                                            false,
	`{"id":1,`:                                           false,
	`{"id":1,}`:                                          false,
	`{,"id":1}`:                                          false,
	`{"id" 1}`:                                           false,
	`{"id":1 "name":2}`:                                  false,
	`{"id":1}{}`:                                         false,
	`{"id":1}]`:                                          false,
	`{"id":1]`:                                           false,
	`{"tags":[1}`:                                        false,
	`{"tags":[1,]}`:                                      false,
	`{"tags":[,1]}`:                                      false,
	`{"tags":[1 2]}`:                                     false,
	`{"tags":["a":1]}`:                                   false,
	`{1:2}`:                                              false,
	`{"id":01}`:                                          false,
	`{"id":+1}`:                                          false,
	`{"id":1.}`:                                          false,
	`{"id":.5}`:                                          false,
	`{"id":1e}`:                                          false,
	`{"id":-}`:                                           false,
	`{"id":tru}`:                                         false,
	`{"id":truex}`:                                       false,
	`{"id":nul}`:                                         false,
	`{"name":"a` + "\n" + `"}`:                           false,
	`{"name":"a\x"}`:                                     false,
	`{"name":"a\u12g4"}`:                                 false,
	`{"name":"a\u12`:                                     false,
	`{"name":"a\`:                                        false,
	`{"id":1,"id":2}`:                                    false,
	`{"x":{"y":1,"y":2}}`:                                false,
	`{"\u0069d":1}`:                                      false,
	strings.Repeat(`{"x":`, 100) + "1" + strings.Repeat("}", 100): false,
}

func TestWhatTheSwiftReaderTakes(t *testing.T) {
	for raw, taken := range hardRecords {
		d := newDecoder()
		d.read(loanRecord, []byte(raw), false)
		if got := d.err != errUnsure; got != taken {
			t.Errorf("%s: taken %v, want %v", raw, got, taken)
		}
	}
	var many strings.Builder
	for i := range 300 {
		many.WriteString(`,"key` + strings.Repeat("x", i) + `":1`)
	}
	d := newDecoder()
	if d.read(loanRecord, []byte(`{"id":1`+many.String()+`}`), false); d.err != errUnsure {
		t.Error("more names than are compared are taken")
	}
}

func TestRecordsAsTheyComeAreReadSwiftly(t *testing.T) {
	for name, raw := range map[string]string{
		"detail": sampleDetail(3), "detail as PHP writes it": phpEscaped(sampleDetail(4)), "listing": loanWith("1"),
	} {
		d := newDecoder()
		if r := d.read(loanRecord, []byte(raw), false); d.err != nil || r.Loan == nil {
			t.Errorf("%s: %v, %+v", name, d.err, r.Problem)
		}
	}
}
