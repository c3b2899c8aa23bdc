package store

import (
	"context"
	"errors"
	"fmt"

	"jiayi/models"
)

// CarryOutHandovers carries out the handovers whose day has come, each in one transaction.
// One that cannot be carried out stays planned, and its managers are told once a day. It
// returns the number carried out.
func (s *Store) CarryOutHandovers(ctx context.Context) (int, error) {
	v := s.As(models.System("handovers"))
	var due []models.Handover
	if err := v.query(ctx).Order("effective_on, id").Find(&due, "status = ? AND effective_on <= ?", models.HandoverPlanned, v.Today()).Error; err != nil {
		return 0, err
	}
	n := 0
	for _, h := range due {
		err := v.transactWithin(ctx, handoverTime, func(tx *Tx) error {
			_, err := tx.moveHandover(h.ID, 0, models.HandoverCarry, "")
			return err
		})
		var refusal *models.Error
		switch {
		case err == nil:
			n++
		case !errors.As(err, &refusal):
			return n, err
		case models.IsKind(err, models.Conflict) && refusal.Code == "wrong_state": // somebody was faster
		default:
			err := v.transact(ctx, func(tx *Tx) error {
				key := fmt.Sprintf("handover_stuck/%d/%s", h.ID, tx.today)
				return errors.Join(tx.tellInstitution(h.InstitutionID, HandoverStuckNotice, h.ID, key),
					tx.tellDesk(models.DistrictManager, HandoverStuckNotice, h.ID, key))
			})
			if err != nil {
				return n, err
			}
		}
	}
	return n, nil
}
