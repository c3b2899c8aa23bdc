package store

import (
	"context"

	"jiayi/models"
)

// purgeBatch is how many keys one statement deletes.
const purgeBatch = 1000

// PurgeKeys deletes the idempotency keys that are too old to be repeated. It returns
// their number.
func (s *Store) PurgeKeys(ctx context.Context) (int, error) {
	before, total := s.Now().Add(-models.IdempotencyTTL), 0
	for {
		n := 0
		err := s.As(models.System("purge")).transact(ctx, func(tx *Tx) error {
			old := tx.db.Where("created_at < ?", before)
			var cut []models.IdempotencyKey
			if err := old.Select("created_at").Order("created_at").Offset(purgeBatch).Limit(1).Find(&cut).Error; err != nil {
				return err
			}
			del := tx.db.Where("created_at < ?", before)
			if len(cut) > 0 {
				del = tx.db.Where("created_at <= ?", cut[0].CreatedAt)
			}
			done := del.Delete(&models.IdempotencyKey{})
			n = int(done.RowsAffected)
			return done.Error
		})
		total += n
		if err != nil || n < purgeBatch {
			return total, err
		}
	}
}
