package store

import (
	"context"
	"errors"
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
		rows, err := db.read.WithContext(ctx).Table(table).Rows()
		if err != nil {
			return err
		}
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		for rows.Next() {
			if err := rows.Scan(values...); err != nil {
				return err
			}
			for i, v := range values {
				value := *(v.(*any))
				if b, ok := value.([]byte); ok {
					value = string(b)
				}
				fn(table, columns[i], fmt.Sprint(value))
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
	}
	return nil
}
