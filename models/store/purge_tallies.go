package store

import (
	"context"

	"jiayi/models"
)

// dailyFigures is for how many days the figures of every day are kept. Older ones are kept
// for month-ends, which are published and frozen; for a day between, the figures of the
// last day kept before it stand, and the answer says so.
const dailyFigures = 100

// PurgeTallies drops the daily figures that are too old, one day in a transaction. It
// returns the number of days.
func (s *Store) PurgeTallies(ctx context.Context) (int, error) {
	before := s.Today().AddDays(-dailyFigures)
	var days []models.TallyDay
	if err := s.query(ctx).Order("day").Find(&days, "frozen = ? AND day < ?", false, before).Error; err != nil {
		return 0, err
	}
	n := 0
	for _, d := range days {
		if d.Day == d.Day.MonthEnd() {
			continue // waits to be frozen
		}
		err := s.As(models.System("purge")).transact(ctx, func(tx *Tx) error {
			if err := tx.lockTallies(); err != nil {
				return err
			}
			if err := tx.db.Delete(&models.Tally{}, "day = ?", d.Day).Error; err != nil {
				return err
			}
			return tx.db.Delete(&models.TallyDay{}, "day = ?", d.Day).Error
		})
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
