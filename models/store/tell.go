package store

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// toldAtOnce is the most accounts of an institution or a desk that are told of one thing.
const toldAtOnce = 20

// notice is a message to a resident or to a staff account. What has a key is told once and
// for all.
type notice struct {
	key, template     string
	resident, account models.ID
	data              string // names no diagnosis
}

// idData is the data of a notice: the id of a noun and nothing else.
func idData(noun string, id models.ID) string {
	b, _ := json.Marshal(map[string]models.ID{noun + "_id": id}) // an id always marshals
	return string(b)
}

func (tx *Tx) message(n notice) models.Message {
	m := models.Message{Template: n.template, ResidentID: n.resident, AccountID: n.account, Data: n.data, Status: models.MessageWaiting, NotBefore: tx.now, CreatedAt: tx.now}
	if n.key != "" {
		m.OnceKey = &n.key
	}
	return m
}

// tell leaves a notice for a resident in the outbox.
func (tx *Tx) tell(resident models.ID, template, data string) error {
	m := tx.message(notice{template: template, resident: resident, data: data})
	return tx.db.Create(&m).Error
}

// tellStaff leaves a notice for a staff account in the outbox.
func (tx *Tx) tellStaff(account models.ID, template, data string) error {
	m := tx.message(notice{template: template, account: account, data: data})
	return tx.db.Create(&m).Error
}

// tellOnce writes the notices whose key is not there yet and returns them.
func (tx *Tx) tellOnce(notices []notice) ([]notice, error) {
	if len(notices) == 0 {
		return nil, nil
	}
	keys := make([]string, len(notices))
	for i, n := range notices {
		keys[i] = n.key
	}
	var have []string
	if err := tx.db.Model(&models.Message{}).Where("once_key IN ?", padded(keys)).Pluck("once_key", &have).Error; err != nil {
		return nil, err
	}
	told := map[string]bool{}
	for _, k := range have {
		told[k] = true
	}
	var fresh []notice
	var messages []models.Message
	for _, n := range notices {
		if !told[n.key] {
			told[n.key] = true
			fresh, messages = append(fresh, n), append(messages, tx.message(n))
		}
	}
	if len(messages) == 0 {
		return nil, nil
	}
	return fresh, tx.db.Clauses(clause.OnConflict{DoNothing: true}).CreateInBatches(&messages, loadBatch).Error
}

// remindAll reads the rows that which chooses, in batches by id, and leaves the notices about
// them, once for each. It returns the number of messages.
func remindAll[T any](ctx context.Context, v View, id func(T) models.ID, which func(*Tx) *gorm.DB, about func(*Tx, []T) ([]notice, error)) (int, error) {
	total, last := 0, models.ID(0)
	for {
		n, reached := 0, models.ID(0)
		err := v.transact(ctx, func(tx *Tx) error {
			n, reached = 0, 0
			var rows []T
			if err := which(tx).Where("id > ?", last).Order("id").Limit(rollBatch).Find(&rows).Error; err != nil || len(rows) == 0 {
				return err
			}
			reached = id(rows[len(rows)-1])
			notices, err := about(tx, rows)
			if err != nil {
				return err
			}
			told, err := tx.tellOnce(notices)
			n = len(told)
			return err
		})
		total, last = total+n, reached
		if err != nil || reached == 0 {
			return total, err
		}
	}
}

// tellEach leaves a notice for each of the accounts, unless they had one of the key before.
// It returns how many were told.
func (tx *Tx) tellEach(key string, accounts []models.ID, template, data string) (int, error) {
	notices := make([]notice, len(accounts))
	for i, id := range accounts {
		notices[i] = notice{key: fmt.Sprintf("%s/%d", key, id), template: template, account: id, data: data}
	}
	told, err := tx.tellOnce(notices)
	return len(told), err
}

// tellTeam leaves a notice for the leader of a team.
func (tx *Tx) tellTeam(team models.ID, template, data string) error {
	leader, err := tx.leaderOf(team)
	if err != nil || len(leader) == 0 {
		return err
	}
	return tx.tellStaff(leader[0], template, data)
}

// tellInstitution leaves a notice for the managers of an institution. With a key it is left
// once and for all.
func (tx *Tx) tellInstitution(institution models.ID, template, data, key string) error {
	accounts, err := tx.managersOf(institution)
	if err != nil {
		return err
	}
	return tx.tellAccounts(accounts, template, data, key)
}

// tellDesk leaves a notice for everyone of a role of the district. With a key it is left
// once and for all.
func (tx *Tx) tellDesk(role models.Role, template, data, key string) error {
	accounts, err := tx.holdersOf(role)
	if err != nil {
		return err
	}
	return tx.tellAccounts(accounts, template, data, key)
}

func (tx *Tx) tellAccounts(accounts []models.ID, template, data, key string) error {
	if key != "" {
		_, err := tx.tellEach(key, accounts, template, data)
		return err
	}
	for _, account := range accounts {
		if err := tx.tellStaff(account, template, data); err != nil {
			return err
		}
	}
	return nil
}

// managersOf are the accounts of an institution's managers.
func (tx *Tx) managersOf(institution models.ID) ([]models.ID, error) {
	return accountsOf(tx.db.Where("institution_id = ? AND role = ?", some(institution), models.InstitutionManager))
}

// holdersOf are the accounts of a role of the whole district.
func (tx *Tx) holdersOf(role models.Role) ([]models.ID, error) {
	return accountsOf(tx.db.Where("role = ?", role))
}

// leaderOf is the account of a team's leader, if there is one.
func (tx *Tx) leaderOf(team models.ID) ([]models.ID, error) {
	return accountsOf(tx.db.Joins("JOIN teams ON teams.leader_id = accounts.staff_id").Where("teams.id = ?", team))
}

func accountsOf(db *gorm.DB) ([]models.ID, error) {
	var ids []models.ID
	return ids, db.Model(&models.Account{}).Where("accounts.disabled = ?", false).Order("accounts.id").Limit(toldAtOnce).Pluck("accounts.id", &ids).Error
}
