package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"jiayi/models"
)

// The templates of the notices about consults. Their data names the consult and nothing of
// the patient.
const (
	ConsultAskedNotice    = "consult_asked"    // to the centre
	ConsultProgressNotice = "consult_progress" // to the lead of the team
	ConsultOverdueNotice  = "consult_overdue"  // to the centre and the lead
)

// consults is the data scope of consults: a team sees its own, an institution those of its
// teams, and the centre that is asked those that are not over.
func (v View) consults(db *gorm.DB) *gorm.DB {
	a := v.actor
	const asked = "(consults.centre_id = ? AND consults.status IN ?)"
	switch a.Reach() {
	case models.DistrictReach:
		return db
	case models.InstitutionReach:
		return db.Where("(consults.institution_id = ? OR "+asked+")", some(a.InstitutionID), some(a.InstitutionID), models.ConsultOpen)
	case models.TeamReach:
		return db.Where("(consults.team_id IN ? OR "+asked+")", anyOf(a.TeamIDs), some(a.InstitutionID), models.ConsultOpen)
	}
	return db.Where("1 = 0")
}

// consult loads one consult of the actor's scope, or of a resident of the scope.
func (v View) consult(db *gorm.DB, id models.ID) (models.Consult, error) {
	return ownOrOf(v, db, v.consults, "consults", id, func(c models.Consult) models.ID { return c.ResidentID })
}

// AskConsult asks a centre of the district about a resident of the scope. It returns
// NotFound for a resident outside it, Invalid, with every field, for what
// models.ConsultDraft.Check refuses, and Forbidden for who does not serve the team.
func (v View) AskConsult(ctx context.Context, d models.ConsultDraft) (ConsultFile, error) {
	c, err := once(ctx, v, func(tx *Tx) (models.Consult, error) {
		of, err := tx.patient(d.ResidentID, false)
		if err != nil {
			return models.Consult{}, err
		}
		c := models.Consult{Kind: d.Kind, Emergency: d.Emergency, ResidentID: of.ID, TeamID: of.CareTeamID(), InstitutionID: of.CareInstID(), SenderID: of.CareTeamID(),
			SenderInstID: of.CareInstID(), DoctorID: tx.actor.StaffID, CentreID: d.CentreID, Purpose: strings.TrimSpace(d.Purpose), Material: strings.TrimSpace(d.Material),
			ExpectedAt: d.ExpectedAt, Version: 1, CreatedAt: tx.now, UpdatedAt: tx.now}
		from, centre, err := tx.ends(c.TeamID, d.CentreID)
		if err != nil {
			return c, err
		}
		var p models.Problems
		d.Check(&p, from, centre, tx.now)
		if err := p.Err(); err != nil {
			return c, err
		}
		e, err := c.Move(models.ConsultRequest, tx.actor, "", tx.now)
		if err != nil {
			return c, err
		}
		n, err := tx.next("consult:" + compact(tx.today))
		if err != nil {
			return c, err
		}
		c.No = fmt.Sprintf("YC%s%s%06d", tx.s.opt.Region, compact(tx.today), n)
		if err := tx.db.Create(&c).Error; err != nil {
			return c, err
		}
		if err := tx.happened(e, c.ID, of.ID); err != nil {
			return c, err
		}
		return c, tx.tellInstitution(c.CentreID, ConsultAskedNotice, c.ID, "")
	})
	if err != nil {
		return ConsultFile{}, err
	}
	return v.consultFile(ctx, c)
}

// ConsultStep is a move with what it needs.
type ConsultStep struct {
	Move   models.ConsultMove
	Reason string
	Report *models.Report // report
}

