package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// The notices of agreements with homes. Their data is the id of the agreement.
const (
	HomeEndingNotice  = "home_agreement_ending"
	HomeExpiredNotice = "home_agreement_expired"
)

// AddNursingHome enters a home. It returns Invalid naming the fields, and Conflict
// already_entered for a name that is taken.
func (v View) AddNursingHome(ctx context.Context, h models.NursingHome) (models.NursingHome, error) {
	return once(ctx, v, func(tx *Tx) (models.NursingHome, error) {
		h.ID, h.Version = 0, 1
		if err := tx.checkHome(&h); err != nil {
			return h, err
		}
		err := tx.db.Create(&h).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			err = models.Errorf(models.Conflict, "already_entered", "已有同名的养老机构")
		}
		tx.record("nursing_home.create", "nursing_home", h.ID, 0)
		return h, err
	})
}

func (tx *Tx) checkHome(h *models.NursingHome) error {
	if !tx.actor.Can(models.AgreementWrite) {
		return models.ErrForbidden
	}
	h.Name, h.Address, h.Contact = strings.TrimSpace(h.Name), strings.TrimSpace(h.Address), strings.TrimSpace(h.Contact)
	var p models.Problems
	h.Check(&p)
	return p.Err()
}

// ChangeNursingHome replaces what is known of a home. It refuses what AddNursingHome does, and
// PreconditionFailed against an old version.
func (v View) ChangeNursingHome(ctx context.Context, id models.ID, version int, h models.NursingHome) (models.NursingHome, error) {
	return once(ctx, v, func(tx *Tx) (models.NursingHome, error) {
		now, err := lock[models.NursingHome](tx, id)
		if err != nil {
			return now, err
		}
		if err := checkVersion(now.Version, version); err != nil {
			return now, err
		}
		h.ID, h.Version, h.CreatedAt = id, now.Version+1, now.CreatedAt
		if err := tx.checkHome(&h); err != nil {
			return h, err
		}
		tx.record("nursing_home.update", "nursing_home", id, 0)
		err = tx.db.Omit("created_at").Save(&h).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			err = models.Errorf(models.Conflict, "already_entered", "已有同名的养老机构")
		}
		return h, err
	})
}

// DraftHomeAgreement drafts an agreement of a home with the institution, the manager's own by
// default. Of any number for one pair at once exactly one is drafted; the others get
// Conflict already_agreed.
func (v View) DraftHomeAgreement(ctx context.Context, a models.HomeAgreement) (HomeAgreementFile, error) {
	a, err := once(ctx, v, func(tx *Tx) (models.HomeAgreement, error) {
		if a.InstitutionID == 0 && tx.actor.Role == models.InstitutionManager {
			a.InstitutionID = tx.actor.InstitutionID
		}
		a.ID, a.Status, a.Version = 0, "", 1
		if a.PerWeek == 0 {
			a.PerWeek = models.RoundsPerWeek
		}
		var p models.Problems
		if a.Check(&p); len(p) > 0 {
			return a, p.Err()
		}
		if _, err := get[models.NursingHome](tx.db, a.HomeID); err != nil {
			return a, unknown(err, "home_id", "养老机构不存在")
		}
		if _, err := get[models.Institution](tx.db, a.InstitutionID); err != nil {
			return a, unknown(err, "institution_id", "医疗机构不存在")
		}
		e, err := a.Move(models.HomeAgreementStep{Move: models.MoveDraftHome}, tx.actor, tx.today)
		if err != nil {
			return a, err
		}
		if err := homeConflict(tx.db.Create(&a).Error); err != nil {
			return a, err
		}
		return a, tx.happened(e, a.ID, 0)
	})
	if err != nil {
		return HomeAgreementFile{}, err
	}
	return v.homeAgreementFile(ctx, a)
}

// unknown turns a missing row into Invalid of the field that names it.
func unknown(err error, field, message string) error {
	if errors.Is(err, models.ErrNotFound) {
		return models.InvalidField(field, "unknown", message)
	}
	return err
}

func homeConflict(err error) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Errorf(models.Conflict, "already_agreed", "该养老机构与该医疗机构已有未结束的协议")
	}
	return err
}

