package store

import (
	"context"
	"fmt"

	"jiayi/models"
)

// careStep is how many people are planned and counted in one transaction.
const careStep = 100

// PlanDue plans and counts the care of everyone whose tasks or figures change by today's
// date: obligations that come into sight or are missed, quarters and years that end,
// promises that fall due. It returns their number. Each step is one transaction, and
// whoever was done is not found again.
func (s *Store) PlanDue(ctx context.Context) (int, error) {
	return rollCare(ctx, s.As(models.System("plan")), models.Date{})
}

func rollCare(ctx context.Context, v View, _ models.Date) (int, error) {
	total, last := 0, models.ID(0)
	for {
		var ids []models.ID
		err := v.query(ctx).Model(&models.CareStanding{}).Where("changes_on <= ?", v.Today()).
			Order("changes_on, resident_id").Limit(careStep).Pluck("resident_id", &ids).Error
		if err != nil || len(ids) == 0 {
			return total, err
		}
		if ids[0] == last {
			return total, fmt.Errorf("store: the care of resident %d does not come to rest", last)
		}
		last = ids[0]
		if err := v.transact(ctx, func(tx *Tx) error { return tx.recareSome(ids) }); err != nil {
			return total, err
		}
		total += len(ids)
	}
}

// recareSome locks the residents, in id order like everyone who locks two, and plans and
// counts their care.
func (tx *Tx) recareSome(ids []models.ID) error {
	var residents []models.Resident
	if err := tx.forUpdate(tx.db).Select(standingColumns).Order("id").Find(&residents, "id IN ?", padded(ids)).Error; err != nil {
		return err
	}
	return tx.recareAll(residents)
}
