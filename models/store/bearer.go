package store

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// Bearer is what a verified access token says about its holder.
type Bearer struct {
	SessionID string
	AccountID models.ID // staff, or
	WechatID  models.ID // a resident
}

// Identify returns who the bearer is now: role, teams, institution or wards are read
// from the database, so that a change takes effect at once. Anyone without a live
// session is models.ErrUnauthenticated.
func (s *Store) Identify(ctx context.Context, b Bearer) (models.Actor, error) {
	ctx, cancel := context.WithTimeout(ctx, s.opt.QueryTimeout)
	defer cancel()
	session, actor, err := s.holder(s.query(ctx), b)
	if err != nil {
		return models.Actor{}, err
	}
	now := s.Now()
	if !session.Alive(now) {
		return models.Actor{}, models.ErrUnauthenticated
	}
	actor.SessionID = session.ID
	if session.PasswordAt != nil {
		actor.PasswordAt = *session.PasswordAt
	}
	s.touch(ctx, session, now)
	return actor, nil
}

// touchTimeout keeps a busy database from delaying a request over a mere note of use.
const touchTimeout = time.Second

// touch notes that a staff session is in use. Failing to is logged and not the caller's
// trouble: at worst the idle limit strikes early.
func (s *Store) touch(ctx context.Context, session models.Session, now time.Time) {
	if session.AccountID == 0 || now.Sub(session.SeenAt) < models.SeenEvery {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, touchTimeout)
	defer cancel()
	err := s.write.WithContext(ctx).Model(&models.Session{}).
		Where("id = ? AND seen_at = ?", session.ID, session.SeenAt).Update("seen_at", now.Truncate(time.Millisecond)).Error
	if err != nil {
		slog.WarnContext(ctx, "session use not noted", "error", err)
	}
}

// holder finds the session of a bearer and who holds it.
func (s *Store) holder(db *gorm.DB, b Bearer) (models.Session, models.Actor, error) {
	if b.AccountID != 0 {
		return s.staffHolder(db, b)
	}
	var session models.Session
	if err := db.Take(&session, "id = ? AND account_id = 0 AND wechat_id = ?", b.SessionID, b.WechatID).Error; err != nil {
		return session, models.Actor{}, unknownAsUnauthenticated(err)
	}
	actor, err := s.residentActor(db, session.WechatID)
	return session, actor, err
}

// staffSession is a session with what a request needs of its account: a row for each team
// its person serves, or one without.
type staffSession struct {
	Session models.Session `gorm:"embedded"`
	Account models.Account `gorm:"embedded;embeddedPrefix:held_"`
	Team    teamServed     `gorm:"embedded;embeddedPrefix:served_"`
}

// teamServed is a team that a person serves, or served until a day.
type teamServed struct {
	TeamID models.ID
	End    models.Date
}

// serves are the teams that a person serves today, or has just left. It takes today and the
// first day that still counts.
const serves = "`begin` <= ? AND (`end` IS NULL OR `end` >= ?)"

func servingDays(today models.Date) (models.Date, models.Date) {
	return today, today.AddDays(-models.HandoverReadDays)
}

// staffHolder asks for all of it in one statement, because every request does.
func (s *Store) staffHolder(db *gorm.DB, b Bearer) (models.Session, models.Actor, error) {
	today, since := servingDays(s.Today())
	var rows []staffSession
	err := db.Table("sessions").
		Select("sessions.*, a.id AS held_id, a.role AS held_role, a.staff_id AS held_staff_id, a.institution_id AS held_institution_id, a.disabled AS held_disabled, "+
			"a.must_change AS held_must_change, a.password_at AS held_password_at, a.totp_at AS held_totp_at, m.team_id AS served_team_id, m.`end` AS served_end").
		Joins("JOIN accounts a ON a.id = sessions.account_id").
		Joins("LEFT JOIN team_members m ON a.staff_id <> 0 AND m.staff_id = a.staff_id AND "+serves, today, since).
		Where("sessions.id = ? AND sessions.account_id = ? AND sessions.wechat_id = ?", b.SessionID, b.AccountID, b.WechatID).
		Order("m.team_id").Find(&rows).Error
	switch {
	case err != nil:
		return models.Session{}, models.Actor{}, err
	case len(rows) == 0:
		return models.Session{}, models.Actor{}, models.ErrUnauthenticated
	}
	served := make([]teamServed, 0, len(rows))
	for _, r := range rows {
		if r.Team.TeamID != 0 {
			served = append(served, r.Team)
		}
	}
	actor, err := s.actorOf(rows[0].Account, served, s.Now())
	return rows[0].Session, actor, err
}

// staffActor is who an account is now, for work it left to be done.
func (s *Store) staffActor(db *gorm.DB, id models.ID, now time.Time) (models.Actor, error) {
	a, err := get[models.Account](db, id)
	if err != nil {
		return models.Actor{}, unknownAsUnauthenticated(err)
	}
	today, since := servingDays(s.Today())
	var served []teamServed
	err = db.Model(&models.TeamMember{}).Select("team_id", "end").Order("team_id").
		Where("staff_id = ? AND staff_id <> 0 AND "+serves, a.StaffID, today, since).Find(&served).Error
	if err != nil {
		return models.Actor{}, err
	}
	return s.actorOf(a, served, now)
}

// actorOf is who an account is, with the teams its person serves or has just left.
func (s *Store) actorOf(a models.Account, served []teamServed, now time.Time) (models.Actor, error) {
	if a.Disabled {
		return models.Actor{}, models.ErrUnauthenticated
	}
	actor := models.Actor{Role: a.Role, AccountID: a.ID, StaffID: a.StaffID, InstitutionID: a.InstitutionID, Owes: a.Owes(now)}
	for _, m := range served {
		switch {
		case m.End.IsZero() || !m.End.Before(s.Today()):
			actor.TeamIDs = append(actor.TeamIDs, m.TeamID)
		default:
			actor.PastTeamIDs = append(actor.PastTeamIDs, m.TeamID)
		}
	}
	actor.TeamIDs, actor.PastTeamIDs = slices.Compact(actor.TeamIDs), slices.Compact(actor.PastTeamIDs)
	return actor, nil
}

// unknownAsUnauthenticated hides whether a session or its holder exists.
func unknownAsUnauthenticated(err error) error {
	if errors.Is(err, models.ErrNotFound) || errors.Is(err, gorm.ErrRecordNotFound) {
		return models.ErrUnauthenticated
	}
	return err
}

func (s *Store) residentActor(db *gorm.DB, id models.ID) (models.Actor, error) {
	w, err := get[models.WechatAccount](db, id)
	if err != nil {
		return models.Actor{}, unknownAsUnauthenticated(err)
	}
	actor := models.Actor{Role: models.ResidentRole, WechatID: w.ID, ResidentID: w.ResidentID}
	if w.ResidentID == 0 {
		return actor, nil
	}
	today := s.Today()
	err = db.Model(&models.Guardian{}).
		Where("guardian_id = ? AND active = ? AND `begin` <= ? AND `end` >= ?", w.ResidentID, true, today, today).
		Order("ward_id").Pluck("ward_id", &actor.WardIDs).Error
	return actor, err
}
