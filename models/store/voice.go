package store

import (
	"jiayi/models"
)

// mergeVoices gives the survivor of a merge what the duplicate said and asked for.
func (tx *Tx) mergeVoices(survivor, duplicate models.ID) error {
	for _, table := range []any{&models.Complaint{}, &models.HomeStay{}, &models.PrivacyRequest{}} {
		if err := tx.db.Model(table).Where("resident_id = ?", duplicate).Update("resident_id", survivor).Error; err != nil {
			return err
		}
	}
	// The survivor's own yes or no to a purpose counts; the duplicate's moves where there is none.
	var asked []models.ConsentPurpose
	if err := tx.db.Model(&models.Consent{}).Where("resident_id = ?", survivor).Distinct().Pluck("purpose", &asked).Error; err != nil {
		return err
	}
	err := tx.db.Model(&models.Consent{}).Where("resident_id = ? AND purpose NOT IN ?", duplicate, append(asked, "")).Update("resident_id", survivor).Error
	if err != nil {
		return err
	}
	// Where both came to an event, one check-in is left.
	var events []models.ID
	if err := tx.db.Model(&models.EventCheckIn{}).Where("resident_id = ?", survivor).Pluck("event_id", &events).Error; err != nil {
		return err
	}
	if err := tx.db.Delete(&models.EventCheckIn{}, "resident_id = ? AND event_id IN ?", duplicate, anyOf(events)).Error; err != nil {
		return err
	}
	return tx.db.Model(&models.EventCheckIn{}).Where("resident_id = ?", duplicate).Update("resident_id", survivor).Error
}
