package clinical

import (
	"slices"
	"strconv"

	"jiayi/internal/calendar"
)

const (
	clauseTBDuty = "domain §2.3 07"
	daysOfMonth  = 30
)

// tbDuties are the visits of a course of tuberculosis treatment: home within 72 hours
// of the notice, every ten days of the intensive phase, monthly until the course ends
// (domain §2.3, from memory; §11.10).
func tbDuties(f Facts, _, _ calendar.Date) []Due {
	start := f.EnrolledOn
	if start.IsZero() {
		return nil
	}
	first := Due{
		Key: "first", Label: "第一次入户随访(接到通知72小时内)", From: start, Due: start.AddDays(tbFirstVisitDays), Until: start.AddDays(tbIntensiveDays / 2),
		Service: ServiceTBFirst, FaceToFace: true, AtHome: true, Clause: clauseTBDuty,
	}
	dues := []Due{first}
	// A visit counts from the middle of the interval before it to that of the one after.
	add := func(key, label string, due calendar.Date, interval int) {
		from := dues[len(dues)-1].Until.AddDays(1)
		dues = append(dues, Due{Key: key, Label: label, From: from, Due: due, Until: due.AddDays(interval / 2), Clause: clauseTBDuty})
	}
	for n := 1; n <= tbIntensiveMonths*daysOfMonth/tbIntensiveDays; n++ {
		add("intensive"+strconv.Itoa(n), "强化期第"+strconv.Itoa(n)+"次随访", start.AddDays(n*tbIntensiveDays), tbIntensiveDays)
	}
	for month := tbIntensiveMonths + tbContinuationMonth; month <= tbCourseMonths; month += tbContinuationMonth {
		add("month"+strconv.Itoa(month), "继续期第"+strconv.Itoa(month)+"月随访", start.AddMonths(month), tbContinuationMonth*daysOfMonth)
	}
	return dues
}

// childDuties are the twelve contacts from a month to six years (domain §2.3, §3.6).
func childDuties(f Facts, _, _ calendar.Date) []Due {
	var dues []Due
	if f.BirthDate.IsZero() {
		return nil
	}
	for _, c := range childContacts {
		if f.EnrolledOn.After(c.until(f.BirthDate)) {
			continue
		}
		dues = append(dues, Due{
			Key: c.key, Label: c.label + "健康检查", From: c.from(f.BirthDate), Due: c.due(f.BirthDate), Until: c.until(f.BirthDate),
			Service: childService(c), FaceToFace: true, Includes: slices.Clone(c.includes), Clause: "domain §2.3 02",
		})
	}
	return dues
}

// newbornDuties is the home visit after the birth (domain §2.3, §3.6).
func newbornDuties(f Facts, _, _ calendar.Date) []Due {
	if f.BirthDate.IsZero() {
		return nil
	}
	d := homeAfterBirth(f.BirthDate, f.DischargedOn)
	d.Key, d.Label, d.Clause = "newborn", "新生儿家庭访视", "domain §2.3 02"
	d.Includes = []string{withEyes}
	return []Due{d}
}

// homeAfterBirth is the visit that mother and newborn share: within 7 days of the
// discharge, and it counts until the 28th day.
func homeAfterBirth(born, discharged calendar.Date) Due {
	from := discharged
	if from.IsZero() {
		from = born
	}
	due := homeVisitDue(born, discharged)
	return Due{From: from, Due: due, Until: calendar.Later(due, born.AddDays(neonatalDays)), FaceToFace: true, AtHome: true}
}

// maternalDuties are the five antenatal visits by weeks, those still ahead at the
// delivery falling away, and the two after the birth (domain §2.3).
func maternalDuties(f Facts, _, _ calendar.Date) []Due {
	const clause = "domain §2.3 01"
	var dues []Due
	for _, w := range antenatalWindows {
		if f.LMP.IsZero() {
			break
		}
		d := Due{Key: "visit" + strconv.Itoa(w.kind), Label: w.label, Service: MaternalService(w.kind), FaceToFace: true, Clause: clause, From: w.first(f.LMP), Due: w.last(f.LMP), Until: w.last(f.LMP)}
		if f.EnrolledOn.After(d.Until) {
			if w.kind != MaternalFirst {
				continue
			}
			// Whoever comes late still has a first visit, as soon as may be.
			d.Due = f.EnrolledOn.AddDays(recheckDays)
			d.Until = d.Due
		}
		d.From = calendar.Later(d.From, f.EnrolledOn)
		if !f.DeliveredOn.IsZero() && !d.Until.Before(f.DeliveredOn) {
			continue
		}
		dues = append(dues, d)
	}
	if f.DeliveredOn.IsZero() {
		return dues
	}
	home := homeAfterBirth(f.DeliveredOn, f.DischargedOn)
	home.Key, home.Label, home.Clause = "postpartum", "产后访视(出院后7天内)", clause
	home.Service = ServicePostpartum
	check := Due{
		Key: "day42", Label: "产后42天健康检查", Service: ServiceDay42, FaceToFace: true, Clause: clause,
		From: f.DeliveredOn.AddDays(day42), Due: f.DeliveredOn.AddDays(day42Until), Until: f.DeliveredOn.AddDays(day42Until),
	}
	return append(dues, home, check)
}
