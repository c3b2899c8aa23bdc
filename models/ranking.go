package models

import "slices"

// Ranks gives each rate its place among all, the highest first. Equal rates share a place
// and the next one leaves as many out (1, 1, 3). Where there is no value, nil, there is no
// place: 0.
func Ranks(rates []*float64) []int {
	order := make([]int, 0, len(rates))
	for i, r := range rates {
		if r != nil {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case *rates[a] > *rates[b]:
			return -1
		case *rates[a] < *rates[b]:
			return 1
		}
		return 0
	})
	out := make([]int, len(rates))
	for at, i := range order {
		out[i] = at + 1
		if at > 0 && *rates[order[at-1]] == *rates[i] {
			out[i] = out[order[at-1]]
		}
	}
	return out
}

// Points is the difference of two rates in percentage points, with two decimals: both have
// two, so that the difference is exact.
func Points(a, b float64) float64 {
	n := hundredths(a) - hundredths(b)
	return float64(n) / 100
}

func hundredths(percent float64) int64 {
	if percent < 0 {
		return -hundredths(-percent)
	}
	return int64(percent*100 + 0.5)
}
