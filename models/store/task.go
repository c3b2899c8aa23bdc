package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// TaskFilter chooses tasks; zero fields choose all that are open.
type TaskFilter struct {
	State      models.TaskState
	Program    string
	Kind       string // a models.TaskKind, or KindFollowup
	VillageID  models.ID
	TeamID     models.ID
	StaffID    models.ID
	Unassigned bool
	ResidentID models.ID
}

// KindFollowup chooses the follow-ups: what is neither a yearly check nor a screening.
const KindFollowup = "followup"

// WorkList lists the tasks of the teams of the actor's scope: the open ones with urgent
// ones first, then referral results, rechecks and the others, each by due date; those
// that ended newest first by due date. A page walks the index of the team, staff member,
// institution or district and reads no other task.
func (v View) WorkList(ctx context.Context, f TaskFilter, p Page) (List[WorkItem], error) {
	l, err := v.taskListing(ctx, f)
	if err != nil {
		return List[WorkItem]{}, err
	}
	out, err := v.taskPage(l, p)
	if err != nil {
		return out, err
	}
	return out, v.witnessed(ctx, "task.list", "task", 0, f.ResidentID, idTexts(residentsOf(out.Items))...)
}

func (v View) taskPage(l listing[WorkItem], p Page) (List[WorkItem], error) {
	l.db = v.withPeople(l.db)
	page, err := l.page(p)
	if err != nil {
		return List[WorkItem]{}, err
	}
	page.Items, err = v.finish(page.Items)
	return page, err
}

func (v View) taskListing(ctx context.Context, f TaskFilter) (listing[WorkItem], error) {
	if err := knownProgram(f.Program); err != nil {
		return listing[WorkItem]{}, err
	}
	today := v.Today()
	db, o := v.tasks(ctx, f), order{columns: []string{"tasks.lane", "tasks.due_on", "tasks.id"}}
	key := func(t WorkItem) []any { return []any{t.Lane, t.DueOn, int64(t.ID)} }
	switch f.State {
	case models.Done, models.Missed, models.Dropped:
		db = db.Where("tasks.lane = ? AND tasks.status = ?", models.LaneClosed, string(f.State))
		o = order{columns: []string{"tasks.due_on", "tasks.id"}, desc: true}
		key = func(t WorkItem) []any { return []any{t.DueOn, int64(t.ID)} }
	default:
		db = onState(db.Where("tasks.lane < ?", models.LaneClosed), f.State, today)
	}
	return listing[WorkItem]{db, o, key}, nil
}

func residentsOf(items []WorkItem) []models.ID {
	ids := make([]models.ID, len(items))
	for i, t := range items {
		ids[i] = t.ResidentID
	}
	return ids
}

// tasks are the tasks of the actor's teams that the filter chooses, whatever their state.
func (v View) tasks(ctx context.Context, f TaskFilter) *gorm.DB {
	db := v.ownTeams(v.query(ctx).Table("tasks"), "tasks")
	if f.Program != "" {
		db = db.Where("tasks.program = ?", f.Program)
	}
	switch f.Kind {
	case "":
	case KindFollowup:
		db = db.Where("tasks.kind IN ?", []models.TaskKind{models.Routine, models.Recheck, models.ReferralResult})
	default:
		db = db.Where("tasks.kind = ?", f.Kind)
	}
	if f.TeamID != 0 {
		db = db.Where("tasks.team_id = ?", f.TeamID)
	}
	if f.StaffID != 0 {
		db = db.Where("tasks.staff_id = ?", f.StaffID)
	}
	if f.Unassigned {
		db = db.Where("tasks.staff_id = 0")
	}
	if f.ResidentID != 0 {
		db = db.Where("tasks.resident_id = ?", f.ResidentID)
	}
	if f.VillageID != 0 {
		db = db.Where("EXISTS (?)", v.query(ctx).Model(&models.Resident{}).Select("1").
			Where("residents.id = tasks.resident_id AND residents.village_id = ?", f.VillageID))
	}
	return db
}

// onState turns a state on the day into bounds of the due date, which the index holds,
// and of the window. A window opens at most RoutineWindow days before the due date.
func onState(db *gorm.DB, s models.TaskState, today models.Date) *gorm.DB {
	switch s {
	case models.Overdue:
		return db.Where("tasks.due_on < ?", today)
	case models.Due:
		return db.Where("tasks.due_on BETWEEN ? AND ? AND tasks.window_from <= ?", today, today.AddDays(models.RoutineWindow), today)
	case models.Upcoming:
		return db.Where("tasks.due_on > ? AND tasks.window_from > ?", today, today)
	}
	return db
}
