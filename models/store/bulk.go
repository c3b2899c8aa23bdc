package store

import (
	"math/bits"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// maxInsert is the most rows of one INSERT; SQLite takes 32,766 values.
const maxInsert = 512

// fewRows is the room made for what one resident has few of: without it GORM makes room for
// 20 rows each time.
const fewRows = 4

// insertAll inserts rows in statements of 512, 256, 128, … rows: every statement is
// prepared and kept, so there must be few different ones.
func insertAll[T any](db *gorm.DB, rows []T) error {
	db = db.Session(&gorm.Session{})
	for len(rows) > 0 {
		n := min(1<<(bits.Len(uint(len(rows)))-1), maxInsert)
		part := rows[:n]
		if err := db.Create(&part).Error; err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// padded repeats the last value until their number is a power of two, for the same
// reason: WHERE x IN (…) then has few different lengths.
func padded[T any](values []T) []T {
	if len(values) == 0 {
		return values
	}
	size := 1 << bits.Len(uint(len(values)-1))
	out := make([]T, size)
	for i := range out {
		out[i] = values[min(i, len(values)-1)]
	}
	return out
}

// insertNamed inserts rows and returns their ids by a unique text column. The database's own
// numbering of a multi-row INSERT has gaps on a cluster and is not relied on: it returns id and
// column of each row together, or is asked for them.
func insertNamed[T any](tx *Tx, rows []T, column string, of func(T) (models.ID, string)) (map[string]models.ID, error) {
	if err := insertAll(tx.returning("id", column), rows); err != nil {
		return nil, err
	}
	ids, names := make(map[string]models.ID, len(rows)), make([]string, len(rows))
	for i, row := range rows {
		id, name := of(row)
		ids[name], names[i] = id, name
	}
	if tx.s.returns {
		return ids, nil
	}
	return idsBy[T](tx.db, column, names)
}

// returning makes an INSERT fill the columns of its rows in, where the database can.
func (tx *Tx) returning(columns ...string) *gorm.DB {
	if !tx.s.returns {
		return tx.db
	}
	r := clause.Returning{}
	for _, c := range columns {
		r.Columns = append(r.Columns, clause.Column{Name: c})
	}
	return tx.db.Clauses(r)
}

// idsBy returns the ids of rows just inserted by a unique text column.
func idsBy[T any](db *gorm.DB, column string, keys []string) (map[string]models.ID, error) {
	var rows []struct {
		ID      models.ID
		TextKey string
	}
	out := make(map[string]models.ID, len(keys))
	if len(keys) == 0 {
		return out, nil
	}
	err := db.Model(new(T)).Select("id, "+column+" AS text_key").Where(column+" IN ?", padded(keys)).Find(&rows).Error
	for _, r := range rows {
		out[r.TextKey] = r.ID
	}
	return out, err
}
