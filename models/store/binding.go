package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/codes"
)

// Bind binds the actor's WeChat account to the resident with the name, the ID number and
// the account's verified phone. When the record has no phone, or another WeChat account
// is bound to the resident, the request waits for the team and the answer is
// ErrNeedsTeam. Anything that does not agree is ErrNotOnFile, and too many of those
// ErrLocked. Further errors: Invalid for a number that cannot exist, ErrPhoneRequired,
// ErrAlreadyBound.
func (v View) Bind(ctx context.Context, name, idNumber string) error {
	var p models.Problems
	models.CheckName(&p, "name", name)
	number, err := v.idRules().ParseIDNumber(idNumber)
	if err != nil {
		p.Add("id_number", "invalid", "身份证号码不正确,请核对是否输错")
	}
	if err := p.Err(); err != nil {
		return err
	}
	_, err = settle(ctx, v, func(tx *Tx) (outcome, error) {
		w, err := lock[models.WechatAccount](tx, v.actor.WechatID)
		switch {
		case err != nil:
			return outcome{}, err
		case w.ResidentID != 0:
			return outcome{}, models.ErrAlreadyBound
		case w.Phone == "":
			return outcome{}, models.ErrPhoneRequired
		}
		wait, err := tx.lockedFor(bindingOf(w.ID))
		if err != nil {
			return outcome{}, err
		}
		if wait > 0 {
			return outcome{Refusal: refusedLocked, Wait: wait}, nil
		}
		return tx.tryBind(w, models.Claim{Name: name, Phone: w.Phone}, number.Number)
	})
	return err
}

func (tx *Tx) tryBind(w models.WechatAccount, claim models.Claim, number string) (outcome, error) {
	var r models.Resident
	err := tx.forUpdate(tx.db).Take(&r, "document_index = ?", tx.s.documentIndex(string(codes.DocResidentID), number)).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return outcome{}, err
	}
	taken, err := tx.activeBinding(r.ID)
	if err != nil {
		return outcome{}, err
	}
	proof, refusal := claim.Against(r, taken.ID != 0)
	switch {
	case errors.Is(refusal, models.ErrNotOnFile):
		tx.record("binding.refused", "wechat_account", w.ID, 0)
		return refused(models.ErrNotOnFile), tx.fail(bindingOf(w.ID))
	case refusal != nil:
		return refused(models.ErrNeedsTeam), tx.waitForTeam(w, r, proof)
	}
	b := models.Binding{WechatID: w.ID, ResidentID: r.ID, Proof: proof}
	if err := tx.activateBinding(&b); err != nil {
		return outcome{}, err
	}
	return outcome{}, tx.forgive(bindingOf(w.ID))
}

// activeBinding is the binding of a resident that is in use; a zero one when there is none.
func (tx *Tx) activeBinding(resident models.ID) (models.Binding, error) {
	var b models.Binding
	err := tx.db.Take(&b, "resident_id = ? AND active = ?", resident, true).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = nil
	}
	return b, err
}

// waitForTeam keeps one request of the WeChat account for the resident.
func (tx *Tx) waitForTeam(w models.WechatAccount, r models.Resident, lacks models.BindingProof) error {
	b := models.Binding{WechatID: w.ID, ResidentID: r.ID, Status: models.BindingPending, Proof: lacks}
	err := tx.db.Where("wechat_id = ? AND resident_id = ? AND status = ?", w.ID, r.ID, models.BindingPending).FirstOrCreate(&b).Error
	tx.record("binding.request", "binding", b.ID, r.ID, string(lacks))
	return err
}

// activateBinding puts a binding into force, in the place of the resident's earlier one, whose
// sessions end.
func (tx *Tx) activateBinding(b *models.Binding) error {
	old, err := tx.activeBinding(b.ResidentID)
	if err != nil {
		return err
	}
	if old.ID != 0 {
		old.Active, old.Status = nil, models.BindingEnded
		if err := tx.db.Save(&old).Error; err != nil {
			return err
		}
		if err := tx.db.Model(&models.WechatAccount{ID: old.WechatID}).Update("resident_id", 0).Error; err != nil {
			return err
		}
		if err := tx.endSessions(models.EndRebound, "wechat_id = ?", old.WechatID); err != nil {
			return err
		}
		tx.record("binding.end", "binding", old.ID, b.ResidentID)
	}
	b.Active, b.Status = new(true), models.BindingActive
	if err := tx.db.Save(b).Error; err != nil {
		return err
	}
	tx.record("binding.begin", "binding", b.ID, b.ResidentID, string(b.Proof))
	return tx.db.Model(&models.WechatAccount{ID: b.WechatID}).Update("resident_id", b.ResidentID).Error
}

