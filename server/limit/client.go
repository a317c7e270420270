package limit

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
)

// Client is who is counted: an address of IPv4, or the first 64 bits of one of
// IPv6.
type Client struct {
	bits uint64
	v6   bool
}

// ClientOf is the client at an address. An address of IPv4 that is written in
// IPv6 is one of IPv4.
func ClientOf(a netip.Addr) Client {
	a = a.Unmap()
	if a.Is4() {
		four := a.As4()
		return Client{bits: uint64(binary.BigEndian.Uint32(four[:]))}
	}
	sixteen := a.As16()
	return Client{bits: binary.BigEndian.Uint64(sixteen[:8]), v6: true}
}

// Proxies are the networks of those who are believed when they say for whom
// they ask. None are believed where there are none.
type Proxies []netip.Prefix

// ParseProxies reads networks ("10.0.0.0/8", "2001:db8::/32") and addresses.
func ParseProxies(values []string) (Proxies, error) {
	var p Proxies
	for _, value := range values {
		prefix, err := netip.ParsePrefix(value)
		if err != nil {
			var a netip.Addr
			if a, err = netip.ParseAddr(value); err == nil {
				prefix = netip.PrefixFrom(a.WithZone(""), a.BitLen())
			}
		}
		if err != nil {
			return nil, fmt.Errorf("%q is neither a network such as 10.0.0.0/8 nor an address", value)
		}
		if prefix.Addr().Is4In6() && prefix.Bits() >= 96 {
			prefix = netip.PrefixFrom(prefix.Addr().Unmap(), prefix.Bits()-96)
		}
		p = append(p, prefix.Masked())
	}
	return p, nil
}

func (p Proxies) contains(a netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

// mostHops is how many entries of X-Forwarded-For are looked at, from the right.
const mostHops = 32

// Client finds who asks: the address that a request came from (host and port,
// as net/http gives it), or, where that is a proxy which is believed, the
// rightmost address in the lines of X-Forwarded-For that is none. What is no
// address there is passed over. Where all of them are proxies it is the first
// of these. An address that cannot be read, as of a socket file, is the zero
// Addr, the same client for all.
func (p Proxies) Client(remote string, forwarded []string) netip.Addr {
	client := address(remote)
	if len(p) == 0 || !p.contains(client) {
		return client
	}
	hops := 0
	for i := len(forwarded) - 1; i >= 0; i-- {
		for line, more := forwarded[i], true; more; {
			var hop string
			line, hop, more = cutLast(line)
			if hops++; hops > mostHops {
				return client
			}
			a := address(strings.TrimSpace(hop))
			if !a.IsValid() {
				continue
			}
			client = a
			if !p.contains(a) {
				return client
			}
		}
	}
	return client
}

// cutLast takes the last entry from a line.
func cutLast(line string) (before, last string, more bool) {
	if i := strings.LastIndexByte(line, ','); i >= 0 {
		return line[:i], line[i+1:], true
	}
	return "", line, false
}

// address reads an address with or without a port.
func address(text string) netip.Addr {
	a, err := netip.ParseAddr(text)
	if err != nil {
		pair, err := netip.ParseAddrPort(text)
		if err != nil {
			if a, err = netip.ParseAddr(strings.Trim(text, "[]")); err != nil {
				return netip.Addr{}
			}
			return a.Unmap().WithZone("")
		}
		a = pair.Addr()
	}
	return a.Unmap().WithZone("")
}
