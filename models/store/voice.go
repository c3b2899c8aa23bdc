package store

import (
	"fmt"
	"slices"

	"gorm.io/gorm/clause"

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

// tellOnce leaves a notice for each of the accounts, unless they had one of the key before.
// It returns how many were told.
func (tx *Tx) tellOnce(key string, accounts []models.ID, template, data string) (int, error) {
	if len(accounts) == 0 {
		return 0, nil
	}
	keys := make([]string, len(accounts))
	for i, id := range accounts {
		keys[i] = fmt.Sprintf("%s/%d", key, id)
	}
	var told []string
	if err := tx.db.Model(&models.Message{}).Where("once_key IN ?", padded(keys)).Pluck("once_key", &told).Error; err != nil {
		return 0, err
	}
	var messages []models.Message
	for i, id := range accounts {
		if !slices.Contains(told, keys[i]) {
			messages = append(messages, models.Message{Template: template, AccountID: id, Data: data, Status: models.MessageWaiting, NotBefore: tx.now, CreatedAt: tx.now, OnceKey: &keys[i]})
		}
	}
	if len(messages) == 0 {
		return 0, nil
	}
	return len(messages), tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&messages).Error
}
