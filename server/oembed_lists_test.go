package server

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"loanleaf/kiva"
)

// listed are the loans of a list, newest first, as a store would have them: those
// that are excluded or hidden are not in it.
func (s oembedSource) listed(list kiva.List) []kiva.Loan {
	var loans []kiva.Loan
	for _, id := range slices.Backward(slices.Sorted(maps.Keys(s.oembedLoans))) {
		l := s.oembedLoans[id]
		on := map[kiva.ListKind]string{
			kiva.AllLoans: "", kiva.ByCountry: strings.ToUpper(l.Location.CountryCode), kiva.BySector: kiva.Slug(l.Sector),
			kiva.ByPartner: strconv.FormatInt(l.PartnerID, 10), kiva.ByStatus: l.Status.String(),
		}
		if id < privateLoan && on[list.Kind] == list.Key {
			loans = append(loans, l)
		}
	}
	return loans
}

func (s oembedSource) ListInfo(_ context.Context, list kiva.List) (kiva.ListInfo, error) {
	info := kiva.ListInfo{List: list}
	for _, l := range s.listed(list) {
		info.Count++
		if l.Status == kiva.Fundraising {
			info.Fundraising++
		}
		info.Name = map[kiva.ListKind]string{kiva.ByCountry: l.Location.Country, kiva.BySector: l.Sector, kiva.ByPartner: "River & Hill Fund"}[list.Kind]
	}
	if info.Count == 0 {
		return info, kiva.ErrNotFound
	}
	return info, nil
}

func (s oembedSource) RaisingIDs(_ context.Context, list kiva.List, n int) ([]int64, error) {
	var ids []int64
	for _, l := range s.listed(list) {
		if l.Status == kiva.Fundraising && len(ids) < n {
			ids = append(ids, l.ID)
		}
	}
	return ids, nil
}

func (s oembedSource) Lists(ctx context.Context) ([]kiva.ListInfo, error) {
	var lists []kiva.ListInfo
	for _, list := range []kiva.List{{}, {Kind: kiva.ByCountry, Key: "KE"}, {Kind: kiva.ByCountry, Key: "VN"}, {Kind: kiva.BySector, Key: "agriculture"}, {Kind: kiva.ByPartner, Key: "145"}} {
		info, err := s.ListInfo(ctx, list)
		if err != nil {
			return nil, err
		}
		lists = append(lists, info)
	}
	return lists, nil
}

// NewestIDs is also where a trial takes its example from.
func (s oembedSource) NewestIDs(_ context.Context, list kiva.List, n int) ([]int64, error) {
	var ids []int64
	for _, l := range s.listed(list)[:min(n, len(s.listed(list)))] {
		ids = append(ids, l.ID)
	}
	return ids, nil
}
