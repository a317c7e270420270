package locale

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestPatternFill(t *testing.T) {
	for _, c := range []struct {
		name, pattern string
		args          []string
		want          string
	}{
		{"a value takes its placeholder's place", "A loan from {country}", []string{"country", "Kenya"}, "A loan from Kenya"},
		{"the order of the arguments is free", "{a}, {b}", []string{"b", "2", "a", "1"}, "1, 2"},
		{"a placeholder may come twice", "{a} {a}", []string{"a", "x"}, "x x"},
		{"a value with braces is not read again", "{a}{b}", []string{"a", "{b}", "b", "c"}, "{b}c"},
		{"a value that is not used is left out", "no one", []string{"n", "3"}, "no one"},
		{"an empty value is a value", "<{a}>", []string{"a", ""}, "<>"},
		{"a placeholder without a value stays to be seen", "{n} lenders", nil, "{n} lenders"},
		{"the empty sentence says nothing", "", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := P(c.pattern).Fill(c.args...); got != c.want {
				t.Errorf("P(%q).Fill(%q) = %q, want %q", c.pattern, c.args, got, c.want)
			}
		})
	}
}

func TestPatternRefusesWhatItCannotMean(t *testing.T) {
	for name, do := range map[string]func(){
		"an unclosed brace":              func() { P("from {country") },
		"an unopened brace":              func() { P("from country}") },
		"a placeholder without a name":   func() { P("from {}") },
		"a name of other characters":     func() { P("from {the country}") },
		"a placeholder in a placeholder": func() { P("from {a{b}}") },
		//lint:ignore SA5012 a value that is missing is what is tried here
		"a name without a value": func() { P("from {a}").Fill("a") },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			do()
		})
	}
}

func TestPatternParts(t *testing.T) {
	var got []string
	for text, placeholder := range P("{raised} of {goal} raised").Parts() {
		got = append(got, text+"|"+placeholder)
	}
	want := []string{"|raised", " of |", "|goal", " raised|"}
	if !slices.Equal(got, want) {
		t.Errorf("Parts = %q, want %q", got, want)
	}
	for range P("{a} {b}").Parts() {
		break // a template may stop early
	}
}

func TestPatternNames(t *testing.T) {
	if got, want := P("{b} {a} {b}").Names(), []string{"b", "a"}; !slices.Equal(got, want) {
		t.Errorf("Names = %q, want %q", got, want)
	}
	if P("x").IsZero() || !P("").IsZero() || !(Pattern{}).IsZero() {
		t.Error("IsZero is for the pattern that says nothing")
	}
}

// Whatever P accepts it says again, whole and in parts.
func FuzzPattern(f *testing.F) {
	for _, s := range []string{"", "A loan from {country}", "{a}{b}", "{", "}", "{}", "قرض من {country}", "{a_1}\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := try(s)
		if !ok {
			if !strings.ContainsAny(s, "{}") {
				t.Fatalf("P(%q) panics", s)
			}
			return
		}
		if p.String() != s || p.Fill() != s {
			t.Errorf("P(%q) says %q", s, p)
		}
		var b strings.Builder
		for text, placeholder := range p.Parts() {
			if (text == "") == (placeholder == "") {
				t.Errorf("P(%q) has the part %q, %q", s, text, placeholder)
			}
			b.WriteString(text)
		}
		var args []string
		for _, name := range p.Names() {
			args = append(args, name, "")
		}
		if got := p.Fill(args...); got != b.String() {
			t.Errorf("P(%q) with empty values says %q, its texts are %q", s, got, b.String())
		}
	})
}

func try(s string) (p Pattern, ok bool) {
	defer func() { ok = recover() == nil }()
	return P(s), true
}

func BenchmarkPatternFill(b *testing.B) {
	p := P("{raised} of {goal} raised, {left} to go")
	b.ReportAllocs()
	for b.Loop() {
		sink = p.Fill("raised", "$300", "goal", "$550", "left", "$250")
	}
}

func ExamplePattern_Fill() {
	fmt.Println(P("{raised} of {goal} raised").Fill("raised", "$300", "goal", "$550"))
	// Output: $300 of $550 raised
}
