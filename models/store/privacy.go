package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"jiayi/internal/seal"
	"jiayi/models"
)

// The notices of a request. Their data is the id of the request.
const (
	PrivacyNewNotice     = "privacy_request"
	PrivacyDueNotice     = "privacy_request_due"
	PrivacyOverdueNotice = "privacy_request_overdue"
	PrivacyAnswerNotice  = "privacy_answered"
)

// TextHash is the SM3 of the text a purpose is agreed to with.
func TextHash(p models.PurposeSpec) string { return seal.SM3Hex([]byte(p.Text)) }

// own loads and locks a resident the actor is, or is guardian of; 0 is the actor.
func (tx *Tx) own(resident models.ID) (models.Resident, error) {
	if resident == 0 {
		resident = tx.actor.ResidentID
	}
	if tx.actor.Role != models.ResidentRole || !tx.actor.ActsFor(resident) {
		return models.Resident{}, models.ErrNotFound
	}
	return tx.lockResident(resident)
}

// GiveConsent notes a resident's yes, or a guardian's for a ward, to the present text of a
// purpose (PIPL arts. 13–17, 28–31). It returns Invalid for an unknown purpose, for another
// version of the text than is in force, and for a child under 14 who consents alone, and
// Conflict already_given.
func (v View) GiveConsent(ctx context.Context, resident models.ID, purpose models.ConsentPurpose, version int) (models.Consent, error) {
	return once(ctx, v, func(tx *Tx) (models.Consent, error) {
		spec, ok := purpose.Spec()
		if !ok {
			return models.Consent{}, models.InvalidField("purpose", "enum", "没有这一处理目的")
		}
		if version != spec.Version {
			return models.Consent{}, models.InvalidField("version", "not_current", "告知内容已更新,请重新阅读后同意")
		}
		r, err := tx.own(resident)
		if err != nil {
			return models.Consent{}, err
		}
		if err := models.MayConsent(r, tx.actor, tx.today); err != nil {
			return models.Consent{}, err
		}
		c := models.Consent{ResidentID: r.ID, Purpose: purpose, Live: new(true), Version: version, TextHash: TextHash(spec), Channel: models.PrivacyChannel, GivenAt: tx.now}
		if tx.actor.ResidentID != r.ID {
			c.GuardianID = tx.actor.ResidentID
		}
		if err := tx.db.Create(&c).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return c, models.Errorf(models.Conflict, "already_given", "您已同意,无需重复操作")
		} else if err != nil {
			return c, err
		}
		tx.record("consent.give", "consent", c.ID, r.ID, string(purpose))
		return c, nil
	})
}

// WithdrawConsent takes a yes back (art. 15). What follows is models.PurposeSpec.Consequence;
// the team that cares for the resident is told. It returns Conflict already_withdrawn.
func (v View) WithdrawConsent(ctx context.Context, id models.ID) (models.Consent, error) {
	return once(ctx, v, func(tx *Tx) (models.Consent, error) {
		c, err := get[models.Consent](tx.db, id)
		if err != nil {
			return c, err
		}
		r, err := tx.own(c.ResidentID)
		if err != nil {
			return models.Consent{}, err
		}
		if c, err = lock[models.Consent](tx, id); err != nil {
			return c, err
		}
		if c.Live == nil {
			return c, models.Errorf(models.Conflict, "already_withdrawn", "已撤回同意")
		}
		c.Live, c.WithdrawnAt, c.WithdrawnBy = nil, &tx.now, tx.actor.Name()
		if err := tx.db.Save(&c).Error; err != nil {
			return c, err
		}
		tx.record("consent.withdraw", "consent", c.ID, r.ID, string(c.Purpose))
		return c, tx.tellTeam(r.CareTeamID(), "consent_withdrawn", c.ID)
	})
}

// withdrew tells whether the resident has taken back the yes to a purpose. Who was never
// asked has not.
func (tx *Tx) withdrew(resident models.ID, purpose models.ConsentPurpose) (bool, error) {
	var last []models.Consent
	err := tx.db.Select("live").Order("id DESC").Limit(1).Find(&last, "resident_id = ? AND purpose = ?", resident, purpose).Error
	return len(last) > 0 && last[0].Live == nil, err
}

// Consents are the yeses of a resident the actor acts for, the latest first.
func (v View) Consents(ctx context.Context, resident models.ID) ([]models.Consent, error) {
	if resident == 0 {
		resident = v.actor.ResidentID
	}
	if v.actor.Role != models.ResidentRole || !v.actor.ActsFor(resident) {
		return nil, models.ErrNotFound
	}
	var out []models.Consent
	if err := v.query(ctx).Order("id DESC").Limit(MaxLimit).Find(&out, "resident_id = ?", resident).Error; err != nil {
		return nil, err
	}
	return out, v.witnessed(ctx, "consent.list", "consent", 0, resident)
}

