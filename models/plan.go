package models

import (
	"fmt"
	"slices"

	"jiayi/internal/calendar"
	"jiayi/models/clinical"
)

// How far the plan looks around the day it is made on, in days.
const (
	PlanBack      = 366 // obligations that ended earlier are history
	planAhead     = 92  // a follow-up is planned a quarter ahead
	planAheadYear = 31  // what is done once a year, a month ahead
)

// Seen is one visit as the plan of a programme sees it.
type Seen struct {
	EncounterID ID
	On          Date
	Met         bool // face to face
	Services    Services
	Form        *Followup // of the programme, or nil
}

// SeenBy are the visits as the programme sees them, in order of their days.
func SeenBy(program string, encounters []Encounter, followups []Followup) []Seen {
	seen := make([]Seen, 0, len(encounters))
	for _, e := range encounters {
		if e.Voided {
			continue
		}
		v := Seen{EncounterID: e.ID, On: e.VisitedOn, Met: e.FaceToFace(), Services: e.Services}
		for i := range followups {
			if f := &followups[i]; f.EncounterID == e.ID && f.Program == program && f.Live != nil {
				v.Form = f
			}
		}
		seen = append(seen, v)
	}
	slices.SortStableFunc(seen, func(a, b Seen) int { return a.On.Sub(b.On) })
	return seen
}

// Plan is every task of the course on the day, past and open: those of the obligations
// (domain §2.3), the two-week ones that follow from visits (domain §3.1), and the
// appointments a doctor made sooner than the next obligation begins. It follows from
// course and visits alone, so that a visit entered late or voided leaves no trace. The
// second result is the next day on which it changes by itself, zero for none.
//
// An obligation is met by the first visit within its days that delivers its service,
// face to face where that is asked for: a phone visit never stands for a meeting
// (domain §10.6). A two-week task, whose purpose is to learn how the patient or the
// referral is doing, is met by the next visit of the programme, in any way.
func (c Course) Plan(r Resident, seen []Seen, today Date) ([]Task, Date) {
	p := planner{course: c, resident: r, seen: seen, today: today}
	p.obligations()
	p.twoWeeks()
	p.appointments()
	return p.tasks, p.changes
}

type planner struct {
	course   Course
	resident Resident
	seen     []Seen
	today    Date
	dues     []clinical.Due // of the programme's own visits, ascending by their days
	tasks    []Task
	changes  Date
}

// changeOn notes a coming day on which the plan changes by itself.
func (p *planner) changeOn(day Date) {
	if day.After(p.today) && (p.changes.IsZero() || day.Before(p.changes)) {
		p.changes = day
	}
}

// own tells whether the obligation is met by the programme's own visits, so that the date
// one of them asks for moves it.
func (p *planner) own(d clinical.Due) bool {
	return d.Kind != clinical.DueCheck || d.Service == clinical.Service(p.course.Program)
}

var kindOfDue = map[clinical.DueKind]TaskKind{clinical.DueVisit: Routine, clinical.DueCheck: YearCheck, clinical.DueScreening: ScreeningTask}

func aheadOf(d clinical.Due) int {
	if d.Kind == clinical.DueVisit {
		return planAhead
	}
	return planAheadYear
}

func (p *planner) obligations() {
	// Twice as far as is planned, to know when the next one comes into sight.
	all := clinical.PackOn(p.today).Obligations(p.course.Program, p.course.Facts, p.today.AddDays(-PlanBack), p.today.AddDays(PlanBack+planAhead))
	asked := p.asked()
	p.dues, p.tasks = make([]clinical.Due, 0, len(all)), make([]Task, 0, len(all))
	for _, d := range all {
		if p.own(d) {
			p.dues = append(p.dues, d)
		}
		visit, met := p.meets(d)
		if !met && p.tooLate(d) {
			continue
		}
		sight := d.From.AddDays(-aheadOf(d))
		if !met && p.today.Before(sight) {
			p.changeOn(sight)
			continue
		}
		due := d.Due
		if open := !met && !d.Until.Before(p.today) && p.own(d); open && !asked.IsZero() && (!p.today.Before(d.From) || !asked.Before(d.From)) {
			due, asked = calendar.Earlier(due, asked), Date{} // it moves the next one, not those after it
		}
		t := newTask(p.resident, p.course, kindOfDue[d.Kind], d.Key, d.Label, d.From, due)
		t.Service, t.AtHome, t.Until = d.Service, d.AtHome, d.Until
		switch {
		case met:
			t.close(visit.EncounterID, visit.On)
		case d.Until.Before(p.today):
			t.miss(WindowOver, d.Until)
		default:
			if p.own(d) {
				p.changeOn(d.From) // from then on the date the last visit asked for holds
			}
			p.changeOn(d.Until.AddDays(1))
		}
		p.tasks = append(p.tasks, t)
	}
}

