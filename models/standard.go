package models

import (
	"time"

	"jiayi/internal/calendar"
	"jiayi/models/clinical"
)

// recheckWithin is how many days after a visit that asks for it the next must follow.
const recheckWithin = 14

// standard tells whether the course is managed as the rules ask (规范管理, domain §3.10),
// judged on what is owed by the day: a quarter that is over must have had its meeting,
// the one that is running not yet, and the check of the year is owed on its last day.
// strict asks for a meeting in each quarter and for every recheck and referral result
// within two weeks; basic only for as many meetings as quarters.
func (m *measure) standard(c Course) (strict, basic bool) {
	from := calendar.Later(m.year.first, c.Begin)
	meetings, quarters := 0, 0
	strict = true
	for q := 1; q <= 4; q++ {
		first := calendar.NewDate(m.day.Year(), time.Month(3*q-2), 1)
		last := first.QuarterEnd()
		n := m.meetings(c, calendar.Later(first, from), last)
		meetings += n
		if from.After(last.AddDays(1 - clinical.EnrolmentGrace)) {
			continue // enrolled too late in it to owe a visit
		}
		if last.After(m.day) {
			m.changeOn(last)
			continue
		}
		quarters++
		strict = strict && n > 0
	}
	checked := m.day.Before(m.year.last) || c.Program == clinical.Mental || m.delivered(clinical.ServiceCheck)
	m.changeOn(m.year.last)
	return strict && m.followedUp(c, from) && checked, meetings >= quarters && checked
}

// meetings counts the visits of the programme face to face between two days, as of the day.
func (m *measure) meetings(c Course, from, to Date) int {
	n := 0
	for _, f := range m.History.Visits {
		if f.Program == c.Program && f.FaceToFace() && f.Class != clinical.ClassNone && !f.VisitedOn.Before(from) && !f.VisitedOn.After(to) && !f.VisitedOn.After(m.day) {
			n++
		}
	}
	return n
}

// followedUp tells whether every visit since a day that had to be followed within two
// weeks was, or still can be. What must be followed is the step, not the class alone
// (decision 0007).
func (m *measure) followedUp(c Course, from Date) bool {
	for i, f := range m.History.Visits {
		if f.Program != c.Program || f.VisitedOn.Before(from) || f.VisitedOn.After(m.day) || f.Step <= clinical.StepRoutine {
			continue
		}
		by := f.VisitedOn.AddDays(recheckWithin)
		followed := false
		for _, next := range m.History.Visits[i+1:] {
			followed = followed || next.Program == c.Program && next.VisitedOn.After(f.VisitedOn) && !next.VisitedOn.After(by) && !next.VisitedOn.After(m.day)
		}
		if followed {
			continue
		}
		if by.Before(m.day) {
			return false
		}
		m.changeOn(by.AddDays(1))
	}
	return true
}
