package models

import (
	"math/bits"
	"slices"
)

// Divide divides an amount in cents by weights, exactly: the shares sum up to the amount.
// What rounding down leaves goes cent by cent to the largest remainders, the first of
// equal ones first (domain §6.11). Without a positive weight nobody gets anything and ok
// is false; negative weights count as zero. The amount is not negative.
func Divide(cents int64, weights []int64) (shares []int64, ok bool) {
	shares = make([]int64, len(weights))
	var total int64
	for _, w := range weights {
		total += max(0, w)
	}
	if total == 0 || cents < 0 {
		return shares, false
	}
	type rest struct {
		at   int
		left int64
	}
	left, rests := cents, make([]rest, 0, len(weights))
	for i, w := range weights {
		if w <= 0 {
			continue
		}
		share, remainder := mulDiv(cents, w, total)
		shares[i] = share
		left -= share
		rests = append(rests, rest{i, remainder})
	}
	slices.SortStableFunc(rests, func(a, b rest) int {
		switch {
		case a.left > b.left:
			return -1
		case a.left < b.left:
			return 1
		}
		return 0
	})
	for i := range left {
		shares[rests[i].at]++
	}
	return shares, true
}

// mulDiv is a × b / c with its remainder, without overflow for what a district counts:
// amounts below 10¹⁴ cents with weights below 10¹⁵ go through 128 bits.
func mulDiv(a, b, c int64) (quotient, remainder int64) {
	hi, lo := bits.Mul64(uint64(a), uint64(b)) // #nosec G115 -- neither is negative
	q, r := bits.Div64(hi, lo, uint64(c))      // #nosec G115 -- a positive total
	return int64(q), int64(r)                  // #nosec G115 -- not above a
}

// Percent of an amount in hundredths of a percent, rounded half up to the cent.
func Percent(cents int64, hundredths int64) int64 {
	q, r := mulDiv(cents, hundredths, 10000)
	if r >= 5000 {
		q++
	}
	return q
}
