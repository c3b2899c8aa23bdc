package store

import (
	"context"
	"errors"
	"fmt"

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
	return ownOrOf(v, db, v.referrals, "referrals", id, func(r models.Referral) models.ID { return r.ResidentID })
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
			err = tx.tell(of.ID, ReferralProgressNotice, r.ID)
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