// PrivacyFile is a request with its history, buttons and the resident's name.
type PrivacyFile struct {
	models.PrivacyRequest
	ResidentName string
	History      []models.Event
	Actions      []models.RequestMove
}

// AskPrivacy files a request of a resident, or of a guardian for a ward; it is due in 15
// working days. It returns Invalid naming the fields, and Conflict already_asked while one of
// the kind waits.
func (v View) AskPrivacy(ctx context.Context, q models.PrivacyRequest) (PrivacyFile, error) {
	q, err := once(ctx, v, func(tx *Tx) (models.PrivacyRequest, error) {
		r, err := tx.own(q.ResidentID)
		if err != nil {
			return q, err
		}
		q.Wanted = strings.TrimSpace(q.Wanted)
		var p models.Problems
		if q.Check(&p); len(p) > 0 {
			return q, p.Err()
		}
		var waiting int64
		err = tx.db.Model(&models.PrivacyRequest{}).Where("resident_id = ? AND `kind` = ? AND field = ? AND waiting_until IS NOT NULL", r.ID, q.Kind, q.Field).Count(&waiting).Error
		if err != nil {
			return q, err
		}
		if waiting > 0 {
			return q, models.Errorf(models.Conflict, "already_asked", "同样的申请正在办理")
		}
		q.ID, q.ResidentID, q.InstitutionID, q.Status, q.Answer, q.Version = 0, r.ID, r.CareInstID(), "", "", 1
		q.DueOn, q.AskedBy = tx.today.AddWorkingDays(models.RequestWorkdays), tx.actor.Name()
		e, err := q.Move(models.MoveSubmitRequest, tx.actor, "", tx.now)
		if err != nil {
			return q, err
		}
		if err := tx.db.Create(&q).Error; err != nil {
			return q, err
		}
		if err := tx.happened(e, q.ID, r.ID); err != nil {
			return q, err
		}
		managers, err := tx.managersOf(q.InstitutionID)
		if err != nil {
			return q, err
		}
		_, err = tx.tellEach("privacy_new/"+q.ID.String(), managers, PrivacyNewNotice, q.ID)
		return q, err
	})
	if err != nil {
		return PrivacyFile{}, err
	}
	return v.privacyFile(ctx, q)
}

// privacyRequests is the data scope of requests: the district's managers see all, an
// institution's those of the people it cares for, a resident the own ones.
func (v View) privacyRequests(db *gorm.DB) *gorm.DB {
	a := v.actor
	switch a.Role {
	case models.DistrictManager, models.SystemRole:
		return db
	case models.InstitutionManager:
		return db.Where("privacy_requests.institution_id = ?", some(a.InstitutionID))
	case models.ResidentRole:
		return db.Where("privacy_requests.resident_id IN ?", anyOf(append([]models.ID{a.ResidentID}, a.WardIDs...)))
	}
	return db.Where("1 = 0")
}

// MovePrivacy makes a move on a request of the scope. Erasing deletes telephone and address
// of the resident, who must not hold a contract any more: Conflict has_contract. It returns
// Forbidden for a move that is not the actor's, Conflict wrong_state or wrong_kind, and
// Invalid for an answer that is missing.
func (v View) MovePrivacy(ctx context.Context, id models.ID, version int, m models.RequestMove, answer string) (PrivacyFile, error) {
	q, err := once(ctx, v, func(tx *Tx) (models.PrivacyRequest, error) {
		var q models.PrivacyRequest
		if err := tx.view().privacyRequests(tx.db).Take(&q, "privacy_requests.id = ?", id).Error; err != nil {
			return q, notFound(err)
		}
		r, err := lock[models.Resident](tx, q.ResidentID)
		if err != nil {
			return q, err
		}
		if q, err = lock[models.PrivacyRequest](tx, id); err != nil {
			return q, err
		}
		before := q.Version
		e, err := q.Move(m, tx.actor, answer, tx.now)
		if err := unlessStale(err, before, version); err != nil {
			return q, err
		}
		if m == models.MoveEraseRequest {
			if err := tx.erase(&r); err != nil {
				return q, err
			}
		}
		q.Version++
		if err := tx.db.Omit("created_at").Save(&q).Error; err != nil {
			return q, err
		}
		if err := tx.happened(e, q.ID, r.ID); err != nil || q.ClosedAt == nil || m == models.MoveWithdrawRequest {
			return q, err
		}
		return q, tx.tell(r.ID, PrivacyAnswerNotice, q.ID)
	})
	if err != nil {
		return PrivacyFile{}, err
	}
	return v.privacyFile(ctx, q)
}

