package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// contracts is the data scope of contracts: a team sees those made with it, an
// institution those of its teams, a resident the own ones and those of wards.
func (v View) contracts(db *gorm.DB) *gorm.DB {
	a := v.actor
	switch a.Reach() {
	case models.DistrictReach:
		return db
	case models.InstitutionReach:
		return db.Where("contracts.institution_id = ?", some(a.InstitutionID))
	case models.TeamReach:
		return db.Where("contracts.team_id IN ?", anyOf(a.TeamIDs))
	case models.OwnReach:
		return db.Where("contracts.resident_id IN ?", anyOf(append([]models.ID{a.ResidentID}, a.WardIDs...)))
	}
	return db.Where("1 = 0")
}

// contract loads one contract the actor may see: one of the scope, or one of a resident
// of the scope (the team of responsibility sees who its people are signed with).
func (v View) contract(db *gorm.DB, id models.ID) (models.Contract, error) {
	var c models.Contract
	err := notFound(v.contracts(db).Preload("Packages").Take(&c, "contracts.id = ?", id).Error)
	if !models.IsKind(err, models.NotFound) {
		return c, err
	}
	if err := db.Preload("Packages").Take(&c, "id = ?", id).Error; err != nil {
		return c, notFound(err)
	}
	if _, err := v.resident(db, c.ResidentID); err != nil {
		return models.Contract{}, err
	}
	return c, nil
}

// lockContract locks a contract the actor may see: first its resident, so that every
// change of one person's contracts queues behind the same row, then the contract.
func (tx *Tx) lockContract(id models.ID, version int) (models.Contract, models.Resident, error) {
	seen, err := tx.view().contract(tx.db, id)
	if err != nil {
		return seen, models.Resident{}, err
	}
	r, err := lock[models.Resident](tx, seen.ResidentID)
	if err != nil {
		return seen, r, err
	}
	c, err := lock[models.Contract](tx, id)
	if err != nil {
		return c, r, err
	}
	c.Packages = seen.Packages
	return c, r, checkVersion(c.Version, version)
}

// move makes a move of the state table on a locked contract and saves it.
func (tx *Tx) move(c *models.Contract, m models.ContractMove, by models.Actor, reason string) error {
	event, err := c.Move(m, by, reason)
	if err != nil {
		return err
	}
	if err := tx.saveContract(c); err != nil {
		return err
	}
	tx.record("contract."+string(m), "contract", c.ID, c.ResidentID, string(c.Status))
	return tx.keepEvent(*c, event)
}

func (tx *Tx) saveContract(c *models.Contract) error {
	c.Version++
	return openConflict(tx.db.Omit("Packages", "created_at").Save(c).Error)
}

// change is the frame of every use case on one contract.
func (v View) change(ctx context.Context, id models.ID, version int, fn func(tx *Tx, c *models.Contract, r *models.Resident) error) (models.Contract, error) {
	return once(ctx, v, func(tx *Tx) (models.Contract, error) {
		c, r, err := tx.lockContract(id, version)
		if err != nil {
			return c, err
		}
		return after(&c, fn(tx, &c, &r))
	})
}

// Accept makes an application the contract in force, from today. When the resident was
// signed with another team, that contract ends in the same transaction (改签).
func (v View) Accept(ctx context.Context, id models.ID, version int) (models.Contract, error) {
	return v.change(ctx, id, version, func(tx *Tx, c *models.Contract, r *models.Resident) error {
		return tx.activate(c, r, models.MoveAccept, "")
	})
}

// Confirm is the resident's yes to an offer.
func (v View) Confirm(ctx context.Context, id models.ID, version int) (models.Contract, error) {
	return v.change(ctx, id, version, func(tx *Tx, c *models.Contract, r *models.Resident) error {
		return tx.activate(c, r, models.MoveConfirm, "")
	})
}

// activate brings a pending contract into force.
func (tx *Tx) activate(c *models.Contract, r *models.Resident, m models.ContractMove, override string) error {
	if err := tx.living(*r); err != nil {
		return err
	}
	held, err := tx.held(r.ID)
	if err != nil {
		return err
	}
	if old := held[models.CurrentSlot]; old != nil && c.Slot != nil && *c.Slot == models.PendingSlot {
		if c.PreviousID != old.ID {
			return errSigned
		}
		if err := tx.endForTransfer(old, held[models.NextSlot], c.TeamID); err != nil {
			return err
		}
	}
	c.BeginDate, c.EndDate, c.SignedOn = tx.today, models.TermEnd(tx.today, c.TermYears), tx.today
	c.DueOn = models.Date{}
	if err := tx.move(c, m, tx.actor, ""); err != nil {
		return err
	}
	if err := tx.countersign(*c); err != nil {
		return err
	}
	return tx.inForce(r, *c, override)
}

