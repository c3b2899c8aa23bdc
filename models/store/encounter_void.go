package store

import (
	"context"
	"strings"
	"unicode/utf8"

	"jiayi/models"
)

// VoidEncounter retracts a visit that was entered wrongly, with the reason. Its forms
// stay to be read, but count nowhere, and the tasks become what the remaining visits
// say. What was concluded at later visits stands. A version of 0 means whatever it is.
// It returns Conflict already_voided for one that is void.
func (v View) VoidEncounter(ctx context.Context, id models.ID, version int, reason string) (Visit, error) {
	return once(ctx, v, func(tx *Tx) (Visit, error) {
		reason = strings.TrimSpace(reason)
		if err := checkVoidReason(reason); err != nil {
			return Visit{}, err
		}
		e, r, err := tx.lockEncounter(id)
		if err != nil {
			return Visit{}, err
		}
		if err := checkVersion(e.Version, version); err != nil {
			return Visit{}, err
		}
		if err := tx.void(&e, &r, reason); err != nil {
			return Visit{}, err
		}
		return tx.view().visit(tx.db, r, e)
	})
}

// void retracts a locked visit with what hangs on it: forms, readings, tasks, and the flags
// that are open.
func (tx *Tx) void(e *models.Encounter, r *models.Resident, reason string) error {
	if e.Voided {
		return models.Errorf(models.Conflict, "already_voided", "该随访记录已作废")
	}
	e.Voided, e.VoidReason, e.VoidedBy, e.VoidedAt = true, reason, tx.actor.AccountID, &tx.now
	e.Version, e.UpdatedAt = e.Version+1, tx.now
	if err := tx.db.Omit("Followups").Save(e).Error; err != nil {
		return err
	}
	if err := tx.db.Model(&models.Followup{}).Where("encounter_id = ?", e.ID).Update("live", nil).Error; err != nil {
		return err
	}
	if err := tx.dropReadings(e.ID); err != nil {
		return err
	}
	if err := tx.closeFlags(e.ID, reason); err != nil {
		return err
	}
	for i := range e.Followups {
		e.Followups[i].Live = nil
	}
	if err := tx.reopenProgrammes(*r, *e); err != nil {
		return err
	}
	tx.record("followup.void", "encounter", e.ID, r.ID)
	return tx.settle(r)
}

func checkVoidReason(reason string) error {
	var p models.Problems
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		p.Add("reason", "required", "请填写作废原因")
	case n > models.MaxVoidReason:
		p.Add("reason", "too_long", "作废原因不能超过200个字")
	}
	return p.Err()
}

// lockEncounter loads an encounter of a resident of the scope with its forms, and
// locks the resident first: two changes to one person's visits cannot cross.
func (tx *Tx) lockEncounter(id models.ID) (models.Encounter, models.Resident, error) {
	e, err := get[models.Encounter](tx.db, id)
	if err != nil {
		return e, models.Resident{}, err
	}
	r, err := tx.lockResident(e.ResidentID)
	if err != nil {
		return e, r, err
	}
	err = tx.forUpdate(tx.db).Preload("Followups").Take(&e, "id = ?", id).Error
	return e, r, notFound(err)
}
