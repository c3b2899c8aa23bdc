package seed

import (
	"slices"
	"time"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
)

// yearStart is the first day of today's year: from then on care is written down.
func (w *scribe) yearStart() models.Date { return calendar.NewDate(w.today.Year(), 1, 1) }

// between is a day from one to another, both included.
func (w *scribe) between(from, to models.Date) models.Date {
	return from.AddDays(w.rng.IntN(max(1, to.Sub(from)+1)))
}

// quarter is a quarter of the year in which a person owes a visit; it is over, or running.
type quarter struct {
	first, last models.Date
	over        bool
}

// quarters are those of the year up to today under a programme begun on a day.
func (w *scribe) quarters(begin models.Date) []quarter {
	var out []quarter
	for q := range 4 {
		first := calendar.NewDate(w.today.Year(), time.Month(3*q+1), 1)
		last := first.QuarterEnd()
		if first.After(w.today.AddDays(-1)) || begin.After(last.AddDays(1-clinical.EnrolmentGrace)) {
			continue
		}
		out = append(out, quarter{later(first, begin), calendar.Earlier(last, w.today.AddDays(-1)), last.Before(w.today)})
	}
	return out
}

// chronic plans the follow-ups of hypertension and diabetes, one encounter for both
// (domain §2.3), so that the shares of domain §9.4 come about: who is managed as the
// rules ask, and whose last value is under its limit.
func (w *scribe) chronic(c *course) {
	shared := map[models.Date]models.Date{} // the days of the first programme's visits, by the quarter's last day
	for _, x := range []struct {
		code    models.Population
		program string
	}{{models.Hypertension, clinical.Hypertension}, {models.Diabetes, clinical.Diabetes}} {
		m, ok := c.under(x.code)
		if !ok {
			continue
		}
		quarters := w.quarters(m.Begin)
		failing := w.quotas.failing[x.program].take(len(quarters) > 0 && (quarters[0].over || quarters[0].last.Sub(quarters[0].first) > 20))
		uncontrolled := w.quotas.uncontrolled[x.program].take(len(c.pregnant) == 0) // in pregnancy it would be an emergency
		skip := -1
		if failing && quarters[0].over {
			skip = w.rng.IntN(overs(quarters))
		}
		dropout := skip >= 0 && uncontrolled && w.rng.IntN(3) == 0 // who began in a quarter that runs cannot fail by staying away
		var days []models.Date
		for i, q := range quarters {
			seen := i != skip && (q.over || w.rng.IntN(100) < 62 || i == len(quarters)-1 && len(days) == 0)
			if dropout && i >= skip {
				seen = false
			}
			if !seen || q.last.Before(q.first) {
				continue
			}
			day, ok := shared[q.last]
			if !ok || day.Before(q.first) {
				day = w.between(q.first, q.last)
			}
			days, shared[q.last] = append(days, day), day
		}
		if len(days) == 0 {
			continue
		}
		if failing && skip < 0 { // the year is young: a recheck that never came
			early := quarters[0].first
			c.on(early).forms[x.program] = w.values(x.program, false, false)
			if later := days[len(days)-1]; later.Sub(early) <= 14 {
				delete(c.on(later).forms, x.program)
				days = []models.Date{early.AddDays(15)}
				if !days[0].Before(w.today) {
					continue
				}
			}
		}
		for i, day := range days {
			c.on(day).forms[x.program] = w.values(x.program, !uncontrolled || i < len(days)-1, len(c.pregnant) > 0)
		}
		if uncontrolled {
			c.uncontrolled++
			var missed quarter
			if skip >= 0 {
				missed = quarters[skip]
			}
			w.rechecks(c, x.program, days[len(days)-1], missed)
		}
	}
}

func overs(quarters []quarter) int {
	n := 0
	for _, q := range quarters {
		if q.over {
			n++
		}
	}
	return n
}

// rechecks follow an uncontrolled visit: again in two weeks, then the result of a
// referral (domain §3.1), as far as the days have come. Nobody comes in the quarter that
// is missed.
func (w *scribe) rechecks(c *course, program string, day models.Date, missed quarter) {
	for range 2 {
		day = day.AddDays(10 + w.rng.IntN(4))
		if !day.Before(w.today) || !day.Before(missed.first) && !day.After(missed.last) {
			return
		}
		values := w.values(program, false, false)
		values["referral_org_dept"] = "区人民医院专科门诊"
		c.on(day).forms[program] = values
	}
}

