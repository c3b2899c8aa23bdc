package store

import (
	"context"

	"jiayi/models"
)

// rollBatch is how many people one step of the roll looks for at a time.
const rollBatch = 500

// RollDay brings the district to a new day: it lets contracts expire, renewals take over
// and offers lapse, counts those whose age or contract changes with the date (enrolment
// at 65, release at 7), plans and counts
// the care of those whose tasks or figures change with the date, and opens the day's tallies. Each person is one transaction and
// every step is idempotent. Month-ends that are over are frozen. The day is opened last, so a roll that was killed looks
// again at everyone since the last day that was completed. It returns the number of
// people changed.
func (s *Store) RollDay(ctx context.Context) (int, error) {
	v := s.As(models.System("roll"))
	last, err := s.lastDay(s.query(ctx))
	if err != nil {
		return 0, err
	}
	total := 0
	for _, step := range []func(context.Context, View, models.Date) (int, error){rollContracts, rollOffers, rollStandings, rollGuardians, rollCare} {
		n, err := step(ctx, v, last)
		total += n
		if err != nil {
			return total, err
		}
	}
	if err := v.transact(ctx, func(tx *Tx) error { return tx.openDay(tx.today) }); err != nil {
		return total, err
	}
	if _, err = s.Fold(ctx); err != nil {
		return total, err
	}
	return total, v.transact(ctx, func(tx *Tx) error { return tx.freezeMonths() })
}

// eachID runs fn for every id a query finds, until it finds none beyond the last.
func (v View) eachID(ctx context.Context, find func(after models.ID) ([]models.ID, error), fn func(tx *Tx, id models.ID) error) (int, error) {
	n, last := 0, models.ID(0)
	for {
		ids, err := find(last)
		if err != nil || len(ids) == 0 {
			return n, err
		}
		for _, id := range ids {
			if err := v.transact(ctx, func(tx *Tx) error { return fn(tx, id) }); err != nil {
				return n, err
			}
			n++
			last = id
		}
	}
}

// rollContracts ends every contract whose last day is over: renewed when a successor
// waits, expired otherwise.
func rollContracts(ctx context.Context, v View, _ models.Date) (int, error) {
	today := v.Today()
	find := func(after models.ID) ([]models.ID, error) {
		var ids []models.ID
		err := v.query(ctx).Model(&models.Contract{}).Where("id > ? AND status = ? AND end_date < ?", after, models.Active, today).
			Order("id").Limit(rollBatch).Pluck("id", &ids).Error
		return ids, err
	}
	return v.eachID(ctx, find, func(tx *Tx, id models.ID) error {
		c, r, err := tx.lockContract(id, 0)
		if err != nil || c.Status != models.Active || !c.EndDate.Before(tx.today) {
			return err
		}
		return tx.finish(&c, &r)
	})
}

// finish ends a contract whose term is over, and lets the waiting renewal take over.
func (tx *Tx) finish(c *models.Contract, r *models.Resident) error {
	held, err := tx.held(r.ID)
	if err != nil {
		return err
	}
	next := held[models.NextSlot]
	if next == nil {
		if err := tx.move(c, models.MoveExpire, tx.actor, ""); err != nil {
			return err
		}
		if err := tx.tell(r.ID, "contract_expired", c.ID); err != nil {
			return err
		}
		if err := tx.settle(r); err != nil {
			return err
		}
		return tx.leaveSeat(c.TeamID)
	}
	if err := tx.move(c, models.MoveSucceed, tx.actor, ""); err != nil {
		return err
	}
	next.TakeOver()
	if err := tx.saveContract(next); err != nil {
		return err
	}
	tx.record("contract.begin", "contract", next.ID, r.ID)
	return tx.settle(r)
}

// rollOffers cancels offers nobody confirmed in time (domain §1.6: 15 days).
func rollOffers(ctx context.Context, v View, _ models.Date) (int, error) {
	today := v.Today()
	find := func(after models.ID) ([]models.ID, error) {
		var ids []models.ID
		err := v.query(ctx).Model(&models.Contract{}).Where("id > ? AND status = ? AND due_on < ?", after, models.Offered, today).
			Order("id").Limit(rollBatch).Pluck("id", &ids).Error
		return ids, err
	}
	return v.eachID(ctx, find, func(tx *Tx, id models.ID) error {
		c, _, err := tx.lockContract(id, 0)
		if err != nil || c.Status != models.Offered {
			return err
		}
		return tx.move(&c, models.MoveTimeout, tx.actor, "逾期未确认")
	})
}

// rollStandings counts the people whom the date itself changes: those who reach an age
// limit and those whose contract begins. The stored standing tells who was counted
// already, so that a missed day is made good.
func rollStandings(ctx context.Context, v View, last models.Date) (int, error) {
	today := v.Today()
	back := rollMargin
	if !last.IsZero() && last.Before(today) {
		back += today.Sub(last)
	}
	db := v.query(ctx)
	// Whoever was born on 29 February comes of age on 1 March: the day after is looked at too.
	ofAge := func(years int, p models.Population, gains bool) func(models.ID) ([]models.ID, error) {
		born, has := today.AddYears(-years), "counted_mask & ? <> 0"
		if gains {
			has = "counted_mask & ? = 0 AND counted_mask <> 0"
		}
		return func(after models.ID) (ids []models.ID, err error) {
			err = db.Model(&models.Resident{}).Where("id > ? AND status = ? AND birth_date <= ? AND birth_date > ? AND "+has,
				after, models.Living, born, born.AddDays(-back), int64(models.MaskOf(p))).Order("id").Limit(rollBatch).Pluck("id", &ids).Error
			return ids, err
		}
	}
	searches := []func(after models.ID) ([]models.ID, error){
		ofAge(models.ElderlyAge, models.Elderly, true), ofAge(models.AdultAge, models.Adults, true), ofAge(models.ChildrenAge, models.Children, false),
		func(after models.ID) (ids []models.ID, err error) {
			err = db.Model(&models.Resident{}).Joins("JOIN contracts c ON c.resident_id = residents.id").
				Where("residents.id > ? AND c.status = ? AND c.begin_date <= ? AND c.begin_date > ? AND c.end_date >= ? AND residents.counted_panel_id <> c.team_id",
					after, models.Active, today, today.AddDays(-back), today).
				Order("residents.id").Limit(rollBatch).Distinct().Pluck("residents.id", &ids).Error
			return ids, err
		},
	}
	total := 0
	for _, find := range searches {
		n, err := v.eachID(ctx, find, func(tx *Tx, id models.ID) error {
			r, err := lock[models.Resident](tx, id)
			if err != nil {
				return err
			}
			return tx.settle(&r)
		})
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

// rollMargin is how many days before the last completed day a roll still looks for
// people whom the date has changed.
const rollMargin = 31

// rollGuardians ends guardianships whose time is over.
func rollGuardians(ctx context.Context, v View, _ models.Date) (int, error) {
	n := 0
	err := v.transact(ctx, func(tx *Tx) error {
		done := tx.db.Model(&models.Guardian{}).Where("active = ? AND `end` < ?", true, tx.today).Update("active", nil)
		n = int(done.RowsAffected)
		return done.Error
	})
	return n, err
}
