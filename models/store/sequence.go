package store

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// next hands out the next number of a sequence.
func (tx *Tx) next(name string) (int64, error) { return tx.advance(name, 1) }

// advance takes the next n numbers of a sequence and returns the last of them. The row
// stays locked until the transaction ends; numbers of one that failed are given out again.
func (tx *Tx) advance(name string, n int64) (int64, error) {
	add := clause.OnConflict{Columns: []clause.Column{{Name: "name"}}, DoUpdates: clause.Assignments(map[string]any{"last": gorm.Expr(tx.s.ownColumn("sequences", "last")+" + ?", n)})}
	if err := tx.db.Clauses(add).Create(&models.Sequence{Name: name, Last: n}).Error; err != nil {
		return 0, err
	}
	var row models.Sequence
	err := tx.db.Take(&row, "name = ?", name).Error
	return row.Last, err
}

// ownColumn names a column of the existing row within an upsert.
func (s *Store) ownColumn(table, column string) string {
	if s.dialect == MySQL {
		return "`" + column + "`"
	}
	return table + ".`" + column + "`"
}
