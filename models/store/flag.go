package store

import (
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// raiseFlags enters doubts about a visit; one that was raised before for the same visit
// and kind stays as it is.
func (tx *Tx) raiseFlags(e models.Encounter, flags ...models.Flag) error {
	for i := range flags {
		f := &flags[i]
		f.EncounterID, f.ResidentID, f.TeamID, f.InstitutionID, f.DoctorID = e.ID, e.ResidentID, e.TeamID, e.InstitutionID, e.DoctorID
		f.Status, f.RaisedOn, f.Version, f.CreatedAt = models.FlagOpen, tx.today, 1, tx.now
	}
	if len(flags) == 0 {
		return nil
	}
	return tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&flags).Error
}
