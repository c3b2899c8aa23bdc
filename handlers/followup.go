package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
)

// LogFollowupInput is one visit with the forms of one or more programmes.
type LogFollowupInput struct {
	Body struct {
		ResidentID models.ID          `json:"resident_id" doc:"居民"`
		VisitedOn  models.Date        `json:"visited_on" doc:"随访日期,不晚于今天,不早于纳入管理之日"`
		VisitWay   int                `json:"visit_way" doc:"随访方式:1 门诊 2 家庭 3 电话 4 短信 5 网络 9 其他;1、2 为面对面" example:"1"`
		DoctorID   models.ID          `json:"doctor_id,omitzero" doc:"随访医生,默认为登录人"`
		Place      string             `json:"place,omitempty" maxLength:"40" doc:"入户随访的“经度,纬度”" example:"117.2655,34.7951"`
		Forms      Forms              `json:"forms,omitempty" doc:"各随访项目的表单"`
		Services   []clinical.Service `json:"services,omitempty" maxItems:"40" doc:"表单之外勾选的服务项目,见 GET /services"`
	}
}

// LogFollowup answers POST /followups.
func (h *Handlers) LogFollowup(ctx context.Context, in *LogFollowupInput) (*Output[FollowupDetail], error) {
	b := in.Body
	v, err := h.as(ctx).LogEncounter(ctx, models.EncounterDraft{
		ResidentID: b.ResidentID, VisitedOn: b.VisitedOn, VisitWay: b.VisitWay, DoctorID: b.DoctorID, Place: b.Place, Forms: b.Forms, Services: b.Services,
	})
	return followupOutput(v, err)
}

// ListFollowupsInput chooses visits.
type ListFollowupsInput struct {
	PageInput
	ResidentID models.ID   `query:"resident_id" doc:"居民;不填则为本人管辖团队所做的随访"`
	Program    string      `query:"program" maxLength:"32" doc:"随访项目"`
	From       models.Date `query:"from" doc:"随访日期起(含)"`
	To         models.Date `query:"to" doc:"随访日期止(含)"`
	Answer     string      `query:"answer" enum:"waiting" doc:"waiting 为居民今天仍可确认或否认的"`
}

// ListFollowups answers GET /followups.
func (h *Handlers) ListFollowups(ctx context.Context, in *ListFollowupsInput) (*ListOutput[FollowupItem], error) {
	list, err := h.as(ctx).Encounters(ctx, store.EncounterFilter{ResidentID: in.ResidentID, Program: in.Program, From: in.From, To: in.To, Waiting: in.Answer == "waiting"}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, followupItem), nil
}

// GetFollowup answers GET /followups/{id}.
func (h *Handlers) GetFollowup(ctx context.Context, in *IDInput) (*Output[FollowupDetail], error) {
	v, err := h.as(ctx).Encounter(ctx, in.ID)
	return followupOutput(v, err)
}

// VoidFollowupInput retracts a visit.
type VoidFollowupInput struct {
	IDInput
	MatchInput
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"200" doc:"作废原因"`
	}
}

// VoidFollowup answers POST /followups/{id}/void.
func (h *Handlers) VoidFollowup(ctx context.Context, in *VoidFollowupInput) (*Output[FollowupDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	v, err := h.as(ctx).VoidEncounter(ctx, in.ID, version, in.Body.Reason)
	return followupOutput(v, err)
}

func followupOutput(v store.Visit, err error) (*Output[FollowupDetail], error) {
	if err != nil {
		return nil, err
	}
	detail, err := followupDetail(v)
	if err != nil {
		return nil, err
	}
	return &Output[FollowupDetail]{ETag: etag(v.Version), Body: detail}, nil
}