// BindingEntry is a binding with what the team compares on site.
type BindingEntry struct {
	models.Binding
	Name       string // of the resident
	DocumentNo string
	Phone      string // of the WeChat account
}

// PendingBindings lists the requests that wait for the actor's teams, oldest first.
func (v View) PendingBindings(ctx context.Context, p Page) (List[BindingEntry], error) {
	db := v.query(ctx)
	mine := v.residents(db.Model(&models.Resident{})).Select("residents.id")
	list, err := paginate(db.Where("status = ? AND resident_id IN (?)", models.BindingPending, mine), p,
		order{columns: []string{"id"}}, func(b models.Binding) []any { return []any{int64(b.ID)} })
	if err != nil {
		return List[BindingEntry]{}, err
	}
	out := List[BindingEntry]{Next: list.Next}
	for _, b := range list.Items {
		r, err := v.caredFor(db, b.ResidentID)
		if err != nil {
			return out, err
		}
		w, err := get[models.WechatAccount](db, b.WechatID)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, BindingEntry{b, r.Name, r.DocumentNo, w.Phone})
	}
	ids := make([]string, len(out.Items))
	for i, e := range out.Items {
		ids[i] = e.ResidentID.String()
	}
	return out, v.witnessed(ctx, "binding.list", "binding", 0, 0, ids...)
}

// errBindingSettled is the answer to settling a request twice.
var errBindingSettled = models.Errorf(models.Conflict, "binding_settled", "该申请已处理")

// SettleBinding confirms a request after the team has seen the person and the ID card,
// or refuses it.
func (v View) SettleBinding(ctx context.Context, id models.ID, confirm bool) (models.Binding, error) {
	return once(ctx, v, func(tx *Tx) (models.Binding, error) {
		seen, err := get[models.Binding](tx.db, id)
		if err != nil {
			return seen, err
		}
		w, err := lock[models.WechatAccount](tx, seen.WechatID)
		if err != nil {
			return seen, err
		}
		if _, err := tx.lockResident(seen.ResidentID); err != nil {
			return models.Binding{}, err
		}
		b, err := lock[models.Binding](tx, id)
		switch {
		case err != nil:
			return b, err
		case b.Status != models.BindingPending:
			return b, errBindingSettled
		case confirm && w.ResidentID != 0:
			return b, models.ErrAlreadyBound
		}
		b.SettledBy = v.actor.AccountID
		if !confirm {
			b.Status = models.BindingRefused
			tx.record("binding.refuse", "binding", b.ID, b.ResidentID)
			return b, tx.db.Save(&b).Error
		}
		b.Proof = models.ProofOnSite
		return after(&b, tx.activateBinding(&b))
	})
}

// mergeBindings gives the survivor of a merge the duplicate's bindings. Where both are
// bound, the survivor's stays and the duplicate's ends with its sessions.
func (tx *Tx) mergeBindings(survivor, duplicate models.ID) error {
	theirs, err := tx.activeBinding(duplicate)
	if err != nil {
		return err
	}
	if theirs.ID != 0 {
		mine, err := tx.activeBinding(survivor)
		if err != nil {
			return err
		}
		to := survivor
		if mine.ID != 0 {
			theirs.Active, theirs.Status, to = nil, models.BindingEnded, 0
			if err := tx.db.Save(&theirs).Error; err != nil {
				return err
			}
		}
		if err := tx.endSessions(models.EndRebound, "wechat_id = ?", theirs.WechatID); err != nil {
			return err
		}
		if err := tx.db.Model(&models.WechatAccount{ID: theirs.WechatID}).Update("resident_id", to).Error; err != nil {
			return err
		}
	}
	return tx.db.Model(&models.Binding{}).Where("resident_id = ?", duplicate).Update("resident_id", survivor).Error
}
