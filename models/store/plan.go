package store

import (
	"maps"
	"slices"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// taskKey names a task among all of a resident's.
type taskKey struct {
	program    string
	membership models.ID
	key        string
}

func keyOf(t models.Task) taskKey { return taskKey{t.Program, t.MembershipID, t.Key} }

// plan compares the stored tasks of a resident with those the courses ask for, and notes
// what differs. It returns the next day on which the plan changes by itself.
func (w *careWriter) plan(c models.CareRecord, courses map[string]models.Course, stored []models.Task) models.Date {
	have := make(map[taskKey]models.Task, len(stored))
	for _, t := range stored {
		have[keyOf(t)] = t
	}
	var changes models.Date
	for _, program := range slices.Sorted(maps.Keys(courses)) {
		tasks, next := courses[program].Plan(c.Resident, models.SeenBy(program, c.Encounters, c.History.Visits), w.tx.today)
		changes = calendar.Soonest(changes, next)
		for _, t := range tasks {
			row, ok := have[keyOf(t)]
			delete(have, keyOf(t))
			if !ok {
				w.opened = append(w.opened, t)
			} else if t, differs := row.Replan(t); differs {
				w.changed = append(w.changed, t)
			}
		}
	}
	for _, t := range stored {
		if _, left := have[keyOf(t)]; left {
			w.leave(c.Resident, courses, t)
		}
	}
	return changes
}

// leave ends a stored task that nothing asks for any more. One that has ended stays as it
// is, unless it hangs on a visit that no longer stands.
func (w *careWriter) leave(r models.Resident, courses map[string]models.Course, t models.Task) {
	course, under := courses[t.Program]
	under = under && course.MembershipID == t.MembershipID
	switch {
	case t.Status == models.TaskCancelled, t.Status != models.TaskOpen && !under, t.Old(w.tx.today):
		return
	case under && t.OpenedBy != 0:
		t.Cancel(models.VisitVoided, w.tx.today)
	case under: // the facts no longer ask for it: a birth, another risk layer
		t.Cancel(models.Overtaken, w.tx.today)
	default:
		t.Cancel(leavingReason(r), w.tx.today)
	}
	w.changed = append(w.changed, t)
}

// leavingReason is why a resident is no longer under a programme.
func leavingReason(r models.Resident) models.TaskReason {
	switch r.Status {
	case models.Dead:
		return models.ReasonDead
	case models.MovedOut:
		return models.ReasonMoved
	case models.Merged:
		return models.ReasonMerged
	}
	return models.MembershipClosed
}

func (tx *Tx) saveTask(t *models.Task) error {
	tx.changeTask(t)
	return tx.db.Save(t).Error
}

// changeTask makes a stored task a newer version of itself.
func (tx *Tx) changeTask(t *models.Task) {
	t.Version++
	t.UpdatedAt = tx.now
}
