package store

import (
	"context"

	"jiayi/models"
)

// lockTask loads a task of a resident of the scope and locks the resident first. Only the
// team that has it, and managers above it, may work on it.
func (tx *Tx) lockTask(id models.ID) (models.Task, models.Resident, error) {
	t, err := get[models.Task](tx.view().ownTeams(tx.db, "tasks"), id)
	if err != nil {
		return t, models.Resident{}, err
	}
	r, err := tx.lockResident(t.ResidentID)
	if err != nil {
		return t, r, err
	}
	t, err = lock[models.Task](tx, id)
	return t, r, err
}

// NoteAttempt writes down a try at which the resident was not met. Tries of one day count
// as one. It returns Conflict not_open for a task that has ended.
func (v View) NoteAttempt(ctx context.Context, id models.ID, a models.Attempt) (WorkItem, error) {
	return once(ctx, v, func(tx *Tx) (WorkItem, error) {
		t, _, err := tx.lockTask(id)
		if err != nil {
			return WorkItem{}, err
		}
		if !t.IsOpen() {
			return WorkItem{}, models.Errorf(models.Conflict, "not_open", "该任务已结束")
		}
		var p models.Problems
		a.Check(&p, t, tx.today)
		if err := p.Err(); err != nil {
			return WorkItem{}, err
		}
		a.ID, a.TaskID, a.StaffID, a.CreatedAt = 0, t.ID, tx.actor.StaffID, tx.now
		if err := tx.db.Create(&a).Error; err != nil {
			return WorkItem{}, err
		}
		var days []models.Date
		if err := tx.db.Model(&models.Attempt{}).Where("task_id = ?", t.ID).Distinct().Pluck("made_on", &days).Error; err != nil {
			return WorkItem{}, err
		}
		t.Attempts = len(days)
		tx.record("task.attempt", "task", t.ID, t.ResidentID, string(a.Outcome))
		return tx.taskDone(&t)
	})
}

// GiveUpTask ends a task because the resident is lost or refuses, after tries on three
// different days (domain §10.4). A visit that comes after all still completes it.
func (v View) GiveUpTask(ctx context.Context, id models.ID, version int, reason models.TaskReason) (WorkItem, error) {
	return once(ctx, v, func(tx *Tx) (WorkItem, error) {
		t, _, err := tx.lockTask(id)
		if err != nil {
			return WorkItem{}, err
		}
		if err := checkVersion(t.Version, version); err != nil {
			return WorkItem{}, err
		}
		if err := t.GiveUp(reason, tx.today); err != nil {
			return WorkItem{}, err
		}
		tx.record("task.give_up", "task", t.ID, t.ResidentID, string(reason))
		return tx.taskDone(&t)
	})
}

// taskDone saves a task and shows it.
func (tx *Tx) taskDone(t *models.Task) (WorkItem, error) {
	if err := tx.saveTask(t); err != nil {
		return WorkItem{}, err
	}
	return tx.view().workItem(tx.db.Where("tasks.id = ?", t.ID))
}

// Task returns one task of the scope with the attempts made, newest first.
func (v View) Task(ctx context.Context, id models.ID) (WorkItem, []models.Attempt, error) {
	item, err := v.workItem(v.ownTeams(v.query(ctx), "tasks").Where("tasks.id = ?", id))
	if err != nil {
		return item, nil, err
	}
	var attempts []models.Attempt
	if err := v.query(ctx).Order("id DESC").Limit(MaxLimit).Find(&attempts, "task_id = ?", id).Error; err != nil {
		return item, nil, err
	}
	return item, attempts, v.witnessed(ctx, "task.read", "task", item.ID, item.ResidentID)
}

// Assignment shares out tasks: to a member of their team, or to nobody in particular
// (StaffID 0), for a day on which the visit is planned, if any.
type Assignment struct {
	TaskIDs []models.ID
	StaffID models.ID
	VisitOn models.Date
}

// MaxAssignment is the most tasks shared out at once.
const MaxAssignment = 500

// AssignTasks shares out open tasks of the scope, all or none. It returns Invalid naming
// the tasks that do not exist for the actor or have ended, and a staff member who is not
// in the team of each of them.
func (v View) AssignTasks(ctx context.Context, a Assignment) (int, error) {
	return once(ctx, v, func(tx *Tx) (int, error) {
		var p models.Problems
		switch {
		case len(a.TaskIDs) == 0:
			p.Add("task_ids", "required", "请选择任务")
		case len(a.TaskIDs) > MaxAssignment:
			p.Add("task_ids", "too_many", "一次最多分配500个任务")
		case !a.VisitOn.IsZero() && a.VisitOn.Before(tx.today):
			p.Add("visit_on", "past", "计划上门日期不能早于今天")
		}
		if err := p.Err(); err != nil {
			return 0, err
		}
		var tasks []models.Task
		db := tx.view().ownTeams(tx.forUpdate(tx.db), "tasks")
		if err := db.Order("id").Find(&tasks, "id IN ? AND lane < ?", padded(a.TaskIDs), models.LaneClosed).Error; err != nil {
			return 0, err
		}
		if len(tasks) < distinct(a.TaskIDs) {
			return 0, models.InvalidField("task_ids", "unknown", "有任务不存在、已结束或不在您的管辖范围内,请刷新后重试")
		}
		if err := tx.inTeams(a.StaffID, tasks); err != nil {
			return 0, err
		}
		for i := range tasks {
			t := &tasks[i]
			if t.StaffID == a.StaffID && t.VisitOn == a.VisitOn {
				continue
			}
			t.StaffID, t.VisitOn = a.StaffID, a.VisitOn
			if err := tx.saveTask(t); err != nil {
				return 0, err
			}
			tx.record("task.assign", "task", t.ID, t.ResidentID, a.StaffID.String())
		}
		return len(tasks), nil
	})
}

func distinct(ids []models.ID) int {
	seen := map[models.ID]bool{}
	for _, id := range ids {
		seen[id] = true
	}
	return len(seen)
}

// inTeams refuses a staff member who does not serve today in the team of every task.
func (tx *Tx) inTeams(staff models.ID, tasks []models.Task) error {
	if staff == 0 {
		return nil
	}
	var members []models.TeamMember
	if err := tx.db.Find(&members, "staff_id = ?", staff).Error; err != nil {
		return err
	}
	serves := map[models.ID]bool{}
	for _, m := range members {
		serves[m.TeamID] = serves[m.TeamID] || m.On(tx.today)
	}
	for _, t := range tasks {
		if !serves[t.TeamID] {
			return models.InvalidField("staff_id", "not_in_team", "该人员不在任务所属的团队中")
		}
	}
	return nil
}
