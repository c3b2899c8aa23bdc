package store

import (
	"context"

	"jiayi/models"
)

// Renew signs the successor of a contract with the same team. In the last 60 days it
// waits behind the current contract and continues without a gap; up to 30 days after
// the end it begins today and still counts as renewal (domain §1.6).
func (v View) Renew(ctx context.Context, id models.ID, version int, s Signing) (models.Contract, error) {
	no, err := v.contractNumber(ctx)
	if err != nil {
		return models.Contract{}, err
	}
	return once(ctx, v, func(tx *Tx) (models.Contract, error) {
		old, r, err := tx.lockContract(id, version)
		if err != nil {
			return old, err
		}
		if err := tx.living(r); err != nil {
			return old, err
		}
		if err := tx.renewable(old); err != nil {
			return old, err
		}
		if tx.actor.IsStaff() && s.Signature == "" {
			return old, models.InvalidField("signature", "required", "现场续约须有居民签名")
		}
		s.ResidentID, s.TeamID, s.BeginDate = r.ID, old.TeamID, models.Date{}
		s.PackageIDs = chosenOr(s.PackageIDs, old)
		c, err := tx.succeed(old, r, s, no)
		if err != nil {
			return c, err
		}
		if err := tx.move(&old, models.MoveRenew, tx.actor, ""); err != nil {
			return c, err
		}
		if old.Status == models.Active {
			return c, tx.tell(r.ID, "contract_renewed", c.ID)
		}
		return c, tx.inForce(&r, c, s.Override)
	})
}

// renewable refuses a renewal outside its window.
func (tx *Tx) renewable(c models.Contract) error {
	switch c.Status {
	case models.Active:
		if opens := c.EndDate.AddDays(-models.RenewalWindow); tx.today.Before(opens) {
			return &models.Error{Kind: models.Conflict, Code: "renewal_not_open", Message: "未到续约时间,到期前60天内可以续约", Details: map[string]any{"opens_on": opens.String()}}
		}
		if c.Slot == nil || *c.Slot != models.CurrentSlot {
			return errRenewed
		}
	case models.Expired:
		if tx.today.After(c.EndDate.AddDays(models.LateRenewalDays)) {
			return models.Errorf(models.Conflict, "renewal_closed", "到期已超过30天,请重新签约")
		}
	default:
		return models.Errorf(models.Conflict, "wrong_state", "合同当前状态为“%s”,不能续约", models.ContractStatusLabels[c.Status])
	}
	return nil
}

// succeed inserts the contract that follows an old one: signed at once by both sides.
func (tx *Tx) succeed(old models.Contract, r models.Resident, s Signing, no string) (models.Contract, error) {
	held, err := tx.held(r.ID)
	if err != nil {
		return models.Contract{}, err
	}
	if old.Status == models.Active && held[models.NextSlot] != nil {
		return models.Contract{}, errRenewed
	}
	if old.Status == models.Expired && len(held) > 0 {
		return models.Contract{}, errSigned
	}
	c := models.Contract{No: no, ResidentID: r.ID, TermYears: s.TermYears, Source: s.Source, OpenedBy: tx.actor.Name(), PreviousID: old.ID, Version: 1}
	if err := checkTerms(s, tx.today); err != nil {
		return c, err
	}
	return after(&c, tx.insertSuccessor(&c, old, r, s))
}

// insertSuccessor inserts a renewal: active, current at once after an expired contract,
// waiting in the next slot behind one in force.
func (tx *Tx) insertSuccessor(c *models.Contract, old models.Contract, r models.Resident, s Signing) error {
	team, err := tx.signableTeam(old.TeamID)
	if err != nil {
		return err
	}
	c.TeamID, c.InstitutionID, c.DoctorID = team.ID, team.InstitutionID, team.LeaderID
	if err := tx.atEvent(c, s); err != nil {
		return err
	}
	by, err := tx.signer(r, s)
	if err != nil {
		return err
	}
	packages, err := tx.packagesFor(r, s.PackageIDs)
	if err != nil {
		return err
	}
	if tx.actor.Party(r.ID, team.ID, team.InstitutionID)&(models.PartyResident|models.PartyTeam) == 0 {
		return models.ErrForbidden
	}
	event, err := c.Move(models.MoveSign, models.System("renewal"), "")
	if err != nil {
		return err
	}
	event.By = tx.actor.Name()
	c.SignedOn, c.BeginDate = tx.today, tx.today
	if old.Status == models.Active {
		c.BeginDate = old.EndDate.AddDays(1)
		c.WaitAsNext()
	}
	c.EndDate = models.TermEnd(c.BeginDate, c.TermYears)
	return tx.storeContract(c, r, team, packages, by, s, event)
}

