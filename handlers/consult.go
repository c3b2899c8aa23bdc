package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/store"
)

// ConsultItem is a remote consult in a list.
type ConsultItem struct {
	ID              models.ID    `json:"id"`
	No              string       `json:"no" doc:"申请单号"`
	Kind            string       `json:"kind" enum:"opinion,imaging,ecg,lab"`
	KindLabel       string       `json:"kind_label"`
	Emergency       bool         `json:"emergency"`
	Status          string       `json:"status" enum:"requested,accepted,in_progress,reported,signed,closed,rejected,cancelled"`
	StatusLabel     string       `json:"status_label"`
	Patient         PatientBrief `json:"patient"`
	TeamID          models.ID    `json:"team_id"`
	TeamName        string       `json:"team_name"`
	InstitutionName string       `json:"institution_name"`
	DoctorName      string       `json:"doctor_name" doc:"申请医生"`
	CentreID        models.ID    `json:"centre_id" doc:"受理机构"`
	CentreName      string       `json:"centre_name"`
	ExpectedAt      *time.Time   `json:"expected_at,omitempty" doc:"期望时间"`
	DueAt           *time.Time   `json:"due_at" doc:"报告时限;已出报告后为 null"`
	Overdue         bool         `json:"overdue" doc:"报告已超时"`
	EscalatedAt     *time.Time   `json:"escalated_at,omitempty" doc:"超时后已提醒双方的时间"`
	ReportedAt      *time.Time   `json:"reported_at,omitempty"`
	SignedAt        *time.Time   `json:"signed_at,omitempty"`
	CreatedAt       time.Time    `json:"created_at"`
	Version         int          `json:"version"`
}

// ConsultDetail is a consult with question and answer.
type ConsultDetail struct {
	ConsultItem
	Purpose      string         `json:"purpose" doc:"会诊目的"`
	Material     string         `json:"material" doc:"病情摘要和检查资料"`
	Findings     string         `json:"findings,omitempty" doc:"所见;签发前只有受理机构可见"`
	Opinion      string         `json:"opinion,omitempty" doc:"诊断意见;签发前只有受理机构可见"`
	ReporterName string         `json:"reporter_name,omitempty"`
	SignerName   string         `json:"signer_name,omitempty"`
	Actions      []Action       `json:"actions" nullable:"false"`
	History      []ProcessEvent `json:"history" nullable:"false"`
}

func (h *Handlers) consultItem(c store.ConsultLine) ConsultItem {
	return ConsultItem{
		ID: c.ID, No: c.No, Kind: string(c.Kind), KindLabel: models.ConsultKindLabels[c.Kind], Emergency: c.Emergency, Status: string(c.Status), StatusLabel: models.ConsultStatusLabels[c.Status],
		Patient: h.patient(c.Patient), TeamID: c.TeamID, TeamName: c.TeamName, InstitutionName: c.InstitutionName, DoctorName: c.DoctorName, CentreID: c.CentreID, CentreName: c.CentreName,
		ExpectedAt: c.ExpectedAt, DueAt: c.DueAt, Overdue: c.Overdue(h.Store.Now()), EscalatedAt: c.EscalatedAt, ReportedAt: c.ReportedAt, SignedAt: c.SignedAt, CreatedAt: c.CreatedAt, Version: c.Version,
	}
}

func (h *Handlers) consultOutput(f store.ConsultFile, err error) (*Output[ConsultDetail], error) {
	if err != nil {
		return nil, err
	}
	return &Output[ConsultDetail]{etag(f.Version), ConsultDetail{
		ConsultItem: h.consultItem(f.ConsultLine), Purpose: f.Purpose, Material: f.Material, Findings: f.Findings, Opinion: f.Opinion,
		ReporterName: f.ReporterName, SignerName: f.SignerName, Actions: actions(models.ConsultProcess, f.Moves), History: processEvents(models.ConsultProcess, f.History),
	}}, nil
}

// AskConsultInput asks a centre.
type AskConsultInput struct {
	Body struct {
		ResidentID models.ID          `json:"resident_id"`
		Kind       models.ConsultKind `json:"kind" enum:"opinion,imaging,ecg,lab" doc:"opinion 会诊,imaging 影像,ecg 心电,lab 检验"`
		Emergency  bool               `json:"emergency,omitempty" doc:"紧急,30 分钟内出报告;否则 24 小时"`
		CentreID   models.ID          `json:"centre_id" doc:"受理机构"`
		Purpose    string             `json:"purpose" maxLength:"500" doc:"会诊目的"`
		Material   string             `json:"material" maxLength:"1000" doc:"病情摘要和检查资料"`
		ExpectedAt *time.Time         `json:"expected_at,omitempty" doc:"期望时间"`
	}
}

