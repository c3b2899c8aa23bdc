package handlers

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/models"
	"jiayi/models/store"
)

// Export is a list of people that leaves the system as a file.
type Export struct {
	ID            models.ID  `json:"id"`
	No            string     `json:"no" doc:"导出编号"`
	Kind          string     `json:"kind" enum:"rate_residents,indicator_residents,residents,contracts,followups,tasks,gap"`
	KindLabel     string     `json:"kind_label"`
	Filters       []string   `json:"filters" nullable:"false" doc:"筛选条件(中文)"`
	Unmasked      bool       `json:"unmasked" doc:"明文"`
	Reason        string     `json:"reason,omitempty"`
	Rows          int        `json:"rows" doc:"申请时的行数;文件不会超过此数"`
	NeedsApproval bool       `json:"needs_approval" doc:"明文或超过500行:须他人批准,下载前30分钟内输入过密码"`
	Status        string     `json:"status" enum:"requested,ready,refused,cancelled,expired"`
	StatusLabel   string     `json:"status_label"`
	Applicant     Named      `json:"applicant" doc:"申请人账号"`
	Institution   *NamedBody `json:"institution,omitempty" doc:"申请人所在机构;区级申请没有"`
	Decider       *NamedBody `json:"decider,omitempty" doc:"审批人账号"`
	DecidedAt     *time.Time `json:"decided_at,omitempty"`
	ExpiresAt     time.Time  `json:"expires_at" doc:"待审批、可下载的期限"`
	Downloads     int        `json:"downloads" doc:"已下载次数,最多3次"`
	DownloadedAt  *time.Time `json:"downloaded_at,omitempty"`
	CreatedAt     time.Time  `json:"created_at"`
	Version       int        `json:"version"`
}

// ExportDetail is an export with its history and what can be done now.
type ExportDetail struct {
	Export
	Downloadable bool           `json:"downloadable" doc:"现在可以下载(明文或超过500行的,须先输入密码)"`
	Actions      []Action       `json:"actions" nullable:"false"`
	History      []ProcessEvent `json:"history" nullable:"false"`
}

func exportOf(e store.ExportLine) Export {
	spec, _ := e.Kind.Spec()
	out := Export{
		ID: e.ID, No: e.No, Kind: string(e.Kind), KindLabel: spec.Label, Filters: e.Choices, Unmasked: e.Unmasked, Reason: e.Reason, Rows: e.Rows, NeedsApproval: e.Sensitive(),
		Status: string(e.Status), StatusLabel: models.ExportStatusLabels[e.Status], Applicant: Named{e.ApplicantID, e.Applicant},
		Institution: showNamed(store.Named{ID: e.InstitutionID, Name: e.InstitutionName}), Decider: showNamed(store.Named{ID: e.DecidedBy, Name: e.Decider}),
		DecidedAt: e.DecidedAt, ExpiresAt: e.ExpiresAt, Downloads: e.Downloads, DownloadedAt: e.DownloadedAt, CreatedAt: e.CreatedAt, Version: e.Version,
	}
	if out.Filters == nil {
		out.Filters = []string{}
	}
	return out
}

func exportOutput(f store.ExportFile, err error) (*Output[ExportDetail], error) {
	if err != nil {
		return nil, err
	}
	p := models.ExportProcess
	return &Output[ExportDetail]{etag(f.Version), ExportDetail{
		Export: exportOf(f.ExportLine), Downloadable: f.Fetching, Actions: actions(p, f.Actions), History: processEvents(p, f.History),
	}}, nil
}

