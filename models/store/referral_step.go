package store

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"jiayi/models"
)

// ReferralStep is a move with what it needs.
type ReferralStep struct {
	Move       models.ReferralMove
	Reason     string
	SignerID   models.ID             // consent: the guardian, 0 for the resident
	HospitalID models.ID             // reassign
	Department string                // reassign, accept: "" for as asked
	ExpectedOn models.Date           // accept: another day; zero for as asked
	ReserveNo  string                // accept: number of the appointment or bed
	Receiver   string                // accept: doctor who receives
	Summary    *models.DischargeNote // complete
}

// MoveReferral makes a move of the state table; what it refuses beside that table is said
// at models.Referral.Move. An unknown move is Invalid. A version of 0 means whatever it is.
func (v View) MoveReferral(ctx context.Context, id models.ID, version int, step ReferralStep) (ReferralFile, error) {
	return v.changeReferral(ctx, id, version, func(tx *Tx, r *models.Referral, of models.Resident) error {
		byHand := slices.ContainsFunc(models.ReferralProcess.Steps, func(s models.Step[models.ReferralStatus, models.ReferralMove]) bool {
			return s.Move == step.Move && len(s.From) > 0 && s.Permission != ""
		})
		if !byHand || step.Move == models.ReferFollowUp || step.Move == models.ReferAmend {
			return models.InvalidField("move", "enum", "没有这一操作")
		}
		return tx.referralStep(r, of, step)
	})
}

// changeReferral is the frame of every use case on one referral: it locks the resident,
// then the referral, so that two changes of one person's cannot cross.
func (v View) changeReferral(ctx context.Context, id models.ID, version int, fn func(tx *Tx, r *models.Referral, of models.Resident) error) (ReferralFile, error) {
	r, err := once(ctx, v, func(tx *Tx) (models.Referral, error) {
		seen, err := tx.view().referral(tx.db, id)
		if err != nil {
			return seen, err
		}
		of, err := lock[models.Resident](tx, seen.ResidentID)
		if err != nil {
			return seen, err
		}
		r, err := lock[models.Referral](tx, id)
		if err != nil {
			return r, err
		}
		if err := checkVersion(r.Version, version); err != nil {
			return r, err
		}
		return after(&r, fn(tx, &r, of))
	})
	if err != nil {
		return ReferralFile{}, err
	}
	return v.referralFile(ctx, r)
}

// AmendReferral rewrites a draft. Consent to what it said before is gone.
func (v View) AmendReferral(ctx context.Context, id models.ID, version int, d models.ReferralDraft) (ReferralFile, error) {
	return v.changeReferral(ctx, id, version, func(tx *Tx, r *models.Referral, of models.Resident) error {
		e, err := r.Move(models.ReferAmend, tx.actor, "", tx.now)
		if err != nil {
			return err
		}
		if d.Direction == models.ReferDown {
			return models.InvalidField("direction", "enum", "转诊方向应为 1 上转或 3 平转")
		}
		if err := tx.fillReferral(r, of, d); err != nil {
			return err
		}
		return tx.saveReferral(r, e)
	})
}

// referralStep makes one move and what follows from it.
func (tx *Tx) referralStep(r *models.Referral, of models.Resident, step ReferralStep) error {
	step.Reason = strings.TrimSpace(step.Reason)
	if utf8.RuneCountInString(step.Reason) > models.MaxReferralText {
		return models.InvalidField("reason", "too_long", "原因不能超过500个字")
	}
	before := *r
	if step.Move == models.ReferComplete && step.Summary != nil {
		r.Summary = *step.Summary
	}
	if step.Move == models.ReferConsent {
		if err := tx.consentable(r, of, step.SignerID); err != nil {
			return err
		}
	}
	e, err := r.Move(step.Move, tx.actor, step.Reason, tx.now)
	if err != nil {
		return err
	}
	if err := tx.detail(r, of, step); err != nil {
		return err
	}
	if err := tx.saveReferral(r, e); err != nil {
		return err
	}
	return tx.followMove(r, of, before, step.Move)
}

// consentable notes the consent before the move is made, if the actor is one to give it.
func (tx *Tx) consentable(r *models.Referral, of models.Resident, guardian models.ID) error {
	if r.Parties(tx.actor)&(models.PartyTeam|models.PartyResident) == 0 {
		return models.ErrForbidden
	}
	return tx.consent(r, of, guardian)
}

// detail writes what a receiver or the centre says beside the move.
func (tx *Tx) detail(r *models.Referral, of models.Resident, step ReferralStep) error {
	var p models.Problems
	switch step.Move {
	case models.ReferAccept:
		for _, f := range []struct{ name, label, text string }{{"department", "科室", step.Department}, {"reserve_no", "预约号", step.ReserveNo}, {"receiver", "接诊医生", step.Receiver}} {
			if utf8.RuneCountInString(f.text) > 32 {
				p.Add(f.name, "too_long", f.label+"不能超过32个字")
			}
		}
		if !step.ExpectedOn.IsZero() && step.ExpectedOn.Before(tx.today) {
			p.Add("expected_on", "past", "预约日期不能早于今天")
		}
		if err := p.Err(); err != nil {
			return err
		}
		r.ReserveNo, r.Receiver = strings.TrimSpace(step.ReserveNo), strings.TrimSpace(step.Receiver)
		if step.Department != "" {
			r.Department = strings.TrimSpace(step.Department)
		}
		if !step.ExpectedOn.IsZero() {
			r.Expect(step.ExpectedOn, tx.today)
		}
	case models.ReferReassign:
		return tx.reassign(r, of, step)
	}
	return nil
}