// MoveHomeAgreement makes a move on an agreement of the scope. It returns Forbidden for a move
// that is not the actor's, Conflict wrong_state or already_agreed, Invalid naming what is
// missing, and PreconditionFailed against an old version.
func (v View) MoveHomeAgreement(ctx context.Context, id models.ID, version int, s models.HomeAgreementStep) (HomeAgreementFile, error) {
	a, err := once(ctx, v, func(tx *Tx) (models.HomeAgreement, error) {
		a, err := tx.lockHomeAgreement(id)
		if err != nil {
			return a, err
		}
		if s.Reason = strings.TrimSpace(s.Reason); len([]rune(s.Reason)) > models.MaxMoveReason {
			return a, models.InvalidField("reason", "too_long", "原因不能超过200个字")
		}
		before := a
		e, err := a.Move(s, tx.actor, tx.today)
		if err := unlessStale(err, before.Version, version); err != nil {
			return before, err
		}
		return after(&a, tx.saveHomeAgreement(&a, e))
	})
	if err != nil {
		return HomeAgreementFile{}, err
	}
	return v.homeAgreementFile(ctx, a)
}

func (tx *Tx) lockHomeAgreement(id models.ID) (models.HomeAgreement, error) {
	var a models.HomeAgreement
	err := tx.view().homeAgreements(tx.forUpdate(tx.db)).Take(&a, "home_agreements.id = ?", id).Error
	return a, notFound(err)
}

func (tx *Tx) saveHomeAgreement(a *models.HomeAgreement, e models.Event) error {
	a.Version++
	if err := homeConflict(tx.db.Omit("created_at").Save(a).Error); err != nil {
		return err
	}
	return tx.happened(e, a.ID, 0)
}

// LogRound notes a round under an agreement that is kept, by staff of its institution. One
// of a day and staff member counts once: Conflict already_logged.
func (v View) LogRound(ctx context.Context, agreement models.ID, r models.HomeRound) (models.HomeRound, error) {
	return once(ctx, v, func(tx *Tx) (models.HomeRound, error) {
		a, err := tx.lockHomeAgreement(agreement)
		if err != nil {
			return r, err
		}
		if !tx.actor.Can(models.RoundWrite) {
			return r, models.ErrForbidden
		}
		if a.Status != models.HomeActive {
			return r, models.Errorf(models.Conflict, "wrong_state", "协议当前状态为“%s”,不能登记巡诊", models.HomeAgreementStatusLabels[a.Status])
		}
		if r.StaffID == 0 {
			r.StaffID = tx.actor.StaffID
		}
		h, err := get[models.NursingHome](tx.db, a.HomeID)
		if err != nil {
			return r, err
		}
		r.Notes = strings.TrimSpace(r.Notes)
		var p models.Problems
		r.Check(&p, a, h.Beds, tx.today)
		staff, err := get[models.Staff](tx.db, r.StaffID)
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return r, err
		}
		if staff.InstitutionID != a.InstitutionID {
			p.Add("staff_id", "other_institution", "巡诊人员不属于协议的医疗机构")
		}
		if len(p) > 0 {
			return r, p.Err()
		}
		r.ID, r.AgreementID, r.EnteredBy, r.CreatedAt = 0, a.ID, tx.actor.Name(), tx.now
		err = tx.db.Create(&r).Error
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			err = models.Errorf(models.Conflict, "already_logged", "该人员当天的巡诊已登记")
		}
		tx.record("home_agreement.round", "home_agreement", a.ID, 0)
		return r, err
	})
}

// Admit notes that a resident of the scope lives in a home from a day on; the address becomes
// that of a home. It returns Conflict in_a_home for one who lives in a home already, and
// home_full when every bed is taken.
func (v View) Admit(ctx context.Context, home, resident models.ID, begin models.Date) (models.HomeStay, error) {
	return once(ctx, v, func(tx *Tx) (models.HomeStay, error) {
		s := models.HomeStay{HomeID: home, ResidentID: resident, Open: new(true), Begin: begin, CreatedAt: tx.now}
		r, err := tx.lockResident(resident)
		if err != nil {
			return s, residentField(err)
		}
		if err := tx.living(r); err != nil {
			return s, err
		}
		h, err := lock[models.NursingHome](tx, home)
		if err != nil {
			return s, err
		}
		switch {
		case begin.IsZero():
			return s, models.InvalidField("begin", "required", "请填写入住日期")
		case begin.After(tx.today):
			return s, models.InvalidField("begin", "future", "入住日期不能晚于今天")
		case begin.Before(r.BirthDate):
			return s, models.InvalidField("begin", "before_birth", "入住日期不能早于出生日期")
		}
		var taken int64
		if err := tx.db.Model(&models.HomeStay{}).Where("home_id = ? AND `open` = ?", home, true).Count(&taken).Error; err != nil {
			return s, err
		}
		if int(taken) >= h.Beds {
			return s, models.Errorf(models.Conflict, "home_full", "该养老机构床位已满")
		}
		if err := tx.db.Create(&s).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return s, models.Errorf(models.Conflict, "in_a_home", "该居民已登记入住养老机构,请先登记离开")
		} else if err != nil {
			return s, err
		}
		tx.record("home_stay.begin", "home_stay", s.ID, r.ID)
		return s, tx.livesIn(&r, "nursing_home")
	})
}

