package models

import (
	"jiayi/internal/calendar"
	"jiayi/models/clinical"
)

// ProgramOf returns the follow-up programme with the code, by the newest rules.
func ProgramOf(code string) (clinical.Program, bool) {
	for _, p := range clinical.Programs() {
		if p.Code == code {
			return p, true
		}
	}
	return clinical.Program{}, false
}

// planned are the programmes whose visits are planned and logged. The rule pack knows
// more; each joins when the plan can schedule it (clinical.Schedule).
var planned = map[string]bool{clinical.Hypertension: true, clinical.Diabetes: true}

// Enrolments holds, by planned programme, the open membership that puts the resident
// under it; the earliest when a programme serves several populations.
func Enrolments(memberships []Membership) map[string]Membership {
	enrolled := map[string]Membership{}
	for _, p := range clinical.Programs() {
		if !planned[p.Code] {
			continue
		}
		for _, m := range memberships {
			if m.Open == nil || !containsCode(p.Populations, m.Code) {
				continue
			}
			if have, ok := enrolled[p.Code]; !ok || m.Begin.Before(have.Begin) {
				enrolled[p.Code] = m
			}
		}
	}
	return enrolled
}

func containsCode(codes []string, p Population) bool {
	for _, c := range codes {
		if c == string(p) {
			return true
		}
	}
	return false
}

// FirstTask is the task an enrolment opens: a routine visit within 90 days. The days
// count from today when the membership is entered later than it began, since nobody
// could have been visited for it before.
func FirstTask(r Resident, program string, m Membership, today Date) Task {
	from := calendar.Later(m.Begin, today)
	t := NewTask(r, program, Routine, false, from, clinical.RoutineDue(from), 0)
	t.MembershipID = m.ID
	return t
}

// stepKinds is what each step 下一步管理措施 asks for next (domain §3.1).
var stepKinds = map[int]TaskKind{
	clinical.StepRoutine: Routine, clinical.StepRecheck: Recheck,
	clinical.StepReferral: ReferralResult, clinical.StepUrgent: ReferralResult,
}

// Course is every task of an enrolment: first, and those that the visits, in order of
// their days, opened and closed. Only the last one is open. It follows from the visits
// alone, so that a visit entered late or voided leaves no trace in the plan.
//
// A remote visit (phone, message, online) closes a two-week task, whose purpose is to
// learn how the patient or the referral is doing. It never satisfies a routine task:
// the specification wants four visits face to face a year, and phone visits never
// count as one of them (domain §2.3, §10.6). So a remote visit that asks for nothing
// sooner leaves a routine task as it is, and the routine task that a remote visit
// opens is due no later than the face-to-face visit that was owed before it.
func Course(r Resident, first Task, visits []Followup) []Task {
	tasks := []Task{first}
	owed := first.DueOn // day by which the next face-to-face visit is due
	for _, v := range visits {
		open := &tasks[len(tasks)-1]
		due, met := v.NextDueOn, v.FaceToFace()
		switch routine := v.Step == clinical.StepRoutine; {
		case met && routine:
			owed = due
		case met:
			owed = clinical.RoutineDue(v.VisitedOn)
		case routine:
			due = calendar.Earlier(due, owed)
			if open.Kind == Routine && !due.Before(open.DueOn) {
				continue
			}
		}
		if met || open.Kind != Routine {
			open.Close(v.ID, v.VisitedOn)
		} else {
			open.Cancel(Overtaken, v.VisitedOn)
		}
		t := NewTask(r, first.Program, stepKinds[v.Step], v.Emergency, v.VisitedOn, due, v.ID)
		t.MembershipID = first.MembershipID
		tasks = append(tasks, t)
	}
	return tasks
}
