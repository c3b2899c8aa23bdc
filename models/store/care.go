package store

import (
	"slices"

	"gorm.io/gorm/clause"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// settle brings everything up to date that follows from the facts about one person,
// after a change of them: the contract rates, the work list and the figures of care. The
// resident row must be locked.
func (tx *Tx) settle(r *models.Resident) error {
	known, err := tx.facts(r.ID)
	if err != nil {
		return err
	}
	if err := tx.restand(r, known); err != nil {
		return err
	}
	return tx.recare(*r, known)
}

// recare is settle for a change that touches visits alone.
func (tx *Tx) recare(r models.Resident, known facts) error {
	return tx.recareKnowing([]models.Resident{r}, read{facts: map[models.ID]facts{r.ID: known}})
}

// recareAll makes tasks and figures of care of the residents what the facts say now, and
// writes only what differs. Their rows must be locked and their standings those of today.
func (tx *Tx) recareAll(residents []models.Resident) error {
	return tx.recareKnowing(residents, read{})
}

// recareKnowing is recareAll without looking up again what was read already.
func (tx *Tx) recareKnowing(residents []models.Resident, known read) error {
	if len(residents) == 0 {
		return nil
	}
	records, err := tx.s.careRecords(tx.db, residents, known, tx.today)
	if err != nil {
		return err
	}
	seen := idsOf(residents, known.newcomers)
	tasks, err := tx.knownTasks(seen)
	if err != nil {
		return err
	}
	stood, err := tx.careStandings(seen)
	if err != nil {
		return err
	}
	w := careWriter{tx: tx, areas: areas{}}
	for _, r := range residents {
		w.areas.note(r)
		c := records[r.ID]
		courses := models.CoursesOn(r, c.History, tx.today)
		next := r.NextAge(tx.today)
		if r.Status != models.Living {
			next = models.Date{}
		}
		planned := w.plan(*c, courses, tasks[r.ID])
		standing, counted := c.CareOn(courses, tx.today)
		standing.ChangesOn = calendar.Soonest(next, planned, counted)
		w.stand(stood[r.ID], standing)
	}
	return w.write()
}

// knownTasks are the stored tasks that a plan made today may change: the open ones, and
// those of the last year.
func (tx *Tx) knownTasks(ids []models.ID) (map[models.ID][]models.Task, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []models.Task
	err := tx.db.Order("id").Find(&rows, "resident_id IN ? AND (lane < ? OR `until` >= ? OR `until` IS NULL AND counts_from >= ?)",
		padded(ids), models.LaneClosed, tx.today.AddDays(-models.PlanBack), tx.today.AddDays(-recordBack)).Error
	out := map[models.ID][]models.Task{}
	for _, t := range rows {
		out[t.ResidentID] = append(out[t.ResidentID], t)
	}
	return out, err
}

func (tx *Tx) careStandings(ids []models.ID) (map[models.ID]models.CareStanding, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows := make([]models.CareStanding, 0, len(ids))
	err := tx.db.Find(&rows, "resident_id IN ?", padded(ids)).Error
	out := make(map[models.ID]models.CareStanding, len(rows))
	for _, s := range rows {
		out[s.ResidentID] = s
	}
	return out, err
}

// putCare writes a standing, new or not.
var putCare = clause.OnConflict{Columns: []clause.Column{{Name: "resident_id"}}, DoUpdates: clause.AssignmentColumns([]string{
	"village_id", "panel_id", "counted", "mask", "of_set", "met_set", "items_due", "items_done", "items_confirmed", "changes_on", "updated_at"})}

// putTask writes what a plan may change of a stored task.
var putTask = clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns([]string{
	"label", "kind", "service", "at_home", "urgent", "status", "team_id", "institution_id", "lane", "counts_from", "window_from", "due_on", "until",
	"opened_by", "closed_by", "closed_on", "reason", "staff_id", "visit_on", "version", "updated_at"})}

// careWriter collects what differs and writes it in few statements.
type careWriter struct {
	tx        *Tx
	areas     areas
	changed   []models.Task
	opened    []models.Task
	standings []models.CareStanding
	entries   []models.CareEntry
}

// stand notes a standing that differs from the stored one, and the entries between them.
func (w *careWriter) stand(old, now models.CareStanding) {
	now.UpdatedAt = w.tx.now
	if old.ResidentID != 0 && old.Adds() == now.Adds() && old.ChangesOn == now.ChangesOn {
		return
	}
	w.standings = append(w.standings, now)
	old.ResidentID = now.ResidentID
	if old.Adds() == now.Adds() {
		return
	}
	for _, x := range []struct {
		s    models.CareStanding
		sign int
	}{{old, -1}, {now, 1}} {
		w.entries = append(w.entries, careEntries(w.tx.today, x.s, x.sign)...)
	}
}

// careEntries is what a standing adds on the day (sign 1) or takes away (−1); none for a
// person who adds nothing. Team and institution are filled in when it is written.
func careEntries(day models.Date, s models.CareStanding, sign int) []models.CareEntry {
	if s.VillageID == 0 || s.Of|s.Met == 0 && s.ItemsDue == 0 {
		return nil
	}
	e := models.CareEntry{Day: day, VillageID: s.VillageID, PanelTeamID: s.PanelID, Mask: s.Mask, Of: s.Of, Met: s.Met,
		ItemsDue: s.ItemsDue, ItemsDone: s.ItemsDone, ItemsConfirmed: s.ItemsConfirmed}
	if s.Counted {
		e.Residents = sign
	}
	if s.PanelID != 0 {
		e.Panel = sign
	}
	if e.Residents == 0 && e.Panel == 0 {
		return nil
	}
	return []models.CareEntry{e}
}

func (w *careWriter) write() error {
	tx := w.tx
	for i := range w.changed {
		tx.changeTask(&w.changed[i])
	}
	if err := insertAll(tx.db.Clauses(putTask), w.changed); err != nil {
		return err
	}
	for i := range w.opened {
		w.opened[i].Version, w.opened[i].CreatedAt, w.opened[i].UpdatedAt = 1, tx.now, tx.now
	}
	if err := insertAll(tx.db, w.opened); err != nil {
		return err
	}
	if err := insertAll(tx.db.Clauses(putCare), w.standings); err != nil {
		return err
	}
	entries := sumEntries(w.entries)
	if err := w.place(entries); err != nil {
		return err
	}
	return insertAll(tx.db, entries)
}

// sumEntries joins the entries that differ in their numbers of people alone.
func sumEntries(entries []models.CareEntry) []models.CareEntry {
	at := map[models.CareEntry]int{}
	var out []models.CareEntry
	for _, e := range entries {
		key := e
		key.Residents, key.Panel = 0, 0
		if i, ok := at[key]; ok {
			out[i].Residents += e.Residents
			out[i].Panel += e.Panel
			continue
		}
		at[key] = len(out)
		out = append(out, e)
	}
	return slices.DeleteFunc(out, func(e models.CareEntry) bool { return e.Residents == 0 && e.Panel == 0 })
}

// place fills in the team of responsibility and institution of each entry's village.
func (w *careWriter) place(entries []models.CareEntry) error {
	for i := range entries {
		v, err := w.areas.of(w.tx, entries[i].VillageID)
		if err != nil {
			return err
		}
		entries[i].TeamID, entries[i].InstitutionID = v.TeamID, v.InstitutionID
	}
	return nil
}
