package models

import "jiayi/internal/calendar"

// ContractYear is one year of a contract's term, both days included. Quotas are promised
// by the contract year: year 1 begins with the contract, year 2 on its anniversary. The
// last one ends with the contract.
type ContractYear struct {
	Number      int // from 1
	From, Until Date
	agreed      Date // last day as it was agreed: an early stop shortens the year, not the schedule within it
}

// LastDay is the last day the contract is in force, its end date or the day before it was
// stopped. It is the zero Date for a contract that never came into force.
func (c Contract) LastDay() Date {
	if !c.InForceOn(c.BeginDate) {
		return Date{}
	}
	if !c.StoppedOn.IsZero() {
		return calendar.Earlier(c.EndDate, c.StoppedOn.AddDays(-1))
	}
	return c.EndDate
}

// Year is the n-th year of the contract, from 1; ok is false when there is none.
func (c Contract) Year(n int) (y ContractYear, ok bool) {
	last := c.LastDay()
	if last.IsZero() || n < 1 {
		return ContractYear{}, false
	}
	y = ContractYear{Number: n, From: c.BeginDate.AddYears(n - 1)}
	y.agreed = calendar.Earlier(c.BeginDate.AddYears(n).AddDays(-1), c.EndDate)
	y.Until = calendar.Earlier(y.agreed, last)
	return y, !y.From.After(last)
}

// YearOn is the contract year that holds the day, and the last one for a later day; ok is
// false before the contract begins and for one that never came into force.
func (c Contract) YearOn(day Date) (y ContractYear, ok bool) {
	last := c.LastDay()
	if last.IsZero() || day.Before(c.BeginDate) {
		return ContractYear{}, false
	}
	return c.Year(c.BeginDate.AgeOn(calendar.Earlier(day, last)) + 1)
}

// days is the length of the year as it was agreed.
func (y ContractYear) days() int { return y.agreed.Sub(y.From) + 1 }

// due is how many of the quota's units are due by the day: the k-th of q units is due at
// the end of the k-th q-th part of the year, so a yearly one on its last day.
func (y ContractYear) due(quota int, day Date) int {
	elapsed := calendar.Earlier(day, y.Until).Sub(y.From) + 1
	if elapsed <= 0 || quota <= 0 {
		return 0
	}
	return elapsed * quota / y.days()
}

// dueOn is the day the k-th of the quota's units falls due, from + ⌈k·days/quota⌉ − 1. It is
// the zero Date for a unit beyond the quota, and for one that an early stop left out.
func (y ContractYear) dueOn(k, quota int) Date {
	if k < 1 || k > quota {
		return Date{}
	}
	day := y.From.AddDays((k*y.days()+quota-1)/quota - 1)
	if day.After(y.Until) {
		return Date{}
	}
	return day
}
