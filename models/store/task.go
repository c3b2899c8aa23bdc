package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// WorkItem is a task with what a doctor needs to take it up.
type WorkItem struct {
	models.Task
	State        models.TaskState
	DaysOverdue  int
	ResidentName string
	Phone        string // in clear; to be shown masked
	HouseholdID  models.ID
	VillageID    models.ID
	VillageName  string
	TeamName     string
	StaffName    string // who is to do it, "" for anyone of the team
}

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
	out, err := v.taskPage(ctx, l, p)
	if err != nil {
		return out, err
	}
	return out, v.witnessed(ctx, "task.list", "task", 0, f.ResidentID, idTexts(residentsOf(out.Items))...)
}

func (v View) taskPage(ctx context.Context, l listing[models.Task], p Page) (List[WorkItem], error) {
	page, err := l.page(p)
	if err != nil {
		return List[WorkItem]{}, err
	}
	items, err := v.workItems(v.query(ctx), page.Items, v.Today())
	return List[WorkItem]{items, page.Next}, err
}

func (v View) taskListing(ctx context.Context, f TaskFilter) (listing[models.Task], error) {
	if err := knownProgram(f.Program); err != nil {
		return listing[models.Task]{}, err
	}
	today := v.Today()
	db, o := v.tasks(ctx, f), order{columns: []string{"tasks.lane", "tasks.due_on", "tasks.id"}}
	key := func(t models.Task) []any { return []any{t.Lane, t.DueOn, int64(t.ID)} }
	switch f.State {
	case models.Done, models.Missed, models.Dropped:
		db = db.Where("tasks.lane = ? AND tasks.status = ?", models.LaneClosed, string(f.State))
		o = order{columns: []string{"tasks.due_on", "tasks.id"}, desc: true}
		key = func(t models.Task) []any { return []any{t.DueOn, int64(t.ID)} }
	default:
		db = onState(db.Where("tasks.lane < ?", models.LaneClosed), f.State, today)
	}
	return listing[models.Task]{db, o, key}, nil
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
	db := v.ownTeams(v.query(ctx), "tasks")
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

// workItems adds the people to the tasks. A task of someone outside the scope would
// be one that a move of teams forgot; it is not shown.
func (v View) workItems(db *gorm.DB, tasks []models.Task, today models.Date) ([]WorkItem, error) {
	var people, teams, staff, villages []models.ID
	for _, t := range tasks {
		people, teams, staff = append(people, t.ResidentID), append(teams, t.TeamID), append(staff, t.StaffID)
	}
	var residents []models.Resident
	err := v.residents(db).Select("id", "name", "phone", "village_id", "household_id").Find(&residents, "residents.id IN ?", anyOf(people)).Error
	if err != nil {
		return nil, err
	}
	byID := map[models.ID]models.Resident{}
	for _, r := range residents {
		byID[r.ID] = r
		villages = append(villages, r.VillageID)
	}
	villageNames, err := names[models.Village](db, villages)
	if err != nil {
		return nil, err
	}
	teamNames, err := names[models.Team](db, teams)
	if err != nil {
		return nil, err
	}
	staffNames, err := names[models.Staff](db, staff)
	if err != nil {
		return nil, err
	}
	items := make([]WorkItem, 0, len(tasks))
	for _, t := range tasks {
		if r, ok := byID[t.ResidentID]; ok {
			items = append(items, WorkItem{Task: t, State: t.State(today), DaysOverdue: t.DaysOverdue(today), ResidentName: r.Name,
				Phone: r.Phone, HouseholdID: r.HouseholdID, VillageID: r.VillageID, VillageName: villageNames[r.VillageID], TeamName: teamNames[t.TeamID], StaffName: staffNames[t.StaffID]})
		}
	}
	return items, nil
}
