package store

import (
	"maps"
	"slices"

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
	if err := db.Order("id").Limit(MaxLimit).Find(&rows, "noun = ? AND noun_id = ?", noun, id).Error; err != nil {
		return nil, err
	}
	names, err := makers(db, rows, func(e models.Event) string { return e.By })
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].ByName = names[rows[i].By]
	}
	return rows, nil
}

// makers are those who made the events, in words, by what stands in the events.
func makers[E any](db *gorm.DB, events []E, by func(E) string) (map[string]string, error) {
	names, accounts := map[string]string{}, map[models.ID]string{}
	for _, e := range events {
		account, words := models.MakerOf(by(e))
		names[by(e)] = words
		if account != 0 {
			accounts[account] = by(e)
		}
	}
	if len(accounts) == 0 {
		return names, nil
	}
	var rows []models.Account
	if err := db.Select("id", "name").Find(&rows, "id IN ?", slices.Collect(maps.Keys(accounts))).Error; err != nil {
		return nil, err
	}
	for _, a := range rows {
		names[accounts[a.ID]] = a.Name
	}
	return names, nil
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
