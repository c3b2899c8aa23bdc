package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"jiayi/models/store/migrations"
)

// ErrSchemaBehind is returned when the database needs `jiayi migrate` first.
var ErrSchemaBehind = errors.New("the database is behind this program: run `jiayi migrate`")

// ErrSchemaAhead is returned when a newer program has migrated the database.
var ErrSchemaAhead = errors.New("the database is ahead of this program: run a newer jiayi")

// ErrMigrating is returned when another process holds the migration lock.
var ErrMigrating = errors.New("another process is migrating this database")

// Migrate brings the schema up to date under a lock and returns the number of steps done.
func Migrate(ctx context.Context, db *Database) (int, error) {
	before, err := migrations.Compare(db.write.WithContext(ctx), db.dialect)
	if err != nil {
		return 0, err
	}
	if before.Unknown > 0 {
		return 0, ErrSchemaAhead
	}
	if before.Missing == 0 {
		return 0, nil
	}
	err = db.write.WithContext(ctx).Connection(func(one *gorm.DB) error {
		if db.dialect == MySQL {
			var got int
			if err := one.Raw("SELECT GET_LOCK('jiayi_migrate', 10)").Scan(&got).Error; err != nil {
				return err
			}
			if got != 1 {
				return ErrMigrating
			}
			defer one.Exec("SELECT RELEASE_LOCK('jiayi_migrate')")
		}
		return migrations.Up(one.Session(&gorm.Session{}), db.dialect)
	})
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	return before.Missing, nil
}

// CheckSchema refuses a database that is behind or ahead of this program.
func CheckSchema(ctx context.Context, db *Database) error {
	state, err := migrations.Compare(db.read.WithContext(ctx), db.dialect)
	switch {
	case err != nil:
		return err
	case state.Unknown > 0:
		return ErrSchemaAhead
	case state.Missing > 0:
		return ErrSchemaBehind
	}
	return nil
}
