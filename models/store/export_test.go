package store

import (
	"context"
	"fmt"
)

// Rows loads rows for a test to look at, past every scope.
func (s *Store) Rows(ctx context.Context, dest any, where ...any) error {
	return s.query(ctx).Order("id").Find(dest, where...).Error
}

// EachCell reads every value of every table as the database holds it.
func EachCell(ctx context.Context, db *Database, fn func(table, column, text string)) error {
	tables, err := db.read.Migrator().GetTables()
	if err != nil {
		return err
	}
	for _, table := range tables {
		var rows []map[string]any
		if err := db.read.WithContext(ctx).Table(table).Find(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			for column, value := range row {
				if b, ok := value.([]byte); ok {
					value = string(b)
				}
				fn(table, column, fmt.Sprint(value))
			}
		}
	}
	return nil
}

// Everything loads the rows of a noun without an id of its own.
func (s *Store) Everything(ctx context.Context, dest any, where ...any) error {
	return s.query(ctx).Find(dest, where...).Error
}
