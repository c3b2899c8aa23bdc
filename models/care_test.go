package models_test

import (
	"testing"

	"pgregory.net/rapid"

	"jiayi/models"
	"jiayi/models/clinical"
)

// careRecord is someone under hypertension, counted, with the visits.
func careRecord(seen []models.Seen) (models.CareRecord, map[string]models.Course) {
	c := models.CareRecord{Resident: patient}
	c.Resident.Permanent = true
	m := models.Membership{ID: 7, ResidentID: 1, Code: models.Hypertension, Open: new(true), Begin: enrolledOn, CreatedAt: enrolledOn.Start()}
	c.History.Memberships = []models.Membership{m}
	for _, v := range seen {
		way := 3
		if v.Met {
			way = 1
		}
		c.Encounters = append(c.Encounters, models.Encounter{ID: v.EncounterID, VisitedOn: v.On, VisitWay: way, Services: v.Services})
		f := *v.Form
		f.Live, f.VisitWay = new(true), way
		f.EncounterID = v.EncounterID
		c.History.Visits = append(c.History.Visits, f)
	}
	return c, map[string]models.Course{clinical.Hypertension: hypertension()}
}

func careOn(seen []models.Seen, day models.Date) (models.CareStanding, models.Date) {
	c, courses := careRecord(seen)
	c.Resident.Standing = models.Standing{VillageID: 1, Counted: true, Mask: models.PopulationsOn(patient.BirthDate, c.History.Memberships, day)}
	return c.CareOn(courses, day)
}

// visitOn is a controlled or uncontrolled visit face to face on a date.
func visitOn(id models.ID, on string, step int, control clinical.Control, services ...clinical.Service) models.Seen {
	v := seen(id, d(on).Sub(enrolledOn), clinical.WayClinic, step)
	v.Form.Control = control
	v.Services = models.ServicesOf(append(services, clinical.Hypertension)...)
	return v
}

// TestStandardManagement holds both variants of the predicate to their bounds (domain
// §3.10): quarters that are over, rechecks within 14 days, the check of the year.
func TestStandardManagement(t *testing.T) {
	const ok, bad = clinical.Controlled, clinical.Uncontrolled
	q1, q2, q3 := visitOn(1, "2026-02-01", 1, ok), visitOn(2, "2026-05-01", 1, ok), visitOn(3, "2026-08-01", 1, ok)
	phone := visitOn(2, "2026-05-01", 1, ok)
	phone.Met = false
	for _, c := range []struct {
		name                      string
		day                       string
		visits                    []models.Seen
		strict, basic, controlled bool
	}{
		{"newly enrolled", "2026-01-06", nil, true, true, false},
		{"the day before the quarter ends", "2026-03-30", nil, true, true, false},
		{"the quarter ended without a visit", "2026-03-31", nil, false, false, false},
		{"seen in the quarter", "2026-03-31", []models.Seen{q1}, true, true, true},
		{"two quarters", "2026-06-30", []models.Seen{q1, q2}, true, true, true},
		{"a phone visit is no meeting", "2026-06-30", []models.Seen{q1, phone}, false, false, true},
		{"as many visits as quarters, but two in one", "2026-06-30", []models.Seen{q1, visitOn(2, "2026-03-01", 1, ok)}, false, true, true},
		{"a recheck may still come", "2026-02-15", []models.Seen{visitOn(1, "2026-02-01", 2, bad)}, true, true, false},
		{"a recheck did not come", "2026-02-16", []models.Seen{visitOn(1, "2026-02-01", 2, bad)}, false, true, false},
		{"a recheck on the 14th day", "2026-02-20", []models.Seen{visitOn(1, "2026-02-01", 2, bad), visitOn(2, "2026-02-15", 1, ok)}, true, true, true},
		{"a recheck on the 15th day", "2026-02-20", []models.Seen{visitOn(1, "2026-02-01", 2, bad), visitOn(2, "2026-02-16", 1, ok)}, false, true, true},
		{"the newest value counts", "2026-03-01", []models.Seen{q1, visitOn(2, "2026-02-20", 1, bad)}, true, true, false},
		{"a visit without a value leaves the one before", "2026-03-01", []models.Seen{q1, visitOn(2, "2026-02-20", 1, clinical.Unmeasured)}, true, true, true},
		{"the check is owed on the last day of the year", "2026-12-30", []models.Seen{q1, q2, q3}, true, true, true},
		{"and was not done", "2026-12-31", []models.Seen{q1, q2, q3, visitOn(4, "2026-11-01", 1, ok)}, false, false, true},
		{"and was", "2026-12-31", []models.Seen{q1, q2, q3, visitOn(4, "2026-11-01", 1, ok, clinical.ServiceCheck)}, true, true, true},
		{"a new year", "2027-01-01", []models.Seen{q1, q2, q3}, true, true, false},
	} {
		s, _ := careOn(c.visits, d(c.day))
		if !s.Of.Has(models.HypertensionStandard) || !s.Of.Has(models.PressureControl) {
			t.Fatalf("%s: not counted: %+v", c.name, s)
		}
		strict, basic, controlled := s.Met.Has(models.HypertensionStandard), s.Met.Has(models.HypertensionBasic), s.Met.Has(models.PressureControl)
		if strict != c.strict || basic != c.basic || controlled != c.controlled {
			t.Errorf("%s: standard %v, basic %v, controlled %v", c.name, strict, basic, controlled)
		}
	}
}

