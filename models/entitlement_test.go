package models_test

import (
	"testing"

	"pgregory.net/rapid"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
)

const (
	basePackage models.ID = 1
	htnPackage  models.ID = 2
)

var (
	basePackages  = map[models.ID]bool{basePackage: true}
	consult       = models.PackageItem{ID: 1, PackageID: basePackage, Name: "健康咨询", Unit: "次", Quota: 4, Service: "consult"}
	record        = models.PackageItem{ID: 2, PackageID: basePackage, Name: "健康档案更新", Unit: "次", Quota: 1, Service: "record"}
	htnVisit      = models.PackageItem{ID: 3, PackageID: htnPackage, Name: "高血压面对面随访", Unit: "次", Quota: 4, Service: "hypertension"}
	promisedItems = []models.PackageItem{consult, record, htnVisit}
)

func mustDay(s string) models.Date { return calendar.MustDate(s) }

// termFrom is a contract in force from a day for whole years.
func termFrom(begin string, years int) models.Contract {
	return models.Contract{ID: 1, Status: models.Active, BeginDate: mustDay(begin), EndDate: models.TermEnd(mustDay(begin), years), TermYears: years}
}

// delivered is a visit at the clinic that delivered the services.
func delivered(on models.Date, services ...clinical.Service) models.Encounter {
	return models.Encounter{VisitedOn: on, VisitWay: int(clinical.WayClinic), Services: models.ServicesOf(services...)}
}

func TestContractYears(t *testing.T) {
	stopped := termFrom("2026-01-01", 1)
	stopped.Status, stopped.StoppedOn = models.Terminated, mustDay("2026-07-01")
	never := stopped
	never.StoppedOn = never.BeginDate // a renewal that ended before it began
	short := termFrom("2026-01-01", 1)
	short.EndDate = mustDay("2026-03-31")
	for _, tt := range []struct {
		name        string
		c           models.Contract
		day         string
		n           int // 0 for none
		from, until string
	}{
		{"the first day", termFrom("2025-12-01", 2), "2025-12-01", 1, "2025-12-01", "2026-11-30"},
		{"the last day of a year", termFrom("2025-12-01", 2), "2026-11-30", 1, "2025-12-01", "2026-11-30"},
		{"the anniversary", termFrom("2025-12-01", 2), "2026-12-01", 2, "2026-12-01", "2027-11-30"},
		{"after the end", termFrom("2025-12-01", 2), "2030-01-01", 2, "2026-12-01", "2027-11-30"},
		{"before it begins", termFrom("2025-12-01", 2), "2025-11-30", 0, "", ""},
		{"from 29 February", termFrom("2024-02-29", 2), "2025-02-28", 1, "2024-02-29", "2025-02-28"},
		{"to 1 March", termFrom("2024-02-29", 2), "2025-03-01", 2, "2025-03-01", "2026-02-28"},
		{"stopped early", stopped, "2026-12-31", 1, "2026-01-01", "2026-06-30"},
		{"agreed for less than a year", short, "2026-03-01", 1, "2026-01-01", "2026-03-31"},
		{"never in force", never, "2026-03-01", 0, "", ""},
		{"an application", models.Contract{Status: models.Applied}, "2026-03-01", 0, "", ""},
	} {
		y, ok := tt.c.YearOn(mustDay(tt.day))
		if ok != (tt.n > 0) || ok && (y.Number != tt.n || y.From.String() != tt.from || y.Until.String() != tt.until) {
			t.Errorf("%s: year %d, %s to %s, %v", tt.name, y.Number, y.From, y.Until, ok)
		}
	}
	if _, ok := termFrom("2025-12-01", 2).Year(3); ok {
		t.Error("a contract of two years has no third")
	}
}

