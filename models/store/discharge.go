package store

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// The templates of the notices about discharges. Their data names the discharge and nothing
// of the patient.
const (
	DischargeNotice     = "discharge"          // to the lead of the team: take over
	DischargeLateNotice = "discharge_late"     // to the lead and the referral centre
	DischargeCallNotice = "discharge_call_due" // to the hospital: a level is due tomorrow
)

// discharges is the data scope of discharge notices: a team sees those of its residents, an
// institution those of its teams; the hospital its own that are not over; the referral
// centre all.
func (v View) discharges(db *gorm.DB) *gorm.DB {
	a := v.actor
	const own = "(discharges.hospital_id = ? AND discharges.status IN ?)"
	switch a.Reach() {
	case models.DistrictReach:
		return db
	case models.InstitutionReach:
		return db.Where("(discharges.institution_id = ? OR "+own+")", some(a.InstitutionID), some(a.InstitutionID), models.DischargeOpen)
	case models.TeamReach:
		return db.Where("(discharges.team_id IN ? OR "+own+")", anyOf(a.TeamIDs), some(a.InstitutionID), models.DischargeOpen)
	}
	return db.Where("1 = 0")
}

// discharge loads one notice of the actor's scope, or of a resident of the scope.
func (v View) discharge(db *gorm.DB, id models.ID) (models.Discharge, error) {
	return ownOrOf(v, db, v.discharges, "discharges", id, func(d models.Discharge) models.ID { return d.ResidentID })
}

// DischargeOpening is what a new notice is made of.
type DischargeOpening struct {
	models.Discharge          // AdmittedOn, DischargedOn, texts, RevisitOn and Complained
	Patient          *Patient // for someone who is not in the actor's scope
	Planned          bool     // the discharge is still to come
}

// NotifyDischarge writes a notice of the actor's hospital: that a resident has left, or is
// to leave. It returns NotFound for a resident outside the scope, Invalid, with every field,
// for a patient who does not fit and what models.Discharge.Check refuses, and Forbidden for
// who does not work at a hospital.
func (v View) NotifyDischarge(ctx context.Context, o DischargeOpening) (DischargeFile, error) {
	past := false
	switch {
	case o.Patient != nil:
		id, err := v.identify(ctx, *o.Patient)
		if err != nil {
			return DischargeFile{}, err
		}
		o.ResidentID, past = id, true
	case !v.actor.Can(models.ResidentRead): // a desk has the whole district in reach, and of it only its noun
		return DischargeFile{}, residentField(models.ErrNotFound)
	}
	d, err := once(ctx, v, func(tx *Tx) (models.Discharge, error) {
		of, err := tx.patient(o.ResidentID, past)
		if err != nil {
			return models.Discharge{}, err
		}
		d := models.Discharge{HospitalID: tx.actor.InstitutionID, ResidentID: of.ID, AdmittedOn: o.AdmittedOn, DischargedOn: o.DischargedOn,
			DischargeTexts: o.DischargeTexts, RevisitOn: o.RevisitOn, Complained: o.Complained}
		hospital, err := get[models.Institution](tx.db, d.HospitalID)
		if err != nil {
			return d, err
		}
		var p models.Problems
		d.Check(&p, hospital, o.Planned, tx.today)
		if err := p.Err(); err != nil {
			return d, err
		}
		m := models.DischargeNotify
		if o.Planned {
			m = models.DischargePlan
		}
		return after(&d, tx.openDischarge(&d, of, m, tx.actor))
	})
	if err != nil {
		return DischargeFile{}, err
	}
	return v.dischargeFile(ctx, d)
}

// openDischarge inserts a notice for the team of care of the resident.
func (tx *Tx) openDischarge(d *models.Discharge, of models.Resident, m models.DischargeMove, by models.Actor) error {
	d.TeamID, d.InstitutionID, d.Version, d.CreatedAt, d.UpdatedAt = of.CareTeamID(), of.CareInstID(), 1, tx.now, tx.now
	d.SenderID, d.SenderInstID = d.TeamID, d.InstitutionID
	e, err := d.Move(m, by, "", tx.now)
	if err != nil {
		return err
	}
	n, err := tx.next("discharge:" + compact(tx.today))
	if err != nil {
		return err
	}
	d.No = fmt.Sprintf("CY%s%s%06d", tx.s.opt.Region, compact(tx.today), n)
	if err := tx.db.Create(d).Error; err != nil {
		return err
	}
	if err := tx.happened(e, d.ID, d.ResidentID); err != nil {
		return err
	}
	return tx.followDischarge(d, m)
}

