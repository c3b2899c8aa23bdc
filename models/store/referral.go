package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"jiayi/models"
)

// The templates of the notices about referrals. Their data names the referral and nothing
// of the patient.
const (
	ReferralAskedNotice    = "referral_asked"    // to the institution that is asked
	ReferralProgressNotice = "referral_progress" // to the resident, and to the lead of the team
	ReferralDownNotice     = "referral_down"     // to the lead of the team that is to take over
	ReferralOverdueNotice  = "referral_overdue"  // to the receiver and the referral centre, or to the lead
	ReferralFollowNotice   = "referral_followup" // to the lead: the result is to be learnt
)

// referrals is the data scope of referrals: a team sees those it sent and those sent down to
// it, an institution those of its teams; staff of the institution that is asked see them
// while it has to do with them; the centre all that were submitted; residents their own.
func (v View) referrals(db *gorm.DB) *gorm.DB {
	a := v.actor
	const asked = "(referrals.hospital_id = ? AND referrals.status IN ?)"
	switch a.Reach() {
	case models.DistrictReach:
		if a.Role == models.ReferralCentre {
			return db.Where("referrals.status <> ?", models.ReferralDrafted)
		}
		return db
	case models.InstitutionReach:
		return db.Where("(referrals.institution_id = ? OR "+asked+")", some(a.InstitutionID), some(a.InstitutionID), models.ReferralWithHospital)
	case models.TeamReach:
		return db.Where("(referrals.team_id IN ? OR "+asked+")", anyOf(a.TeamIDs), some(a.InstitutionID), models.ReferralWithHospital)
	case models.OwnReach:
		return db.Where("referrals.resident_id IN ?", anyOf(append([]models.ID{a.ResidentID}, a.WardIDs...)))
	}
	return db.Where("1 = 0")
}

// referral loads one referral of the actor's scope, or of a resident of the scope.
func (v View) referral(db *gorm.DB, id models.ID) (models.Referral, error) {
	var r models.Referral
	err := notFound(v.referrals(db).Take(&r, "referrals.id = ?", id).Error)
	if !models.IsKind(err, models.NotFound) {
		return r, err
	}
	if r, err = get[models.Referral](db, id); err != nil {
		return r, err
	}
	if !v.actor.Can(models.ResidentRead) { // a desk has the whole district in reach, and of it only its noun
		return models.Referral{}, models.ErrNotFound
	}
	if _, err := v.resident(db, r.ResidentID); err != nil {
		return models.Referral{}, err
	}
	return r, nil
}

// ReferralOpening is what a new referral is made of.
type ReferralOpening struct {
	models.ReferralDraft
	Patient  *Patient              // for sending down someone who is not in the actor's scope
	Consent  bool                  // given before the staff
	SignerID models.ID             // guardian who consented, 0 for the resident
	Submit   bool                  // at once
	Summary  *models.DischargeNote // for sending down
}

// Refer writes a referral of the resident's team of care as a draft, or submits it at once
// when the resident has consented. With direction 2 the actor's institution sends someone
// down to the team instead. It returns
//   - NotFound for a resident outside the scope, and Invalid for a patient who does not fit;
//   - Invalid, with every field, for what models.ReferralDraft.Check refuses, an encounter
//     of someone else, and for submitting without consent;
//   - Forbidden for who serves neither the team nor the institution.
func (v View) Refer(ctx context.Context, o ReferralOpening) (ReferralFile, error) {
	past := false
	if o.Patient != nil && o.Direction == models.ReferDown {
		id, err := v.identify(ctx, *o.Patient)
		if err != nil {
			return ReferralFile{}, err
		}
		o.ResidentID, past = id, true
	}
	r, err := once(ctx, v, func(tx *Tx) (models.Referral, error) {
		of, err := tx.patient(o.ResidentID, past)
		if err != nil {
			return models.Referral{}, err
		}
		r := models.Referral{ResidentID: of.ID, DoctorID: tx.actor.StaffID, Version: 1, CreatedAt: tx.now, UpdatedAt: tx.now}
		if err := tx.fillReferral(&r, of, o.ReferralDraft); err != nil {
			return r, err
		}
		if o.Direction == models.ReferDown {
			return after(&r, tx.beginDown(&r, of, o))
		}
		e, err := r.Move(models.ReferDraft, tx.actor, "", tx.now)
		if err != nil {
			return r, err
		}
		if err := tx.numberReferral(&r); err != nil {
			return r, err
		}
		if err := tx.db.Create(&r).Error; err != nil {
			return r, err
		}
		if err := tx.happened(e, r.ID, of.ID); err != nil {
			return r, err
		}
		if o.Consent {
			err = tx.referralStep(&r, of, ReferralStep{Move: models.ReferConsent, SignerID: o.SignerID})
		} else { // to be asked on the phone
			err = tx.tell(of.ID, ReferralProgressNotice, idData("referral", r.ID))
		}
		if err != nil {
			return r, err
		}
		if o.Submit {
			return after(&r, tx.referralStep(&r, of, ReferralStep{Move: models.ReferSubmit}))
		}
		return r, nil
	})
	if err != nil {
		return ReferralFile{}, err
	}
	return v.referralFile(ctx, r)
}

