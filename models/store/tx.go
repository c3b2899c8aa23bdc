package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/go-sql-driver/mysql"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// Tx is one use case in one transaction: what it reads, changes and records.
type Tx struct {
	db    *gorm.DB
	s     *Store
	actor models.Actor
	now   time.Time
	today models.Date
	audit []models.AuditRow
}

// maxTries bounds how often a transaction that lost a deadlock is run again.
const maxTries = 6

// MySQL error numbers after which the whole transaction is run again: deadlock, lock
// wait timeout, record changed since last read, and a Galera node not ready.
var retryable = map[uint16]bool{1213: true, 1205: true, 1020: true, 1047: true}

// transact runs fn in one transaction, again when the database chose it as a victim.
// fn must not keep anything from a failed try.
func (v View) transact(ctx context.Context, fn func(tx *Tx) error) error {
	return v.transactWithin(ctx, v.opt.QueryTimeout, fn)
}

// transactWithin is transact with a time limit of its own.
func (v View) transactWithin(ctx context.Context, limit time.Duration, fn func(tx *Tx) error) error {
	ctx, cancel := context.WithTimeout(v.withKeys(ctx), limit)
	defer cancel()
	return v.retry(ctx, func() error {
		return v.write.WithContext(ctx).Transaction(func(db *gorm.DB) error {
			now := v.Now().Truncate(time.Millisecond)
			tx := &Tx{db: db, s: v.Store, actor: v.actor, now: now, today: calendar.DateOf(now)}
			if err := fn(tx); err != nil {
				return err
			}
			if len(tx.audit) == 0 {
				return nil
			}
			return tx.db.Create(&tx.audit).Error
		})
	})
}

func (s *Store) retry(ctx context.Context, run func() error) error {
	for try := 1; ; try++ {
		err := run()
		var my *mysql.MySQLError
		again := errors.As(err, &my) && retryable[my.Number] || errors.Is(err, driver.ErrBadConn)
		if !again || try == maxTries {
			return err
		}
		wait := time.Duration(1<<try) * time.Millisecond
		select {
		case <-time.After(wait + rand.N(wait)): // #nosec G404 -- jitter, not a secret
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// snapshot runs reads that must agree with each other in one read-only transaction.
func (s *Store) snapshot(ctx context.Context, fn func(db *gorm.DB) error) error {
	return s.query(ctx).Transaction(fn, &sql.TxOptions{Isolation: s.snapshotLevel(), ReadOnly: s.dialect == MySQL})
}

func (s *Store) snapshotLevel() sql.IsolationLevel {
	if s.dialect == MySQL {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault // a SQLite read transaction is a snapshot already
}

// forUpdate locks the rows a query finds until the transaction ends. SQLite has one
// writer, so there is nothing to lock.
func (tx *Tx) forUpdate(db *gorm.DB) *gorm.DB {
	if tx.s.dialect == MySQL {
		return db.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	return db
}

// forShare keeps the rows a query finds from being changed until the transaction ends.
func (tx *Tx) forShare(db *gorm.DB) *gorm.DB {
	if tx.s.dialect == MySQL {
		return db.Clauses(clause.Locking{Strength: "SHARE"})
	}
	return db
}

// lock loads one row by id for change.
func lock[T any](tx *Tx, id models.ID) (T, error) {
	var row T
	err := tx.forUpdate(tx.db).Take(&row, "id = ?", id).Error
	return row, notFound(err)
}

// get loads one row by id.
func get[T any](db *gorm.DB, id models.ID) (T, error) {
	var row T
	err := db.Take(&row, "id = ?", id).Error
	return row, notFound(err)
}

// notFound turns GORM's error for a missing row into the one callers are told.
func notFound(err error) error {
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return models.ErrNotFound
	}
	return err
}

// stale is the answer to a write against an old version; fields are those that the
// caller sent and that now hold something else.
func stale(current int, fields []models.FieldError) error {
	return &models.Error{
		Kind: models.PreconditionFailed, Code: "stale", Message: "该记录已被他人修改,请核对后重新提交",
		Fields: fields, Details: map[string]any{"current_version": current},
	}
}

// checkVersion refuses a change made against another version; 0 means "whatever it is".
func checkVersion(have, want int) error {
	if want != 0 && have != want {
		return stale(have, nil)
	}
	return nil
}

// after returns what v holds once the last step has run.
func after[T any](v *T, err error) (T, error) { return *v, err }
