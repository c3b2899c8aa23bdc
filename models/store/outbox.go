package store

import "jiayi/models"

// tellTeam leaves a notice for the account of a team's leader in the outbox.
func (tx *Tx) tellTeam(team models.ID, template, data string) error {
	var account models.ID
	err := tx.db.Model(&models.Account{}).Joins("JOIN teams ON teams.leader_id = accounts.staff_id").
		Where("teams.id = ?", team).Limit(1).Pluck("accounts.id", &account).Error
	if err != nil || account == 0 {
		return err
	}
	return tx.db.Create(&models.Message{Template: template, AccountID: account, Data: data, Status: "waiting", NotBefore: tx.now, CreatedAt: tx.now}).Error
}
