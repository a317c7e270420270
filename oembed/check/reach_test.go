package check

import (
	"errors"
	"net/netip"
	"testing"
)

func TestPublicAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34": true, "1.1.1.1": true, "8.8.8.8": true, "2606:4700::1111": true, "2a00:1450:4001::1": true,

		"0.0.0.0": false, "0.1.2.3": false, "127.0.0.1": false, "127.255.255.254": false, "10.0.0.1": false, "172.16.0.1": false,
		"172.31.255.255": false, "192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "100.127.255.255": false,
		"192.0.0.8": false, "192.0.2.1": false, "198.18.0.1": false, "198.51.100.7": false, "203.0.113.9": false, "224.0.0.1": false,
		"239.255.255.255": false, "240.0.0.1": false, "255.255.255.255": false,

		"172.15.0.1": true, "172.32.0.1": true, "100.63.0.1": true, "100.128.0.1": true, "192.169.0.1": true, "11.0.0.1": true,

		"::": false, "::1": false, "fe80::1": false, "fc00::1": false, "fd12:3456::1": false, "ff02::1": false, "2001:db8::1": false,
		"2001::1": false, "2002:7f00:1::": false, "3fff::1": false, "64:ff9b:1::1": false, "100::1": false, "fec0::1": false, "4000::1": false,
		"::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "::ffff:93.184.216.34": true, "::127.0.0.1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::a00:1": false, "64:ff9b::5db8:d822": true,
	} {
		if got := public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %t, want %t", address, got, want)
		}
	}
	if public(netip.Addr{}) || public(netip.MustParseAddr("2606:4700::1%eth0")) {
		t.Error("no address, and one with a zone, are not public")
	}
}

func TestDialableLooksAtTheAddressAlone(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34:443": true, "[2606:4700::1111]:80": true, "127.0.0.1:80": false, "[::1]:80": false, "[::ffff:127.0.0.1]:80": false,
		"localhost:80": false, "example.org:80": false, "93.184.216.34": false, "": false,
	} {
		err := dialable(address)
		if _, refused := errors.AsType[*RefusedError](err); (err == nil) != want || err != nil && !refused {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestAskableAddresses(t *testing.T) {
	for _, address := range []string{"https://loans.example/lend/5", "http://loans.example:8080/?a=b#c"} {
		if _, err := askable(address); err != nil {
			t.Error(err)
		}
	}
	for _, address := range []string{
		"", "loans.example", "//loans.example/", "ftp://loans.example/", "file:///etc/passwd", "javascript:alert(1)", "https://", "https:///lend/5",
		"https://mai@loans.example/", "https://mai:ducks@loans.example/", "http://[::1", "http://loans.example:port/", "https://:443/",
	} {
		if _, err := askable(address); err == nil {
			t.Errorf("%q may be asked", address)
		}
	}
}

func TestLocalHosts(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST.": true, "loans.localhost": true, "127.0.0.1": true, "192.168.0.7": true, "::1": true,
		"loans.example": false, "93.184.216.34": false, "localhost.example": false,
	} {
		if got := local(host); got != want {
			t.Errorf("%s: %t", host, got)
		}
	}
}
