package store

import (
	"context"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// pregnancy is the record of the pregnancy under the membership, a new one if there is
// none yet.
func (tx *Tx) pregnancy(resident, membership models.ID) (models.Pregnancy, error) {
	var rows []models.Pregnancy
	err := tx.db.Limit(1).Find(&rows, "membership_id = ?", membership).Error
	if err != nil || len(rows) == 0 {
		return models.Pregnancy{ResidentID: resident, MembershipID: membership, CreatedAt: tx.now}, err
	}
	return rows[0], nil
}

func (tx *Tx) savePregnancy(g *models.Pregnancy) error {
	g.Version, g.UpdatedAt = g.Version+1, tx.now
	return tx.db.Save(g).Error
}

// Pregnancy returns the pregnancy a resident is cared for under now, ErrNotFound when
// the resident is not under 孕产妇.
func (v View) Pregnancy(ctx context.Context, id models.ID) (models.Pregnancy, error) {
	db := v.query(ctx)
	r, err := v.resident(db, id)
	if err != nil {
		return models.Pregnancy{}, err
	}
	tx := Tx{db: db, s: v.Store, actor: v.actor, now: v.Now()}
	m, err := tx.openMembership(r.ID, models.Maternal)
	if err != nil {
		return models.Pregnancy{}, err
	}
	g, err := tx.pregnancy(r.ID, m.ID)
	if err != nil {
		return g, err
	}
	return g, v.witnessed(ctx, "pregnancy.read", "pregnancy", g.ID, r.ID)
}

// openMembership is the resident's open membership in a population.
func (tx *Tx) openMembership(resident models.ID, code models.Population) (models.Membership, error) {
	var m models.Membership
	err := tx.db.Take(&m, "resident_id = ? AND code = ? AND `open` = ?", resident, code, true).Error
	return m, notFound(err)
}

// PregnancyDates are the dates to write; a nil one stays as it is.
type PregnancyDates struct {
	LMP, DeliveredOn, DischargedOn *models.Date
	Outcome                        *models.PregnancyOutcome
}

// NotePregnancy writes down the dates of the pregnancy a resident is cared for under, by
// which visits are planned. A loss ends the care. It returns ErrNotFound when the resident
// is not under 孕产妇, PreconditionFailed for a version that is not the stored one, and
// ErrVersionRequired without a version once something is noted.
func (v View) NotePregnancy(ctx context.Context, id models.ID, version int, d PregnancyDates) (models.Pregnancy, error) {
	return once(ctx, v, func(tx *Tx) (models.Pregnancy, error) {
		r, err := tx.lockResident(id)
		if err != nil {
			return models.Pregnancy{}, err
		}
		m, err := tx.openMembership(r.ID, models.Maternal)
		if err != nil {
			return models.Pregnancy{}, err
		}
		g, err := tx.pregnancy(r.ID, m.ID)
		if err != nil {
			return g, err
		}
		if g.Version > 0 && version == 0 { // the first note has nothing to go by
			return g, models.ErrVersionRequired
		}
		if err := checkVersion(g.Version, version); err != nil {
			return g, err
		}
		for _, x := range []struct {
			from *models.Date
			to   *models.Date
		}{{d.LMP, &g.LMP}, {d.DeliveredOn, &g.DeliveredOn}, {d.DischargedOn, &g.DischargedOn}} {
			if x.from != nil {
				*x.to = *x.from
			}
		}
		if d.Outcome != nil {
			g.Outcome = *d.Outcome
		}
		var p models.Problems
		g.Check(&p, tx.today)
		if err := p.Err(); err != nil {
			return g, err
		}
		if err := tx.savePregnancy(&g); err != nil {
			return g, err
		}
		tx.record("pregnancy.update", "pregnancy", g.ID, r.ID)
		if g.Outcome == models.PregnancyLoss {
			m.Open, m.End, m.CloseReason, m.Version = nil, calendar.Later(g.DeliveredOn, m.Begin), models.PregnancyOutcomeLabels[g.Outcome], m.Version+1
			if err := tx.db.Save(&m).Error; err != nil {
				return g, err
			}
			tx.record("population.close", "membership", m.ID, r.ID, string(m.Code))
		}
		return g, tx.settle(&r)
	})
}