// tooLate tells whether the obligation was over before the district knew of the person,
// or, one of a rhythm, had too few days left.
func (p *planner) tooLate(d clinical.Due) bool {
	since := p.course.Since
	if clinical.Cycles(p.course.Program) && d.From.Before(since) {
		since = since.AddDays(clinical.EnrolmentGrace - 1)
	}
	return d.Until.Before(since)
}

// meets finds the first visit that meets the obligation.
func (p *planner) meets(d clinical.Due) (Seen, bool) {
	for _, v := range p.seen {
		if d.Open(v.On) && !v.On.Before(p.course.Begin) && (v.Met || !d.FaceToFace) && v.Services.Has(d.Service) {
			return v, true
		}
	}
	return Seen{}, false
}

// asked is the day by which the next meeting is owed: what the visits before asked for,
// and for someone never seen since the enrolment the rule's. A remote visit can only
// ask for one sooner.
func (p *planner) asked() Date {
	var owed Date
	if p.course.MembershipID != 0 && clinical.Cycles(p.course.Program) {
		owed = clinical.RoutineDue(calendar.Later(p.course.Begin, p.course.Since))
	}
	for _, v := range p.seen {
		f := v.Form
		if f == nil || v.On.Before(p.course.Begin) {
			continue
		}
		switch routine := f.Step <= clinical.StepRoutine; {
		case v.Met && routine:
			owed = p.promised(v)
		case v.Met:
			owed = Date{}
			if clinical.Cycles(p.course.Program) {
				owed = clinical.RoutineDue(v.On)
			}
		case routine && !f.NextDueOn.IsZero() && (owed.IsZero() || f.NextDueOn.Before(owed)):
			owed = f.NextDueOn
		}
	}
	return owed
}

// promised is the day a routine visit asked for. Where that is the rule's own, it is not
// before the next quarter: the visit after 90 days is that quarter's.
func (p *planner) promised(v Seen) Date {
	due := v.Form.NextDueOn
	if clinical.Cycles(p.course.Program) && due == clinical.RoutineDue(v.On) {
		due = calendar.Later(due, v.On.QuarterEnd().AddDays(1))
	}
	return due
}

// stepKinds is what each step 下一步管理措施 above routine asks for next (domain §3.1).
var stepKinds = map[int]TaskKind{
	clinical.StepRecheck: Recheck, clinical.StepReferral: ReferralResult, clinical.StepUrgent: ReferralResult,
}

// twoWeeks opens a task for every visit that must be followed within two weeks; the
// next visit of the programme closes it (domain §10.4).
func (p *planner) twoWeeks() {
	for i, v := range p.seen {
		if v.Form == nil || v.Form.Step <= clinical.StepRoutine || v.Form.NextDueOn.IsZero() || v.On.Before(p.course.Begin) {
			continue
		}
		kind := stepKinds[v.Form.Step]
		t := newTask(p.resident, p.course, kind, fmt.Sprintf("after%d", v.Form.ID), TaskKindLabels[kind], v.On.AddDays(1), v.Form.NextDueOn)
		t.OpenedBy, t.Urgent = v.Form.ID, v.Form.Emergency
		if t.Urgent {
			t.Lane = LaneUrgent
		}
		if next, ok := p.nextForm(i, false); ok {
			t.close(next.EncounterID, next.On)
		}
		p.tasks = append(p.tasks, t)
	}
}