// countersign notes the side that was missing on the agreement: the team for an
// application, the resident for an offer.
func (tx *Tx) countersign(c models.Contract) error {
	changes := map[string]any{"team_signer": c.DoctorID, "team_signed": tx.now}
	if !tx.actor.IsStaff() {
		changes["way"], changes["signed_at"] = models.WechatSignature, tx.now
		changes["device"], changes["ip"] = tx.actor.Device, tx.actor.IP
		changes["signer_id"] = tx.actor.ResidentID
		if tx.actor.ResidentID != c.ResidentID {
			changes["signer_kind"] = models.GuardianSigned
		}
	}
	return tx.db.Model(&models.Agreement{}).Where("contract_id = ?", c.ID).Updates(changes).Error
}

// Reject answers an application with no; the resident is told why.
func (v View) Reject(ctx context.Context, id models.ID, version int, reason string) (models.Contract, error) {
	return v.change(ctx, id, version, func(tx *Tx, c *models.Contract, r *models.Resident) error {
		if err := checkReason("reason", reason); err != nil {
			return err
		}
		if err := tx.move(c, models.MoveReject, tx.actor, reason); err != nil {
			return err
		}
		return tx.tell(r.ID, "contract_rejected", c.ID)
	})
}

// Cancel withdraws an application or an offer.
func (v View) Cancel(ctx context.Context, id models.ID, version int, reason string) (models.Contract, error) {
	return v.change(ctx, id, version, func(tx *Tx, c *models.Contract, _ *models.Resident) error {
		if err := checkReason("reason", reason); err != nil {
			return err
		}
		return tx.move(c, models.MoveCancel, tx.actor, reason)
	})
}

// Terminate ends a contract early, from today, with a stop reason (domain §1.6). A
// renewal that waits behind it ends with it.
func (v View) Terminate(ctx context.Context, id models.ID, version int, why models.StopReason, note string) (models.Contract, error) {
	return v.change(ctx, id, version, func(tx *Tx, c *models.Contract, r *models.Resident) error {
		if err := checkReason("note", note); err != nil {
			return err
		}
		if err := models.CheckStopReason(why, tx.actor); err != nil {
			return err
		}
		return tx.stop(c, r, why, note, models.MoveTerminate, tx.actor)
	})
}

// stop ends one active contract today and everything that hangs on it.
func (tx *Tx) stop(c *models.Contract, r *models.Resident, why models.StopReason, note string, m models.ContractMove, by models.Actor) error {
	current := c.Slot != nil && *c.Slot == models.CurrentSlot
	c.StopReason, c.StoppedOn = why, tx.today
	if err := tx.move(c, m, by, note); err != nil {
		return err
	}
	if !current {
		return nil
	}
	held, err := tx.held(c.ResidentID)
	if err != nil {
		return err
	}
	if next := held[models.NextSlot]; next != nil {
		next.StopReason, next.StoppedOn = why, next.BeginDate
		if err := tx.move(next, models.MoveTerminate, models.System("stop"), note); err != nil {
			return err
		}
	}
	if err := tx.settle(r); err != nil {
		return err
	}
	if r.Status == models.Living {
		if err := tx.tell(r.ID, "contract_stopped", c.ID); err != nil {
			return err
		}
	}
	return tx.leaveSeat(c.TeamID)
}

// stopContracts ends every open contract of a resident who died or left.
func (tx *Tx) stopContracts(r *models.Resident, why models.StopReason) error {
	held, err := tx.held(r.ID)
	if err != nil {
		return err
	}
	system := models.System("resident")
	if c := held[models.PendingSlot]; c != nil {
		if err := tx.move(c, models.MoveCancel, system, models.StopReasonLabels[why]); err != nil {
			return err
		}
	}
	for _, slot := range []models.Slot{models.CurrentSlot, models.NextSlot} {
		// A waiting renewal ends with the current contract; one without is ended here.
		c := held[slot]
		if c == nil || slot == models.NextSlot && held[models.CurrentSlot] != nil {
			continue
		}
		if err := tx.stop(c, r, why, "", models.MoveTerminate, system); err != nil {
			return err
		}
	}
	return nil
}

// mergeContracts gives the survivor the duplicate's contracts. Slots the survivor holds
// already end on the duplicate's side first.
func (tx *Tx) mergeContracts(a, b *models.Resident) error {
	mine, err := tx.held(a.ID)
	if err != nil {
		return err
	}
	theirs, err := tx.held(b.ID)
	if err != nil {
		return err
	}
	if len(mine) > 0 && len(theirs) > 0 {
		if err := tx.stopContracts(b, models.StopOther); err != nil {
			return err
		}
	}
	return tx.db.Model(&models.Contract{}).Where("resident_id = ?", b.ID).Update("resident_id", a.ID).Error
}

// maxReason is the longest reason text in characters.
const maxReason = 100

func checkReason(field, text string) error {
	if len([]rune(text)) > maxReason {
		return models.InvalidField(field, "too_long", "原因不能超过100个字")
	}
	return nil
}