// ExportFilters are the filters of the list of the kind, by the names of its query.
type ExportFilters struct {
	By            models.ScopeKind  `json:"by,omitempty" enum:"district,institution,team,village,panel"`
	ID            models.ID         `json:"id,omitzero"`
	Code          models.Indicator  `json:"code,omitempty" maxLength:"8"`
	Met           *bool             `json:"met,omitempty"`
	Q             string            `json:"q,omitempty" maxLength:"50"`
	Population    models.Population `json:"population,omitempty" maxLength:"4"`
	Signed        *bool             `json:"signed,omitempty"`
	TeamID        models.ID         `json:"team_id,omitzero"`
	InstitutionID models.ID         `json:"institution_id,omitzero"`
	Village       models.ID         `json:"village,omitzero" doc:"居民名单:村(居)委会"`
	VillageID     models.ID         `json:"village_id,omitzero" doc:"任务、应签未签:村(居)委会"`
	HouseholdID   models.ID         `json:"household_id,omitzero"`
	ResidentID    models.ID         `json:"resident_id,omitzero"`
	StaffID       models.ID         `json:"staff_id,omitzero"`
	Status        string            `json:"status,omitempty" enum:"living,dead,moved_out,merged,applied,offered,active,rejected,cancelled,expired,renewed,transferred,terminated"`
	Sort          string            `json:"sort,omitempty" enum:"id,name"`
	Disputed      *bool             `json:"disputed,omitempty"`
	EndingBy      models.Date       `json:"ending_by,omitzero"`
	Program       string            `json:"program,omitempty" maxLength:"32"`
	From          models.Date       `json:"from,omitzero"`
	To            models.Date       `json:"to,omitzero"`
	Answer        string            `json:"answer,omitempty" enum:"waiting"`
	State         models.TaskState  `json:"state,omitempty" enum:"due,overdue,upcoming,done,missed,cancelled"`
	Kind          string            `json:"kind,omitempty" enum:"followup,routine,recheck,referral_result,check,screening"`
	Unassigned    bool              `json:"unassigned,omitempty"`
	Untouched     bool              `json:"untouched,omitempty"`
	Outcome       models.GapOutcome `json:"outcome,omitempty" enum:"will_sign,thinking,refused,not_reached,away"`
}

// AskExportInput asks for a list of people as a file.
type AskExportInput struct {
	Body struct {
		Kind     models.ExportKind `json:"kind" enum:"rate_residents,indicator_residents,residents,contracts,followups,tasks,gap" doc:"rate_residents、indicator_residents 为统计数背后的居民,其余为同名列表"`
		Filters  ExportFilters     `json:"filters,omitzero" doc:"与该列表的查询参数同名"`
		Unmasked bool              `json:"unmasked,omitempty" doc:"明文;须有查看明文的权限并填写原因"`
		Reason   string            `json:"reason,omitempty" maxLength:"200"`
	}
}

// AskExport answers POST /exports.
func (h *Handlers) AskExport(ctx context.Context, in *AskExportInput) (*Output[ExportDetail], error) {
	b := in.Body
	return exportOutput(h.as(ctx).AskExport(ctx, models.ExportDraft{Kind: b.Kind, Filter: models.ExportFilter(b.Filters), Unmasked: b.Unmasked, Reason: b.Reason}))
}

// ListExportsInput chooses exports.
type ListExportsInput struct {
	PageInput
	Status models.ExportStatus `query:"status" enum:"requested,ready,refused,cancelled,expired"`
	Whose  string              `query:"whose" enum:"own,others" doc:"own 本人申请的,others 由本人审批的"`
}

// ListExports answers GET /exports.
func (h *Handlers) ListExports(ctx context.Context, in *ListExportsInput) (*ListOutput[Export], error) {
	list, err := h.as(ctx).Exports(ctx, store.ExportFilter{Status: in.Status, Own: in.Whose == "own", Others: in.Whose == "others"}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, exportOf), nil
}

// GetExport answers GET /exports/{id}.
func (h *Handlers) GetExport(ctx context.Context, in *IDInput) (*Output[ExportDetail], error) {
	return exportOutput(h.as(ctx).Export(ctx, in.ID))
}

// MoveExportInput decides about an export.
type MoveExportInput struct {
	IDInput
	MatchInput
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"200" doc:"不予批准时必填"`
	}
}

func (h *Handlers) moveExport(ctx context.Context, in *MoveExportInput, m models.ExportMove) (*Output[ExportDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return exportOutput(h.as(ctx).MoveExport(ctx, in.ID, version, m, in.Body.Reason))
}

// ApproveExport answers POST /exports/{id}/approve.
func (h *Handlers) ApproveExport(ctx context.Context, in *MoveExportInput) (*Output[ExportDetail], error) {
	return h.moveExport(ctx, in, models.MoveApproveExport)
}

// RefuseExport answers POST /exports/{id}/refuse.
func (h *Handlers) RefuseExport(ctx context.Context, in *MoveExportInput) (*Output[ExportDetail], error) {
	return h.moveExport(ctx, in, models.MoveRefuseExport)
}

// CancelExport answers POST /exports/{id}/cancel.
func (h *Handlers) CancelExport(ctx context.Context, in *MoveExportInput) (*Output[ExportDetail], error) {
	return h.moveExport(ctx, in, models.MoveCancelExport)
}

// DownloadExport answers GET /exports/{id}/file.xlsx.
func (h *Handlers) DownloadExport(ctx context.Context, in *IDInput) (*huma.StreamResponse, error) {
	w, e, err := h.as(ctx).ExportSheet(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return workbook(w, "export-"+e.No), nil
}