// TestDue holds each unit to the last day of its part of the year: a year of 365 days has
// its quarters after 92, 183, 274 and 365 days.
func TestDue(t *testing.T) {
	stopped := termFrom("2026-01-01", 1)
	stopped.Status, stopped.StoppedOn = models.Terminated, mustDay("2026-07-02")
	short := termFrom("2026-01-01", 1)
	short.EndDate = mustDay("2026-03-31") // 90 days
	for _, tt := range []struct {
		name       string
		c          models.Contract
		item       models.PackageItem
		day        string
		due        int
		next       string // of the first unit, when nothing was delivered
		nextChange string
	}{
		{"the day before the first quarter ends", termFrom("2026-01-01", 1), consult, "2026-04-01", 0, "2026-04-02", "2026-04-02"},
		{"the day it ends", termFrom("2026-01-01", 1), consult, "2026-04-02", 1, "2026-04-02", "2026-07-02"},
		{"two quarters", termFrom("2026-01-01", 1), consult, "2026-07-02", 2, "2026-04-02", "2026-10-01"},
		{"the day before the last", termFrom("2026-01-01", 1), consult, "2026-12-30", 3, "2026-04-02", "2026-12-31"},
		{"the last day", termFrom("2026-01-01", 1), consult, "2026-12-31", 4, "2026-04-02", "2027-01-01"},
		{"a yearly unit, the day before the last", termFrom("2026-01-01", 1), record, "2026-12-30", 0, "2026-12-31", "2026-12-31"},
		{"a yearly unit, on the last day", termFrom("2026-01-01", 1), record, "2026-12-31", 1, "2026-12-31", "2027-01-01"},
		{"a new year owes nothing", termFrom("2026-01-01", 2), consult, "2027-01-01", 0, "2027-04-02", "2027-04-02"},
		{"a leap year has 366 days", termFrom("2024-01-01", 1), record, "2024-12-30", 0, "2024-12-31", "2024-12-31"},
		{"the first day", termFrom("2026-01-01", 1), consult, "2026-01-01", 0, "2026-04-02", "2026-04-02"},
		{"stopped: what fell due before stays", stopped, consult, "2026-07-01", 1, "2026-04-02", "2026-07-02"},
		{"stopped: the rest never falls due", stopped, record, "2026-07-01", 0, "", "2026-07-02"},
		{"agreed for 90 days: due by their end", short, record, "2026-03-31", 1, "2026-03-31", "2026-04-01"},
	} {
		got := models.EntitlementsOn(tt.c, []models.PackageItem{tt.item}, nil, mustDay(tt.day))
		if len(got) != 1 || got[0].Due != tt.due || got[0].NextDueOn.String() != tt.next || got[0].Promised != tt.item.Quota {
			t.Errorf("%s: %+v", tt.name, got)
		}
		if f := models.FulfilmentOn(tt.c, []models.PackageItem{tt.item}, basePackages, nil, mustDay(tt.day)); f.ItemsDue != tt.due || f.BaseDue != tt.due || f.NextChange.String() != tt.nextChange {
			t.Errorf("%s: %+v", tt.name, f)
		}
	}
}

func TestWhatCounts(t *testing.T) {
	c, day := termFrom("2026-01-01", 1), mustDay("2026-07-02")
	with := func(e models.Encounter, change func(*models.Encounter)) models.Encounter { change(&e); return e }
	phone := func(e *models.Encounter) { e.VisitWay = int(clinical.WayPhone) }
	answer := func(a models.VisitAnswer) func(*models.Encounter) { return func(e *models.Encounter) { e.Answer = a } }
	may := mustDay("2026-05-05")
	for _, tt := range []struct {
		name                         string
		item                         models.PackageItem
		visits                       []models.Encounter
		delivered, confirmed, denied int
		next                         string
		state                        models.EntitlementState
	}{
		{"nothing", htnVisit, nil, 0, 0, 0, "2026-04-02", models.EntitlementOverdue},
		{"a visit", htnVisit, []models.Encounter{delivered(may, "hypertension", "bp")}, 1, 0, 0, "2026-07-02", models.EntitlementOverdue},
		{"up to date", htnVisit, []models.Encounter{delivered(may, "hypertension"), delivered(may, "hypertension")}, 2, 0, 0, "2026-10-01", models.EntitlementPending},
		{"another service", htnVisit, []models.Encounter{delivered(may, "diabetes")}, 0, 0, 0, "2026-04-02", models.EntitlementOverdue},
		{"part of a word", htnVisit, []models.Encounter{delivered(may, "hypertension2")}, 0, 0, 0, "2026-04-02", models.EntitlementOverdue},
		{"a form by phone", htnVisit, []models.Encounter{with(delivered(may, "hypertension"), phone)}, 0, 0, 0, "2026-04-02", models.EntitlementOverdue},
		{"advice by phone", consult, []models.Encounter{with(delivered(may, "consult"), phone)}, 1, 0, 0, "2026-07-02", models.EntitlementOverdue},
		{"voided", htnVisit, []models.Encounter{with(delivered(may, "hypertension"), func(e *models.Encounter) { e.Voided = true })}, 0, 0, 0, "2026-04-02", models.EntitlementOverdue},
		{"voided after it was confirmed", htnVisit, []models.Encounter{with(delivered(may, "hypertension"), func(e *models.Encounter) { e.Voided, e.Answer = true, models.Confirmed })}, 0, 0, 0, "2026-04-02", models.EntitlementOverdue},
		{"confirmed", htnVisit, []models.Encounter{with(delivered(may, "hypertension"), answer(models.Confirmed))}, 1, 1, 0, "2026-07-02", models.EntitlementOverdue},
		{"denied", htnVisit, []models.Encounter{with(delivered(may, "hypertension"), answer(models.Denied))}, 0, 0, 1, "2026-04-02", models.EntitlementOverdue},
		{"the day before the year", record, []models.Encounter{delivered(mustDay("2025-12-31"), "record")}, 0, 0, 0, "2026-12-31", models.EntitlementPending},
		{"the first day of the year", record, []models.Encounter{delivered(mustDay("2026-01-01"), "record")}, 1, 0, 0, "", models.EntitlementDone},
		{"the day itself", record, []models.Encounter{delivered(day, "record")}, 1, 0, 0, "", models.EntitlementDone},
		{"after the day", record, []models.Encounter{delivered(day.AddDays(1), "record")}, 0, 0, 0, "2026-12-31", models.EntitlementPending},
		{"more than was promised", record, []models.Encounter{delivered(may, "record"), delivered(may.AddDays(1), "record")}, 2, 0, 0, "", models.EntitlementDone},
	} {
		e := models.EntitlementsOn(c, []models.PackageItem{tt.item}, tt.visits, day)[0]
		if e.Delivered != tt.delivered || e.Confirmed != tt.confirmed || e.Denied != tt.denied || e.NextDueOn.String() != tt.next || e.State(day) != tt.state {
			t.Errorf("%s: %+v, %s", tt.name, e, e.State(day))
		}
		if e.Done() != min(e.Delivered, tt.item.Quota) || models.EntitlementStateLabels[tt.state] == "" {
			t.Errorf("%s: done %d", tt.name, e.Done())
		}
	}
	stopped := c
	stopped.Status, stopped.StoppedOn = models.Terminated, mustDay("2026-03-01")
	if e := models.EntitlementsOn(stopped, promisedItems, nil, day)[0]; e.State(day) != models.EntitlementEnded {
		t.Errorf("nothing was due when it was stopped: %+v", e)
	}
}