// TestMothersAndChildren counts births of the year (domain §3.10 MCH01–MCH04).
func TestMothersAndChildren(t *testing.T) {
	for _, c := range []struct {
		name              string
		first, postpartum string
		lmp               string
		booked, visited   bool
	}{
		{"on the last day before 13 weeks, and on the 28th day after the discharge", "2026-04-01", "2026-11-01", "2026-01-01", true, true},
		{"a day later each", "2026-04-02", "2026-11-02", "2026-01-01", false, false},
		{"without the last period nobody knows", "2026-04-01", "2026-11-01", "", false, true},
	} {
		r := models.CareRecord{Resident: patient}
		r.Resident.Standing = models.Standing{VillageID: 1, Counted: true, Mask: models.MaskOf(models.All, models.Maternal)}
		g := models.Pregnancy{DeliveredOn: d("2026-10-01"), DischargedOn: d("2026-10-04"), Outcome: models.LiveBirth}
		if c.lmp != "" {
			g.LMP = d(c.lmp)
		}
		r.History.Pregnancies = []models.Pregnancy{g}
		r.Encounters = []models.Encounter{
			{VisitedOn: d(c.first), VisitWay: 1, Services: models.ServicesOf(clinical.MaternalService(1))},
			{VisitedOn: d(c.postpartum), VisitWay: 2, Services: models.ServicesOf(clinical.ServicePostpartum)},
		}
		s, _ := r.CareOn(nil, d("2026-11-23"))
		if got := s.Met.Has(models.EarlyBooking); got != c.booked || !s.Of.Has(models.EarlyBooking) {
			t.Errorf("%s: booked early %v", c.name, got)
		}
		if got := s.Met.Has(models.PostpartumVisited); got != c.visited || !s.Of.Has(models.PostpartumVisited) {
			t.Errorf("%s: visited %v", c.name, got)
		}
		if s, _ := r.CareOn(nil, d("2027-01-01")); s.Of.Has(models.EarlyBooking) {
			t.Errorf("%s: counted in the year after", c.name)
		}
	}
	baby := models.CareRecord{Resident: models.Resident{ID: 2, BirthDate: d("2026-10-01"), Status: models.Living}}
	baby.Resident.Standing = models.Standing{VillageID: 1, Counted: true, Mask: models.MaskOf(models.All, models.Children, models.Key)}
	baby.Encounters = []models.Encounter{{VisitedOn: d("2026-10-05"), VisitWay: 2, Services: models.ServicesOf(clinical.Newborn)}}
	if s, _ := baby.CareOn(nil, d("2026-11-01")); !s.Met.Has(models.NewbornVisited) || !s.Met.Has(models.ChildManaged) {
		t.Errorf("%+v", s)
	}
	if s, _ := baby.CareOn(nil, d("2027-11-01")); s.Of.Has(models.NewbornVisited) || !s.Of.Has(models.ChildManaged) || s.Met.Has(models.ChildManaged) {
		t.Errorf("a year later: %+v", s)
	}
}

// TestCareStandsBetweenChanges: until the day a standing says it changes, it does not.
func TestCareStandsBetweenChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		visits := drawVisits(t)
		for i := range visits {
			visits[i].Form.Control = clinical.Control(rapid.IntRange(0, 2).Draw(t, "control"))
			if rapid.Bool().Draw(t, "check") {
				visits[i].Services += " check"
			}
		}
		today := enrolledOn.AddDays(rapid.IntRange(0, 800).Draw(t, "today"))
		for len(visits) > 0 && visits[len(visits)-1].On.After(today) {
			visits = visits[:len(visits)-1]
		}
		before, changes := careOn(visits, today)
		for day := today; day.Before(changes); day = day.AddDays(1) {
			if after, _ := careOn(visits, day); after != before && !patientTurns(today, day) {
				t.Fatalf("on %v, before %v: %+v became %+v", day, changes, before, after)
			}
		}
	})
}

// patientTurns tells whether the patient comes of an age between the days: that changes
// the populations, which the roll looks after.
func patientTurns(from, to models.Date) bool {
	birthday := patient.BirthDate.AddYears(models.ElderlyAge)
	return birthday.After(from) && !birthday.After(to)
}

// TestEveryIndicatorHasARow keeps table and bits together.
func TestEveryIndicatorHasARow(t *testing.T) {
	kept := 0
	for _, s := range models.Indicators {
		if s.Label == "" || s.Numerator == "" || s.Denominator == "" || s.Clause == "" {
			t.Errorf("%+v", s)
		}
		if s.Code.Bit() != 0 {
			kept++
		} else if s.Of == "" {
			t.Errorf("%s is neither kept nor computed", s.Code)
		}
	}
	var all models.IndicatorSet = -1
	if n := len(all.List()); n != kept {
		t.Errorf("%d bits, %d rows with one", n, kept)
	}
}
