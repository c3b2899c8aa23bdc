package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/store"
)

// PrescribedDrug is one drug of a long prescription.
type PrescribedDrug struct {
	Name       string           `json:"name" minLength:"1" maxLength:"60"`
	Class      models.DrugClass `json:"class" enum:"ordinary,chronic_antimicrobial,toxic,radioactive,precursor,narcotic,psychotropic_1,psychotropic_2,antimicrobial,special_storage" doc:"药品类别;ordinary 普通药品,chronic_antimicrobial 治疗结核等慢性感染的抗微生物药,其余不得开具长期处方"`
	ClassLabel string           `json:"class_label,omitempty" readOnly:"true"`
	Dose       string           `json:"dose" minLength:"1" maxLength:"30" example:"5mg"`
	Frequency  string           `json:"frequency" minLength:"1" maxLength:"30" example:"每日1次"`
	Days       int              `json:"days" doc:"用药天数,最长 84 天"`
}

// PrescriptionItem is a long prescription.
type PrescriptionItem struct {
	ID             models.ID        `json:"id"`
	Status         string           `json:"status" enum:"requested,assessed,signed,reviewed,returned,issued,dispensed,refused,cancelled"`
	StatusLabel    string           `json:"status_label"`
	ResidentID     models.ID        `json:"resident_id"`
	ResidentName   string           `json:"resident_name"`
	TeamID         models.ID        `json:"team_id"`
	TeamName       string           `json:"team_name"`
	Program        string           `json:"program"`
	ProgramLabel   string           `json:"program_label"`
	Days           int              `json:"days"`
	NeedsSignature bool             `json:"needs_signature" doc:"超过 28 天,须居民签字"`
	Lines          []PrescribedDrug `json:"lines" nullable:"false"`
	PreviousID     models.ID        `json:"previous_id,omitzero" doc:"续方所依据的处方"`
	AssessedOn     models.Date      `json:"assessed_on,omitzero"`
	AssessorName   string           `json:"assessor_name,omitempty" doc:"评估医生"`
	ReviewerName   string           `json:"reviewer_name,omitempty" doc:"审方人员"`
	IssuedOn       models.Date      `json:"issued_on,omitzero"`
	SupplyEnds     models.Date      `json:"supply_ends,omitzero" doc:"药品用完的日期"`
	CreatedAt      time.Time        `json:"created_at"`
	Version        int              `json:"version"`
}

// PrescriptionDetail is a long prescription with the moves that can be made and its history.
type PrescriptionDetail struct {
	PrescriptionItem
	Assessment string         `json:"assessment,omitempty"`
	FollowupID models.ID      `json:"followup_form_id,omitzero" doc:"评估所依据的随访表单"`
	Signed     bool           `json:"signed" doc:"有居民签名"`
	Actions    []Action       `json:"actions" nullable:"false"`
	History    []ProcessEvent `json:"history" nullable:"false"`
}

func prescriptionItem(x store.PrescriptionLine) PrescriptionItem {
	program, _ := models.ProgramOf(x.Program)
	out := PrescriptionItem{
		ID: x.ID, Status: string(x.Status), StatusLabel: models.PrescriptionStatusLabels[x.Status], ResidentID: x.ResidentID, ResidentName: x.ResidentName, TeamID: x.TeamID, TeamName: x.TeamName,
		Program: x.Program, ProgramLabel: program.Name, Days: x.Days, NeedsSignature: x.NeedsSignature(), Lines: make([]PrescribedDrug, len(x.Lines)), PreviousID: x.PreviousID,
		AssessedOn: x.AssessedOn, AssessorName: x.AssessorName, ReviewerName: x.ReviewerName, IssuedOn: x.IssuedOn, SupplyEnds: x.SupplyEnds, CreatedAt: x.CreatedAt.UTC(), Version: x.Version,
	}
	for i, l := range x.Lines {
		spec, _ := l.Class.Spec()
		out.Lines[i] = PrescribedDrug{l.Name, l.Class, spec.Label, l.Dose, l.Frequency, l.Days}
	}
	return out
}

