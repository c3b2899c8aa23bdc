package store

import "jiayi/models"

// mergeVisits gives the survivor of a merge the duplicate's visits, pregnancies, referrals, consults and discharges, from
// which the survivor's tasks then follow. Where both records hold a visit of one
// programme and day, the survivor's counts and the other is kept without counting. Past
// tasks stay with the record they were made for.
func (tx *Tx) mergeVisits(survivor, duplicate *models.Resident) error {
	var clash []models.ID
	err := tx.db.Model(&models.Followup{}).
		Joins("JOIN followups AS kept ON kept.program = followups.program AND kept.visited_on = followups.visited_on AND kept.resident_id = ? AND kept.live = ?", survivor.ID, true).
		Where("followups.resident_id = ? AND followups.live = ?", duplicate.ID, true).Pluck("followups.id", &clash).Error
	if err != nil {
		return err
	}
	if len(clash) > 0 {
		if err := tx.db.Model(&models.Followup{}).Where("id IN ?", clash).Update("live", nil).Error; err != nil {
			return err
		}
	}
	for _, table := range []any{&models.Encounter{}, &models.Followup{}, &models.Pregnancy{}, &models.Referral{}, &models.Consult{}, &models.Discharge{}} {
		if err := tx.db.Model(table).Where("resident_id = ?", duplicate.ID).Update("resident_id", survivor.ID).Error; err != nil {
			return err
		}
	}
	return tx.mergeReadings(survivor, duplicate)
}
