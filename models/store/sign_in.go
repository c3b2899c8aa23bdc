package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"jiayi/models"
)

// Credentials are what a sign-in is verified against, outside any transaction: hashing
// a password would hold SQLite's only writer.
type Credentials struct {
	AccountID    models.ID // 0 when nobody has the user name
	PasswordHash string
	TOTPSecret   string // "" when not enrolled
}

// Credentials looks up what a sign-in under the user name is verified against. An
// unknown name has no account and no error; the caller must still spend the time of a
// password check. It returns ErrLocked after too many failures.
func (v View) Credentials(ctx context.Context, username string) (Credentials, error) {
	db := v.query(ctx)
	if err := unlocked(db, v.signInsOf(username), v.Now()); err != nil {
		return Credentials{}, err
	}
	var a models.Account
	err := db.Take(&a, "username = ?", models.NormaliseUsername(username)).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Credentials{}, nil
	}
	if err != nil {
		return Credentials{}, err
	}
	c := Credentials{AccountID: a.ID, PasswordHash: a.PasswordHash}
	if a.Enrolled() {
		c.TOTPSecret = a.TOTPSecret
	}
	return c, nil
}

// StaffAttempt is a sign-in whose password and code have been verified against the
// Credentials of the user name.
type StaffAttempt struct {
	Username   string
	Against    Credentials
	PasswordOK bool
	OTPGiven   bool
	OTPStep    int64  // time step of a right one-time password, 0 for a wrong or missing one
	Rehash     string // a fresh hash of the right password, when the stored one is out of date
}

// SignInStaff opens a session for a verified attempt, or counts the failure. It returns
// ErrBadCredentials, ErrOTPRequired, ErrBadOTP, ErrAccountDisabled, ErrAccountDormant
// or ErrLocked.
func (v View) SignInStaff(ctx context.Context, try StaffAttempt) (SignIn, error) {
	return settle(ctx, v, func(tx *Tx) (outcome, error) {
		account, out, err := tx.prove(try)
		if err != nil || out.Refusal != "" {
			return out, err
		}
		in, err := tx.begin(account.ID, 0)
		tx.record("session.begin", "account", account.ID, 0)
		return outcome{SignIn: in}, err
	})
}

// prove holds an attempt against the account and the lockout, and counts it. A refusal is
// in the outcome.
func (tx *Tx) prove(try StaffAttempt) (models.Account, outcome, error) {
	subject := tx.s.signInsOf(try.Username)
	wait, err := tx.lockedFor(subject)
	if err != nil {
		return models.Account{}, outcome{}, err
	}
	if wait > 0 {
		return models.Account{}, outcome{Refusal: refusedLocked, Wait: wait}, nil
	}
	account, refusal, err := tx.admit(try)
	if err != nil {
		return account, outcome{}, err
	}
	tx.actor.AccountID, tx.actor.Role = account.ID, account.Role
	switch refusal {
	case nil:
		return account, outcome{}, tx.forgive(subject)
	case models.ErrBadCredentials, models.ErrBadOTP:
		if err := tx.fail(subject); err != nil {
			return account, outcome{}, err
		}
	}
	tx.record("session.refused", "account", account.ID, 0, refusal.Code)
	return account, refused(refusal), nil
}

// admit holds an attempt against the account as it is now, under its lock, and notes
// the sign-in on it.
func (tx *Tx) admit(try StaffAttempt) (models.Account, *models.Error, error) {
	if try.Against.AccountID == 0 {
		return models.Account{}, models.ErrBadCredentials, nil
	}
	a, err := lock[models.Account](tx, try.Against.AccountID)
	if err != nil {
		return a, nil, err
	}
	changed := a.PasswordHash != try.Against.PasswordHash || a.Enrolled() != (try.Against.TOTPSecret != "")
	switch {
	case !try.PasswordOK || changed:
		return a, models.ErrBadCredentials, nil
	case a.Disabled:
		return a, models.ErrAccountDisabled, nil
	case a.Dormant(tx.now):
		return a, models.ErrAccountDormant, nil
	case a.Enrolled() && !try.OTPGiven:
		return a, models.ErrOTPRequired, nil
	case a.Enrolled() && !tx.fresh(a, try.OTPStep):
		return a, models.ErrBadOTP, nil
	}
	if a.Enrolled() {
		a.TOTPStep = max(a.TOTPStep, try.OTPStep)
	}
	if try.Rehash != "" {
		a.PasswordHash = try.Rehash
	}
	a.LastSignIn = &tx.now
	err = tx.db.Model(&a).Select("TOTPStep", "PasswordHash", "LastSignIn").Updates(&a).Error
	return a, nil, err
}

// fresh tells whether a one-time password was not used before. A code of a later time
// step is; where codes may be shared, any right one is.
func (tx *Tx) fresh(a models.Account, step int64) bool {
	return step > a.TOTPStep || step > 0 && tx.s.opt.SharedLogins
}
