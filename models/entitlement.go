package models

import (
	"jiayi/internal/calendar"
	"jiayi/models/clinical"
)

// Entitlement is what one item of a package promises a resident in one contract year, and
// what came of it by a day. It follows from the contract, the items of its packages, which
// never change once a package is in use, and the visits; it is never stored.
type Entitlement struct {
	Item      PackageItem
	Year      ContractYear
	Promised  int  // units of the item in the year
	Delivered int  // visits that count; may be more than was promised
	Due       int  // units due by the day
	Confirmed int  // of Delivered, those the resident confirmed
	Denied    int  // visits that would count, had the resident not denied them
	NextDueOn Date // the next unit that is not delivered falls due, maybe in the past; zero when none is left
}

// Done is how many of the promised units were delivered.
func (e Entitlement) Done() int { return min(e.Delivered, e.Promised) }

// EntitlementState is how an entitlement stands on a day.
type EntitlementState string

// The states of an entitlement.
const (
	EntitlementDone    EntitlementState = "done"
	EntitlementPending EntitlementState = "pending"
	EntitlementOverdue EntitlementState = "overdue"
	EntitlementEnded   EntitlementState = "ended" // the contract was stopped before the rest fell due
	EntitlementOpen    EntitlementState = "on_demand"
)

// EntitlementStateLabels are the Chinese names of the states.
var EntitlementStateLabels = map[EntitlementState]string{
	EntitlementDone: "已完成", EntitlementPending: "待完成", EntitlementOverdue: "已到期未完成", EntitlementEnded: "签约已提前结束", EntitlementOpen: "按需提供",
}

// State is how the entitlement stands on the day it was reckoned for.
func (e Entitlement) State(day Date) EntitlementState {
	switch {
	case e.Delivered >= e.Promised:
		return EntitlementDone
	case e.Delivered < e.Due:
		return EntitlementOverdue
	case day.After(e.Year.Until):
		return EntitlementEnded
	case e.Item.OnDemand:
		return EntitlementOpen
	}
	return EntitlementPending
}

// EntitlementsOn are the entitlements of the contract year that holds the day, one for each
// item, as they stand at the end of the day; for a later day those of the last year. There
// are none before the contract begins, or when it never came into force. Visits are all of
// the resident, voided and denied ones too; those after the day do not count yet.
//
// A visit counts once for every item whose service it delivered: it must stand, lie in the
// year, be face to face where MeetsFor asks for it, and not be denied by the resident.
func EntitlementsOn(c Contract, items []PackageItem, visits []Encounter, day Date) []Entitlement {
	y, ok := c.YearOn(day)
	if !ok {
		return nil
	}
	return EntitlementsIn(y, items, visits, day)
}

// EntitlementsIn is EntitlementsOn for any year of the contract.
func EntitlementsIn(y ContractYear, items []PackageItem, visits []Encounter, day Date) []Entitlement {
	out := make([]Entitlement, len(items))
	for i := range items {
		out[i] = entitlement(y, items[i], visits, day)
	}
	return out
}

func entitlement(y ContractYear, item PackageItem, visits []Encounter, day Date) Entitlement {
	e := Entitlement{Item: item, Year: y, Promised: item.Quota, Due: y.due(item.Quota, day)}
	until, meets := calendar.Earlier(day, y.Until), MeetsFor(item.Service)
	for i := range visits {
		v := &visits[i] // not copied: this runs for everyone at night
		if v.Voided || v.VisitedOn.Before(y.From) || v.VisitedOn.After(until) ||
			meets && !clinical.Way(v.VisitWay).FaceToFace() || !v.Services.Has(item.Service) {
			continue
		}
		switch v.Answer {
		case Denied:
			e.Denied++
			continue
		case Confirmed:
			e.Confirmed++
		}
		e.Delivered++
	}
	if item.OnDemand {
		e.Due = 0
		return e
	}
	e.NextDueOn = y.dueOn(e.Done()+1, item.Quota)
	return e
}

// NoEntitlements says why there is nothing to show; "" when there is.
type NoEntitlements string

// The reasons.
const (
	NoContract NoEntitlements = "no_contract" // none is in force today
	NotBegun   NoEntitlements = "not_begun"   // the contract is signed ahead
	NeverBegan NoEntitlements = "never_began" // the contract did not come into force
)

// NoEntitlementsLabels are the reasons in Chinese.
var NoEntitlementsLabels = map[NoEntitlements]string{NoContract: "目前没有履行中的签约", NotBegun: "该签约尚未开始", NeverBegan: "该合同没有生效"}