// values are a controlled or uncontrolled visit of the programme.
func (w *scribe) values(program string, controlled, expecting bool) map[string]any {
	v := map[string]any{"sbp": 112 + w.rng.IntN(26), "dbp": 66 + w.rng.IntN(20), "weight": 52 + w.rng.IntN(34), "height": 150 + w.rng.IntN(28),
		"heart_rate": 64 + w.rng.IntN(22), "sport_times": 3 + w.rng.IntN(4)}
	if program == clinical.Hypertension {
		if !controlled {
			v["sbp"], v["dbp"] = 152+w.rng.IntN(18), 84+w.rng.IntN(16)
		}
		v["meds"] = []any{map[string]any{"name": "苯磺酸氨氯地平片", "times_per_day": 1, "dose": 5, "unit": 1}}
		return v
	}
	v["fpg"] = float64(44+w.rng.IntN(6)) / 10 // mmol/L, normal in pregnancy too
	if w.rng.IntN(4) > 0 && !expecting {
		v["fpg"] = float64(52+w.rng.IntN(16)) / 10
	}
	if !controlled {
		v["fpg"] = float64(74+w.rng.IntN(30)) / 10
	}
	v["meds"] = []any{map[string]any{"name": "盐酸二甲双胍片", "times_per_day": 2, "dose": 0.5, "unit": 3}}
	return v
}

// checks plan the yearly check of the elderly and the constitution of most of them, at
// the share of domain §9.4.
func (w *scribe) checks(c *course) {
	if !c.r.Standing.Mask.Has(models.Elderly) || !w.quotas.checked.take(w.yearStart().Before(w.today)) {
		return
	}
	day := w.between(later(w.yearStart(), c.r.BirthDate.AddYears(models.ElderlyAge)), w.today.AddDays(-1))
	day = calendar.Earlier(day, w.today.AddDays(-1))
	v := c.on(day)
	v.forms[clinical.Elderly] = map[string]any{"sbp": 112 + w.rng.IntN(26), "dbp": 66 + w.rng.IntN(20), "weight": 48 + w.rng.IntN(30), "height": 148 + w.rng.IntN(28),
		"fpg": float64(46+w.rng.IntN(14)) / 10}
	v.services = append(v.services, "education")
	if w.rng.IntN(100) < 70 {
		v.forms[clinical.TCM] = map[string]any{}
	}
}

// yearlyPrograms are seen so many times a year at a share of their people.
var yearlyPrograms = []struct {
	code    models.Population
	program string
	percent int
	times   int
	home    bool
	values  map[string]any
}{
	{models.MentalDisorder, clinical.Mental, 82, 4, false, nil},
	{models.COPD, clinical.COPD, 75, 4, false, map[string]any{"fev1": 1.6, "fvc": 2.6}},
	{models.Dyslipidaemia, clinical.Dyslipidaemia, 70, 4, false, map[string]any{"ldl": 2.3, "risk_level": 2, "risk_method": 1}},
	{models.Disabled, clinical.HomeVisit, 66, 1, true, map[string]any{"visited_as": []any{1}}},
	{models.SpecialFamily, clinical.HomeVisit, 95, 1, true, map[string]any{"visited_as": []any{2}}},
	{models.Poverty, clinical.HomeVisit, 90, 1, true, map[string]any{"visited_as": []any{3}}},
}

// others plan the visits of all other programmes, and of signed people without one.
func (w *scribe) others(c *course) {
	for _, x := range yearlyPrograms {
		m, ok := c.under(x.code)
		if !ok || w.rng.IntN(100) >= x.percent {
			continue
		}
		for i, q := range w.quarters(m.Begin) {
			if i >= x.times || q.last.Before(q.first) || !q.over && x.times > 1 && w.rng.IntN(2) == 0 {
				break
			}
			v := c.on(w.between(q.first, q.last))
			v.forms[x.program] = map[string]any{}
			for key, value := range x.values {
				v.forms[x.program][key] = value
			}
			if x.home {
				v.way = clinical.WayHome
			}
		}
	}
	w.tuberculosis(c)
	w.maternal(c)
	w.child(c)
	w.signedOnly(c)
}

// signedOnly are signed people without a programme: most have their blood pressure taken
// once a year, at any age some advice is given.
func (w *scribe) signedOnly(c *course) {
	if c.held == nil || len(c.days) > 0 || w.rng.IntN(100) >= 58 {
		return
	}
	from := later(w.yearStart(), c.held.BeginDate)
	if !from.Before(w.today) {
		return
	}
	day := w.between(from, w.today.AddDays(-1))
	v := c.on(day)
	v.services = []clinical.Service{"education", "consult"}
	if c.r.Age(day) < clinical.ScreeningAge {
		v.services = append(v.services, clinical.ServiceRecord)
		return
	}
	if _, ok := c.under(models.Hypertension); ok {
		return
	}
	v.forms[clinical.Screening] = map[string]any{"sbp": 108 + w.rng.IntN(24), "dbp": 66 + w.rng.IntN(18), "weight": 52 + w.rng.IntN(34), "height": 150 + w.rng.IntN(28)}
	v.way = clinical.WayClinic
}