// MoveConsult makes a move of the state table; what it refuses beside that table is said at
// models.Consult.Move. An unknown move is Invalid. A version of 0 means whatever it is.
func (v View) MoveConsult(ctx context.Context, id models.ID, version int, step ConsultStep) (ConsultFile, error) {
	c, err := once(ctx, v, func(tx *Tx) (models.Consult, error) {
		seen, err := tx.view().consult(tx.db, id)
		if err != nil {
			return seen, err
		}
		if _, err := lock[models.Resident](tx, seen.ResidentID); err != nil {
			return seen, err
		}
		c, err := lock[models.Consult](tx, id)
		if err != nil {
			return c, err
		}
		if err := checkVersion(c.Version, version); err != nil {
			return c, err
		}
		byHand := slices.ContainsFunc(models.ConsultProcess.Steps, func(s models.Step[models.ConsultStatus, models.ConsultMove]) bool {
			return s.Move == step.Move && len(s.From) > 0
		})
		if !byHand {
			return c, models.InvalidField("move", "enum", "没有这一操作")
		}
		return after(&c, tx.consultStep(&c, step))
	})
	if err != nil {
		return ConsultFile{}, err
	}
	return v.consultFile(ctx, c)
}

// consultStep makes one move, and tells who waits for it.
func (tx *Tx) consultStep(c *models.Consult, step ConsultStep) error {
	step.Reason = strings.TrimSpace(step.Reason)
	if utf8.RuneCountInString(step.Reason) > models.MaxReferralText {
		return models.InvalidField("reason", "too_long", "原因不能超过500个字")
	}
	if step.Move == models.ConsultReport && step.Report != nil {
		c.Answer(*step.Report)
	}
	by := tx.actor
	e, err := c.Move(step.Move, by, step.Reason, tx.now)
	if err != nil {
		return err
	}
	c.Version, c.UpdatedAt = c.Version+1, tx.now
	if err := tx.db.Save(c).Error; err != nil {
		return err
	}
	if err := tx.happened(e, c.ID, c.ResidentID); err != nil {
		return err
	}
	switch step.Move {
	case models.ConsultReject, models.ConsultSign:
		return tx.tellTeam(c.TeamID, ConsultProgressNotice, c.ID)
	case models.ConsultCancel:
		return tx.tellInstitution(c.CentreID, ConsultProgressNotice, c.ID, "")
	}
	return nil
}

// cancelConsults ends the consults about someone who died or left that nobody has begun.
func (tx *Tx) cancelConsults(r models.Resident) error {
	if r.Status != models.Dead && r.Status != models.MovedOut {
		return nil
	}
	var open []models.Consult
	err := tx.forUpdate(tx.db).Order("id").Find(&open, "resident_id = ? AND status IN ?", r.ID, []models.ConsultStatus{models.ConsultRequested, models.ConsultAccepted}).Error
	if err != nil {
		return err
	}
	actor := tx.actor
	tx.actor = models.System("resident")
	defer func() { tx.actor = actor }()
	for i := range open {
		if err := tx.consultStep(&open[i], ConsultStep{Move: models.ConsultCancel, Reason: "居民已死亡或迁出"}); err != nil {
			return err
		}
	}
	return nil
}

// WatchConsults reminds centre and team once of a report that is late (domain §6.3). It
// returns the number of consults.
func (s *Store) WatchConsults(ctx context.Context) (int, error) {
	now := s.Now()
	return watchEach(ctx, s.As(models.System("watch-consults")), func(c models.Consult) models.ID { return c.ResidentID },
		func(db *gorm.DB) *gorm.DB {
			return db.Where("status IN ? AND due_at <= ? AND escalated_at IS NULL", models.ConsultUnreported, now)
		},
		func(tx *Tx, c *models.Consult) error {
			c.EscalatedAt = &tx.now
			if err := tx.db.Model(c).Select("escalated_at").Updates(c).Error; err != nil {
				return err
			}
			tx.record("consult.escalate", "consult", c.ID, c.ResidentID)
			if err := tx.tellInstitution(c.CentreID, ConsultOverdueNotice, c.ID, fmt.Sprintf("consult_overdue/%d", c.ID)); err != nil {
				return err
			}
			return tx.tellTeam(c.TeamID, ConsultOverdueNotice, c.ID)
		})
}
