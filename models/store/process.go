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

// unlessStale is the refusal of a move made against another version of the noun: who may not
// make it at all is told so first, and a stale version comes before what the state forbids.
func unlessStale(refusal error, have, want int) error {
	if models.IsKind(refusal, models.Forbidden) {
		return refusal
	}
	if err := checkVersion(have, want); err != nil {
		return err
	}
	return refusal
}