func TestFulfilment(t *testing.T) {
	c, day := termFrom("2026-01-01", 1), mustDay("2026-12-31")
	visits := []models.Encounter{delivered(mustDay("2026-02-01"), "hypertension", "record"), delivered(mustDay("2026-03-01"), "hypertension")}
	visits[1].Answer = models.Confirmed
	for range 6 { // more than promised, which makes up for nothing
		visits = append(visits, delivered(mustDay("2026-05-01"), "consult"))
	}
	f := models.FulfilmentOn(c, promisedItems, basePackages, visits, day)
	want := models.Fulfilment{ItemsDue: 9, ItemsDone: 7, ItemsConfirmed: 1, BaseDue: 5, BaseDone: 5, NextChange: mustDay("2027-01-01")}
	if f != want {
		t.Errorf("%+v", f)
	}
	if kept, counted := f.Kept(); !kept || !counted {
		t.Error("all due items of the base package are done")
	}
	if kept, _ := models.FulfilmentOn(c, promisedItems, basePackages, visits[1:], day).Kept(); kept {
		t.Error("the record was not updated")
	}
	if _, counted := models.FulfilmentOn(c, promisedItems, basePackages, visits, c.BeginDate).Kept(); counted {
		t.Error("nothing is due on the first day")
	}
	for name, got := range map[string]models.Fulfilment{
		"before it begins": models.FulfilmentOn(c, promisedItems, basePackages, visits, c.BeginDate.AddDays(-1)),
		"after its end":    models.FulfilmentOn(c, promisedItems, basePackages, visits, c.EndDate.AddDays(1)),
		"an application":   models.FulfilmentOn(models.Contract{Status: models.Applied}, promisedItems, basePackages, visits, day),
	} {
		if got.ItemsDue+got.ItemsDone+got.BaseDue != 0 || got.NextChange.IsZero() != (name != "before it begins") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if n := testing.AllocsPerRun(100, func() { models.FulfilmentOn(c, promisedItems, basePackages, visits, day) }); n != 0 {
		t.Errorf("%v allocations for one person; it runs for everyone at night", n)
	}
}

func drawDelivered(t *rapid.T, begin models.Date) []models.Encounter {
	var visits []models.Encounter
	for range rapid.IntRange(0, 12).Draw(t, "visits") {
		v := delivered(begin.AddDays(rapid.IntRange(-20, 800).Draw(t, "day")),
			rapid.SliceOfN(rapid.SampledFrom([]clinical.Service{"consult", "record", "hypertension", "bp"}), 0, 3).Draw(t, "services")...)
		v.VisitWay = rapid.SampledFrom([]int{1, 2, 3, 5}).Draw(t, "way")
		v.Voided = rapid.IntRange(0, 4).Draw(t, "voided") == 0
		v.Answer = rapid.SampledFrom([]models.VisitAnswer{models.Unanswered, models.Confirmed, models.Denied}).Draw(t, "answer")
		visits = append(visits, v)
	}
	return visits
}

// TestEntitlementLaws holds for every contract, visits and day: counts within their bounds,
// what is due only grows within a year, voiding or denying never helps, and nothing changes
// by itself before NextChange.
func TestEntitlementLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := termFrom("2024-01-01", rapid.IntRange(1, 3).Draw(t, "years"))
		shift := rapid.IntRange(0, 400).Draw(t, "begin")
		c.BeginDate = c.BeginDate.AddDays(shift)
		c.EndDate = models.TermEnd(c.BeginDate, c.TermYears)
		if rapid.Bool().Draw(t, "stopped") {
			c.Status, c.StoppedOn = models.Terminated, c.BeginDate.AddDays(rapid.IntRange(1, 700).Draw(t, "stop"))
		}
		items := append([]models.PackageItem{}, promisedItems...)
		for i := range items {
			items[i].Quota = rapid.IntRange(0, 13).Draw(t, "quota")
		}
		visits := drawDelivered(t, c.BeginDate)
		day := c.BeginDate.AddDays(rapid.IntRange(0, 1200).Draw(t, "on"))
		list := models.EntitlementsOn(c, items, visits, day)
		f := models.FulfilmentOn(c, items, basePackages, visits, day)
		for _, e := range list {
			switch {
			case e.Done() < 0 || e.Done() > e.Promised || e.Done() > e.Delivered:
				t.Fatalf("done %d: %+v", e.Done(), e)
			case e.Due < 0 || e.Due > e.Promised || e.Confirmed > e.Delivered || e.Delivered+e.Denied > len(visits):
				t.Fatalf("out of bounds: %+v", e)
			case !e.NextDueOn.IsZero() && e.NextDueOn.After(day) != (e.Done() >= e.Due):
				t.Fatalf("on %s the next unit is due on %s: %+v", day, e.NextDueOn, e)
			}
		}
		if f.ItemsConfirmed > f.ItemsDone || f.ItemsDone > f.ItemsDue || f.BaseDone > f.BaseDue || f.BaseDue > f.ItemsDue || f.BaseDone > f.ItemsDone {
			t.Fatalf("out of bounds: %+v", f)
		}
		if c.InForceOn(day) && f != models.FulfilmentOf(list, basePackages, day) {
			t.Fatalf("%+v is not the sum of %+v", f, list)
		}
		if next := day.AddDays(1); c.InForceOn(next) && len(list) > 0 {
			later := models.EntitlementsOn(c, items, visits, next)
			for i := range later {
				if later[i].Year == list[i].Year && (later[i].Due < list[i].Due || later[i].Delivered < list[i].Delivered) {
					t.Fatalf("%+v became %+v", list[i], later[i])
				}
			}
		}
		lawOfRetraction(t, c, items, visits, day, list)
		lawOfNextChange(t, c, items, day)
	})
}

