package store

import (
	"context"
	"errors"
	"time"

	"jiayi/models"
)

// OwnCredentials looks up what the actor's password is verified against when it is entered
// again. It returns ErrLocked after too many failures, those at sign-in included.
func (v View) OwnCredentials(ctx context.Context) (username string, against Credentials, err error) {
	if v.actor.AccountID == 0 {
		return "", Credentials{}, models.ErrForbidden
	}
	a, err := get[models.Account](v.query(ctx), v.actor.AccountID)
	if err != nil {
		return "", Credentials{}, err
	}
	against, err = v.Credentials(ctx, a.Username)
	return a.Username, against, err
}

// Reauthenticate notes on the actor's session that the password was entered again, and
// returns until when that holds (domain §8.2 b). Failures count and lock as at sign-in. It
// returns Invalid naming password or otp, or ErrLocked: never 401, which would sign out a
// client that is signed in.
func (v View) Reauthenticate(ctx context.Context, try StaffAttempt) (time.Time, error) {
	var at time.Time
	_, err := settle(ctx, v, func(tx *Tx) (outcome, error) {
		account, out, err := tx.prove(try)
		if err != nil || out.Refusal != "" {
			return out, err
		}
		at = tx.now
		tx.record("session.reauth", "account", account.ID, 0)
		return out, tx.db.Model(&models.Session{}).Where("id = ? AND account_id = ?", v.actor.SessionID, account.ID).Update("password_at", tx.now).Error
	})
	switch {
	case errors.Is(err, models.ErrBadCredentials):
		return at, models.InvalidField("password", "mismatch", "密码不正确")
	case errors.Is(err, models.ErrOTPRequired):
		return at, models.InvalidField("otp", "required", models.ErrOTPRequired.Message)
	case errors.Is(err, models.ErrBadOTP):
		return at, models.InvalidField("otp", "mismatch", models.ErrBadOTP.Message)
	}
	return at.Add(models.ReauthWithin), err
}
