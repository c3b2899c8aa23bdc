package store

import (
	"context"
	"strings"

	"jiayi/models"
)

// MoveResident moves a resident to another village of the district. The record number
// stays (domain §4.4); the team of responsibility follows the village, a contract does not.
func (v View) MoveResident(ctx context.Context, id models.ID, version int, village models.ID, address string) (models.Resident, error) {
	return once(ctx, v, func(tx *Tx) (models.Resident, error) {
		r, err := tx.lockResident(id)
		if err != nil {
			return r, err
		}
		if err := checkVersion(r.Version, version); err != nil {
			return r, err
		}
		if err := tx.living(r); err != nil {
			return r, err
		}
		// The new village may be anyone's: a move is how a resident leaves one's area.
		to, err := get[models.Village](tx.forShare(tx.db), village)
		if err != nil {
			return r, models.InvalidField("village_id", "unknown", "村(居)委会不存在")
		}
		var p models.Problems
		d := models.DraftOf(r)
		d.VillageID, d.Address = village, address
		d.Check(&p, tx.s.idRules())
		if err := p.Err(); err != nil {
			return r, err
		}
		r.VillageID, r.AreaTeamID, r.AreaInstID, r.Address = to.ID, to.TeamID, to.InstitutionID, d.Address
		if err := tx.saveResident(&r); err != nil {
			return r, err
		}
		if err := tx.handOver(r); err != nil {
			return r, err
		}
		tx.record("resident.move", "resident", r.ID, r.ID, "village_id", "address")
		return after(&r, tx.settle(&r))
	})
}

func (tx *Tx) saveResident(r *models.Resident) error {
	r.Version++
	return tx.db.Omit(append([]string{"created_at"}, countedColumns...)...).Save(r).Error
}

// Leaving is why a resident is no longer cared for.
type Leaving struct {
	Status models.LifeStatus // Dead or MovedOut
	On     models.Date       // of death, or of moving out of the district
	Reason string            // cause of death, or where to
}

// Leave records a death or a move out of the district, and closes what must close:
// contracts, memberships, open tasks and guardianships. Those of the past stay.
func (v View) Leave(ctx context.Context, id models.ID, version int, l Leaving) (models.Resident, error) {
	return once(ctx, v, func(tx *Tx) (models.Resident, error) {
		r, err := tx.lockResident(id)
		if err != nil {
			return r, err
		}
		if err := checkVersion(r.Version, version); err != nil {
			return r, err
		}
		if err := tx.living(r); err != nil {
			return r, err
		}
		var p models.Problems
		switch {
		case l.On.IsZero():
			p.Add("on", "required", "请填写日期")
		case l.On.After(tx.today):
			p.Add("on", "future", "日期不能晚于今天")
		case l.On.Before(r.BirthDate):
			p.Add("on", "before_birth", "日期不能早于出生日期")
		}
		if len([]rune(l.Reason)) > 100 {
			p.Add("reason", "too_long", "原因不能超过100个字")
		}
		if err := p.Err(); err != nil {
			return r, err
		}
		r.Status, r.StatusOn, r.StatusReason = l.Status, l.On, strings.TrimSpace(l.Reason)
		stop, action := models.StopDeath, "resident.death"
		if l.Status == models.MovedOut {
			stop, action = models.StopMoved, "resident.move_out"
		}
		tx.record(action, "resident", r.ID, r.ID)
		return after(&r, tx.release(&r, stop))
	})
}

// release closes what a resident leaves open, and takes the person out of the tallies.
func (tx *Tx) release(r *models.Resident, stop models.StopReason) error {
	if err := tx.saveResident(r); err != nil {
		return err
	}
	if err := tx.stopContracts(r, stop); err != nil {
		return err
	}
	reason := models.StopReasonLabels[stop]
	err := tx.db.Model(&models.Membership{}).Where("resident_id = ? AND `open` = ?", r.ID, true).
		Updates(map[string]any{"open": nil, "end": r.StatusOn, "close_reason": reason}).Error
	if err != nil {
		return err
	}
	err = tx.db.Model(&models.Guardian{}).Where("(guardian_id = ? OR ward_id = ?) AND active = ?", r.ID, r.ID, true).
		Updates(map[string]any{"active": nil, "end": tx.today}).Error
	if err != nil {
		return err
	}
	if err := tx.endStays(r.ID, r.StatusOn); err != nil {
		return err
	}
	if err := tx.cancelAppointments(*r, reason); err != nil {
		return err
	}
	if err := tx.cancelHomeServices(*r, reason); err != nil {
		return err
	}
	if err := tx.cancelPrescriptions(*r, reason); err != nil {
		return err
	}
	if err := tx.closeConversations(*r, reason); err != nil {
		return err
	}
	if err := tx.doubtAfterLeaving(*r); err != nil {
		return err
	}
	for _, end := range []func(models.Resident) error{tx.cancelReferrals, tx.cancelConsults, tx.endDischarges} {
		if err := end(*r); err != nil {
			return err
		}
	}
	return tx.settle(r)
}