// tuberculosis plans the first visit at home and those of the intensive phase.
func (w *scribe) tuberculosis(c *course) {
	m, ok := c.under(models.Tuberculosis)
	if !ok || m.Begin.AddDays(4).After(w.today) || m.Begin.Before(w.yearStart()) {
		return
	}
	v := c.on(m.Begin.AddDays(2))
	v.forms[clinical.Tuberculosis], v.way = map[string]any{"visit_kind": clinical.TBFirst}, clinical.WayHome
	for n := 1; n <= 6; n++ {
		day := m.Begin.AddDays(10*n + 1)
		if !day.Before(w.today) {
			return
		}
		c.on(day).forms[clinical.Tuberculosis] = map[string]any{"visit_kind": clinical.TBRegular, "treatment_month": 1 + n/3}
	}
}

// childBodies are the weight in kg and height in cm of the contacts of a child.
var childBodies = map[int][2]float64{1: {4.4, 54.5}, 2: {6.4, 61.5}, 3: {8, 67.5}, 4: {8.9, 71}, 5: {9.9, 76}, 6: {11, 82}, 7: {12.3, 88}, 8: {13.4, 92.5},
	9: {14.6, 97}, 10: {16.6, 104}, 11: {18.9, 110.5}, 12: {21.2, 117}}

// child plans the newest contact of a child, and the visit of a newborn.
func (w *scribe) child(c *course) {
	age := w.today.Sub(c.r.BirthDate)
	if c.r.Age(w.today) >= models.ChildrenAge || w.rng.IntN(100) >= 84 {
		return
	}
	if age > 8 && c.r.BirthDate.AddDays(6).After(w.yearStart()) {
		v := c.on(c.r.BirthDate.AddDays(5 + w.rng.IntN(4)))
		v.forms[clinical.Newborn], v.way = map[string]any{"gest_weeks": 39, "birth_weight": 3.2, "weight": 3.3, "birth_length": 50}, clinical.WayHome
	}
	for back := range 60 {
		day := w.today.AddDays(-1 - back*5)
		group, ok := clinical.ChildAgeGroup(c.r.BirthDate, day)
		if !ok || day.Before(w.yearStart()) {
			return
		}
		if previous, _ := clinical.ChildAgeGroup(c.r.BirthDate, day.AddDays(-20)); previous.Code == group.Code {
			continue
		}
		body := childBodies[group.Code]
		c.on(day).forms[clinical.Child] = map[string]any{"age_group": group.Code, "weight": body[0], "height": body[1]}
		return
	}
}

// pregnancies dates the pregnancy of a woman under 孕产妇: booked at eight to twelve
// weeks, delivered where her time has come.
func (c *course) pregnancies(w *scribe) {
	m, ok := c.under(models.Maternal)
	if !ok {
		return
	}
	lmp := later(m.Begin.AddDays(-56-w.rng.IntN(28)), w.today.AddDays(-279-40))
	g := models.Pregnancy{ID: next(&w.id.pregnancy), ResidentID: c.r.ID, MembershipID: m.ID, LMP: lmp, Version: 1, CreatedAt: m.CreatedAt, UpdatedAt: m.CreatedAt}
	if born := lmp.AddDays(279); born.Before(w.today) {
		g.DeliveredOn, g.Outcome = born, models.LiveBirth
		if out := born.AddDays(3); !out.After(w.today) && !c.bornAtHome(born) {
			g.DischargedOn = out
		}
	}
	c.pregnant = append(c.pregnant, g)
	w.out.pregnancies = append(w.out.pregnancies, g)
}

// bornAtHome tells whether someone of the family was born on the day: the discharge is
// then left unknown, for it would date that child's visit too.
func (c *course) bornAtHome(day models.Date) bool {
	return slices.ContainsFunc(c.family, func(r models.Resident) bool { return r.BirthDate == day })
}

// maternal plans the antenatal visits so far and the visit after the birth.
func (w *scribe) maternal(c *course) {
	if len(c.pregnant) == 0 {
		return
	}
	m, _ := c.under(models.Maternal)
	g := c.pregnant[0]
	for i, weeks := range []int{11, 18, 23, 32, 38} { // of the five antenatal visits
		kind := clinical.MaternalFirst + i
		day := later(g.LMP.AddDays(weeks*7), m.Begin)
		if !day.Before(w.today) || day.Sub(g.LMP) > weeks*7+13 || day.Before(w.yearStart()) || w.rng.IntN(100) >= 93 {
			continue
		}
		values := map[string]any{"visit_kind": kind, "gest_weeks": day.Sub(g.LMP) / 7, "sbp": 108 + w.rng.IntN(18), "dbp": 64 + w.rng.IntN(14)}
		if kind == clinical.MaternalFirst {
			values["age"], values["fpg"] = c.r.Age(day), 4.6
		}
		c.on(day).forms[clinical.Maternal] = values
	}
	if day := g.DischargedOn.AddDays(5); !g.DischargedOn.IsZero() && day.Before(w.today) && !day.Before(w.yearStart()) {
		v := c.on(day)
		v.forms[clinical.Maternal] = map[string]any{"visit_kind": clinical.MaternalPostpartum, "delivery_date": g.DeliveredOn.String(), "discharge_date": g.DischargedOn.String(), "sbp": 116, "dbp": 74}
		v.way = clinical.WayHome
	}
}