// followDischarge opens the levels that are to be asked now, and tells the team.
func (tx *Tx) followDischarge(d *models.Discharge, m models.DischargeMove) error {
	if m == models.DischargeLeave { // too late to ask before the discharge
		err := tx.db.Model(&models.DischargeCall{}).Where("discharge_id = ? AND status = ?", d.ID, models.CallOpen).Update("status", models.CallMissed).Error
		if err != nil {
			return err
		}
	}
	var have []models.DischargeCall
	if err := tx.db.Find(&have, "discharge_id = ?", d.ID).Error; err != nil {
		return err
	}
	if calls := d.Calls(have); len(calls) > 0 {
		if err := tx.db.Create(&calls).Error; err != nil {
			return err
		}
	}
	switch m {
	case models.DischargeNotify, models.DischargeLeave:
		return tx.tellTeam(d.TeamID, DischargeNotice, d.ID)
	case models.DischargeCancel, models.DischargeEnd:
		status := map[models.DischargeMove]models.CallStatus{models.DischargeCancel: models.CallDropped, models.DischargeEnd: models.CallMissed}[m]
		return tx.db.Model(&models.DischargeCall{}).Where("discharge_id = ? AND status = ?", d.ID, models.CallOpen).Update("status", status).Error
	}
	return nil
}

// noticeOfReferral gives the notice of discharge of someone whose treatment after a referral
// ended (domain §6.8).
func (tx *Tx) noticeOfReferral(r models.Referral, of models.Resident) error {
	d := models.Discharge{HospitalID: r.HospitalID, ResidentID: of.ID, ReferralID: r.ID, AdmittedOn: calendar.DateOf(*r.ArrivedAt), DischargedOn: tx.today,
		DischargeTexts: models.DischargeTexts{HospitalNo: r.Summary.HospitalNo, Attending: r.Summary.Attending, Diagnosis: r.Summary.Diagnosis, Medication: r.Summary.Plan, Advice: r.Summary.Rehab}}
	return tx.openDischarge(&d, of, models.DischargeNotify, models.System("referral"))
}

// changeDischarge is the frame of every use case on one notice.
func (v View) changeDischarge(ctx context.Context, id models.ID, version int, fn func(tx *Tx, d *models.Discharge, of models.Resident) error) (DischargeFile, error) {
	d, err := once(ctx, v, func(tx *Tx) (models.Discharge, error) {
		seen, err := tx.view().discharge(tx.db, id)
		if err != nil {
			return seen, err
		}
		of, err := lock[models.Resident](tx, seen.ResidentID)
		if err != nil {
			return seen, err
		}
		d, err := lock[models.Discharge](tx, id)
		if err != nil {
			return d, err
		}
		if err := checkVersion(d.Version, version); err != nil {
			return d, err
		}
		return after(&d, fn(tx, &d, of))
	})
	if err != nil {
		return DischargeFile{}, err
	}
	return v.dischargeFile(ctx, d)
}

// DischargeStep is a move with what it needs.
type DischargeStep struct {
	Move         models.DischargeMove
	Reason       string
	DischargedOn models.Date // leave: zero for today
}

// MoveDischarge makes a move of the state table. An unknown move is Invalid. A version of 0
// means whatever it is.
func (v View) MoveDischarge(ctx context.Context, id models.ID, version int, step DischargeStep) (DischargeFile, error) {
	return v.changeDischarge(ctx, id, version, func(tx *Tx, d *models.Discharge, _ models.Resident) error {
		switch step.Move {
		case models.DischargeLeave, models.DischargeCancel, models.DischargeTake:
		default:
			return models.InvalidField("move", "enum", "没有这一操作")
		}
		return tx.dischargeStep(d, step, tx.actor)
	})
}

func (tx *Tx) dischargeStep(d *models.Discharge, step DischargeStep, by models.Actor) error {
	step.Reason = strings.TrimSpace(step.Reason)
	if utf8.RuneCountInString(step.Reason) > models.MaxReferralText {
		return models.InvalidField("reason", "too_long", "原因不能超过500个字")
	}
	e, err := d.Move(step.Move, by, step.Reason, tx.now)
	if err != nil {
		return err
	}
	if step.Move == models.DischargeLeave {
		if d.DischargedOn = step.DischargedOn; d.DischargedOn.IsZero() {
			d.DischargedOn = tx.today
		}
		var p models.Problems
		d.CheckLeaving(&p, false, tx.today)
		if err := p.Err(); err != nil {
			return err
		}
	}
	if err := tx.saveDischarge(d, e); err != nil {
		return err
	}
	return tx.followDischarge(d, step.Move)
}

func (tx *Tx) saveDischarge(d *models.Discharge, e models.Event) error {
	d.Version, d.UpdatedAt = d.Version+1, tx.now
	if err := tx.happened(e, d.ID, d.ResidentID); err != nil {
		return err
	}
	return tx.db.Save(d).Error
}

