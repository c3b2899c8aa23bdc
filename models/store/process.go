package store

import (
	"gorm.io/gorm"

	"jiayi/models"
)

// happened writes an event of a process down, with its trace in the audit: the action is
// "<noun>.<move>". Resident is 0 for a process that is about nobody.
func (tx *Tx) happened(e models.Event, id, resident models.ID) error {
	e.NounID, e.At = id, tx.now
	tx.record(e.Noun+"."+e.Move, e.Noun, id, resident)
	return tx.db.Create(&e).Error
}

// history is everything that happened to a noun, oldest first.
func history(db *gorm.DB, noun string, id models.ID) ([]models.Event, error) {
	var rows []models.Event
	return rows, db.Order("id").Limit(MaxLimit).Find(&rows, "noun = ? AND noun_id = ?", noun, id).Error
}
