package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// AcquireLease takes the named lease for holder, or renews it, until ttl from now. ok is
// false while another holder has it. A lease ends by itself when its holder dies.
func (s *Store) AcquireLease(ctx context.Context, name, holder string, ttl time.Duration) (ok bool, err error) {
	err = s.As(models.System("lease")).transact(ctx, func(tx *Tx) error {
		now, err := tx.leaseTime()
		if err != nil {
			return err
		}
		until := now.Add(ttl).Truncate(time.Millisecond)
		renew := tx.db.Model(&models.Lease{}).Where("name = ? AND (holder = ? OR `until` < ?)", name, holder, now).
			Updates(map[string]any{"holder": holder, "until": until})
		if ok = renew.RowsAffected == 1; ok || renew.Error != nil {
			return renew.Error
		}
		err = tx.db.Create(&models.Lease{Name: name, Holder: holder, Until: until}).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return nil // another has it
		}
		ok = err == nil
		return err
	})
	return ok && err == nil, err
}

// ReleaseLease gives the lease up at once, if holder still has it.
func (s *Store) ReleaseLease(ctx context.Context, name, holder string) error {
	return s.As(models.System("lease")).transact(ctx, func(tx *Tx) error {
		return tx.db.Delete(&models.Lease{}, "name = ? AND holder = ?", name, holder).Error
	})
}

// leaseTime is the one clock that all replicas share: the server's on MySQL, and with
// SQLite, which has no server, that of the one machine.
func (tx *Tx) leaseTime() (time.Time, error) {
	if tx.s.dialect != MySQL {
		return time.Now().UTC(), nil
	}
	var now time.Time
	err := tx.db.Raw("SELECT UTC_TIMESTAMP(3)").Scan(&now).Error
	return now, err
}
