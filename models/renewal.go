package models

import (
	"time"

	"jiayi/internal/calendar"
)

// Renewal is one resident's part of the renewal rates on a day (domain §1.10).
type Renewal struct {
	// SN07, annual cohort: of those signed at the end of the last year, who still is.
	Cohort bool // a contract was in force on 31 December of the year before
	Kept   bool // and one is in force on the day
	// SN07b, expiry cohort of the calendar year to date.
	Expired bool // a contract ran out between 1 January and the day
	Renewed bool // and the next one began within LateRenewalDays of its end, by the day
}

// RenewalOn is the renewal of one resident, given all contracts, on the day.
//
// A contract runs out on the day after its end date, the first day it is no longer in
// force: one that ends on 31 December belongs to the new year, with the renewal that
// follows it without a gap. One that was stopped early (transfer, death, move, will of the
// resident) did not run out. Who ran out twice in the year counts once, by the later end.
// The next contract may be with any team.
func RenewalOn(contracts []Contract, day Date) Renewal {
	var r Renewal
	january := calendar.NewDate(day.Year(), time.January, 1)
	var out Date // first day after the latest end
	for i := range contracts {
		c := &contracts[i]
		r.Cohort = r.Cohort || c.InForceOn(january.AddDays(-1))
		r.Kept = r.Kept || c.InForceOn(day)
		if first := c.ranOut(); !first.IsZero() && !first.Before(january) && !first.After(day) && first.After(out) {
			r.Expired, out = true, first
		}
	}
	r.Kept = r.Kept && r.Cohort
	if !r.Expired {
		return r
	}
	latest := out.AddDays(LateRenewalDays - 1)
	for i := range contracts {
		c := &contracts[i]
		if began := c.BeginDate; c.InForceOn(began) && !began.Before(out) && !began.After(latest) && !began.After(day) {
			r.Renewed = true
		}
	}
	return r
}

// ranOut is the first day after a term that runs to its end, zero for a contract that was
// stopped early or never came into force.
func (c *Contract) ranOut() Date {
	switch c.Status {
	case Active, Expired, Renewed:
		return c.EndDate.AddDays(1)
	}
	return Date{}
}
