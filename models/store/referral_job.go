package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"jiayi/models"
)

// WatchReferrals moves on what waits too long: an accepted resident who did not come in
// models.NoShowDays days is a no-show; an answer that is late is reminded of at the receiver
// and the referral centre, a late take-over at the team and the centre; and the team is
// reminded of a result models.FollowRemindDays days before its deadline. Each referral is a
// transaction of its own and each thing is said once, so that it may be stopped and run
// again. It returns the number of referrals it touched.
func (s *Store) WatchReferrals(ctx context.Context) (int, error) {
	v := s.As(models.System("watch-referrals"))
	now, today := s.Now(), s.Today()
	total := 0
	for _, watch := range []struct {
		which func(db *gorm.DB) *gorm.DB
		do    func(tx *Tx, r *models.Referral) error
	}{
		{func(db *gorm.DB) *gorm.DB {
			return db.Where("status = ? AND due_at <= ?", models.ReferralAccepted, now)
		}, (*Tx).missReferral},
		{func(db *gorm.DB) *gorm.DB {
			return db.Where("status IN ? AND due_at <= ? AND escalated_at IS NULL",
				[]models.ReferralStatus{models.ReferralSubmitted, models.ReferralDownSubmitted, models.ReferralDownAccepted}, now)
		}, (*Tx).escalateReferral},
		{func(db *gorm.DB) *gorm.DB {
			return db.Where("follow_due_on BETWEEN ? AND ? AND follow_told = ? AND result = 0", today.AddDays(-models.ReferralWeeks), today.AddDays(models.FollowRemindDays), false)
		}, (*Tx).remindOfResult},
	} {
		n, err := watchEach(ctx, v, func(r models.Referral) models.ID { return r.ResidentID }, watch.which, watch.do)
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, nil
}

func (tx *Tx) missReferral(r *models.Referral) error {
	of, err := get[models.Resident](tx.db, r.ResidentID)
	if err != nil {
		return err
	}
	return tx.referralStep(r, of, ReferralStep{Move: models.ReferMiss})
}

// escalateReferral tells of a deadline that went by: whoever is late, and the centre.
func (tx *Tx) escalateReferral(r *models.Referral) error {
	r.EscalatedAt = &tx.now
	if err := tx.db.Model(r).Select("escalated_at").Updates(r).Error; err != nil {
		return err
	}
	tx.record("referral.escalate", "referral", r.ID, r.ResidentID)
	key := fmt.Sprintf("referral_overdue/%d/%s/%d", r.ID, r.Status, r.Assigned)
	var err error
	if r.Status == models.ReferralSubmitted {
		err = tx.tellInstitution(r.HospitalID, ReferralOverdueNotice, r.ID, key)
	} else {
		err = tx.tellTeam(r.TeamID, ReferralOverdueNotice, r.ID)
	}
	if err != nil {
		return err
	}
	return tx.tellDesk(models.ReferralCentre, ReferralOverdueNotice, r.ID, key)
}

// remindOfResult reminds the team once that the result is to be learnt.
func (tx *Tx) remindOfResult(r *models.Referral) error {
	r.FollowTold = true
	if err := tx.db.Model(r).Select("follow_told").Updates(r).Error; err != nil {
		return err
	}
	tx.record("referral.remind", "referral", r.ID, r.ResidentID)
	return tx.tellTeam(r.TeamID, ReferralFollowNotice, r.ID)
}