// AskConsult answers POST /consults.
func (h *Handlers) AskConsult(ctx context.Context, in *AskConsultInput) (*Output[ConsultDetail], error) {
	return h.consultOutput(h.as(ctx).AskConsult(ctx, models.ConsultDraft(in.Body)))
}

// ListConsultsInput chooses consults.
type ListConsultsInput struct {
	PageInput
	Box        string               `query:"box" enum:"in,out" doc:"in 本机构受理的,out 本团队申请的"`
	State      models.ConsultStatus `query:"state" enum:"requested,accepted,in_progress,reported,signed,closed,rejected,cancelled" doc:"状态"`
	Kind       models.ConsultKind   `query:"kind" enum:"opinion,imaging,ecg,lab" doc:"类型"`
	ResidentID models.ID            `query:"resident_id" doc:"居民"`
	Emergency  bool                 `query:"emergency" doc:"只看紧急的"`
	Overdue    bool                 `query:"overdue" doc:"只看报告已超时的"`
}

// ListConsults answers GET /consults.
func (h *Handlers) ListConsults(ctx context.Context, in *ListConsultsInput) (*ListOutput[ConsultItem], error) {
	list, err := h.as(ctx).Consults(ctx, store.ConsultFilter{Box: in.Box, Status: in.State, Kind: in.Kind, ResidentID: in.ResidentID, Emergency: in.Emergency, Overdue: in.Overdue}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.consultItem), nil
}

// GetConsult answers GET /consults/{id}.
func (h *Handlers) GetConsult(ctx context.Context, in *IDInput) (*Output[ConsultDetail], error) {
	return h.consultOutput(h.as(ctx).Consult(ctx, in.ID))
}

// MoveConsultInput is a move with what it needs.
type MoveConsultInput struct {
	IDInput
	MatchInput
	Body struct {
		Move     string `json:"move" maxLength:"24" doc:"见 actions:cancel 撤销,accept 受理,reject 拒绝,begin 开始,report 出具报告,sign 签发报告,close 确认并结束"`
		Reason   string `json:"reason,omitempty" maxLength:"500" doc:"cancel、reject 时必填"`
		Findings string `json:"findings,omitempty" maxLength:"1000" doc:"report:所见"`
		Opinion  string `json:"opinion,omitempty" maxLength:"1000" doc:"report:诊断意见,必填"`
	}
}

// MoveConsult answers POST /consults/{id}/move.
func (h *Handlers) MoveConsult(ctx context.Context, in *MoveConsultInput) (*Output[ConsultDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	return h.consultOutput(h.as(ctx).MoveConsult(ctx, in.ID, version, store.ConsultStep{
		Move: models.ConsultMove(b.Move), Reason: b.Reason, Report: &models.Report{Findings: b.Findings, Opinion: b.Opinion},
	}))
}

// ConsultFigures are the consults of one scope in a period.
type ConsultFigures struct {
	Scope Scope               `json:"scope"`
	Total int                 `json:"total" doc:"人次,不含已拒绝和已撤销的"`
	Kinds []ConsultKindFigure `json:"kinds" nullable:"false"`
}

// ConsultKindFigure are those of one kind.
type ConsultKindFigure struct {
	Kind   string `json:"kind"`
	Label  string `json:"label"`
	Total  int    `json:"total" doc:"人次"`
	OnTime Ratio  `json:"on_time" doc:"按时报告率:时限内报告 / 已报告或时限已过"`
}

// ConsultStats answers GET /stats/consults.
func (h *Handlers) ConsultStats(ctx context.Context, in *PeriodInput) (*PeriodOutput[ConsultFigures], error) {
	q, scopes, err := h.as(ctx).ConsultStats(ctx, in.query())
	if err != nil {
		return nil, err
	}
	return periodOf(q.From, q.To, scopes, func(s store.ConsultScope) ConsultFigures {
		f := ConsultFigures{Scope: Scope{s.By, s.ScopeID, s.Name}, Kinds: []ConsultKindFigure{}}
		for _, r := range s.Rows {
			f.Total += r.Total
			f.Kinds = append(f.Kinds, ConsultKindFigure{string(r.Kind), models.ConsultKindLabels[r.Kind], r.Total, ratio(r.OnTime, r.Due)})
		}
		return f
	}), nil
}
