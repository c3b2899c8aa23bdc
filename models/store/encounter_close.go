package store

import (
	"slices"

	"jiayi/models"
	"jiayi/models/clinical"
)

// endProgrammes ends the memberships of the programmes that the visit closed (结案,
// 停止治疗, 死亡), and tells whether there were any. A programme by age ends by itself.
func (tx *Tx) endProgrammes(l logged, memberships []models.Membership) (ended bool, err error) {
	for _, f := range l.forms {
		if !f.Closed {
			continue
		}
		m, ok := models.MembershipOf(f.Program, memberships, l.VisitedOn)
		if !ok || m.Open == nil {
			continue
		}
		m.Open, m.End, m.CloseReason, m.ClosedBy, m.Version = nil, l.VisitedOn, f.ClosingReason(), f.ID, m.Version+1
		if err := tx.db.Save(&m).Error; err != nil {
			return ended, err
		}
		ended = true
		tx.record("population.close", "membership", m.ID, l.ResidentID, string(m.Code))
	}
	return ended, nil
}

// reopenProgrammes opens the memberships that a voided visit had ended, unless the
// resident has left or is in the population again.
func (tx *Tx) reopenProgrammes(r models.Resident, e models.Encounter) error {
	if r.Status != models.Living || len(e.Followups) == 0 {
		return nil
	}
	ids := make([]models.ID, len(e.Followups))
	for i, f := range e.Followups {
		ids[i] = f.ID
	}
	rows, err := tx.memberships(r.ID)
	if err != nil {
		return err
	}
	for _, m := range rows {
		again := slices.ContainsFunc(rows, func(o models.Membership) bool { return o.Code == m.Code && o.Open != nil })
		if m.ClosedBy == 0 || !slices.Contains(ids, m.ClosedBy) || again {
			continue
		}
		m.Open, m.End, m.CloseReason, m.ClosedBy, m.Version = new(true), models.Date{}, "", 0, m.Version+1
		if err := tx.db.Save(&m).Error; err != nil {
			return err
		}
		tx.record("population.open", "membership", m.ID, r.ID, string(m.Code))
	}
	return nil
}

// notePregnancy keeps what a maternal form says of the dates of the pregnancy, where they
// are not known yet.
func (tx *Tx) notePregnancy(r *models.Resident, l logged, memberships []models.Membership) error {
	for _, f := range l.forms {
		m, ok := models.MembershipOf(f.Program, memberships, l.VisitedOn)
		if f.Program != clinical.Maternal || !ok {
			continue
		}
		g, err := tx.pregnancy(r.ID, m.ID)
		if err != nil {
			return err
		}
		lmp, _ := f.Values.Date("lmp")
		delivered, _ := f.Values.Date("delivery_date")
		discharged, _ := f.Values.Date("discharge_date")
		if !g.Learn(lmp, delivered, discharged) {
			continue
		}
		if err := tx.savePregnancy(&g); err != nil {
			return err
		}
	}
	return nil
}
