package store

import (
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// next hands out the next number of a sequence. The row stays locked until the
// transaction ends; a number of a transaction that failed is given out again.
func (tx *Tx) next(name string) (int64, error) {
	add := clause.OnConflict{Columns: []clause.Column{{Name: "name"}}, DoUpdates: clause.Assignments(map[string]any{"last": gorm.Expr(tx.s.ownColumn("sequences", "last") + " + 1")})}
	if err := tx.db.Clauses(add).Create(&models.Sequence{Name: name, Last: 1}).Error; err != nil {
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