func chosenOr(chosen []models.ID, old models.Contract) []models.ID {
	if len(chosen) > 0 {
		return chosen
	}
	for _, p := range old.Packages {
		chosen = append(chosen, p.PackageID)
	}
	return chosen
}

// Transfer moves a resident to another team (改签). A resident's request is an
// application to the new team, which ends the old contract when it accepts; staff of
// the new team, or a manager, do both at once with the resident's signature.
func (v View) Transfer(ctx context.Context, id models.ID, version int, s Signing) (models.Contract, error) {
	no, err := v.contractNumber(ctx)
	if err != nil {
		return models.Contract{}, err
	}
	return once(ctx, v, func(tx *Tx) (models.Contract, error) {
		old, r, err := tx.lockContract(id, version)
		if err != nil {
			return old, err
		}
		if err := tx.living(r); err != nil {
			return old, err
		}
		if old.Status != models.Active || old.Slot == nil || *old.Slot != models.CurrentSlot {
			return old, models.Errorf(models.Conflict, "wrong_state", "合同当前状态为“%s”,不能改签", models.ContractStatusLabels[old.Status])
		}
		if s.TeamID == old.TeamID {
			return old, models.InvalidField("team_id", "same_team", "新团队与原团队相同")
		}
		held, err := tx.held(r.ID)
		if err != nil {
			return old, err
		}
		if held[models.PendingSlot] != nil {
			return old, errApplied
		}
		if tx.actor.IsStaff() && s.Signature == "" {
			return old, models.InvalidField("signature", "required", "现场改签须有居民签名")
		}
		c := models.Contract{No: no, ResidentID: r.ID, TermYears: s.TermYears, Source: s.Source, OpenedBy: tx.actor.Name(), PreviousID: old.ID, Version: 1}
		s.ResidentID, s.BeginDate = r.ID, models.Date{}
		if tx.actor.IsStaff() {
			if err := tx.endForTransfer(&old, held[models.NextSlot], s.TeamID); err != nil {
				return c, err
			}
		}
		if err := tx.insertContract(&c, r, s, openingMove(tx.actor, s)); err != nil {
			return c, err
		}
		return after(&c, tx.finishOpen(&r, &c, s.Override))
	})
}

// endForTransfer ends the contract in force because another team takes over; the
// renewal waiting behind it ends too. The old team's seat is free again.
func (tx *Tx) endForTransfer(old, next *models.Contract, to models.ID) error {
	system := models.System("transfer")
	old.StopReason, old.StoppedOn = models.StopTransfer, tx.today
	if err := tx.move(old, models.MoveTransfer, system, "改签"); err != nil {
		return err
	}
	if next != nil {
		next.StopReason, next.StoppedOn = models.StopTransfer, next.BeginDate
		if err := tx.move(next, models.MoveTerminate, system, "改签"); err != nil {
			return err
		}
	}
	if err := tx.tellTeam(old.TeamID, "resident_transferred", old.ID); err != nil {
		return err
	}
	return tx.leaveSeat(old.TeamID)
}

// TransferPreview is what a transfer would do, before anyone does it.
type TransferPreview struct {
	Old, New            models.Team
	Ends, Begins        models.Date
	OpenTasks           int // follow-up tasks that move along
	RenewalEnds         bool
	NewTeamFree         int // seats left with the new team
	PublicHealthStaysAt models.Team
}

// PreviewTransfer tells what follows from moving the contract to the team today.
func (v View) PreviewTransfer(ctx context.Context, id, team models.ID) (TransferPreview, error) {
	db := v.query(ctx)
	c, err := v.contract(db, id)
	if err != nil {
		return TransferPreview{}, err
	}
	out := TransferPreview{Ends: v.Today().AddDays(-1), Begins: v.Today()}
	if out.Old, err = get[models.Team](db, c.TeamID); err != nil {
		return out, err
	}
	if out.New, err = get[models.Team](db, team); err != nil {
		return out, models.InvalidField("team_id", "unknown", "团队不存在")
	}
	r, err := get[models.Resident](db, c.ResidentID)
	if err != nil {
		return out, err
	}
	if out.PublicHealthStaysAt, err = get[models.Team](db, r.AreaTeamID); err != nil {
		return out, err
	}
	var n int64
	if err := db.Model(&models.Task{}).Where("resident_id = ? AND lane < ?", r.ID, models.LaneClosed).Count(&n).Error; err != nil {
		return out, err
	}
	out.OpenTasks = int(n)
	if err := db.Model(&models.Contract{}).Where("resident_id = ? AND slot = ?", r.ID, models.NextSlot).Count(&n).Error; err != nil {
		return out, err
	}
	out.RenewalEnds = n > 0
	out.NewTeamFree = max(0, out.New.Capacity(v.opt.CapacityPerDoctor)-out.New.Load)
	return out, v.witnessed(ctx, "contract.preview", "contract", c.ID, r.ID)
}