// lawOfRetraction: voiding or denying any visit never lets more be done.
func lawOfRetraction(t *rapid.T, c models.Contract, items []models.PackageItem, visits []models.Encounter, day models.Date, list []models.Entitlement) {
	for i := range visits {
		for _, retract := range []func(*models.Encounter){func(e *models.Encounter) { e.Voided = true }, func(e *models.Encounter) { e.Answer = models.Denied }} {
			changed := append([]models.Encounter{}, visits...)
			retract(&changed[i])
			for k, e := range models.EntitlementsOn(c, items, changed, day) {
				if e.Done() > list[k].Done() || e.Confirmed > list[k].Confirmed || e.Due != list[k].Due {
					t.Fatalf("%+v became %+v", list[k], e)
				}
			}
		}
	}
}

// lawOfNextChange: between a day and its NextChange nothing falls due, and on it something does
// or the year turns.
func lawOfNextChange(t *rapid.T, c models.Contract, items []models.PackageItem, day models.Date) {
	on := func(day models.Date) models.Fulfilment { return models.FulfilmentOn(c, items, basePackages, nil, day) }
	f := on(day)
	if f.NextChange.IsZero() {
		if c.InForceOn(day) {
			t.Fatal("a contract in force changes when it ends, at the latest")
		}
		return
	}
	if before := on(f.NextChange.AddDays(-1)); before != f {
		t.Fatalf("%+v became %+v before %s", f, before, f.NextChange)
	}
	y, _ := c.YearOn(day)
	if then := on(f.NextChange); f.NextChange != y.Until.AddDays(1) && then.ItemsDue <= f.ItemsDue {
		t.Fatalf("nothing changed on %s: %+v", f.NextChange, then)
	}
}
