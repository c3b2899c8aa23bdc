package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// AccountEntry is an account as administrators see it, without its secrets.
type AccountEntry struct {
	models.Account
	Locked time.Duration // how long sign-ins are still refused after failures, 0 for not
}

// OneTimePassword is a password that an administrator hands over. It must be changed at
// the first sign-in.
type OneTimePassword struct{ Plain, Hash string }

// IssuedAccount is an account and the password to hand over, shown once. Repeating the
// request with its Idempotency-Key shows the same one.
type IssuedAccount struct {
	Account  models.Account
	Password string
}

// AccountQuery filters the list of accounts; zero fields do not.
type AccountQuery struct {
	Username      string // exact
	Role          models.Role
	InstitutionID models.ID
	Disabled      *bool
}

// ErrOwnAccount refuses what an administrator may not do to the own account: duties
// stay separate, and nobody locks himself out.
var ErrOwnAccount = &models.Error{Kind: models.Forbidden, Code: "own_account", Message: "不能修改自己的账号,请由其他系统管理员操作"}

// ErrUsernameTaken is returned for a user name that an account has, disabled or not.
var ErrUsernameTaken = &models.Error{Kind: models.Conflict, Code: "username_taken", Message: "用户名已被使用",
	Fields: []models.FieldError{{Field: "username", Code: "username_taken", Message: "用户名已被使用"}}}

// ErrStaffHasAccount is returned for a second live account of one person, which could
// join duties that must stay separate (domain §8.2).
var ErrStaffHasAccount = &models.Error{Kind: models.Conflict, Code: "staff_has_account", Message: "该人员已有启用的账号",
	Fields: []models.FieldError{{Field: "staff_id", Code: "staff_has_account", Message: "该人员已有启用的账号"}}}

func (v View) administers() error {
	if !v.actor.Can(models.AccountAdmin) {
		return models.ErrForbidden
	}
	return nil
}

// Accounts lists accounts by user name.
func (v View) Accounts(ctx context.Context, q AccountQuery, p Page) (List[AccountEntry], error) {
	if err := v.administers(); err != nil {
		return List[AccountEntry]{}, err
	}
	db := v.query(ctx).Model(&models.Account{})
	if q.Username != "" {
		db = db.Where("username = ?", models.NormaliseUsername(q.Username))
	}
	if q.Role != "" {
		db = db.Where("role = ?", q.Role)
	}
	if q.InstitutionID != 0 {
		db = db.Where("institution_id = ?", q.InstitutionID)
	}
	if q.Disabled != nil {
		db = db.Where("disabled = ?", *q.Disabled)
	}
	list, err := paginate(db, p, order{columns: []string{"username"}}, func(a models.Account) []any { return []any{a.Username} })
	if err != nil {
		return List[AccountEntry]{}, err
	}
	entries, err := v.entries(v.query(ctx), list.Items)
	return List[AccountEntry]{Items: entries, Next: list.Next}, err
}

// Account returns one account.
func (v View) Account(ctx context.Context, id models.ID) (AccountEntry, error) {
	if err := v.administers(); err != nil {
		return AccountEntry{}, err
	}
	a, err := get[models.Account](v.query(ctx), id)
	if err != nil {
		return AccountEntry{}, err
	}
	entries, err := v.entries(v.query(ctx), []models.Account{a})
	if err != nil {
		return AccountEntry{}, err
	}
	return entries[0], nil
}

// entries shows accounts without their secrets and with their locks.
func (v View) entries(db *gorm.DB, accounts []models.Account) ([]AccountEntry, error) {
	keys := make([]string, len(accounts))
	for i, a := range accounts {
		keys[i] = string(v.signInsOf(a.Username))
	}
	var throttles []models.Throttle
	if err := db.Find(&throttles, "throttle_key IN ?", keys).Error; err != nil {
		return nil, err
	}
	locked := map[string]time.Duration{}
	for _, t := range throttles {
		locked[t.Key] = t.RetryAfter(v.Now())
	}
	out := make([]AccountEntry, len(accounts))
	for i, a := range accounts {
		out[i] = AccountEntry{a.WithoutSecrets(), locked[keys[i]]}
	}
	return out, nil
}

// CreateAccount makes a staff account with a one-time password. It returns Invalid for a
// bad draft, ErrUsernameTaken and ErrStaffHasAccount.
func (v View) CreateAccount(ctx context.Context, d models.AccountDraft, pw OneTimePassword) (IssuedAccount, error) {
	return once(ctx, v, func(tx *Tx) (IssuedAccount, error) {
		if err := v.administers(); err != nil {
			return IssuedAccount{}, err
		}
		d := d
		d.Username = models.NormaliseUsername(d.Username)
		if err := tx.checkAccount(0, &d); err != nil {
			return IssuedAccount{}, err
		}
		a := models.Account{Version: 1, CreatedAt: tx.now}
		d.Apply(&a)
		a.SetPassword(pw.Hash, true, tx.now)
		if err := tx.db.Create(&a).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return IssuedAccount{}, ErrUsernameTaken
		} else if err != nil {
			return IssuedAccount{}, err
		}
		tx.record("account.create", "account", a.ID, 0, string(a.Role))
		return IssuedAccount{a.WithoutSecrets(), pw.Plain}, nil
	})
}

