package store

import (
	"context"

	"jiayi/models"
)

// Dispute records a resident's "I never signed this": the contract is flagged beside
// every rate until a manager settles it.
func (v View) Dispute(ctx context.Context, id models.ID, version int, statement string) (models.Contract, error) {
	return v.change(ctx, id, version, func(tx *Tx, c *models.Contract, _ *models.Resident) error {
		if err := checkReason("reason", statement); err != nil {
			return err
		}
		if c.Disputed {
			return models.Errorf(models.Conflict, "already_disputed", "该合同已提出异议,正在处理")
		}
		c.Disputed = true
		if err := tx.move(c, models.MoveDispute, tx.actor, statement); err != nil {
			return err
		}
		return tx.db.Create(&models.Dispute{ContractID: c.ID, Statement: statement, RaisedBy: tx.actor.Name(), RaisedAt: tx.now}).Error
	})
}

// The outcomes of a dispute.
const (
	Upheld    = "upheld"    // the resident is right: the contract is void from today
	Dismissed = "dismissed" // the signature stands
)

// Settle ends a dispute with a finding. An upheld one ends the contract.
func (v View) Settle(ctx context.Context, id models.ID, version int, outcome, finding string) (models.Contract, error) {
	return v.change(ctx, id, version, func(tx *Tx, c *models.Contract, r *models.Resident) error {
		if err := checkReason("finding", finding); err != nil {
			return err
		}
		if outcome != Upheld && outcome != Dismissed {
			return models.InvalidField("outcome", "enum", "处理结果应为 upheld 或 dismissed")
		}
		if !c.Disputed {
			return models.Errorf(models.Conflict, "not_disputed", "该合同没有待处理的异议")
		}
		c.Disputed = false
		if err := tx.move(c, models.MoveSettle, tx.actor, finding); err != nil {
			return err
		}
		err := tx.db.Model(&models.Dispute{}).Where("contract_id = ? AND outcome = ''", c.ID).
			Updates(map[string]any{"outcome": outcome, "finding": finding, "settled_by": tx.actor.Name(), "settled_at": tx.now}).Error
		if err != nil {
			return err
		}
		if outcome == Upheld && c.Status == models.Active {
			return tx.stop(c, r, models.StopOther, "异议成立,合同作废", models.MoveTerminate, tx.actor)
		}
		return nil
	})
}
