package store

import (
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// toldAtOnce is the most accounts of an institution or a desk that are told of one thing.
const toldAtOnce = 20

// idData is the data of a notice: the id of a noun and nothing else.
func idData(noun string, id models.ID) string {
	b, _ := json.Marshal(map[string]models.ID{noun + "_id": id}) // an id always marshals
	return string(b)
}

// tellInstitution leaves a notice for the managers of an institution. With a key it is left
// once and for all.
func (tx *Tx) tellInstitution(institution models.ID, template, data, key string) error {
	return tx.tellAccounts(tx.db.Where("role = ? AND institution_id = ?", models.InstitutionManager, some(institution)), template, data, key)
}

// tellDesk leaves a notice for everyone of a role of the district. With a key it is left
// once and for all.
func (tx *Tx) tellDesk(role models.Role, template, data, key string) error {
	return tx.tellAccounts(tx.db.Where("role = ?", role), template, data, key)
}

func (tx *Tx) tellAccounts(whom *gorm.DB, template, data, key string) error {
	var accounts []models.ID
	err := whom.Model(&models.Account{}).Where("disabled = ?", false).Order("id").Limit(toldAtOnce).Pluck("id", &accounts).Error
	if err != nil || len(accounts) == 0 {
		return err
	}
	messages := make([]models.Message, len(accounts))
	for i, account := range accounts {
		messages[i] = models.Message{Template: template, AccountID: account, Data: data, Status: models.MessageWaiting, NotBefore: tx.now, CreatedAt: tx.now}
		if key != "" {
			messages[i].OnceKey = new(fmt.Sprintf("%s/%d", key, account))
		}
	}
	return tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&messages).Error
}
