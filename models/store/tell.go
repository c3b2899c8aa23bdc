package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// toldAtOnce is the most accounts of an institution or a desk that are told of one thing.
const toldAtOnce = 20

// notice is a message to a resident or to a staff account, about a row of the noun of its
// template. What has a key is told once and for all.
type notice struct {
	key, template     string
	resident, account models.ID
	about             models.ID
}

// message makes the row of a notice. What is not in the table of notices, or is not for such
// a receiver, cannot be told.
func (tx *Tx) message(n notice) (models.Message, error) {
	spec, ok := models.NoticeOf(n.template)
	if !ok || n.about == 0 || (n.resident != 0) == (n.account != 0) || n.resident != 0 && spec.Text == "" || n.account != 0 && spec.ToStaff == "" {
		return models.Message{}, fmt.Errorf("store: there is no such notice for such a receiver: %q", n.template)
	}
	m := models.Message{Template: n.template, ResidentID: n.resident, AccountID: n.account, Data: spec.Data(n.about)}
	m.Post(spec, tx.s.opt.QuietHours, tx.now)
	if n.key != "" {
		m.OnceKey = &n.key
	}
	return m, nil
}

// tell leaves a notice for a resident in the outbox.
func (tx *Tx) tell(resident models.ID, template string, about models.ID) error {
	return tx.post(notice{template: template, resident: resident, about: about})
}

// tellStaff leaves a notice for a staff account in the outbox.
func (tx *Tx) tellStaff(account models.ID, template string, about models.ID) error {
	return tx.post(notice{template: template, account: account, about: about})
}

func (tx *Tx) post(n notice) error {
	m, err := tx.message(n)
	if err != nil {
		return err
	}
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
			m, err := tx.message(n)
			if err != nil {
				return nil, err
			}
			told[n.key] = true
			fresh, messages = append(fresh, n), append(messages, m)
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
func (tx *Tx) tellEach(key string, accounts []models.ID, template string, about models.ID) (int, error) {
	notices := make([]notice, len(accounts))
	for i, id := range accounts {
		notices[i] = notice{key: fmt.Sprintf("%s/%d", key, id), template: template, account: id, about: about}
	}
	told, err := tx.tellOnce(notices)
	return len(told), err
}

// tellTeam leaves a notice for the leader of a team.
func (tx *Tx) tellTeam(team models.ID, template string, about models.ID) error {
	leader, err := tx.leaderOf(team)
	if err != nil || len(leader) == 0 {
		return err
	}
	return tx.tellAccounts(leader, template, about, "")
}

// tellInstitution leaves a notice for the managers of an institution. With a key it is left
// once and for all.
func (tx *Tx) tellInstitution(institution models.ID, template string, about models.ID, key string) error {
	accounts, err := tx.managersOf(institution)
	if err != nil {
		return err
	}
	return tx.tellAccounts(accounts, template, about, key)
}

// tellDesk leaves a notice for everyone of a role of the district. With a key it is left
// once and for all.
func (tx *Tx) tellDesk(role models.Role, template string, about models.ID, key string) error {
	accounts, err := tx.holdersOf(role)
	if err != nil {
		return err
	}
	return tx.tellAccounts(accounts, template, about, key)
}

func (tx *Tx) tellAccounts(accounts []models.ID, template string, about models.ID, key string) error {
	if key != "" {
		_, err := tx.tellEach(key, accounts, template, about)
		return err
	}
	for _, account := range accounts {
		if err := tx.tellStaff(account, template, about); err != nil {
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
