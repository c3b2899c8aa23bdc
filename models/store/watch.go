package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// watchBatch is how many rows are looked up at a time.
const watchBatch = 100

// watchEach does something to every row chosen of a noun that is about a resident, each in a
// transaction of its own. A row is chosen again when it is locked, after its resident; what
// is done makes it one that is not chosen, so that this may be stopped and run again. It
// returns the number of rows.
func watchEach[T any](ctx context.Context, v View, resident func(T) models.ID, which func(*gorm.DB) *gorm.DB, do func(*Tx, *T) error) (int, error) {
	total, last := 0, models.ID(0)
	for {
		var ids []models.ID
		err := which(v.query(ctx).Model(new(T))).Where("id > ?", last).Order("id").Limit(watchBatch).Pluck("id", &ids).Error
		if err != nil || len(ids) == 0 {
			return total, err
		}
		for _, id := range ids {
			n := 0
			err := v.transact(ctx, func(tx *Tx) error {
				n = 0
				seen, err := get[T](tx.db, id)
				if err != nil {
					return err
				}
				if _, err := lock[models.Resident](tx, resident(seen)); err != nil {
					return err
				}
				var rows []T
				if err := which(tx.forUpdate(tx.db)).Limit(1).Find(&rows, "id = ?", id).Error; err != nil || len(rows) == 0 {
					return err
				}
				n = 1
				return do(tx, &rows[0])
			})
			if err != nil {
				return total, err
			}
			total += n
			last = id
		}
	}
}
