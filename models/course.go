package models

import (
	"slices"

	"jiayi/internal/calendar"
	"jiayi/models/clinical"
)

// ProgramOf returns the follow-up programme with the code, by the newest rules.
func ProgramOf(code string) (clinical.Program, bool) {
	i := slices.IndexFunc(programs, func(p clinical.Program) bool { return p.Code == code })
	if i < 0 {
		return clinical.Program{}, false
	}
	return programs[i], true
}

var programs = clinical.Programs()

// Course is a resident's time under a programme: what the plan asks for follows from it.
type Course struct {
	Program      string
	MembershipID ID // that puts the resident under it; 0 when it follows from age
	Population   Population
	Begin        Date // first day under the programme
	// Since is the day the district came to know: what was owed before it and not done
	// is nobody's failure and is not asked for.
	Since Date
	Facts clinical.Facts
}

// CareHistory is what the courses of a resident follow from.
type CareHistory struct {
	Memberships []Membership
	Pregnancies []Pregnancy
	Visits      []Followup // that stand, by day
	Signed      bool       // a contract is in force
	// MotherDischarged is when the mother of a newborn left the hospital, if known.
	MotherDischarged Date
}

// byAge are the programmes that follow from the birth date: no membership is entered for
// them, and the population is the derived one (domain §2.2 codes 02 and 03).
var byAge = map[string]Population{
	clinical.Elderly: Elderly, clinical.TCM: Elderly, clinical.Newborn: Children, clinical.Child: Children,
}

// CoursesOn are the courses of a living resident on the day, by programme. Those that
// follow from age are for permanent residents and for the signed; the screening is for
// signed residents of 35 and over without hypertension (decision 0013).
func CoursesOn(r Resident, h CareHistory, day Date) map[string]Course {
	courses := map[string]Course{}
	if r.Status != Living {
		return courses
	}
	since := calendar.DateOf(r.CreatedAt)
	for _, p := range programs {
		if code, ok := byAge[p.Code]; ok {
			if begin, ok := r.inAge(code, day); ok && (r.Permanent || h.Signed) {
				courses[p.Code] = Course{Program: p.Code, Population: code, Begin: begin, Since: since}
			}
			continue
		}
		for _, m := range h.Memberships {
			if m.Open == nil || !slices.Contains(p.Populations, string(m.Code)) {
				continue
			}
			if have, ok := courses[p.Code]; !ok || m.Begin.Before(have.Begin) {
				courses[p.Code] = Course{Program: p.Code, MembershipID: m.ID, Population: m.Code, Begin: m.Begin, Since: calendar.DateOf(m.CreatedAt)}
			}
		}
	}
	_, hypertensive := courses[clinical.Hypertension]
	if begin := r.BirthDate.AddYears(clinical.ScreeningAge); h.Signed && !hypertensive && !begin.After(day) {
		courses[clinical.Screening] = Course{Program: clinical.Screening, Population: General, Begin: begin, Since: since}
	}
	for program, c := range courses {
		c.Facts = h.facts(r, c)
		courses[program] = c
	}
	return courses
}

// inAge tells whether the resident is in a population that follows from age, for the
// plan, and since when. Whoever turns 65 in the year is checked in it (domain §2.2).
func (r Resident) inAge(code Population, day Date) (begin Date, ok bool) {
	if code == Children {
		return r.BirthDate, r.Age(day) < ChildrenAge && !day.Before(r.BirthDate)
	}
	year := r.BirthDate.Year() + ElderlyAge
	return calendar.NewDate(year, 1, 1), day.Year() >= year
}

// facts are what the schedule of the course needs to know.
func (h CareHistory) facts(r Resident, c Course) clinical.Facts {
	f := clinical.Facts{BirthDate: r.BirthDate, EnrolledOn: c.Begin}
	switch c.Program {
	case clinical.Maternal:
		for _, g := range h.Pregnancies {
			if g.MembershipID == c.MembershipID {
				f.LMP, f.DischargedOn = g.LMP, g.DischargedOn
				if g.Delivered() {
					f.DeliveredOn = g.DeliveredOn
				}
			}
		}
	case clinical.Newborn:
		f.EnrolledOn, f.DischargedOn = Date{}, h.MotherDischarged
	case clinical.Child, clinical.Elderly, clinical.TCM:
		f.EnrolledOn = Date{}
	case clinical.Dyslipidaemia:
		if last, ok := lastOf(h.Visits, clinical.Dyslipidaemia); ok {
			f.Risk = clinical.RiskLevel(last.Risk)
		}
	case clinical.Screening:
		f.EnrolledOn = Date{}
		if last, ok := lastOf(h.Visits, clinical.Screening); ok {
			f.PressureRisk, f.GlucoseRisk = clinical.ScreeningRisks(last.Class)
		}
	}
	return f
}

// lastOf is the newest visit of the programme; visits are in order of their days.
func lastOf(visits []Followup, program string) (Followup, bool) {
	for _, v := range slices.Backward(visits) {
		if v.Program == program {
			return v, true
		}
	}
	return Followup{}, false
}
