package store

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"jiayi/models"
)

// The notices of exports. Their data is the id of the export.
const (
	ExportAskedNotice    = "export_requested"
	ExportApprovedNotice = "export_approved"
	ExportRefusedNotice  = "export_refused"
	ExportExpiredNotice  = "export_expired"
)

// exports is the data scope of exports: the own ones, and for managers who approve those
// of whoever works for their institution, or in the district.
func (v View) exports(db *gorm.DB) *gorm.DB {
	a := v.actor
	switch {
	case a.AccountID == 0:
	case !a.Role.Has(models.ExportApprove):
		return db.Where("exports.applicant_id = ?", a.AccountID)
	case a.Reach() == models.DistrictReach:
		return db
	case a.Reach() == models.InstitutionReach:
		return db.Where("(exports.applicant_id = ? OR exports.institution_id = ?)", a.AccountID, some(a.InstitutionID))
	}
	return db.Where("1 = 0")
}

// AskExport asks for a list of people as a file. Up to models.ExportAtOnce masked rows are
// ready at once, anything else waits for a second person (domain §8.4). It returns
// Forbidden without the permission of the list or, in clear, of reveals, Invalid naming the
// fields, and whatever the list itself refuses.
func (v View) AskExport(ctx context.Context, d models.ExportDraft) (ExportFile, error) {
	var p models.Problems
	if err := d.Check(&p, v.actor); err != nil {
		return ExportFile{}, err
	}
	if err := p.Err(); err != nil {
		return ExportFile{}, err
	}
	list, err := v.exportList(ctx, d.Kind, d.Filter, !d.Unmasked)
	if err != nil {
		return ExportFile{}, err
	}
	n, err := list.count() // before the transaction: it may read the whole district
	if err != nil {
		return ExportFile{}, err
	}
	e, err := once(ctx, v, func(tx *Tx) (models.Export, error) { return tx.askExport(d, n) })
	if err != nil {
		return ExportFile{}, err
	}
	return v.exportFile(ctx, e)
}

func (tx *Tx) askExport(d models.ExportDraft, rows int) (models.Export, error) {
	e := models.Export{Kind: d.Kind, Filters: d.Filter.JSON(), Unmasked: d.Unmasked, Reason: strings.TrimSpace(d.Reason), Rows: rows,
		ApplicantID: tx.actor.AccountID, InstitutionID: tx.actor.InstitutionID, Version: 1}
	if tx.actor.Reach() == models.DistrictReach {
		e.InstitutionID = 0
	}
	move := models.MoveIssueExport
	if e.Sensitive() {
		move = models.MoveAskExport
	}
	event, err := e.Move(move, tx.actor, e.Reason, tx.now)
	if err != nil {
		return e, err
	}
	if e.No, err = tx.numbered("DC", models.ExportProcess.Noun); err != nil {
		return e, err
	}
	if err := tx.db.Create(&e).Error; err != nil {
		return e, err
	}
	if err := tx.happened(event, e.ID, 0); err != nil || move == models.MoveIssueExport {
		return e, err
	}
	approvers, err := tx.exportApprovers(e)
	if err != nil {
		return e, err
	}
	_, err = tx.tellEach(ExportAskedNotice+"/"+e.ID.String(), approvers, ExportAskedNotice, e.ID)
	return e, err
}

// exportApprovers are the accounts that may approve: the managers of the institution, or
// those of the district where it has no other than the applicant.
func (tx *Tx) exportApprovers(e models.Export) ([]models.ID, error) {
	own := func(id models.ID) bool { return id == e.ApplicantID }
	accounts, err := tx.managersOf(e.InstitutionID)
	if accounts = slices.DeleteFunc(accounts, own); err != nil || len(accounts) > 0 {
		return accounts, err
	}
	accounts, err = tx.holdersOf(models.DistrictManager)
	return slices.DeleteFunc(accounts, own), err
}

// MoveExport approves, refuses or cancels an export of the scope. It returns Forbidden
// (own_export for one's own approval), Conflict, Invalid without a reason, and
// PreconditionFailed against an old version; 0 means whatever it is.
func (v View) MoveExport(ctx context.Context, id models.ID, version int, m models.ExportMove, reason string) (ExportFile, error) {
	e, err := once(ctx, v, func(tx *Tx) (models.Export, error) {
		e, err := tx.lockExport(id)
		if err != nil {
			return e, err
		}
		reason = strings.TrimSpace(reason)
		if len([]rune(reason)) > models.MaxMoveReason {
			return e, models.InvalidField("reason", "too_long", "原因不能超过200个字")
		}
		have := e.Version
		event, err := e.Move(m, tx.actor, reason, tx.now)
		if err := unlessStale(err, have, version); err != nil {
			return e, err
		}
		if err := tx.saveExport(&e, event); err != nil {
			return e, err
		}
		switch m {
		case models.MoveApproveExport:
			return e, tx.tellStaff(e.ApplicantID, ExportApprovedNotice, e.ID)
		case models.MoveRefuseExport:
			return e, tx.tellStaff(e.ApplicantID, ExportRefusedNotice, e.ID)
		}
		return e, nil
	})
	if err != nil {
		return ExportFile{}, err
	}
	return v.exportFile(ctx, e)
}

// lockExport loads one export of the scope for a change.
func (tx *Tx) lockExport(id models.ID) (models.Export, error) {
	var e models.Export
	err := tx.view().exports(tx.forUpdate(tx.db)).Take(&e, "exports.id = ?", id).Error
	return e, notFound(err)
}

func (tx *Tx) saveExport(e *models.Export, event models.Event) error {
	e.Version++
	if err := tx.db.Omit("created_at").Save(e).Error; err != nil {
		return err
	}
	return tx.happened(event, e.ID, 0)
}

// ExpireExports ends the exports that nobody approved or fetched in time, and tells whoever
// asked. It returns their number.
func (s *Store) ExpireExports(ctx context.Context) (int, error) {
	total := 0
	for {
		n := 0
		err := s.As(models.System("export-expiry")).transact(ctx, func(tx *Tx) error {
			n = 0
			var over []models.Export
			open := []models.ExportStatus{models.ExportRequested, models.ExportReady}
			err := tx.forUpdate(tx.db).Where("status IN ? AND expires_at <= ?", open, tx.now).Order("id").Limit(rollBatch).Find(&over).Error
			if err != nil {
				return err
			}
			for i := range over {
				e := over[i]
				event, err := e.Move(models.MoveExpireExport, tx.actor, "", tx.now)
				if err != nil {
					return err
				}
				if err := tx.saveExport(&e, event); err != nil {
					return err
				}
				if err := tx.tellStaff(e.ApplicantID, ExportExpiredNotice, e.ID); err != nil {
					return err
				}
				n++
			}
			return nil
		})
		total += n
		if err != nil || n < rollBatch {
			return total, err
		}
	}
}
