package store

import (
	"context"

	"jiayi/internal/totp"
	"jiayi/models"
)

// OwnAccount returns the actor's account, secrets included: a handler verifies the old
// password and one-time passwords against it. It returns ErrLocked after too many wrong
// old passwords.
func (v View) OwnAccount(ctx context.Context) (models.Account, error) {
	if v.actor.AccountID == 0 {
		return models.Account{}, models.ErrForbidden
	}
	db := v.query(ctx)
	if err := unlocked(db, passwordOf(v.actor.AccountID), v.Now()); err != nil {
		return models.Account{}, err
	}
	return get[models.Account](db, v.actor.AccountID)
}

// errRaced is the answer when the account changed between a check and its use.
var errRaced = models.Errorf(models.Conflict, "account_changed", "账号信息刚刚发生变化,请重试")

// WrongOldPassword counts a wrong old password. It returns ErrLocked when there were too
// many already.
func (v View) WrongOldPassword(ctx context.Context) error {
	return v.transact(ctx, func(tx *Tx) error {
		subject := passwordOf(v.actor.AccountID)
		if err := tx.refuseLocked(subject); err != nil {
			return err
		}
		tx.record("account.wrong_password", "account", v.actor.AccountID, 0)
		return tx.fail(subject)
	})
}

func (tx *Tx) refuseLocked(of throttleSubject) error {
	wait, err := tx.lockedFor(of)
	if err == nil && wait > 0 {
		err = models.ErrLocked(wait)
	}
	return err
}

// ChangePassword replaces the actor's password and ends every other session of the
// account. against is the hash that the old password was verified with.
func (v View) ChangePassword(ctx context.Context, against, hash string) error {
	return v.onOwn(ctx, func(tx *Tx, a *models.Account) error {
		if err := tx.refuseLocked(passwordOf(a.ID)); err != nil {
			return err
		}
		if a.PasswordHash != against {
			return errRaced
		}
		a.SetPassword(hash, false, tx.now)
		tx.record("account.change_password", "account", a.ID, 0)
		if err := tx.forgive(passwordOf(a.ID)); err != nil {
			return err
		}
		return tx.endSessions(models.EndPassword, "account_id = ? AND id <> ?", a.ID, tx.actor.SessionID)
	})
}

// ErrTOTPEnrolled refuses a second enrolment: a stolen session must not replace the
// second factor.
var ErrTOTPEnrolled = models.Errorf(models.Conflict, "otp_enrolled", "已绑定动态验证器,如需更换请联系系统管理员重置")

// BeginTOTP keeps a new secret until a code made from it confirms it, and returns it:
// repeating the request shows the first secret again.
func (v View) BeginTOTP(ctx context.Context, secret totp.Secret) (totp.Secret, error) {
	return once(ctx, v, func(tx *Tx) (totp.Secret, error) {
		return secret, tx.onOwn(func(a *models.Account) error {
			if a.Enrolled() {
				return ErrTOTPEnrolled
			}
			a.TOTPPending = secret.Base32
			tx.record("account.begin_totp", "account", a.ID, 0)
			return nil
		})
	})
}

// ConfirmTOTP enrols the pending secret, which a code of the time step was verified with.
func (v View) ConfirmTOTP(ctx context.Context, secret string, step int64) error {
	return v.onOwn(ctx, func(tx *Tx, a *models.Account) error {
		switch {
		case a.Enrolled():
			return ErrTOTPEnrolled
		case secret == "" || a.TOTPPending != secret:
			return errRaced
		}
		a.TOTPSecret, a.TOTPPending, a.TOTPStep, a.TOTPAt = secret, "", step, &tx.now
		tx.record("account.confirm_totp", "account", a.ID, 0)
		return nil
	})
}

func (v View) onOwn(ctx context.Context, change func(tx *Tx, a *models.Account) error) error {
	return do(ctx, v, func(tx *Tx) error {
		return tx.onOwn(func(a *models.Account) error { return change(tx, a) })
	})
}

// onOwn changes the actor's own account.
func (tx *Tx) onOwn(change func(a *models.Account) error) error {
	a, err := lock[models.Account](tx, tx.actor.AccountID)
	if err != nil {
		return err
	}
	if err := change(&a); err != nil {
		return err
	}
	return tx.saveAccount(&a)
}

// Named is a row that a person is shown by name.
type Named struct {
	ID   models.ID
	Name string
}

// Me is who the actor is, in words.
type Me struct {
	Account     models.Account // staff, without secrets
	Institution Named
	Teams       []Named
	CareMode    models.CareMode
	Phone       string // verified phone of the WeChat account
	Resident    Named  // bound resident
	Wards       []Named
}

// Me returns who the actor is. Names of residents are recorded as read.
func (v View) Me(ctx context.Context) (Me, error) {
	if v.actor.WechatID != 0 {
		return v.residentMe(ctx)
	}
	var me Me
	db := v.query(ctx)
	a, err := get[models.Account](db, v.actor.AccountID)
	if err != nil {
		return me, err
	}
	me.Account, me.CareMode = a.WithoutSecrets(), a.CareMode
	me.Institution.ID = a.InstitutionID
	if err := db.Model(&models.Institution{}).Where("id = ?", a.InstitutionID).Pluck("name", &me.Institution.Name).Error; err != nil {
		return me, err
	}
	err = db.Model(&models.Team{}).Where("id IN ?", anyOf(v.actor.TeamIDs)).Order("id").Find(&me.Teams).Error
	return me, err
}

func (v View) residentMe(ctx context.Context) (Me, error) {
	var me Me
	db := v.query(ctx)
	w, err := get[models.WechatAccount](db, v.actor.WechatID)
	if err != nil || v.actor.ResidentID == 0 {
		return Me{Phone: w.Phone, CareMode: w.CareMode}, err
	}
	me.Phone, me.CareMode = w.Phone, w.CareMode
	var people []Named
	if err := v.residents(db.Model(&models.Resident{})).Order("id").Find(&people).Error; err != nil {
		return Me{}, err
	}
	for _, p := range people {
		if p.ID == v.actor.ResidentID {
			me.Resident = p
		} else {
			me.Wards = append(me.Wards, p)
		}
	}
	return me, v.witnessed(ctx, "me.read", "resident", v.actor.ResidentID, v.actor.ResidentID)
}