// livesIn sets the kind of the resident's address.
func (tx *Tx) livesIn(r *models.Resident, kind string) error {
	if r.AddressKind == kind {
		return nil
	}
	r.AddressKind = kind
	return tx.saveResident(r)
}

// EndStay notes that a resident of the scope has left the home.
func (v View) EndStay(ctx context.Context, stay models.ID, end models.Date) (models.HomeStay, error) {
	return once(ctx, v, func(tx *Tx) (models.HomeStay, error) {
		s, err := get[models.HomeStay](tx.db, stay)
		if err != nil {
			return s, err
		}
		r, err := tx.lockResident(s.ResidentID)
		if err != nil {
			return s, err
		}
		if s, err = lock[models.HomeStay](tx, stay); err != nil {
			return s, err
		}
		switch {
		case s.Open == nil:
			return s, models.Errorf(models.Conflict, "already_ended", "该居民已登记离开")
		case end.IsZero():
			return s, models.InvalidField("end", "required", "请填写离开日期")
		case end.Before(s.Begin) || end.After(tx.today):
			return s, models.InvalidField("end", "out_of_range", "离开日期应在入住日期和今天之间")
		}
		s.Open, s.End = nil, end
		if err := tx.db.Omit("created_at").Save(&s).Error; err != nil {
			return s, err
		}
		tx.record("home_stay.end", "home_stay", s.ID, r.ID)
		return s, tx.livesIn(&r, "home")
	})
}

// endStays ends the stay of a resident who died or left the district.
func (tx *Tx) endStays(resident models.ID, on models.Date) error {
	return tx.db.Model(&models.HomeStay{}).Where("resident_id = ? AND `open` = ?", resident, true).Updates(map[string]any{"open": nil, "end": on}).Error
}

// RollHomeAgreements ends the agreements whose term is over, and tells the institution's
// managers of those that end within models.HomeRemindBefore days, once for each term. It
// returns the number of agreements ended or told of.
func (s *Store) RollHomeAgreements(ctx context.Context) (int, error) {
	v := s.As(models.System("home-agreements"))
	total, last := 0, models.ID(0)
	for {
		n, next, err := v.rollHomeAgreements(ctx, last)
		total += n
		if err != nil || next == 0 {
			return total, err
		}
		last = next
	}
}

func (v View) rollHomeAgreements(ctx context.Context, after models.ID) (n int, last models.ID, err error) {
	err = v.transact(ctx, func(tx *Tx) error {
		n, last = 0, 0
		var list []models.HomeAgreement
		err := tx.forUpdate(tx.db).Where("status IN ? AND end_on <= ? AND id > ?", []models.HomeAgreementStatus{models.HomeActive, models.HomeSuspended}, tx.today.AddDays(models.HomeRemindBefore), after).
			Order("id").Limit(rollBatch).Find(&list).Error
		if err != nil || len(list) == 0 {
			return err
		}
		last = list[len(list)-1].ID
		for i := range list {
			changed, err := tx.rollHomeAgreement(&list[i])
			if err != nil {
				return err
			}
			if changed {
				n++
			}
		}
		return nil
	})
	return n, last, err
}

func (tx *Tx) rollHomeAgreement(a *models.HomeAgreement) (changed bool, err error) {
	managers, err := tx.managersOf(a.InstitutionID)
	if err != nil {
		return false, err
	}
	if !a.EndOn.Before(tx.today) {
		told, err := tx.tellEach(fmt.Sprintf("home_ending/%d/%s", a.ID, a.EndOn), managers, HomeEndingNotice, a.ID)
		return told > 0, err
	}
	e, err := a.Move(models.HomeAgreementStep{Move: models.MoveExpireHome}, tx.actor, tx.today)
	if err != nil {
		return false, err
	}
	if err := tx.saveHomeAgreement(a, e); err != nil {
		return false, err
	}
	_, err = tx.tellEach(fmt.Sprintf("home_expired/%d/%s", a.ID, a.EndOn), managers, HomeExpiredNotice, a.ID)
	return true, err
}

// pausesOf are the times in which an agreement was suspended, from its history.
func pausesOf(events []models.Event) []models.Pause {
	var out []models.Pause
	for _, e := range events {
		day := calendar.DateOf(e.At)
		switch {
		case models.HomeAgreementStatus(e.To) == models.HomeSuspended:
			out = append(out, models.Pause{From: day})
		case models.HomeAgreementStatus(e.From) == models.HomeSuspended && len(out) > 0:
			out[len(out)-1].To = day
		}
	}
	return out
}
