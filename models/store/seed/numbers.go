package seed

import (
	"fmt"

	"jiayi/internal/calendar"
	"jiayi/models/codes"
)

// region is the county of every number of the synthetic district; it belongs to nobody
// (domain §4.1).
const region = codes.TestRegion

// creditCode is a valid unified social credit code of a public institution (domain §4.5).
func creditCode(n int) string {
	for check := range 11 {
		body := fmt.Sprintf("12%sMB%06d%c", region, n, "0123456789X"[check])
		number := body + string(codes.USCCChecksum(body))
		if c, err := codes.ParseUSCC(number); err == nil && c.OrganisationValid {
			return number
		}
	}
	panic("seed: no valid credit code")
}

// licence is a practice licence number of 22 characters (domain §4.5); category D600 is
// a village clinic, A100 a hospital, B100 a community centre, C100 a township hospital.
func licence(n int, category string) string {
	return fmt.Sprintf("PDY%06d%s15%s1", n, region, category)
}

// identities hands out ID numbers that no two people share: a counter per birthday and sex.
type identities map[calendar.Date][2]int

func (ids identities) next(born calendar.Date, woman bool) string {
	n := ids[born]
	odd := 1
	if woman {
		odd = 0
	}
	number := codes.ComposeIDNumber(region, born, 2*n[odd]+odd)
	if number == "" {
		panic("seed: too many births on one day")
	}
	n[odd]++
	ids[born] = n
	return number
}

// phone is a mobile number of the range kept for demonstrations, 1990 and seven digits
// (domain §9.6).
func phone(n int) string { return fmt.Sprintf("1990%07d", n%10_000_000) }

// officePhone is a public service number.
func officePhone(n int) string { return fmt.Sprintf("0632-%07d", 4400000+n%90000) }
