package store

import (
	"context"
	"fmt"

	"jiayi/models"
)

// RemindRenewals leaves one message for every resident whose contract ends within
// models.RemindBefore days and is not renewed yet (domain §1.6). Each contract is
// reminded of once, however often this runs. It returns the number of messages.
func (s *Store) RemindRenewals(ctx context.Context) (int, error) {
	v := s.As(models.System("renewal-reminders"))
	total, last := 0, models.ID(0)
	for {
		n, next, err := v.remindBatch(ctx, last)
		total += n
		if err != nil || next == 0 {
			return total, err
		}
		last = next
	}
}

// reminderKey is what makes a reminder once and for all.
func reminderKey(contract models.ID) string { return fmt.Sprintf("contract_expiring/%d", contract) }

// remindBatch reminds of the next contracts after an id, and returns the last id looked
// at, 0 at the end.
func (v View) remindBatch(ctx context.Context, after models.ID) (n int, last models.ID, err error) {
	err = v.transact(ctx, func(tx *Tx) error {
		n, last = 0, 0
		var ending []models.Contract
		err := tx.db.Where("id > ? AND status = ? AND slot = ? AND end_date BETWEEN ? AND ?", after, models.Active, models.CurrentSlot, tx.today, tx.today.AddDays(models.RemindBefore)).
			Where("NOT EXISTS (SELECT 1 FROM contracts n WHERE n.resident_id = contracts.resident_id AND n.slot = ?)", models.NextSlot).
			Order("id").Limit(rollBatch).Find(&ending).Error
		if err != nil || len(ending) == 0 {
			return err
		}
		last = ending[len(ending)-1].ID
		n, err = tx.remind(ending)
		return err
	})
	return n, last, err
}

// remind writes the messages that are not there yet.
func (tx *Tx) remind(ending []models.Contract) (int, error) {
	notices, of := make([]notice, len(ending)), make(map[string]models.Contract, len(ending))
	for i, c := range ending {
		notices[i] = notice{key: reminderKey(c.ID), template: "contract_expiring", resident: c.ResidentID, about: c.ID}
		of[notices[i].key] = c
	}
	told, err := tx.tellOnce(notices)
	for _, n := range told {
		tx.record("contract.remind", "contract", of[n.key].ID, n.resident)
	}
	return len(told), err
}
