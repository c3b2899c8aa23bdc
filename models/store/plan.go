package store

import (
	"maps"
	"slices"

	"jiayi/models"
)

// replan makes the open tasks of the resident what memberships and life status say:
// a programme the resident came under gets its task, one the resident left loses it,
// and what stays open goes to the team of care. It does nothing when called again.
// Visits are read only for a programme that has no open task; a change of visits
// itself calls retrace. The resident row must be locked.
func (tx *Tx) replan(r *models.Resident) error {
	enrolled, _, err := tx.enrolments(r)
	if err != nil {
		return err
	}
	var open []models.Task
	if err := tx.db.Find(&open, "resident_id = ? AND `open` = ?", r.ID, true).Error; err != nil {
		return err
	}
	for i := range open {
		t := &open[i]
		m, ok := enrolled[t.Program]
		switch {
		case ok && (t.MembershipID == m.ID || t.MembershipID == 0):
			delete(enrolled, t.Program)
			if t.TeamID == r.CareTeamID() && t.InstitutionID == r.CareInstID() {
				continue
			}
			t.TeamID, t.InstitutionID = r.CareTeamID(), r.CareInstID()
		case r.Status != models.Living:
			t.Cancel(models.ResidentLeft, tx.today)
		default:
			t.Cancel(models.MembershipClosed, tx.today)
		}
		if err := tx.saveTask(t); err != nil {
			return err
		}
	}
	return tx.retraceEach(r, enrolled)
}

// retraceAll retraces every programme the resident is under: after a merge, when
// visits came from another record.
func (tx *Tx) retraceAll(r *models.Resident) error {
	enrolled, _, err := tx.enrolments(r)
	if err != nil {
		return err
	}
	return tx.retraceEach(r, enrolled)
}

func (tx *Tx) retraceEach(r *models.Resident, enrolled map[string]models.Membership) error {
	for _, program := range slices.Sorted(maps.Keys(enrolled)) {
		if err := tx.retrace(r, program, enrolled[program]); err != nil {
			return err
		}
	}
	return nil
}

// enrolments loads the open memberships of a living resident, and by programme those
// that put the resident under one.
func (tx *Tx) enrolments(r *models.Resident) (map[string]models.Membership, []models.Membership, error) {
	if r.Status != models.Living {
		return map[string]models.Membership{}, nil, nil
	}
	var memberships []models.Membership
	if err := tx.db.Find(&memberships, "resident_id = ? AND `open` = ?", r.ID, true).Error; err != nil {
		return nil, nil, err
	}
	return models.Enrolments(memberships), memberships, nil
}

// retrace makes the tasks of one enrolment, past and open, what its visits say now
// (models.Course), and writes only what differs.
func (tx *Tx) retrace(r *models.Resident, program string, m models.Membership) error {
	var rows []models.Task
	err := tx.db.Order("id").Find(&rows, "resident_id = ? AND program = ? AND (membership_id IN ? OR `open` = ?)",
		r.ID, program, []models.ID{0, m.ID}, true).Error
	if err != nil {
		return err
	}
	var visits []models.Followup
	err = tx.db.Select("id", "visited_on", "visit_way", "step", "emergency", "next_due_on").Order("visited_on, id").
		Find(&visits, "resident_id = ? AND program = ? AND live = ? AND visited_on >= ?", r.ID, program, true, m.Begin).Error
	if err != nil {
		return err
	}
	have := map[models.ID]*models.Task{}
	for i := range rows {
		if have[rows[i].OpenedBy] == nil {
			have[rows[i].OpenedBy] = &rows[i]
		}
	}
	first := models.FirstTask(*r, program, m, tx.today)
	if row := have[0]; row != nil { // the enrolment keeps the date it was given
		first.WindowFrom, first.DueOn = row.WindowFrom, row.DueOn
	}
	want := models.Course(*r, first, visits)
	changed, opened := reconcile(rows, have, want, tx.today)
	// Close before opening: the unique index allows one open task.
	for _, t := range append(changed, opened...) {
		if err := tx.saveTask(t); err != nil {
			return err
		}
	}
	return nil
}

// reconcile compares the tasks that are stored with those that are wanted, by the visit
// that opened them. It returns those to write, the one to be open last and alone.
func reconcile(rows []models.Task, have map[models.ID]*models.Task, want []models.Task, today models.Date) (changed, opened []*models.Task) {
	keep := map[*models.Task]bool{}
	for i := range want {
		w := &want[i]
		row := have[w.OpenedBy]
		if row != nil {
			keep[row] = true
			w.ID, w.Version, w.CreatedAt = row.ID, row.Version, row.CreatedAt
			if row.Open != nil || w.Open == nil { // a reopened task goes to today's team of care
				w.TeamID, w.InstitutionID = row.TeamID, row.InstitutionID
			}
			if sameTask(*row, *w) {
				continue
			}
		}
		if w.Open != nil {
			opened = append(opened, w)
		} else {
			changed = append(changed, w)
		}
	}
	for i := range rows {
		if row := &rows[i]; !keep[row] && row.Status != models.TaskCancelled {
			row.Cancel(models.VisitVoided, today)
			row.ClosedBy = 0
			changed = append(changed, row)
		}
	}
	return changed, opened
}

func sameTask(a, b models.Task) bool {
	if (a.Open == nil) != (b.Open == nil) {
		return false
	}
	a.Open, a.CreatedAt, a.UpdatedAt = b.Open, b.CreatedAt, b.UpdatedAt
	return a == b
}

func (tx *Tx) saveTask(t *models.Task) error {
	t.Version++
	t.UpdatedAt = tx.now
	if t.ID == 0 {
		t.CreatedAt = tx.now
		return tx.db.Create(t).Error
	}
	return tx.db.Save(t).Error
}
