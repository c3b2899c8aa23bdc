package models

import (
	"time"

	"jiayi/internal/calendar"
	"jiayi/models/clinical"
)

// TaskKind is what a task asks for (domain §3.1, §2.3).
type TaskKind string

// The kinds of task, in the order a doctor would take them.
const (
	ReferralResult TaskKind = "referral_result" // learn the result of a referral within 2 weeks
	Recheck        TaskKind = "recheck"         // see again within 2 weeks
	Routine        TaskKind = "routine"         // a follow-up or contact of the programme
	YearCheck      TaskKind = "check"           // what is done once a year
	ScreeningTask  TaskKind = "screening"       // blood pressure of people without a disease
)

// TaskKindLabels are the Chinese names of the kinds.
var TaskKindLabels = map[TaskKind]string{
	ReferralResult: "转诊结果随访", Recheck: "两周复查", Routine: "常规随访", YearCheck: "年度检查", ScreeningTask: "筛查",
}

// TaskStatus is the state of a task. Whether an open task is upcoming, due or overdue
// follows from the day.
type TaskStatus string

// The states.
const (
	TaskOpen      TaskStatus = "open"
	TaskDone      TaskStatus = "done"
	TaskMissed    TaskStatus = "missed" // its time is over, or nobody could be met
	TaskCancelled TaskStatus = "cancelled"
)

// TaskState is how a task stands on a day.
type TaskState string

// The states of a task on a day. Upcoming is 未到期: planned, and not yet time for it.
const (
	Upcoming TaskState = "upcoming"
	Due      TaskState = "due"
	Overdue  TaskState = "overdue"
	Done     TaskState = "done"
	Missed   TaskState = "missed"
	Dropped  TaskState = "cancelled"
)

// TaskStateLabels are the Chinese names of the states of a task.
var TaskStateLabels = map[TaskState]string{
	Upcoming: "未到期", Due: "待办", Overdue: "已逾期", Done: "已完成", Missed: "未完成", Dropped: "已取消",
}

// TaskReason says why a task ended without the visit it asked for.
type TaskReason string

// The reasons.
const (
	Overtaken        TaskReason = "overtaken"         // something else is asked for instead
	VisitVoided      TaskReason = "visit_voided"      // the visit that opened it was voided
	MembershipClosed TaskReason = "membership_closed" // no longer under the programme
	ReasonDead       TaskReason = "dead"
	ReasonMoved      TaskReason = "moved"
	ReasonMerged     TaskReason = "merged"      // the record was a duplicate
	WindowOver       TaskReason = "window_over" // the last day for it went by
	ReasonLost       TaskReason = "lost"        // 失访: not met on three different days
	ReasonRefused    TaskReason = "refused"     // 拒访: refused on three different days
)

// TaskReasonLabels are the Chinese names of the reasons.
var TaskReasonLabels = map[TaskReason]string{
	Overtaken: "已由其他任务代替", VisitVoided: "随访记录作废", MembershipClosed: "不再纳入管理", ReasonDead: "死亡", ReasonMoved: "迁出",
	ReasonMerged: "档案合并", WindowOver: "超过时限未完成", ReasonLost: "失访", ReasonRefused: "拒访",
}

// RoutineWindow is how many days before its date a routine visit is asked for (domain §3.1).
const RoutineWindow = 14

