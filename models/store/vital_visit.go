package store

import (
	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/clinical"
)

// subjectOn is what the rules need of the resident on the day.
func subjectOn(db *gorm.DB, r models.Resident, day models.Date) (clinical.Subject, error) {
	var memberships []models.Membership
	err := db.Find(&memberships, "resident_id = ?", r.ID).Error
	return models.SubjectOn(r, memberships, day), err
}

// keepReadings enters the readings in the forms of a visit that was just saved.
func (tx *Tx) keepReadings(r models.Resident, l logged, memberships []models.Membership) error {
	readings := models.VitalReadings(l.Encounter, models.SubjectOn(r, memberships, l.VisitedOn), l.forms)
	if len(readings) == 0 {
		return nil
	}
	for i := range readings {
		readings[i].EnteredBy = tx.actor.Name()
	}
	return tx.db.Create(&readings).Error
}

// dropReadings makes the readings of a voided visit count no more.
func (tx *Tx) dropReadings(encounter models.ID) error {
	return tx.db.Model(&models.Vital{}).Where("encounter_id = ?", encounter).Update("voided", true).Error
}

// mergeReadings gives the survivor of a merge the duplicate's readings, alerts and flags.
// Readings of visits that the merge made count no more are kept without counting.
func (tx *Tx) mergeReadings(survivor, duplicate *models.Resident) error {
	live := tx.db.Model(&models.Followup{}).Select("1").Where("followups.encounter_id = vitals.encounter_id AND followups.live = ?", true)
	err := tx.db.Model(&models.Vital{}).Where("resident_id = ? AND encounter_id <> 0 AND NOT EXISTS (?)", duplicate.ID, live).Update("voided", true).Error
	if err != nil {
		return err
	}
	for _, table := range []any{&models.Vital{}, &models.VitalAlert{}, &models.Flag{}} {
		if err := tx.db.Model(table).Where("resident_id = ?", duplicate.ID).Update("resident_id", survivor.ID).Error; err != nil {
			return err
		}
	}
	return tx.handOver(*survivor)
}
