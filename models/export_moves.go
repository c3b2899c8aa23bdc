package models

import "time"

// ExportMove is an event of an export's life.
type ExportMove string

// The moves.
const (
	MoveAskExport     ExportMove = "ask"
	MoveIssueExport   ExportMove = "issue" // one that needs no second person
	MoveApproveExport ExportMove = "approve"
	MoveRefuseExport  ExportMove = "refuse"
	MoveCancelExport  ExportMove = "cancel"
	MoveExpireExport  ExportMove = "expire"
)

// ExportMoveLabels are the Chinese names of the moves.
var ExportMoveLabels = map[ExportMove]string{
	MoveAskExport: "申请导出", MoveIssueExport: "申请导出(无需审批)", MoveApproveExport: "批准", MoveRefuseExport: "不予批准", MoveCancelExport: "撤回", MoveExpireExport: "过期",
}

// ExportProcess is the state table of an export (domain §8.4).
var ExportProcess = Process[ExportStatus, ExportMove]{
	Noun: "export", Title: "导出", States: ExportStatusLabels, Moves: ExportMoveLabels, Steps: []Step[ExportStatus, ExportMove]{
		{MoveAskExport, nil, ExportRequested, PartyApplicant, ExportAsk, false},
		{MoveIssueExport, nil, ExportReady, PartyApplicant, ExportAsk, false},
		{MoveApproveExport, []ExportStatus{ExportRequested}, ExportReady, PartyManager, ExportApprove, false},
		{MoveRefuseExport, []ExportStatus{ExportRequested}, ExportRefused, PartyManager, ExportApprove, true},
		{MoveCancelExport, []ExportStatus{ExportRequested, ExportReady}, ExportCancelled, PartyApplicant, ExportAsk, false},
		{MoveExpireExport, []ExportStatus{ExportRequested, ExportReady}, ExportExpired, PartySystem, "", false},
	},
}

// Refusals of exports.
var (
	ErrOwnExport     = Errorf(Forbidden, "own_export", "不能审批自己的导出申请")
	ErrExportExpired = Errorf(Conflict, "export_expired", "该导出已过期,请重新申请")
	ErrExportSpent   = Errorf(Conflict, "export_spent", "该导出的下载次数(%d次)已用完,请重新申请", MaxExportDownloads)
)

// Parties are the parts the actor plays: whoever asked is the applicant and never the
// second person; managers of the whole area that the applicant works for are that person.
func (e Export) Parties(a Actor) Party {
	switch {
	case a.Role == SystemRole:
		return PartySystem
	case a.AccountID == 0:
		return 0
	case a.AccountID == e.ApplicantID:
		return PartyApplicant
	case !a.Role.Has(ExportApprove):
		return 0
	case a.Reach() == DistrictReach, a.Reach() == InstitutionReach && e.InstitutionID != 0 && a.InstitutionID == e.InstitutionID:
		return PartyManager
	}
	return 0
}

// Move makes a move and is the only writer of the status. It refuses with Forbidden
// (own_export for one's own approval), Conflict wrong_state or export_expired, or Invalid.
func (e *Export) Move(m ExportMove, by Actor, reason string, now time.Time) (Event, error) {
	parties := e.Parties(by)
	second := m == MoveApproveExport || m == MoveRefuseExport
	if second && parties == PartyApplicant && by.Can(ExportApprove) {
		return Event{}, ErrOwnExport
	}
	to, event, err := ExportProcess.Move(e.Status, m, by, parties, reason)
	if err != nil {
		return event, err
	}
	if m == MoveApproveExport && !now.Before(e.ExpiresAt) {
		return event, ErrExportExpired
	}
	switch m {
	case MoveApproveExport, MoveRefuseExport:
		e.DecidedBy, e.DecidedAt = by.AccountID, &now
	}
	if to == ExportRequested || to == ExportReady {
		e.ExpiresAt = now.AddDate(0, 0, ExportDays)
	}
	e.Status = to
	return event, nil
}

// Fetch refuses a download that the rules do not allow now: Forbidden for anyone but the
// applicant, and reauth_required when the password is not fresh enough for a sensitive one;
// Conflict when it is not ready, expired or fetched often enough.
func (e Export) Fetch(by Actor, now time.Time) error {
	spec, ok := e.Kind.Spec()
	switch {
	case !ok, e.Parties(by) != PartyApplicant, !by.Can(ExportAsk), !by.Can(spec.Needs), e.Unmasked && !by.Can(ResidentReveal):
		return ErrForbidden
	case e.Status == ExportExpired, e.Status == ExportReady && !now.Before(e.ExpiresAt):
		return ErrExportExpired
	case e.Status != ExportReady:
		return Errorf(Conflict, "wrong_state", "导出当前状态为“%s”,不能下载", ExportStatusLabels[e.Status])
	case e.Downloads >= MaxExportDownloads:
		return ErrExportSpent
	case e.Sensitive() && !by.Reauthenticated(now):
		return ErrReauth
	}
	return nil
}
