package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/store"
)

// FlagItem is a doubt about a visit in a list.
type FlagItem struct {
	ID           models.ID   `json:"id"`
	Kind         string      `json:"kind" enum:"denied,busy_day,same_place,identical_values,after_death,after_moving_out,shared_phone,round_pressures,late_in_bulk"`
	KindLabel    string      `json:"kind_label"`
	Status       string      `json:"status" enum:"open,accepted,voided"`
	StatusLabel  string      `json:"status_label"`
	Reason       string      `json:"reason" doc:"疑点说明,不含测量值"`
	EncounterID  models.ID   `json:"encounter_id"`
	VisitedOn    models.Date `json:"visited_on"`
	ResidentID   models.ID   `json:"resident_id"`
	ResidentName string      `json:"resident_name" doc:"居民已不在管辖范围时为空"`
	DoctorID     models.ID   `json:"doctor_id"`
	DoctorName   string      `json:"doctor_name"`
	TeamID       models.ID   `json:"team_id"`
	TeamName     string      `json:"team_name"`
	RaisedOn     models.Date `json:"raised_on"`
	DaysOpen     int         `json:"days_open" doc:"待核查的天数"`
	Version      int         `json:"version"`
}

// FlagDetail is a doubt with what was said and found.
type FlagDetail struct {
	FlagItem
	RaisedBy   string     `json:"raised_by" doc:"check 为系统核查"`
	Note       string     `json:"note,omitempty" doc:"居民的说法"`
	Finding    string     `json:"finding,omitempty" doc:"核查意见或作废原因"`
	ReviewedBy string     `json:"reviewed_by,omitempty"`
	ReviewedAt *time.Time `json:"reviewed_at,omitempty"`
}

func (h *Handlers) flagItem(d store.Doubt) FlagItem {
	return FlagItem{
		ID: d.ID, Kind: string(d.Kind), KindLabel: models.FlagKindLabels[d.Kind], Status: string(d.Status), StatusLabel: models.FlagStatusLabels[d.Status],
		Reason: d.Reason, EncounterID: d.EncounterID, VisitedOn: d.VisitedOn, ResidentID: d.ResidentID, ResidentName: d.ResidentName,
		DoctorID: d.DoctorID, DoctorName: d.DoctorName, TeamID: d.TeamID, TeamName: d.TeamName,
		RaisedOn: d.RaisedOn, DaysOpen: d.DaysOpen(h.Store.Today()), Version: d.Version,
	}
}

func (h *Handlers) flagOutput(d store.Doubt, err error) (*Output[FlagDetail], error) {
	if err != nil {
		return nil, err
	}
	return &Output[FlagDetail]{etag(d.Version), FlagDetail{
		FlagItem: h.flagItem(d), RaisedBy: d.RaisedBy, Note: d.Note, Finding: d.Finding, ReviewedBy: d.ReviewedBy, ReviewedAt: d.ReviewedAt,
	}}, nil
}

// ListFlagsInput chooses doubts.
type ListFlagsInput struct {
	PageInput
	Status models.FlagStatus `query:"status" enum:"open,accepted,voided" default:"open" doc:"open 待核查,accepted 核查属实,voided 已作废"`
	Kind   models.FlagKind   `query:"kind" enum:"denied,busy_day,same_place,identical_values,after_death,after_moving_out,shared_phone,round_pressures,late_in_bulk" doc:"疑点类型"`
	TeamID models.ID         `query:"team_id" doc:"团队"`
}

// ListFlags answers GET /flags.
func (h *Handlers) ListFlags(ctx context.Context, in *ListFlagsInput) (*ListOutput[FlagItem], error) {
	list, err := h.as(ctx).Flags(ctx, store.FlagFilter{Status: in.Status, Kind: in.Kind, TeamID: in.TeamID}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.flagItem), nil
}

// GetFlag answers GET /flags/{id}.
func (h *Handlers) GetFlag(ctx context.Context, in *IDInput) (*Output[FlagDetail], error) {
	return h.flagOutput(h.as(ctx).Flag(ctx, in.ID))
}

// AcceptFlagInput lets a doubtful visit stand.
type AcceptFlagInput struct {
	IDInput
	MatchInput
	Body struct {
		Note string `json:"note" minLength:"1" maxLength:"200" doc:"核查意见"`
	}
}

// AcceptFlag answers POST /flags/{id}/accept.
func (h *Handlers) AcceptFlag(ctx context.Context, in *AcceptFlagInput) (*Output[FlagDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return h.flagOutput(h.as(ctx).AcceptFlag(ctx, in.ID, version, in.Body.Note))
}

// VoidFlagInput voids the doubtful visit.
type VoidFlagInput struct {
	IDInput
	MatchInput
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"200" doc:"作废原因"`
	}
}

// VoidFlag answers POST /flags/{id}/void.
func (h *Handlers) VoidFlag(ctx context.Context, in *VoidFlagInput) (*Output[FlagDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return h.flagOutput(h.as(ctx).VoidFlag(ctx, in.ID, version, in.Body.Reason))
}