// nextForm is the next visit after the i-th with a form of the programme.
func (p *planner) nextForm(i int, met bool) (Seen, bool) {
	for _, v := range p.seen[i+1:] {
		// A newborn is seen again under the programme of children.
		grown := p.course.Program == clinical.Newborn && v.Services.Has(clinical.Child)
		if (v.Form != nil || grown) && v.On.After(p.seen[i].On) && (v.Met || !met) {
			return v, true
		}
	}
	return Seen{}, false
}

// appointments open a task where a routine visit asked for the next one before the next
// obligation begins: a doctor's own choice, or a child at risk. What follows a newborn's
// visit or a health check stands under another programme.
func (p *planner) appointments() {
	if p.course.Program == clinical.Newborn || p.course.Program == clinical.HealthCheck {
		return
	}
	var owed Date // by the meetings before
	for i, v := range p.seen {
		if v.Form == nil || v.Form.Step > clinical.StepRoutine || v.Form.NextDueOn.IsZero() || v.On.Before(p.course.Begin) {
			continue
		}
		switch {
		case v.Met:
			owed = p.promised(v)
		case owed.IsZero() || !v.Form.NextDueOn.Before(owed) || p.pending(v.On):
			continue // a remote visit that asks for nothing sooner
		}
		var begins Date // of the next obligation
		for _, d := range p.dues {
			if d.From.After(v.On) {
				begins = d.From
				break
			}
		}
		if !begins.IsZero() && !p.promised(v).Before(begins) {
			continue
		}
		t := newTask(p.resident, p.course, Routine, fmt.Sprintf("next%d", v.Form.ID), "预约随访", v.On.AddDays(1), v.Form.NextDueOn)
		t.OpenedBy = v.Form.ID
		next, seen := p.nextForm(i, true)
		switch {
		case seen && (begins.IsZero() || next.On.Before(begins)):
			t.close(next.EncounterID, next.On)
		case !begins.IsZero() && !p.today.Before(begins):
			t.Cancel(Overtaken, begins)
		default:
			p.changeOn(begins)
		}
		p.tasks = append(p.tasks, t)
	}
}

// pending tells whether an obligation of the programme's own visits was running on the
// day and not met by then.
func (p *planner) pending(on Date) bool {
	return slices.ContainsFunc(p.dues, func(d clinical.Due) bool {
		visit, met := p.meets(d)
		return d.Open(on) && (!met || visit.On.After(on))
	})
}

// NextAge is the next day after the given one on which the courses of a living resident
// change by age alone, zero for none.
func (r Resident) NextAge(day Date) Date {
	for _, d := range []Date{
		r.BirthDate.AddYears(ChildrenAge), r.BirthDate.AddYears(clinical.ScreeningAge), calendar.NewDate(r.BirthDate.Year()+ElderlyAge, 1, 1),
	} {
		if d.After(day) {
			return d
		}
	}
	return Date{}
}

// Replan is the stored task as the plan now wants it, keeping what people decided about
// it: who does it and when, the attempts, and that it was given up, which only a visit
// undoes. differs is false when the stored one is as it should be.
func (t Task) Replan(want Task) (now Task, differs bool) {
	now = want
	now.ID, now.Version, now.CreatedAt, now.UpdatedAt, now.Attempts = t.ID, t.Version, t.CreatedAt, t.UpdatedAt, t.Attempts
	switch {
	case t.GivenUp() && want.Status != TaskDone:
		return t, false
	case want.IsOpen() && t.TeamID == want.TeamID:
		now.StaffID, now.VisitOn = t.StaffID, t.VisitOn
	case !want.IsOpen(): // it ends with the team that has it
		now.StaffID, now.VisitOn, now.TeamID, now.InstitutionID = t.StaffID, t.VisitOn, t.TeamID, t.InstitutionID
	}
	now.Label = t.Label // as it was called when it was opened
	return now, now != t
}

// Old tells whether the plan made on the day no longer looks back to the task.
func (t Task) Old(today Date) bool {
	return !t.Until.IsZero() && t.Until.Before(today.AddDays(-PlanBack))
}