// reassign asks another institution in the place of the one that was asked.
func (tx *Tx) reassign(r *models.Referral, of models.Resident, step ReferralStep) error {
	from, to, err := tx.ends(r.TeamID, step.HospitalID)
	if err != nil {
		return err
	}
	switch {
	case to.ID == 0 || !to.Active || !to.Level.Receives():
		return models.InvalidField("hospital_id", "not_receiving", "该机构不能接收转诊")
	case to.ID == r.HospitalID || to.ID == from.ID:
		return models.InvalidField("hospital_id", "same", "不能改派到原接收机构或转出机构")
	case utf8.RuneCountInString(step.Department) > 32:
		return models.InvalidField("department", "too_long", "科室不能超过32个字")
	}
	r.HospitalID, r.ThreeHigh = to.ID, models.IsThreeHigh(from, to, of)
	if d := strings.TrimSpace(step.Department); d != "" {
		r.Department = d
	}
	return nil
}

// saveReferral saves the referral with the event that changed it.
func (tx *Tx) saveReferral(r *models.Referral, e models.Event) error {
	r.Version, r.UpdatedAt = r.Version+1, tx.now
	if err := tx.happened(e, r.ID, r.ResidentID); err != nil {
		return err
	}
	return tx.db.Save(r).Error
}

// followMove tells those who wait for the move, and makes the moves that follow by
// themselves.
func (tx *Tx) followMove(r *models.Referral, of models.Resident, before models.Referral, m models.ReferralMove) error {
	switch m {
	case models.ReferSubmit, models.ReferReassign:
		return tx.tellInstitution(r.HospitalID, ReferralAskedNotice, r.ID, "")
	case models.ReferCancel, models.ReferWithdraw:
		if before.Status == models.ReferralDrafted {
			return nil
		}
		if m == models.ReferWithdraw {
			if err := tx.tellTeam(r.TeamID, ReferralProgressNotice, r.ID); err != nil {
				return err
			}
		}
		return tx.tellInstitution(r.HospitalID, ReferralProgressNotice, r.ID, "")
	case models.ReferSendDown:
		return tx.arriveDown(r, of)
	case models.ReferComplete:
		if before.Status == models.ReferralInTreatment && of.Status == models.Living {
			if err := tx.noticeOfReferral(*r, of); err != nil {
				return err
			}
		}
		if err := tx.tellProgress(r, of); err != nil {
			return err
		}
	case models.ReferAccept, models.ReferReject, models.ReferArrive, models.ReferOn, models.ReferMiss:
		if err := tx.tellProgress(r, of); err != nil {
			return err
		}
	}
	return tx.finishReferral(r)
}

// tellProgress tells the resident and the team how far the referral is.
func (tx *Tx) tellProgress(r *models.Referral, of models.Resident) error {
	if of.Status == models.Living {
		if err := tx.tell(of.ID, ReferralProgressNotice, r.ID); err != nil {
			return err
		}
	}
	return tx.tellTeam(r.TeamID, ReferralProgressNotice, r.ID)
}

// arriveDown brings someone who is sent down to the team: by itself to the team that the
// resident is signed with, which is told (domain §6.1).
func (tx *Tx) arriveDown(r *models.Referral, of models.Resident) error {
	if of.SignedTeamID != 0 && of.SignedTeamID == r.TeamID {
		e, err := r.Move(models.ReferAcceptDown, models.System("referral"), "", tx.now)
		if err != nil {
			return err
		}
		if err := tx.saveReferral(r, e); err != nil {
			return err
		}
	}
	return tx.tellTeam(r.TeamID, ReferralDownNotice, r.ID)
}

// finishReferral closes the file of a referral that is over and whose result is known.
func (tx *Tx) finishReferral(r *models.Referral) error {
	if !r.Finished() {
		return nil
	}
	e, err := r.Move(models.ReferFinish, models.System("referral"), "", tx.now)
	if err != nil {
		return err
	}
	return tx.saveReferral(r, e)
}

// FollowUpReferral notes whether the resident got there, as learnt on the day (zero for
// today): the 2-week result of domain §3.1.
func (v View) FollowUpReferral(ctx context.Context, id models.ID, version int, result models.ReferralOutcome, note string, on models.Date) (ReferralFile, error) {
	return v.changeReferral(ctx, id, version, func(tx *Tx, r *models.Referral, _ models.Resident) error {
		if on.IsZero() {
			on = tx.today
		}
		e, err := r.Move(models.ReferFollowUp, tx.actor, "", tx.now)
		if err != nil {
			return err
		}
		var p models.Problems
		r.CheckFollowUp(&p, result, note, on, tx.today)
		if err := p.Err(); err != nil {
			return err
		}
		r.Follow(result, note, on)
		return tx.saveReferral(r, e)
	})
}

// cancelReferrals ends the referrals that someone who died or left cannot go to any more.
func (tx *Tx) cancelReferrals(r models.Resident) error {
	if r.Status != models.Dead && r.Status != models.MovedOut {
		return nil
	}
	var open []models.Referral
	err := tx.forUpdate(tx.db).Order("id").Find(&open, "resident_id = ? AND status IN ?", r.ID, models.ReferralBeforeArrival).Error
	if err != nil {
		return err
	}
	for i := range open {
		before := open[i]
		e, err := open[i].Move(models.ReferCancel, models.System("resident"), "居民已死亡或迁出", tx.now)
		if err != nil {
			return err
		}
		if err := tx.saveReferral(&open[i], e); err != nil {
			return err
		}
		if err := tx.followMove(&open[i], r, before, models.ReferCancel); err != nil {
			return err
		}
	}
	return nil
}