func prescriptionOutput(x store.PrescriptionLine, err error) (*Output[PrescriptionDetail], error) {
	if err != nil {
		return nil, err
	}
	return &Output[PrescriptionDetail]{etag(x.Version), PrescriptionDetail{prescriptionItem(x), x.Assessment, x.FollowupID, x.Signature != "",
		actions(models.PrescriptionProcess, x.Actions), processEvents(models.PrescriptionProcess, x.History)}}, nil
}

// AskPrescriptionInput asks for a long prescription.
type AskPrescriptionInput struct {
	Body struct {
		ResidentID models.ID        `json:"resident_id,omitzero" doc:"居民为自己申请时可省略"`
		Program    string           `json:"program" maxLength:"32" doc:"病种,同随访项目:hypertension、diabetes、dyslipidaemia、copd、tuberculosis"`
		Lines      []PrescribedDrug `json:"lines" minItems:"1" maxItems:"5"`
	}
}

// AskPrescription answers POST /prescriptions.
func (h *Handlers) AskPrescription(ctx context.Context, in *AskPrescriptionInput) (*Output[PrescriptionDetail], error) {
	x := models.Prescription{ResidentID: in.Body.ResidentID, Program: in.Body.Program}
	for _, l := range in.Body.Lines {
		x.Lines = append(x.Lines, models.PrescriptionLine{Name: l.Name, Class: l.Class, Dose: l.Dose, Frequency: l.Frequency, Days: l.Days})
	}
	return prescriptionOutput(h.as(ctx).AskPrescription(ctx, x))
}

// Reissue answers POST /prescriptions/{id}/reissue.
func (h *Handlers) Reissue(ctx context.Context, in *IDInput) (*Output[PrescriptionDetail], error) {
	return prescriptionOutput(h.as(ctx).Reissue(ctx, in.ID))
}

// ListPrescriptionsInput chooses prescriptions.
type ListPrescriptionsInput struct {
	PageInput
	ResidentID models.ID                 `query:"resident_id"`
	TeamID     models.ID                 `query:"team_id"`
	Status     models.PrescriptionStatus `query:"status" enum:"requested,assessed,signed,reviewed,returned,issued,dispensed,refused,cancelled" doc:"signed 为待审方"`
}

// ListPrescriptions answers GET /prescriptions.
func (h *Handlers) ListPrescriptions(ctx context.Context, in *ListPrescriptionsInput) (*ListOutput[PrescriptionItem], error) {
	list, err := h.as(ctx).Prescriptions(ctx, store.PrescriptionFilter{ResidentID: in.ResidentID, TeamID: in.TeamID, Status: in.Status}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, prescriptionItem), nil
}

// GetPrescription answers GET /prescriptions/{id}.
func (h *Handlers) GetPrescription(ctx context.Context, in *IDInput) (*Output[PrescriptionDetail], error) {
	return prescriptionOutput(h.as(ctx).Prescription(ctx, in.ID))
}

// MovePrescriptionInput is a move with what it brings.
type MovePrescriptionInput struct {
	IDInput
	MatchInput
	Body struct {
		Move       models.PrescriptionMove `json:"move" enum:"assess,refuse,sign,pass,return,issue,dispense,cancel" doc:"assess 评估,refuse 不予开具,sign 居民确认,pass 审方通过,return 审方退回,issue 开具,dispense 发药,cancel 取消"`
		Reason     string                  `json:"reason,omitempty" maxLength:"100" doc:"refuse、return、cancel:原因"`
		Assessment string                  `json:"assessment,omitempty" maxLength:"200" doc:"assess:评估意见"`
		Signature  string                  `json:"signature,omitempty" maxLength:"280000" doc:"sign:居民签名,data URL;超过 28 天时必填"`
	}
}

// MovePrescription answers POST /prescriptions/{id}/move.
func (h *Handlers) MovePrescription(ctx context.Context, in *MovePrescriptionInput) (*Output[PrescriptionDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	return prescriptionOutput(h.as(ctx).MovePrescription(ctx, in.ID, version, b.Move, models.PrescriptionStep{Reason: b.Reason, Assessment: b.Assessment, Signature: b.Signature}))
}
