package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"time"

	"gorm.io/gorm"

	"jiayi/internal/token"
	"jiayi/models"
)

// SignIn is a new or renewed session, for the client. Refresh is in clear here and
// nowhere else.
type SignIn struct {
	SessionID string
	AccountID models.ID // staff, or
	WechatID  models.ID // a resident
	Refresh   string
	Bound     bool // the WeChat account is bound to a resident
}

// outcome is a sign-in or its refusal. A refusal is committed like a success, because
// what it counted must stay counted; it becomes an error afterwards.
type outcome struct {
	SignIn
	Refusal string // code of one of refusals, or refusedLocked
	Wait    time.Duration
}

const refusedLocked = "locked"

var refusals = func() map[string]*models.Error {
	m := map[string]*models.Error{}
	for _, e := range []*models.Error{
		models.ErrBadCredentials, models.ErrOTPRequired, models.ErrBadOTP, models.ErrAccountDisabled, models.ErrAccountDormant,
		models.ErrSessionEnded, models.ErrNotOnFile, models.ErrNeedsTeam,
	} {
		m[e.Code] = e
	}
	return m
}()

func refused(e *models.Error) outcome { return outcome{Refusal: e.Code} }

func (o outcome) err() error {
	switch o.Refusal {
	case "":
		return nil
	case refusedLocked:
		return models.ErrLocked(o.Wait)
	}
	return refusals[o.Refusal]
}

// settle runs a use case that may refuse and yet commit. Like every refused request, a
// refused one leaves its idempotency key free.
func settle(ctx context.Context, v View, fn func(tx *Tx) (outcome, error)) (SignIn, error) {
	out, err := once(ctx, v, func(tx *Tx) (outcome, error) {
		owner := tx.owner() // before fn learns who signs in
		out, err := fn(tx)
		if err == nil && out.Refusal != "" {
			err = tx.forget(ctx, owner)
		}
		return out, err
	})
	if err == nil {
		err = out.err()
	}
	if err != nil {
		return SignIn{}, err
	}
	return out.SignIn, nil
}

// Repeated returns the first result that the request's idempotency key got; ok is false
// when there is none. A use case whose proof cannot be checked twice, such as a code of
// WeChat or of an authenticator, asks first.
func Repeated[T any](ctx context.Context, v View) (first T, ok bool, err error) {
	req, _ := ctx.Value(requestKey{}).(Request)
	if req.Key == "" {
		return first, false, nil
	}
	first, err = recall[T](ctx, v, req)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return first, false, nil
	}
	return first, true, err
}

// Nothing is the result of a use case that has none.
type Nothing = struct{}

// RepeatedSignIn is Repeated for sign-ins.
func (v View) RepeatedSignIn(ctx context.Context) (SignIn, bool, error) {
	out, ok, err := Repeated[outcome](ctx, v)
	return out.SignIn, ok, err
}

// begin opens a session of a staff account or a WeChat account.
func (tx *Tx) begin(account, wechat models.ID) (SignIn, error) {
	var b [16]byte
	_, _ = rand.Read(b[:])
	session := models.NewSession(hex.EncodeToString(b[:]), account, wechat, tx.actor, tx.now)
	if err := tx.db.Create(&session).Error; err != nil {
		return SignIn{}, err
	}
	refresh, err := tx.issueRefresh(session.ID)
	return SignIn{SessionID: session.ID, AccountID: account, WechatID: wechat, Refresh: refresh}, err
}

func (tx *Tx) issueRefresh(session string) (string, error) {
	refresh, hash := token.NewOpaque()
	return refresh, tx.db.Create(&models.RefreshToken{Hash: hash, SessionID: session, CreatedAt: tx.now}).Error
}

// endSessions ends the live sessions that the condition finds.
func (tx *Tx) endSessions(why models.EndReason, where string, args ...any) error {
	return tx.db.Model(&models.Session{}).Where("ended_at IS NULL").Where(where, args...).
		Updates(map[string]any{"ended_at": tx.now, "end_reason": why}).Error
}

// SignOut ends the actor's session at once.
func (v View) SignOut(ctx context.Context) error {
	return do(ctx, v, func(tx *Tx) error {
		tx.record("session.end", "account", v.actor.AccountID, v.actor.ResidentID, string(models.EndLogout))
		return tx.endSessions(models.EndLogout, "id = ?", v.actor.SessionID)
	})
}

// Refresh trades a refresh token for the next one of its session. Each works once: a
// second use ends the session, because one of the two users is a thief; only the same
// request sent again, with its Idempotency-Key, gets its first answer. Every failure is
// models.ErrSessionEnded.
func (v View) Refresh(ctx context.Context, refresh string) (SignIn, error) {
	return settle(ctx, v, func(tx *Tx) (outcome, error) {
		var old models.RefreshToken
		err := tx.forUpdate(tx.db).Take(&old, "hash = ?", token.HashOpaque(refresh)).Error
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return refused(models.ErrSessionEnded), nil
		}
		if err != nil {
			return outcome{}, err
		}
		var session models.Session
		if err := tx.forUpdate(tx.db).Take(&session, "id = ?", old.SessionID).Error; err != nil {
			return outcome{}, err
		}
		tx.actAs(session)
		switch {
		case !session.Alive(tx.now):
			return refused(models.ErrSessionEnded), nil
		case old.UsedAt != nil:
			tx.record("session.end", "account", session.AccountID, 0, string(models.EndReuse))
			return refused(models.ErrSessionEnded), tx.endSessions(models.EndReuse, "id = ?", session.ID)
		}
		if err := tx.db.Model(&old).Update("used_at", tx.now).Error; err != nil {
			return outcome{}, err
		}
		if err := tx.db.Model(&session).Update("seen_at", tx.now).Error; err != nil {
			return outcome{}, err
		}
		next, err := tx.issueRefresh(session.ID)
		if err != nil {
			return outcome{}, err
		}
		bound, err := tx.bound(session.WechatID)
		return outcome{SignIn: SignIn{session.ID, session.AccountID, session.WechatID, next, bound}}, err
	})
}

// actAs makes the audit rows of the transaction name the owner of the session.
func (tx *Tx) actAs(s models.Session) {
	tx.actor.AccountID, tx.actor.WechatID = s.AccountID, s.WechatID
}

// identityKept is how long ended sessions and counts of failures stay, for whoever looks
// into an incident; the audit keeps the sign-ins themselves.
const identityKept = 30 * 24 * time.Hour

// SweepIdentity deletes what nobody can use any more: refresh tokens and sessions that
// ended long ago, and old counts of failures. It returns the number of rows.
func (s *Store) SweepIdentity(ctx context.Context) (int, error) {
	before := s.Now().Add(-identityKept)
	n := 0
	err := s.As(models.System("sweep")).transact(ctx, func(tx *Tx) error {
		n = 0
		for _, del := range []*gorm.DB{
			tx.db.Where("session_id IN (?)", tx.db.Model(&models.Session{}).Select("id").Where("expires_at < ?", before)).Delete(&models.RefreshToken{}),
			tx.db.Where("expires_at < ?", before).Delete(&models.Session{}),
			tx.db.Where("failed_at < ?", before).Delete(&models.Throttle{}),
		} {
			if del.Error != nil {
				return del.Error
			}
			n += int(del.RowsAffected)
		}
		return nil
	})
	return n, err
}
