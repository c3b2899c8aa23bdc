package store

import "context"

// Rows loads rows for a test to look at, past every scope.
func (s *Store) Rows(ctx context.Context, dest any, where ...any) error {
	return s.query(ctx).Order("id").Find(dest, where...).Error
}