// patient locks a resident of the scope, or past it one who was identified.
func (tx *Tx) patient(id models.ID, past bool) (models.Resident, error) {
	var r models.Resident
	var err error
	if past {
		r, err = lock[models.Resident](tx, id)
	} else {
		r, err = tx.lockResident(id)
	}
	if err != nil {
		return r, residentField(err)
	}
	return r, tx.living(r)
}

// fillReferral checks a draft and writes it into the referral, for the team of care of the
// resident.
func (tx *Tx) fillReferral(r *models.Referral, of models.Resident, d models.ReferralDraft) error {
	r.TeamID, r.InstitutionID = of.CareTeamID(), of.CareInstID()
	r.SenderID, r.SenderInstID = r.TeamID, r.InstitutionID
	if d.Direction == models.ReferDown {
		d.HospitalID = tx.actor.InstitutionID
	}
	from, to, err := tx.ends(r.TeamID, d.HospitalID)
	if err != nil {
		return err
	}
	var p models.Problems
	d.Check(&p, from, to, tx.today)
	if d.EncounterID != 0 {
		var n int64
		err := tx.db.Model(&models.Encounter{}).Where("id = ? AND resident_id = ? AND voided = ?", d.EncounterID, of.ID, false).Count(&n).Error
		if err != nil {
			return err
		}
		if n == 0 {
			p.Add("followup_id", "unknown", "没有该居民的这次随访")
		}
	}
	if err := p.Err(); err != nil {
		return err
	}
	r.Fill(d)
	r.ThreeHigh = models.IsThreeHigh(from, to, of)
	return nil
}

// ends are the place where a team works, its clinic or its institution, and the institution
// it asks; a zero one for an id that is of none.
func (tx *Tx) ends(team, asked models.ID) (from, to models.Institution, err error) {
	t, err := get[models.Team](tx.db, team)
	if err != nil {
		return from, to, err
	}
	place := t.InstitutionID
	if t.ClinicID != 0 {
		place = t.ClinicID
	}
	places, err := byID(tx.db, []models.ID{place, asked}, func(i models.Institution) models.ID { return i.ID })
	return places[place], places[asked], err
}

func (tx *Tx) numberReferral(r *models.Referral) error {
	n, err := tx.next("referral:" + compact(tx.today))
	r.No = fmt.Sprintf("ZZ%s%s%06d", tx.s.opt.Region, compact(tx.today), n)
	return err
}

// beginDown sends someone down whom nobody had sent up.
func (tx *Tx) beginDown(r *models.Referral, of models.Resident, o ReferralOpening) error {
	if o.Summary != nil {
		r.Summary = *o.Summary
	}
	if o.Consent {
		if err := tx.consent(r, of, o.SignerID); err != nil {
			return err
		}
	}
	e, err := r.Move(models.ReferBeginDown, tx.actor, "", tx.now)
	if err != nil {
		return err
	}
	if err := tx.numberReferral(r); err != nil {
		return err
	}
	if err := tx.db.Create(r).Error; err != nil {
		return err
	}
	if err := tx.happened(e, r.ID, of.ID); err != nil {
		return err
	}
	return tx.arriveDown(r, of)
}

// consenter is signer for consent: the resident of age, or a guardian with a recorded
// relation.
func (tx *Tx) consenter(of models.Resident, guardian models.ID) (signer, error) {
	by, err := tx.signer(of, Signing{SignerID: guardian})
	var e *models.Error
	if errors.As(err, &e) && e.Kind == models.Invalid && len(e.Fields) == 1 {
		message := "代为同意的人没有登记的监护或委托关系"
		if e.Fields[0].Code == "minor" {
			message = "未成年人须由监护人同意"
		}
		return by, models.InvalidField("signer_id", e.Fields[0].Code, message)
	}
	return by, err
}

// consent notes who agreed to the referral.
func (tx *Tx) consent(r *models.Referral, of models.Resident, guardian models.ID) error {
	by, err := tx.consenter(of, guardian)
	if err != nil {
		return err
	}
	r.ConsentBy = models.ConsentOnSite
	if !tx.actor.IsStaff() {
		r.ConsentBy = map[models.SignerKind]models.ConsentBy{models.SelfSigned: models.ConsentSelf, models.GuardianSigned: models.ConsentGuardian}[by.kind]
	}
	r.ConsentFrom, r.ConsentAt = by.id, &tx.now
	return nil
}

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
	data := idData("referral", r.ID)
	switch m {
	case models.ReferSubmit, models.ReferReassign:
		return tx.tellInstitution(r.HospitalID, ReferralAskedNotice, data, "")
	case models.ReferCancel, models.ReferWithdraw:
		if before.Status == models.ReferralDrafted {
			return nil
		}
		if m == models.ReferWithdraw {
			if err := tx.tellTeam(r.TeamID, ReferralProgressNotice, data); err != nil {
				return err
			}
		}
		return tx.tellInstitution(r.HospitalID, ReferralProgressNotice, data, "")
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
	data := idData("referral", r.ID)
	if of.Status == models.Living {
		if err := tx.tell(of.ID, ReferralProgressNotice, data); err != nil {
			return err
		}
	}
	return tx.tellTeam(r.TeamID, ReferralProgressNotice, data)
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
	return tx.tellTeam(r.TeamID, ReferralDownNotice, idData("referral", r.ID))
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