// Merge folds a duplicate record into the surviving one: memberships, contracts, visits
// and the WeChat binding move over; guardianships of the duplicate end and are recorded
// anew for the survivor. The duplicate keeps its number and points to the survivor.
func (v View) Merge(ctx context.Context, survivor, duplicate models.ID, version int) (models.Resident, error) {
	return once(ctx, v, func(tx *Tx) (models.Resident, error) {
		if survivor == duplicate {
			return models.Resident{}, models.InvalidField("duplicate_id", "same", "不能与自己合并")
		}
		// Lock in id order, so that two merges of the same pair cannot wait for each other.
		first, second := min(survivor, duplicate), max(survivor, duplicate)
		a, err := tx.lockResident(first)
		if err != nil {
			return a, err
		}
		b, err := tx.lockResident(second)
		if err != nil {
			return b, err
		}
		if first != survivor {
			a, b = b, a
		}
		if err := checkVersion(a.Version, version); err != nil {
			return a, err
		}
		for _, r := range []models.Resident{a, b} {
			if err := tx.living(r); err != nil {
				return a, err
			}
		}
		if err := tx.mergeInto(&a, &b); err != nil {
			return a, err
		}
		tx.record("resident.merge", "resident", a.ID, a.ID, b.ID.String())
		tx.record("resident.merged", "resident", b.ID, b.ID, a.ID.String())
		return a, nil
	})
}

func (tx *Tx) mergeInto(a, b *models.Resident) error {
	if a.DocumentNo == "" && b.DocumentNo != "" { // the newborn's number arrived with the other record
		a.DocumentType, a.DocumentNo, a.DocumentIndex = b.DocumentType, b.DocumentNo, b.DocumentIndex
		a.Name, a.Initials = b.Name, b.Initials
	}
	if a.Phone == "" {
		a.Phone, a.PhoneIndex = b.Phone, b.PhoneIndex
	}
	b.Status, b.StatusOn, b.MergedIntoID, b.DocumentIndex, b.StatusReason = models.Merged, tx.today, a.ID, nil, "重复建档合并"
	if err := tx.mergeMemberships(*a, *b); err != nil {
		return err
	}
	if err := tx.mergeContracts(a, b); err != nil {
		return err
	}
	if err := tx.mergeBindings(a.ID, b.ID); err != nil {
		return err
	}
	if err := tx.release(b, models.StopOther); err != nil {
		return err
	}
	if err := tx.saveResident(a); err != nil {
		return err
	}
	if err := tx.mergeAppointments(a.ID, b.ID); err != nil {
		return err
	}
	if err := tx.mergeHomeServices(a.ID, b.ID); err != nil {
		return err
	}
	if err := tx.mergePrescriptions(a.ID, b.ID); err != nil {
		return err
	}
	if err := tx.mergeConversations(a.ID, b.ID); err != nil {
		return err
	}
	if err := tx.mergeNotices(a.ID, b.ID); err != nil {
		return err
	}
	if err := tx.mergeVisits(a, b); err != nil {
		return err
	}
	if err := tx.mergeVoices(a.ID, b.ID); err != nil {
		return err
	}
	return tx.settle(a)
}

// mergeMemberships gives the survivor the duplicate's rows, except open ones it has itself.
func (tx *Tx) mergeMemberships(a, b models.Resident) error {
	var have []models.Population
	if err := tx.db.Model(&models.Membership{}).Where("resident_id = ? AND `open` = ?", a.ID, true).Pluck("code", &have).Error; err != nil {
		return err
	}
	if len(have) > 0 {
		err := tx.db.Model(&models.Membership{}).Where("resident_id = ? AND `open` = ? AND code IN ?", b.ID, true, have).
			Updates(map[string]any{"open": nil, "end": tx.today, "close_reason": "重复建档合并"}).Error
		if err != nil {
			return err
		}
	}
	return tx.db.Model(&models.Membership{}).Where("resident_id = ?", b.ID).Update("resident_id", a.ID).Error
}
