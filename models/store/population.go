package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"jiayi/models"
)

// Enrolment is a membership to open.
type Enrolment struct {
	Code     models.Population
	Begin    models.Date
	Evidence string
	Source   models.MembershipSource
}

// MaxEvidence is the longest evidence text in characters.
const MaxEvidence = 100

// Enrol opens a resident's membership in a key population. Derived populations follow
// from the birth date and cannot be typed (domain §2.2).
func (v View) Enrol(ctx context.Context, id models.ID, e Enrolment) (models.Membership, error) {
	return once(ctx, v, func(tx *Tx) (models.Membership, error) {
		r, err := tx.lockResident(id)
		if err != nil {
			return models.Membership{}, err
		}
		if err := tx.living(r); err != nil {
			return models.Membership{}, err
		}
		if err := checkEnrolment(r, e, tx.today); err != nil {
			return models.Membership{}, err
		}
		m, err := tx.enrol(r, e)
		if err != nil {
			return m, err
		}
		tx.record("population.open", "membership", m.ID, r.ID, string(e.Code))
		return m, tx.settle(&r)
	})
}

func checkEnrolment(r models.Resident, e Enrolment, today models.Date) error {
	var p models.Problems
	spec, ok := e.Code.Spec()
	switch {
	case !ok:
		p.Add("code", "enum", "人群代码不存在")
	case spec.Derived:
		p.Add("code", "derived", "该人群按年龄自动计算,不能手工登记")
	case e.Begin.IsZero():
		p.Add("begin", "required", "请填写纳入日期")
	case e.Begin.After(today):
		p.Add("begin", "future", "纳入日期不能晚于今天")
	case e.Begin.Before(r.BirthDate):
		p.Add("begin", "before_birth", "纳入日期不能早于出生日期")
	case r.Age(e.Begin) < spec.MinAge:
		p.Add("code", "age", "该居民未达到纳入此人群的最小年龄")
	case e.Code == models.Maternal && r.Sex == "1":
		p.Add("code", "sex", "男性不能登记为孕产妇")
	}
	switch n := len([]rune(e.Evidence)); {
	case n == 0:
		p.Add("evidence", "required", "请填写纳入依据")
	case n > MaxEvidence:
		p.Add("evidence", "too_long", "纳入依据不能超过100个字")
	}
	return p.Err()
}

func (tx *Tx) enrol(r models.Resident, e Enrolment) (models.Membership, error) {
	m := newMembership(r.ID, e)
	err := tx.db.Create(&m).Error
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return m, &models.Error{Kind: models.Conflict, Code: "already_member", Message: "该居民已在此人群中",
			Fields: []models.FieldError{{Field: "code", Code: "already_member", Message: "该居民已在此人群中"}}}
	}
	return m, err
}

func newMembership(resident models.ID, e Enrolment) models.Membership {
	return models.Membership{ResidentID: resident, Code: e.Code, Open: new(true), Begin: e.Begin, Source: e.Source, Evidence: e.Evidence, Version: 1}
}

// CloseMembership ends a membership on a day, with the reason.
func (v View) CloseMembership(ctx context.Context, resident, membership models.ID, on models.Date, reason string) (models.Membership, error) {
	return once(ctx, v, func(tx *Tx) (models.Membership, error) {
		r, err := tx.lockResident(resident)
		if err != nil {
			return models.Membership{}, err
		}
		var m models.Membership
		if err := tx.db.Take(&m, "id = ? AND resident_id = ?", membership, r.ID).Error; err != nil {
			return m, notFound(err)
		}
		if m.Open == nil {
			return m, models.Errorf(models.Conflict, "already_closed", "该登记已结束")
		}
		var p models.Problems
		switch {
		case on.IsZero():
			p.Add("end", "required", "请填写结束日期")
		case on.After(tx.today):
			p.Add("end", "future", "结束日期不能晚于今天")
		case on.Before(m.Begin):
			p.Add("end", "before_begin", "结束日期不能早于纳入日期")
		}
		switch n := len([]rune(reason)); {
		case n == 0:
			p.Add("reason", "required", "请填写结束原因")
		case n > 100:
			p.Add("reason", "too_long", "结束原因不能超过100个字")
		}
		if err := p.Err(); err != nil {
			return m, err
		}
		m.Open, m.End, m.CloseReason, m.Version = nil, on, reason, m.Version+1
		if err := tx.db.Save(&m).Error; err != nil {
			return m, err
		}
		tx.record("population.close", "membership", m.ID, r.ID, string(m.Code))
		return m, tx.settle(&r)
	})
}
