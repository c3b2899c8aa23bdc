package models

import "jiayi/internal/calendar"

// Fulfilment is what a contract owes by a day of its contract year, and how much of it was
// done: the resident's part of the fulfilment rates (domain §1.10 SN10, SN10b). More than
// was due does not count, so that one item cannot make up for another.
type Fulfilment struct {
	ItemsDue       int  // units due by the day
	ItemsDone      int  // of them, delivered
	ItemsConfirmed int  // of them, delivered and confirmed by the resident
	BaseDue        int  // ItemsDue of the base package alone
	BaseDone       int  // ItemsDone of the base package alone
	NextChange     Date // the next day after this one on which time alone changes it; zero when none
}

// Kept tells whether every due unit of the base package was done; counted is false when
// none is due, and the person is not in the rate by persons (SN10b).
func (f Fulfilment) Kept() (kept, counted bool) { return f.BaseDone == f.BaseDue, f.BaseDue > 0 }

// FulfilmentOn is the fulfilment of a contract on a day; base names the packages that are
// base packages, items and visits are as for EntitlementsOn. A contract that is not in
// force on the day owes nothing.
//
// NextChange is the next day on which a unit falls due, the contract year turns or the
// contract is no longer in force; for one that is signed ahead, the day it begins.
func FulfilmentOn(c Contract, items []PackageItem, base map[ID]bool, visits []Encounter, day Date) Fulfilment {
	var f Fulfilment
	if !c.InForceOn(day) {
		if day.Before(c.BeginDate) && c.InForceOn(c.BeginDate) {
			f.NextChange = c.BeginDate
		}
		return f
	}
	y, _ := c.YearOn(day)
	f.NextChange = y.Until.AddDays(1)
	for i := range items {
		f.add(entitlement(y, items[i], visits, day), base, day)
	}
	return f
}

// FulfilmentOf is the sum of entitlements that EntitlementsOn gave for the day.
func FulfilmentOf(entitlements []Entitlement, base map[ID]bool, day Date) Fulfilment {
	var f Fulfilment
	for _, e := range entitlements {
		if f.NextChange.IsZero() && !day.After(e.Year.Until) {
			f.NextChange = e.Year.Until.AddDays(1)
		}
		f.add(e, base, day)
	}
	return f
}

func (f *Fulfilment) add(e Entitlement, base map[ID]bool, day Date) {
	done := min(e.Delivered, e.Due)
	f.ItemsDue += e.Due
	f.ItemsDone += done
	f.ItemsConfirmed += min(e.Confirmed, e.Due)
	if base[e.Item.PackageID] {
		f.BaseDue += e.Due
		f.BaseDone += done
	}
	if next := e.Year.dueOn(e.Due+1, e.Promised); !e.Item.OnDemand && next.After(day) {
		f.NextChange = calendar.Earlier(f.NextChange, next)
	}
}