// RecordCall writes down what a discharged patient answered at a level, or why the patient
// could not be asked. It returns NotFound for a level at which this patient is not asked,
// Invalid, with every field, for what models.CallAnswers.Check refuses, and Conflict for what
// models.DischargeCall.Record does. A complaint opens the last level; a death closes those
// that wait.
func (v View) RecordCall(ctx context.Context, id models.ID, version, level int, a models.CallAnswers) (DischargeFile, error) {
	return v.changeDischarge(ctx, id, version, func(tx *Tx, d *models.Discharge, _ models.Resident) error {
		e, err := d.Move(models.DischargeAsk, tx.actor, "", tx.now)
		if err != nil {
			return err
		}
		var calls []models.DischargeCall
		if err := tx.forUpdate(tx.db).Order("`level`").Find(&calls, "discharge_id = ?", d.ID).Error; err != nil {
			return err
		}
		var call *models.DischargeCall
		for i := range calls {
			if calls[i].Level == level {
				call = &calls[i]
			}
		}
		if call == nil {
			return models.Errorf(models.NotFound, "not_sampled", "该患者没有这一级随访")
		}
		a.Advice, a.Problems = strings.TrimSpace(a.Advice), strings.TrimSpace(a.Problems)
		if a.On.IsZero() {
			a.On = tx.today
		}
		var p models.Problems
		a.Check(&p, *call, tx.today)
		if err := p.Err(); err != nil {
			return err
		}
		if err := call.Record(a, calls, tx.actor); err != nil {
			return err
		}
		if err := tx.db.Save(call).Error; err != nil {
			return err
		}
		if a.Failure == models.FailedDead {
			err := tx.db.Model(&models.DischargeCall{}).Where("discharge_id = ? AND status = ?", d.ID, models.CallOpen).Update("status", models.CallDropped).Error
			if err != nil {
				return err
			}
		}
		d.Complained = d.Complained || a.Complained
		if err := tx.saveDischarge(d, e); err != nil {
			return err
		}
		return tx.followDischarge(d, models.DischargeAsk)
	})
}

// endDischarges ends the notices of someone who died or left: nobody is left to ask.
func (tx *Tx) endDischarges(r models.Resident) error {
	if r.Status != models.Dead && r.Status != models.MovedOut {
		return nil
	}
	var open []models.Discharge
	if err := tx.forUpdate(tx.db).Order("id").Find(&open, "resident_id = ? AND status IN ?", r.ID, models.DischargeOpen).Error; err != nil {
		return err
	}
	for i := range open {
		err := tx.db.Model(&models.DischargeCall{}).Where("discharge_id = ? AND status = ?", open[i].ID, models.CallOpen).Update("status", models.CallDropped).Error
		if err != nil {
			return err
		}
		if err := tx.dischargeStep(&open[i], DischargeStep{Move: models.DischargeEnd}, models.System("resident")); err != nil {
			return err
		}
	}
	return nil
}

// WatchDischarges reminds the team and the referral centre once of a take-over that is late,
// and the hospital of a level that is due tomorrow, and ends notices whose last level is
// over. It returns the number of notices and levels it touched.
func (s *Store) WatchDischarges(ctx context.Context) (int, error) {
	v := s.As(models.System("watch-discharges"))
	now := s.Now()
	of := func(d models.Discharge) models.ID { return d.ResidentID }
	late, err := watchEach(ctx, v, of, func(db *gorm.DB) *gorm.DB {
		return db.Where("status = ? AND due_at <= ? AND escalated_at IS NULL", models.DischargeNotified, now)
	}, func(tx *Tx, d *models.Discharge) error {
		d.EscalatedAt = &tx.now
		if err := tx.db.Model(d).Select("escalated_at").Updates(d).Error; err != nil {
			return err
		}
		tx.record("discharge.escalate", "discharge", d.ID, d.ResidentID)
		if err := tx.tellTeam(d.TeamID, DischargeLateNotice, d.ID); err != nil {
			return err
		}
		return tx.tellDesk(models.ReferralCentre, DischargeLateNotice, d.ID, fmt.Sprintf("discharge_late/%d", d.ID))
	})
	if err != nil {
		return late, err
	}
	over, err := watchEach(ctx, v, of, func(db *gorm.DB) *gorm.DB {
		return db.Where("status = ? AND due_at <= ?", models.DischargeTaken, now)
	}, func(tx *Tx, d *models.Discharge) error {
		return tx.dischargeStep(d, DischargeStep{Move: models.DischargeEnd}, tx.actor)
	})
	if err != nil {
		return late + over, err
	}
	calls, err := v.remindOfCalls(ctx, now)
	return late + over + calls, err
}

// remindOfCalls tells the hospitals of the levels that are due tomorrow, batch by batch.
func (v View) remindOfCalls(ctx context.Context, now time.Time) (int, error) {
	today := calendar.DateOf(now)
	total := 0
	for {
		n := 0
		err := v.transact(ctx, func(tx *Tx) error {
			var calls []models.DischargeCall
			err := tx.forUpdate(tx.db).Order("id").Limit(watchBatch).
				Find(&calls, "status = ? AND due_on BETWEEN ? AND ? AND told = ?", models.CallOpen, today.AddDays(-CallReminderDays), today.AddDays(1), false).Error
			if err != nil {
				return err
			}
			n = len(calls)
			for i := range calls {
				c := &calls[i]
				if err := tx.db.Model(c).Update("told", true).Error; err != nil {
					return err
				}
				if err := tx.tellInstitution(c.HospitalID, DischargeCallNotice, c.DischargeID, fmt.Sprintf("discharge_call/%d", c.ID)); err != nil {
					return err
				}
			}
			return nil
		})
		total += n
		if err != nil || n < watchBatch {
			return total, err
		}
	}
}

// CallReminderDays is how long after its date a level is still reminded of, when the job had
// stood still.
const CallReminderDays = 30
