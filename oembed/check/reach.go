package check

import (
	"net"
	"net/netip"
	"net/url"
	"strings"
)

// notPublic are the ranges of the IANA special-purpose registries in which no
// public site lives, with multicast and what is reserved.
var notPublic = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

// All of IPv6 that is given out to anybody lies in global; addresses in nat64
// stand for the IPv4 address in their last four bytes.
var (
	global = netip.MustParsePrefix("2000::/3")
	nat64  = netip.MustParsePrefix("64:ff9b::/96")
)

func prefixes(all ...string) []netip.Prefix {
	var list []netip.Prefix
	for _, one := range all {
		list = append(list, netip.MustParsePrefix(one))
	}
	return list
}

// public tells whether an address is one that anybody on the internet would
// reach as we do.
func public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	if a.Is6() {
		if nat64.Contains(a) {
			bytes := a.As16()
			return public(netip.AddrFrom4([4]byte(bytes[12:])))
		}
		if !global.Contains(a) {
			return false
		}
	}
	for _, p := range notPublic {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// askable reads an address that may be asked as far as its text tells: http or
// https, a host, nobody's name and password. What its host resolves to is seen
// when it is dialled.
func askable(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, &RefusedError{Address: address, Reason: "is not an address"}
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, &RefusedError{Address: address, Reason: "is not an http or https address"}
	case u.Hostname() == "":
		return nil, &RefusedError{Address: address, Reason: "names no host"}
	case u.User != nil:
		return nil, &RefusedError{Address: address, Reason: "holds a user name"}
	}
	return u, nil
}

// dialable refuses what the system is about to connect to, after names were
// resolved: a name cannot point somewhere else in between.
func dialable(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return &RefusedError{Address: address, Reason: "is not a host and a port"}
	}
	a, err := netip.ParseAddr(host)
	if err != nil || !public(a) {
		return &RefusedError{Address: host, Reason: "is not a public address", Private: true}
	}
	return nil
}

// local tells whether a host is, by its text alone, on this machine or in a
// private network. Rules about https and ports are moot there.
func local(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && !public(a)
}