// checkAccount checks a draft and what it refers to. A person's institution is the
// account's unless another is given. id is the account's own, 0 for a new one.
func (tx *Tx) checkAccount(id models.ID, d *models.AccountDraft) error {
	var staff models.Staff
	if d.StaffID != 0 {
		var err error
		// The lock keeps two accounts of one person from being made at once.
		staff, err = lock[models.Staff](tx, d.StaffID)
		if errors.Is(err, models.ErrNotFound) || err == nil && !staff.Active {
			return models.InvalidField("staff_id", "unknown", "该人员不存在或已离职")
		}
		if err != nil {
			return err
		}
		if d.InstitutionID == 0 {
			d.InstitutionID = staff.InstitutionID
		}
	}
	var p models.Problems
	d.Check(&p)
	if err := p.Err(); err != nil {
		return err
	}
	if _, err := get[models.Institution](tx.db, d.InstitutionID); errors.Is(err, models.ErrNotFound) {
		return models.InvalidField("institution_id", "unknown", "机构不存在")
	} else if err != nil {
		return err
	}
	if d.StaffID == 0 || d.Disabled {
		return nil
	}
	var others int64
	err := tx.db.Model(&models.Account{}).Where("staff_id = ? AND disabled = ? AND id <> ?", d.StaffID, false, id).Count(&others).Error
	if err == nil && others > 0 {
		err = ErrStaffHasAccount
	}
	return err
}

// AccountPatch is a change to an account; nil fields stay as they are.
type AccountPatch struct {
	Name          *string
	Role          *models.Role
	StaffID       *models.ID
	InstitutionID *models.ID
	Disabled      *bool
}

// UpdateAccount changes an account. A change of anything but the name ends every session
// of the account at once. A stale version names the sent fields that hold something else.
func (v View) UpdateAccount(ctx context.Context, id models.ID, version int, patch AccountPatch) (models.Account, error) {
	return v.onAccount(ctx, id, func(tx *Tx, a *models.Account) error {
		old := a.Draft()
		d := old
		set(&d.Name, patch.Name)
		set(&d.Role, patch.Role)
		set(&d.StaffID, patch.StaffID)
		set(&d.InstitutionID, patch.InstitutionID)
		set(&d.Disabled, patch.Disabled)
		changed := d.Changed(old)
		if a.Version != version {
			var fields []models.FieldError
			for _, f := range changed {
				fields = append(fields, models.FieldError{Field: f, Code: "stale", Message: "该字段的当前内容与您提交的不同"})
			}
			return stale(a.Version, fields)
		}
		if len(changed) == 0 {
			return nil
		}
		if err := tx.checkAccount(a.ID, &d); err != nil {
			return err
		}
		d.Apply(a)
		why := models.EndRole
		if d.Disabled && !old.Disabled {
			why = models.EndDisabled
		}
		tx.record("account.update", "account", a.ID, 0, changed...)
		if len(changed) == 1 && changed[0] == "name" {
			return nil
		}
		return tx.endSessions(why, "account_id = ?", a.ID)
	})
}

// ResetPassword gives the account a one-time password, ends its sessions and lifts its
// lock. It is also how a dormant account wakes.
func (v View) ResetPassword(ctx context.Context, id models.ID, pw OneTimePassword) (IssuedAccount, error) {
	return once(ctx, v, func(tx *Tx) (IssuedAccount, error) {
		a, err := tx.amendAccount(id, func(a *models.Account) error {
			a.SetPassword(pw.Hash, true, tx.now)
			tx.record("account.reset_password", "account", a.ID, 0)
			if err := tx.forgive(tx.s.signInsOf(a.Username)); err != nil {
				return err
			}
			return tx.endSessions(models.EndPassword, "account_id = ?", a.ID)
		})
		return IssuedAccount{a, pw.Plain}, err
	})
}

// Unlock forgets the failed sign-ins of the account.
func (v View) Unlock(ctx context.Context, id models.ID) (models.Account, error) {
	return v.onAccount(ctx, id, func(tx *Tx, a *models.Account) error {
		tx.record("account.unlock", "account", a.ID, 0)
		return tx.forgive(tx.s.signInsOf(a.Username))
	})
}

// ResetTOTP takes the account's second factor away, for a lost phone, and ends its
// sessions.
func (v View) ResetTOTP(ctx context.Context, id models.ID) (models.Account, error) {
	return v.onAccount(ctx, id, func(tx *Tx, a *models.Account) error {
		a.ForgetTOTP()
		tx.record("account.reset_totp", "account", a.ID, 0)
		return tx.endSessions(models.EndTOTP, "account_id = ?", a.ID)
	})
}

func (v View) onAccount(ctx context.Context, id models.ID, change func(tx *Tx, a *models.Account) error) (models.Account, error) {
	return once(ctx, v, func(tx *Tx) (models.Account, error) {
		return tx.amendAccount(id, func(a *models.Account) error { return change(tx, a) })
	})
}

// amendAccount lets an administrator change someone else's account.
func (tx *Tx) amendAccount(id models.ID, change func(a *models.Account) error) (models.Account, error) {
	if err := tx.view().administers(); err != nil {
		return models.Account{}, err
	}
	a, err := lock[models.Account](tx, id)
	if err != nil {
		return a, err
	}
	if a.ID == tx.actor.AccountID {
		return models.Account{}, ErrOwnAccount
	}
	if err := change(&a); err != nil {
		return models.Account{}, err
	}
	return a.WithoutSecrets(), tx.saveAccount(&a)
}

// saveAccount writes a locked account as its next version.
func (tx *Tx) saveAccount(a *models.Account) error {
	a.Version++
	return tx.db.Omit("created_at").Save(a).Error
}