// Task is one piece of work: something a resident is due for under a programme.
type Task struct {
	ID           ID
	ResidentID   ID     `gorm:"not null;uniqueIndex:ux_tasks_key,priority:1"`
	Program      string `gorm:"size:32;not null;uniqueIndex:ux_tasks_key,priority:2"`
	MembershipID ID     `gorm:"not null;uniqueIndex:ux_tasks_key,priority:3"` // enrolment it stands under, 0 when that follows from age
	// Key names the task within the enrolment, whatever day the plan is made on: that of
	// the obligation ("2026Q1", "18m"), or of the visit that asked for it ("after12").
	Key           string           `gorm:"column:task_key;size:24;not null;uniqueIndex:ux_tasks_key,priority:4"`
	Label         string           `gorm:"size:64;not null"` // Chinese
	Kind          TaskKind         `gorm:"size:24;not null"`
	Service       clinical.Service `gorm:"size:32;not null"` // what a visit must deliver to close it; "" for any visit of the programme
	AtHome        bool             `gorm:"not null"`         // the visit is made at home
	Urgent        bool             `gorm:"not null"`         // follows an emergency
	Status        TaskStatus       `gorm:"size:16;not null"`
	TeamID        ID               `gorm:"not null;index:ix_tasks_team,priority:1;index:ix_tasks_team_due,priority:1"`
	InstitutionID ID               `gorm:"not null;index:ix_tasks_inst,priority:1"`
	// Lane, DueOn and the id order the work list: open tasks by urgency, then date.
	// Each index ends with the id, which both databases append to it.
	Lane       int        `gorm:"not null;index:ix_tasks_team,priority:2;index:ix_tasks_inst,priority:2;index:ix_tasks_lane,priority:1;index:ix_tasks_staff,priority:2"`
	CountsFrom Date       `gorm:"not null"` // first day on which a visit meets it
	WindowFrom Date       `gorm:"not null"` // from here on it is asked for
	DueOn      Date       `gorm:"not null;index:ix_tasks_team,priority:3;index:ix_tasks_inst,priority:3;index:ix_tasks_lane,priority:2;index:ix_tasks_staff,priority:3;index:ix_tasks_team_due,priority:2"`
	Until      Date       // last day on which a visit meets it; null for one that waits as long as it takes
	OpenedBy   ID         `gorm:"not null"` // follow-up that opened it, 0 for an obligation
	ClosedBy   ID         `gorm:"not null"` // encounter that closed it
	ClosedOn   Date       //
	Reason     TaskReason `gorm:"size:64;not null"`                         // why it ended without a visit
	StaffID    ID         `gorm:"not null;index:ix_tasks_staff,priority:1"` // who is to do it, 0 for anyone of the team
	VisitOn    Date       `gorm:"index:ix_tasks_visit,priority:1"`          // day for which a visit is planned
	Attempts   int        `gorm:"not null"`                                 // days on which nobody was met
	Version    int        `gorm:"not null"`
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// The lanes of the work list. Closed tasks leave it.
const (
	LaneUrgent    = 1
	LaneReferral  = 2
	LaneRecheck   = 3
	LaneRoutine   = 4
	LaneScreening = 5
	LaneClosed    = 9
)

// lanes place the kinds in the work list.
var lanes = map[TaskKind]int{
	ReferralResult: LaneReferral, Recheck: LaneRecheck, Routine: LaneRoutine, YearCheck: LaneRoutine, ScreeningTask: LaneScreening,
}

// newTask opens a task of the course for the resident's team of care. It is asked for
// from RoutineWindow days before its date on, a two-week one from the next day on.
func newTask(r Resident, c Course, kind TaskKind, key, label string, from, due Date) Task {
	t := Task{
		ResidentID: r.ID, Program: c.Program, MembershipID: c.MembershipID, Key: key, Label: label, Kind: kind, Status: TaskOpen,
		TeamID: r.CareTeamID(), InstitutionID: r.CareInstID(), Lane: lanes[kind], CountsFrom: from, WindowFrom: from, DueOn: due,
	}
	if !t.TwoWeeks() {
		t.WindowFrom = calendar.Later(from, due.AddDays(-RoutineWindow))
	}
	t.WindowFrom = calendar.Earlier(t.WindowFrom, due)
	return t
}

// TwoWeeks tells whether the task follows a visit that must be followed within two weeks.
func (t Task) TwoWeeks() bool { return t.Kind == Recheck || t.Kind == ReferralResult }

// IsOpen tells whether the task still waits.
func (t Task) IsOpen() bool { return t.Status == TaskOpen }

// State is how the task stands on the day: while it is open overdue after its date,
// due within its window, upcoming before.
func (t Task) State(day Date) TaskState {
	switch {
	case t.Status == TaskDone:
		return Done
	case t.Status == TaskMissed:
		return Missed
	case t.Status == TaskCancelled:
		return Dropped
	case day.After(t.DueOn):
		return Overdue
	case day.Before(t.WindowFrom):
		return Upcoming
	}
	return Due
}

// DaysOverdue is how many days past its date an open task is, 0 when it is not.
func (t Task) DaysOverdue(day Date) int {
	if !t.IsOpen() {
		return 0
	}
	return max(0, day.Sub(t.DueOn))
}

// close ends the task as done at an encounter.
func (t *Task) close(encounter ID, on Date) {
	t.Status, t.ClosedBy, t.ClosedOn, t.Lane = TaskDone, encounter, on, LaneClosed
}

// miss ends the task as not done.
func (t *Task) miss(reason TaskReason, on Date) {
	t.Status, t.Reason, t.ClosedOn, t.Lane = TaskMissed, reason, on, LaneClosed
}

// Cancel ends the task because it is no longer asked for.
func (t *Task) Cancel(reason TaskReason, on Date) {
	t.Status, t.Reason, t.ClosedOn, t.Lane, t.ClosedBy = TaskCancelled, reason, on, LaneClosed, 0
}

// GivenUp tells whether people closed the task because the resident could not be met.
func (t Task) GivenUp() bool {
	return t.Status == TaskMissed && (t.Reason == ReasonLost || t.Reason == ReasonRefused)
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
