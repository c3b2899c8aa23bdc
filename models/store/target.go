package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// targetsOf are the targets of a year by code.
func targetsOf(db *gorm.DB, year int) (map[string]float64, error) {
	var rows []models.Target
	if err := db.Find(&rows, "year = ?", year).Error; err != nil {
		return nil, err
	}
	out := make(map[string]float64, len(rows))
	for _, t := range rows {
		out[t.Code] = t.Percent
	}
	return out, nil
}

// Targets lists the targets of a year, by code; staff may see them.
func (v View) Targets(ctx context.Context, year int) ([]models.Target, error) {
	var rows []models.Target
	return rows, v.query(ctx).Order("code").Find(&rows, "year = ?", year).Error
}

// SetTarget sets what the district wants of a figure in a year, in percent. A version of 0
// means whatever it is, also that there is none yet.
func (v View) SetTarget(ctx context.Context, t models.Target, version int) (models.Target, error) {
	return once(ctx, v, func(tx *Tx) (models.Target, error) {
		var p models.Problems
		t.Check(&p, tx.today)
		if err := p.Err(); err != nil {
			return t, err
		}
		var have []models.Target
		if err := tx.forUpdate(tx.db).Find(&have, "year = ? AND code = ?", t.Year, t.Code).Error; err != nil {
			return t, err
		}
		t.Version = 1
		if len(have) > 0 {
			if err := checkVersion(have[0].Version, version); err != nil {
				return t, err
			}
			t.Version = have[0].Version + 1
		}
		tx.record("target.set", "target", 0, 0, t.Code)
		return t, tx.db.Save(&t).Error
	})
}
