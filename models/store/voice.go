package store

import (
	"fmt"

	"jiayi/models"
)

// mergeVoices gives the survivor of a merge what the duplicate said and asked for.
func (tx *Tx) mergeVoices(survivor, duplicate models.ID) error {
	for _, table := range []any{&models.Complaint{}, &models.HomeStay{}} {
		if err := tx.db.Model(table).Where("resident_id = ?", duplicate).Update("resident_id", survivor).Error; err != nil {
			return err
		}
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

// managersOf are the accounts of an institution's managers.
func (tx *Tx) managersOf(institution models.ID) ([]models.ID, error) {
	var ids []models.ID
	return ids, tx.db.Model(&models.Account{}).Order("id").Limit(MaxLimit).
		Where("institution_id = ? AND role = ? AND disabled = ?", institution, models.InstitutionManager, false).Pluck("id", &ids).Error
}

// holdersOf are the accounts of a role of the whole district.
func (tx *Tx) holdersOf(role models.Role) ([]models.ID, error) {
	var ids []models.ID
	return ids, tx.db.Model(&models.Account{}).Order("id").Limit(MaxLimit).Where("role = ? AND disabled = ?", role, false).Pluck("id", &ids).Error
}

// leaderOf are the accounts of a team's leader.
func (tx *Tx) leaderOf(team models.ID) ([]models.ID, error) {
	var ids []models.ID
	return ids, tx.db.Model(&models.Account{}).Joins("JOIN teams ON teams.leader_id = accounts.staff_id").
		Where("teams.id = ?", team).Order("accounts.id").Limit(1).Pluck("accounts.id", &ids).Error
}

// tellEach leaves a notice for each of the accounts, unless they had one of the key before.
// It returns how many were told.
func (tx *Tx) tellEach(key string, accounts []models.ID, template, data string) (int, error) {
	notices := make([]notice, len(accounts))
	for i, id := range accounts {
		notices[i] = notice{key: fmt.Sprintf("%s/%d", key, id), template: template, account: id, data: data}
	}
	return tx.tellOnce(notices)
}
