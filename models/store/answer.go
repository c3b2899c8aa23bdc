package store

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"jiayi/models"
)

// ConfirmVisit is the resident's word that a visit took place, once and within AnswerDays
// of its entry; a guardian may give it. A version of 0 means whatever it is. It refuses
// with Conflict already_answered, too_late or voided.
func (v View) ConfirmVisit(ctx context.Context, id models.ID, version int) (Visit, error) {
	return once(ctx, v, func(tx *Tx) (Visit, error) {
		e, r, err := tx.answer(id, version, models.Confirmed, "followup.confirm")
		if err != nil {
			return Visit{}, err
		}
		return tx.view().visit(tx.db, r, e)
	})
}

// DenyVisit is the resident's word that a visit did not take place, and why in own words.
// It refuses what ConfirmVisit refuses. The visit no longer counts for what was promised,
// a flag waits for the lead of the team that made it, and the lead is told.
func (v View) DenyVisit(ctx context.Context, id models.ID, version int, reason string) (Visit, error) {
	return once(ctx, v, func(tx *Tx) (Visit, error) {
		reason = strings.TrimSpace(reason)
		if err := checkDenialReason(reason); err != nil {
			return Visit{}, err
		}
		e, r, err := tx.answer(id, version, models.Denied, "followup.deny")
		if err != nil {
			return Visit{}, err
		}
		doubt := models.Flag{Kind: models.FlagDenied, Reason: models.DenialReason, Note: reason, RaisedBy: tx.actor.Name()}
		if err := tx.raiseFlags(e, doubt); err != nil {
			return Visit{}, err
		}
		if err := tx.tellTeam(e.TeamID, DenialNotice, e.ID); err != nil {
			return Visit{}, err
		}
		return tx.view().visit(tx.db, r, e)
	})
}

// The templates of notices about answers. Their data names the visit and nothing else.
const (
	DenialNotice  = "visit_denied"     // to the lead of the team
	ConfirmNotice = "visit_to_confirm" // to the resident, or the guardian who reads for the resident
)

// answer writes the answer to a visit. Two answers queue behind the resident's row, so
// that the second finds the first.
func (tx *Tx) answer(id models.ID, version int, a models.VisitAnswer, action string) (models.Encounter, models.Resident, error) {
	e, r, err := tx.lockEncounter(id)
	if err != nil {
		return e, r, err
	}
	if err := e.Reply(a, tx.actor, tx.now); err != nil {
		return e, r, err
	}
	if err := checkVersion(e.Version, version); err != nil {
		return e, r, err
	}
	e.Version, e.UpdatedAt = e.Version+1, tx.now
	var detail []string
	if tx.actor.ResidentID != r.ID {
		detail = append(detail, "acting_for") // the row names the ward as the resident, and the guardian as the actor
	}
	tx.record(action, "encounter", e.ID, r.ID, detail...)
	if err := tx.db.Omit("Followups").Save(&e).Error; err != nil {
		return e, r, err
	}
	return e, r, tx.recareAll([]models.Resident{r})
}

func checkDenialReason(reason string) error {
	var p models.Problems
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		p.Add("reason", "required", "请说明为什么否认此次服务")
	case n > models.MaxDenialReason:
		p.Add("reason", "too_long", "说明不能超过200个字")
	}
	return p.Err()
}

// waiting narrows visits to those that can still be answered today: Encounter.Answerable
// as far as the visit goes.
func (v View) waiting(db *gorm.DB) *gorm.DB {
	return db.Where("encounters.answer = ? AND encounters.created_at >= ?", models.Unanswered, v.Today().AddDays(-models.AnswerDays).Start())
}

// askToConfirm asks the resident whether the visit took place, when the resident or a guardian
// uses the mini-program. Nobody is asked who could not read it.
func (tx *Tx) askToConfirm(e models.Encounter) error {
	var readers []models.ID
	err := tx.db.Raw("SELECT resident_id FROM wechat_accounts WHERE resident_id = ? UNION ALL "+
		"SELECT guardians.guardian_id FROM guardians JOIN wechat_accounts ON wechat_accounts.resident_id = guardians.guardian_id "+
		"WHERE guardians.ward_id = ? AND guardians.active = ? AND guardians.`begin` <= ? AND guardians.`end` >= ? LIMIT 1",
		some(e.ResidentID), e.ResidentID, true, tx.today, tx.today).Scan(&readers).Error
	if err != nil || len(readers) == 0 {
		return err
	}
	return tx.tell(e.ResidentID, ConfirmNotice, e.ID)
}