// erase deletes how to reach a resident; the record of care stays (art. 47).
func (tx *Tx) erase(r *models.Resident) error {
	held, err := tx.held(r.ID)
	if err != nil {
		return err
	}
	if len(held) > 0 {
		return models.Errorf(models.Conflict, "has_contract", "该居民仍有有效签约或待处理申请,请先办理解约或撤销")
	}
	r.Phone, r.PhoneIndex, r.Address = "", "", ""
	tx.record("resident.erase", "resident", r.ID, r.ID, "phone", "address")
	return tx.saveResident(r)
}

// PrivacyFilter chooses requests; zero fields choose all.
type PrivacyFilter struct {
	Status  models.RequestStatus
	Overdue bool
}

// PrivacyRequests lists the requests of the scope: the newest first, overdue ones the most
// urgent first.
func (v View) PrivacyRequests(ctx context.Context, f PrivacyFilter, p Page) (List[PrivacyFile], error) {
	db := v.privacyRequests(v.query(ctx))
	if f.Status != "" {
		db = db.Where("privacy_requests.status = ?", f.Status)
	}
	o := order{columns: []string{"privacy_requests.id"}, desc: true}
	key := func(q models.PrivacyRequest) []any { return []any{int64(q.ID)} }
	if f.Overdue {
		db = db.Where("privacy_requests.waiting_until < ?", v.Today())
		o = order{columns: []string{"privacy_requests.waiting_until", "privacy_requests.id"}}
		key = func(q models.PrivacyRequest) []any { return []any{q.WaitingUntil, int64(q.ID)} }
	}
	page, err := paginate(db, p, o, key)
	if err != nil {
		return List[PrivacyFile]{}, err
	}
	people := make([]models.ID, len(page.Items))
	for i, q := range page.Items {
		people[i] = q.ResidentID
	}
	named, err := names[models.Resident](v.query(ctx), people)
	if err != nil {
		return List[PrivacyFile]{}, err
	}
	out := List[PrivacyFile]{Next: page.Next, Items: make([]PrivacyFile, len(page.Items))}
	for i, q := range page.Items {
		out.Items[i] = PrivacyFile{PrivacyRequest: q, ResidentName: named[q.ResidentID], Actions: q.Allowed(v.actor)}
	}
	return out, v.witnessed(ctx, "privacy_request.list", "privacy_request", 0, 0, idTexts(people)...)
}

// PrivacyRequest reads one request of the scope, witnessed.
func (v View) PrivacyRequest(ctx context.Context, id models.ID) (PrivacyFile, error) {
	var q models.PrivacyRequest
	if err := v.privacyRequests(v.query(ctx)).Take(&q, "privacy_requests.id = ?", id).Error; err != nil {
		return PrivacyFile{}, notFound(err)
	}
	out, err := v.privacyFile(ctx, q)
	if err != nil {
		return out, err
	}
	return out, v.witnessed(ctx, "privacy_request.read", "privacy_request", q.ID, q.ResidentID)
}

func (v View) privacyFile(ctx context.Context, q models.PrivacyRequest) (PrivacyFile, error) {
	named, err := names[models.Resident](v.query(ctx), []models.ID{q.ResidentID})
	if err != nil {
		return PrivacyFile{}, err
	}
	out := PrivacyFile{PrivacyRequest: q, ResidentName: named[q.ResidentID], Actions: q.Allowed(v.actor)}
	out.History, err = history(v.query(ctx), models.PrivacyProcess.Noun, q.ID)
	return out, err
}

// RemindPrivacy tells the managers of requests that are due within models.RequestRemindDays
// days, and again when they are overdue, each once. It returns the number told.
func (s *Store) RemindPrivacy(ctx context.Context) (int, error) {
	v := s.As(models.System("privacy-deadlines"))
	total, after := 0, models.ID(0)
	for {
		n, last := 0, models.ID(0)
		err := v.transact(ctx, func(tx *Tx) error {
			n, last = 0, 0
			var due []models.PrivacyRequest
			err := tx.db.Where("waiting_until <= ? AND id > ?", tx.today.AddDays(models.RequestRemindDays), after).Order("id").Limit(rollBatch).Find(&due).Error
			for _, q := range due {
				last = q.ID
				template := PrivacyDueNotice
				if q.DueOn.Before(tx.today) {
					template = PrivacyOverdueNotice
				}
				managers, err := tx.managersOf(q.InstitutionID)
				if err != nil {
					return err
				}
				told, err := tx.tellEach(fmt.Sprintf("%s/%d", template, q.ID), managers, template, q.ID)
				if err != nil {
					return err
				}
				n += told
			}
			return err
		})
		total += n
		if err != nil || last == 0 {
			return total, err
		}
		after = last
	}
}
