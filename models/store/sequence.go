package store

import (
	"maps"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// next hands out the next number of a sequence.
func (tx *Tx) next(name string) (int64, error) { return tx.advance(name, 1) }

// advance takes the next n numbers of a sequence and returns the last of them. The row
// stays locked until the transaction ends; numbers of one that failed are given out again.
func (tx *Tx) advance(name string, n int64) (int64, error) {
	last, err := tx.advanceAll(map[string]int64{name: n})
	return last[name], err
}

// advanceAll is advance for several sequences at once, by name.
func (tx *Tx) advanceAll(take map[string]int64) (last map[string]int64, err error) {
	names := slices.Sorted(maps.Keys(take)) // one order for everyone, so that two cannot wait for each other
	rows := make([]models.Sequence, len(names))
	for i, name := range names {
		rows[i] = models.Sequence{Name: name, Last: take[name]}
	}
	add := clause.OnConflict{Columns: []clause.Column{{Name: "name"}},
		DoUpdates: clause.Assignments(map[string]any{"last": gorm.Expr(tx.s.ownColumn("sequences", "last") + " + " + tx.s.newColumn("last"))})}
	if err := insertAll(tx.db.Clauses(add), rows); err != nil {
		return nil, err
	}
	var now []models.Sequence
	if err := tx.db.Find(&now, "name IN ?", padded(names)).Error; err != nil {
		return nil, err
	}
	last = make(map[string]int64, len(now))
	for _, row := range now {
		last[row.Name] = row.Last
	}
	return last, nil
}

// ownColumn names a column of the existing row within an upsert.
func (s *Store) ownColumn(table, column string) string {
	if s.dialect == MySQL {
		return "`" + column + "`"
	}
	return table + ".`" + column + "`"
}

// newColumn names a column of the row an upsert could not insert.
func (s *Store) newColumn(column string) string {
	if s.dialect == MySQL {
		return "VALUES(`" + column + "`)"
	}
	return "excluded.`" + column + "`"
}
