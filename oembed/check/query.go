package check

import (
	"net/url"
	"slices"
	"strings"
)

// param is a parameter of an address, as written.
type param struct{ name, value string }

// params gives the parameters of an address in their order, not decoded.
func params(address string) []param {
	_, query, _ := strings.Cut(withoutFragment(address), "?")
	var list []param
	for part := range strings.SplitSeq(query, "&") {
		if part != "" {
			name, value, _ := strings.Cut(part, "=")
			list = append(list, param{name, value})
		}
	}
	return list
}

func withoutFragment(address string) string {
	address, _, _ = strings.Cut(address, "#")
	return address
}

// with gives an address with one parameter set: in its place where it stands
// already, else at the end. The value has to be encoded.
func with(address, name, value string) string {
	list := params(address)
	i := slices.IndexFunc(list, func(p param) bool { return p.name == name })
	if i < 0 {
		list = append(list, param{name, value})
	} else {
		list[i].value = value
	}
	return joined(address, list)
}

// without gives an address without a parameter.
func without(address, name string) string {
	return joined(address, slices.DeleteFunc(params(address), func(p param) bool { return p.name == name }))
}

func joined(address string, list []param) string {
	path, _, _ := strings.Cut(withoutFragment(address), "?")
	var parts []string
	for _, p := range list {
		parts = append(parts, p.name+"="+p.value)
	}
	if len(parts) == 0 {
		return path
	}
	return path + "?" + strings.Join(parts, "&")
}

// value gives a parameter of an address, decoded.
func value(address, name string) (string, bool) {
	for _, p := range params(address) {
		if p.name == name {
			decoded, err := url.QueryUnescape(p.value)
			return decoded, err == nil
		}
	}
	return "", false
}

// lazilyEncoded encodes an address as the examples of the specification do:
// slashes stay (RFC 1738).
func lazilyEncoded(address string) string {
	return strings.ReplaceAll(url.QueryEscape(address), "%2F", "/")
}
