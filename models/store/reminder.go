package store

import (
	"context"
	"fmt"

	"gorm.io/gorm/clause"

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
	keys := make([]string, len(ending))
	for i, c := range ending {
		keys[i] = reminderKey(c.ID)
	}
	var have []string
	if err := tx.db.Model(&models.Message{}).Where("once_key IN ?", keys).Pluck("once_key", &have).Error; err != nil {
		return 0, err
	}
	told := make(map[string]bool, len(have))
	for _, k := range have {
		told[k] = true
	}
	var messages []models.Message
	for i, c := range ending {
		if !told[keys[i]] {
			messages = append(messages, models.Message{Template: "contract_expiring", ResidentID: c.ResidentID, Data: c.No, Status: models.MessageWaiting, NotBefore: tx.now, CreatedAt: tx.now, OnceKey: &keys[i]})
			tx.record("contract.remind", "contract", c.ID, c.ResidentID)
		}
	}
	if len(messages) == 0 {
		return 0, nil
	}
	return len(messages), tx.db.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&messages, loadBatch).Error
}
