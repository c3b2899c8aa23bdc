package models

import (
	"time"

	"jiayi/internal/calendar"
)

// TaskKind is what a task asks for (domain §3.1, §2.3).
type TaskKind string

// The kinds of task, in the order a doctor would take them.
const (
	ReferralResult TaskKind = "referral_result" // learn the result of a referral within 2 weeks
	Recheck        TaskKind = "recheck"         // see again within 2 weeks
	Routine        TaskKind = "routine"
)

// TaskKindLabels are the Chinese names of the kinds.
var TaskKindLabels = map[TaskKind]string{
	ReferralResult: "转诊结果随访", Recheck: "两周复查", Routine: "常规随访",
}

// TaskStatus is the state of a task. Whether an open task is upcoming, due or overdue
// follows from the day.
type TaskStatus string

// The states.
const (
	TaskOpen      TaskStatus = "open"
	TaskDone      TaskStatus = "done"
	TaskCancelled TaskStatus = "cancelled"
)

// TaskState is how an open task stands on a day.
type TaskState string

// The states of an open task on a day.
const (
	Upcoming TaskState = "upcoming"
	Due      TaskState = "due"
	Overdue  TaskState = "overdue"
)

// TaskStateLabels are the Chinese names of the states of an open task.
var TaskStateLabels = map[TaskState]string{Upcoming: "未到期", Due: "待办", Overdue: "已逾期"}

// CancelReason says why a task ended without the visit it asked for.
type CancelReason string

// The reasons.
const (
	Overtaken        CancelReason = "overtaken"         // a remote visit found that something is due sooner
	VisitVoided      CancelReason = "visit_voided"      // the visit that opened it was voided
	MembershipClosed CancelReason = "membership_closed" // no longer under the programme
	ResidentLeft     CancelReason = "resident_left"     // died, moved out or merged: the resident's status says which
)

// RoutineWindow is how many days before its date a routine visit already counts (domain §3.1).
const RoutineWindow = 14

// Task is one piece of work: a visit a resident is due for under a programme.
type Task struct {
	ID            ID
	ResidentID    ID         `gorm:"not null;uniqueIndex:ux_tasks_open,priority:1"`
	Program       string     `gorm:"size:32;not null;uniqueIndex:ux_tasks_open,priority:2"`
	MembershipID  ID         `gorm:"not null"`                             // enrolment it stands under; 0 for a loaded one that does not say
	Open          *bool      `gorm:"uniqueIndex:ux_tasks_open,priority:3"` // true or NULL: one open task per resident and programme
	Kind          TaskKind   `gorm:"size:24;not null"`
	Urgent        bool       `gorm:"not null"` // follows an emergency
	Status        TaskStatus `gorm:"size:16;not null"`
	TeamID        ID         `gorm:"not null;index:ix_tasks_team,priority:1"`
	InstitutionID ID         `gorm:"not null;index:ix_tasks_inst,priority:1"`
	// Lane, DueOn and the id order the work list: open tasks by urgency, then date.
	// Each index ends with the id, which both databases append to it.
	Lane       int  `gorm:"not null;index:ix_tasks_team,priority:2;index:ix_tasks_inst,priority:2;index:ix_tasks_lane,priority:1"`
	WindowFrom Date `gorm:"not null"`
	DueOn      Date `gorm:"not null;index:ix_tasks_team,priority:3;index:ix_tasks_inst,priority:3;index:ix_tasks_lane,priority:2"`
	OpenedBy   ID   `gorm:"not null"` // follow-up that opened it, 0 for enrolment
	ClosedBy   ID   `gorm:"not null"` // follow-up that closed it
	ClosedOn   Date
	Reason     CancelReason `gorm:"size:64;not null"` // why it was cancelled
	Version    int          `gorm:"not null"`
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// The lanes of the work list. Closed tasks leave it.
const (
	LaneUrgent   = 1
	LaneReferral = 2
	LaneRecheck  = 3
	LaneRoutine  = 4
	LaneClosed   = 9
)

// NewTask opens a task that follows the day from; window and lane follow from the kind
// (domain §3.1). The window opens at most RoutineWindow days before the due date, and
// never after it.
func NewTask(resident Resident, program string, kind TaskKind, urgent bool, from, due Date, openedBy ID) Task {
	t := Task{
		ResidentID: resident.ID, Program: program, Open: new(true), Kind: kind, Urgent: urgent, Status: TaskOpen,
		TeamID: resident.CareTeamID(), InstitutionID: resident.CareInstID(), WindowFrom: from.AddDays(1), DueOn: due, OpenedBy: openedBy,
		Lane: map[TaskKind]int{ReferralResult: LaneReferral, Recheck: LaneRecheck, Routine: LaneRoutine}[kind],
	}
	if kind == Routine {
		t.WindowFrom = calendar.Later(t.WindowFrom, due.AddDays(-RoutineWindow))
	}
	t.WindowFrom = calendar.Earlier(t.WindowFrom, due)
	if urgent {
		t.Lane = LaneUrgent
	}
	return t
}

// State is how the open task stands on the day: overdue after its date, due within
// its window, upcoming before.
func (t Task) State(day Date) TaskState {
	switch {
	case day.After(t.DueOn):
		return Overdue
	case day.Before(t.WindowFrom):
		return Upcoming
	}
	return Due
}

// DaysOverdue is how many days past its date the open task is, 0 when it is not.
func (t Task) DaysOverdue(day Date) int { return max(0, day.Sub(t.DueOn)) }

// Close ends the task as done by a follow-up.
func (t *Task) Close(by ID, on Date) {
	t.Status, t.Open, t.ClosedBy, t.ClosedOn, t.Lane = TaskDone, nil, by, on, LaneClosed
}

// Cancel ends the task without a visit.
func (t *Task) Cancel(reason CancelReason, on Date) {
	t.Status, t.Open, t.Reason, t.ClosedOn, t.Lane = TaskCancelled, nil, reason, on, LaneClosed
}

// CareTeamID is the team that cares for the resident: the signed team, else the team
// of responsibility of the village (domain §5.4).
func (r Resident) CareTeamID() ID {
	if r.SignedTeamID != 0 {
		return r.SignedTeamID
	}
	return r.AreaTeamID
}

// CareInstID is the institution of the team that cares for the resident.
func (r Resident) CareInstID() ID {
	if r.SignedInstID != 0 {
		return r.SignedInstID
	}
	return r.AreaInstID
}
