package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// holdLease takes the named lease for the holder, or extends it when the holder has it.
// It returns false while somebody else holds it. A holder that died loses it after ttl.
func (s *Store) holdLease(ctx context.Context, name, holder string, ttl time.Duration) (bool, error) {
	now := s.Now().Truncate(time.Millisecond)
	taken := s.write.WithContext(ctx).Model(&models.Lease{}).
		Where("name = ? AND (holder = ? OR until < ?)", name, holder, now).
		Updates(models.Lease{Holder: holder, Until: now.Add(ttl)})
	if taken.Error != nil || taken.RowsAffected > 0 {
		return taken.RowsAffected > 0, taken.Error
	}
	err := s.write.WithContext(ctx).Create(&models.Lease{Name: name, Holder: holder, Until: now.Add(ttl)}).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return false, nil
	}
	return err == nil, err
}

// dropLease gives the lease back, if the holder still has it.
func (s *Store) dropLease(ctx context.Context, name, holder string) error {
	return s.write.WithContext(ctx).Delete(&models.Lease{}, "name = ? AND holder = ?", name, holder).Error
}
