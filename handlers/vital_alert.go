package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// The states of an alert.
const (
	alertOpen    = "open"
	alertHandled = "handled"
)

// VitalAlert is an emergency reading that the team must act on.
type VitalAlert struct {
	ID           models.ID  `json:"id"`
	Status       string     `json:"status" enum:"open,handled"`
	StatusLabel  string     `json:"status_label"`
	ResidentID   models.ID  `json:"resident_id"`
	ResidentName string     `json:"resident_name"`
	Phone        string     `json:"phone" doc:"已脱敏"`
	TeamID       models.ID  `json:"team_id"`
	TeamName     string     `json:"team_name"`
	Vital        Vital      `json:"vital"`
	RaisedAt     time.Time  `json:"raised_at"`
	Outcome      string     `json:"outcome,omitempty" doc:"处理结果"`
	HandledBy    string     `json:"handled_by,omitempty" doc:"处理人"`
	HandledAt    *time.Time `json:"handled_at,omitempty"`
	Version      int        `json:"version"`
}

func vitalAlert(a store.AlertLine) VitalAlert {
	status, label := alertHandled, "已处理"
	if a.Lane == models.AlertOpen {
		status, label = alertOpen, "待处理"
	}
	return VitalAlert{
		ID: a.ID, Status: status, StatusLabel: label, ResidentID: a.ResidentID, ResidentName: a.ResidentName, Phone: codes.MaskPhone(a.Phone),
		TeamID: a.TeamID, TeamName: a.TeamName, Vital: vital(a.Vital), RaisedAt: a.CreatedAt.UTC(), Outcome: a.Outcome, HandledBy: a.HandlerName, HandledAt: a.HandledAt, Version: a.Version,
	}
}

// ListVitalAlertsInput chooses alerts.
type ListVitalAlertsInput struct {
	PageInput
	Status string    `query:"status" enum:"open,handled" doc:"不填为全部,待处理的在前"`
	TeamID models.ID `query:"team_id" doc:"团队"`
}

// ListVitalAlerts answers GET /vitals/alerts.
func (h *Handlers) ListVitalAlerts(ctx context.Context, in *ListVitalAlertsInput) (*ListOutput[VitalAlert], error) {
	f := store.AlertFilter{TeamID: in.TeamID}
	if in.Status != "" {
		f.Open = new(in.Status == alertOpen)
	}
	list, err := h.as(ctx).Alerts(ctx, f, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, vitalAlert), nil
}

// HandleVitalAlertInput notes what was done.
type HandleVitalAlertInput struct {
	IDInput
	MatchInput
	Body struct {
		Outcome string `json:"outcome" minLength:"1" maxLength:"200" doc:"处理结果,如已电话指导并安排就诊"`
	}
}

// HandleVitalAlert answers POST /vitals/alerts/{id}/handle.
func (h *Handlers) HandleVitalAlert(ctx context.Context, in *HandleVitalAlertInput) (*Output[VitalAlert], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	a, err := h.as(ctx).HandleAlert(ctx, in.ID, version, in.Body.Outcome)
	if err != nil {
		return nil, err
	}
	return &Output[VitalAlert]{etag(a.Version), vitalAlert(a)}, nil
}
