package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// WorkItem is an open task with what a doctor needs to take it up.
type WorkItem struct {
	models.Task
	State        models.TaskState
	DaysOverdue  int
	ResidentName string
	Phone        string // in clear; to be shown masked
	VillageID    models.ID
	VillageName  string
	TeamName     string
}

// TaskFilter chooses open tasks; zero fields choose all.
type TaskFilter struct {
	State      models.TaskState
	Program    string
	Kind       string // a models.TaskKind, or KindFollowup
	VillageID  models.ID
	TeamID     models.ID
	ResidentID models.ID
}

// KindFollowup chooses the follow-ups: what is neither a yearly check nor a screening.
const KindFollowup = "followup"

// WorkList lists the open tasks of the teams of the actor's scope: urgent ones first,
// then referral results, rechecks and routine visits, each by due date. A page walks
// the index of the team, institution or district and reads no other task.
func (v View) WorkList(ctx context.Context, f TaskFilter, p Page) (List[WorkItem], error) {
	if err := knownProgram(f.Program); err != nil {
		return List[WorkItem]{}, err
	}
	today := v.Today()
	db := v.ownTeams(v.query(ctx), "tasks").Where("tasks.lane < ?", models.LaneClosed)
	db = onState(db, f.State, today)
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
	if f.ResidentID != 0 {
		db = db.Where("tasks.resident_id = ?", f.ResidentID)
	}
	if f.VillageID != 0 {
		db = db.Where("EXISTS (?)", v.query(ctx).Model(&models.Resident{}).Select("1").
			Where("residents.id = tasks.resident_id AND residents.village_id = ?", f.VillageID))
	}
	page, err := paginate(db, p, order{columns: []string{"tasks.lane", "tasks.due_on", "tasks.id"}},
		func(t models.Task) []any { return []any{t.Lane, t.DueOn, int64(t.ID)} })
	if err != nil {
		return List[WorkItem]{}, err
	}
	items, err := v.workItems(ctx, page.Items, today)
	if err != nil {
		return List[WorkItem]{}, err
	}
	ids := make([]models.ID, len(items))
	for i, t := range items {
		ids[i] = t.ResidentID
	}
	return List[WorkItem]{Items: items, Next: page.Next}, v.witnessed(ctx, "task.list", "task", 0, f.ResidentID, idTexts(ids)...)
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
func (v View) workItems(ctx context.Context, tasks []models.Task, today models.Date) ([]WorkItem, error) {
	var people, teams, villages []models.ID
	for _, t := range tasks {
		people, teams = append(people, t.ResidentID), append(teams, t.TeamID)
	}
	var residents []models.Resident
	err := v.residents(v.query(ctx)).Select("id", "name", "phone", "village_id").Find(&residents, "residents.id IN ?", anyOf(people)).Error
	if err != nil {
		return nil, err
	}
	byID := map[models.ID]models.Resident{}
	for _, r := range residents {
		byID[r.ID] = r
		villages = append(villages, r.VillageID)
	}
	villageNames, err := names[models.Village](v.query(ctx), villages)
	if err != nil {
		return nil, err
	}
	teamNames, err := names[models.Team](v.query(ctx), teams)
	if err != nil {
		return nil, err
	}
	items := make([]WorkItem, 0, len(tasks))
	for _, t := range tasks {
		if r, ok := byID[t.ResidentID]; ok {
			items = append(items, WorkItem{Task: t, State: t.State(today), DaysOverdue: t.DaysOverdue(today), ResidentName: r.Name,
				Phone: r.Phone, VillageID: r.VillageID, VillageName: villageNames[r.VillageID], TeamName: teamNames[t.TeamID]})
		}
	}
	return items, nil
}
