package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/store"
)

// ScheduleItem is a period in which a doctor receives people.
type ScheduleItem struct {
	ID              models.ID   `json:"id"`
	InstitutionID   models.ID   `json:"institution_id"`
	InstitutionName string      `json:"institution_name"`
	TeamID          models.ID   `json:"team_id,omitzero" doc:"没有则为机构的号源"`
	TeamName        string      `json:"team_name,omitempty"`
	DoctorID        models.ID   `json:"doctor_id"`
	DoctorName      string      `json:"doctor_name"`
	DoctorTitle     string      `json:"doctor_title,omitempty"`
	On              models.Date `json:"on"`
	From            string      `json:"from" example:"08:30"`
	To              string      `json:"to" example:"11:30"`
	SlotMinutes     int         `json:"slot_minutes"`
	Capacity        int         `json:"capacity" doc:"每个号源的人数"`
	Kind            string      `json:"kind" enum:"normal,expert,tidal"`
	KindLabel       string      `json:"kind_label"`
	Status          string      `json:"status" enum:"open,withdrawn"`
	StatusLabel     string      `json:"status_label"`
	Seats           int         `json:"seats" doc:"号源总数"`
	Free            int         `json:"free" doc:"剩余号源"`
	SignedHeld      int         `json:"signed_held" doc:"目前为签约居民预留"`
	ReferralHeld    int         `json:"referral_held" doc:"目前为转诊预留"`
	SignedQuota     int         `json:"signed_quota"`
	ReferralQuota   int         `json:"referral_quota"`
	HoldHours       int         `json:"hold_hours"`
	HeldUntil       time.Time   `json:"held_until" doc:"此后预留号源向所有人开放"`
	Slots           []SlotItem  `json:"slots" nullable:"false"`
	Version         int         `json:"version"`
}

// SlotItem is ten minutes of a period.
type SlotItem struct {
	ID       models.ID `json:"id"`
	From     string    `json:"from" example:"08:40"`
	StartsAt time.Time `json:"starts_at"`
	Capacity int       `json:"capacity"`
	Free     int       `json:"free"`
}

func (h *Handlers) scheduleItem(s store.ScheduleLine) ScheduleItem {
	now := h.Store.Now()
	out := ScheduleItem{
		ID: s.ID, InstitutionID: s.InstitutionID, InstitutionName: s.InstitutionName, TeamID: s.TeamID, TeamName: s.TeamName, DoctorID: s.DoctorID, DoctorName: s.DoctorName,
		DoctorTitle: s.DoctorTitle, On: s.On, From: models.Clock(s.Opens), To: models.Clock(s.Closes), SlotMinutes: s.SlotLength, Capacity: s.Capacity,
		Kind: string(s.Kind), KindLabel: models.ScheduleKindLabels[s.Kind], Status: string(s.Status), StatusLabel: models.ScheduleStatusLabels[s.Status],
		Seats: s.Seats(), Free: s.Free(), SignedHeld: s.HeldFor(models.SignedClass, now), ReferralHeld: s.HeldFor(models.ReferralClass, now),
		SignedQuota: s.SignedQuota, ReferralQuota: s.ReferralQuota, HoldHours: s.HoldHours, HeldUntil: s.HeldUntil().UTC(), Slots: make([]SlotItem, len(s.Slots)), Version: s.Version,
	}
	for i, slot := range s.Slots {
		out.Slots[i] = SlotItem{slot.ID, models.Clock(slot.Begins), s.At(slot.Begins).UTC(), slot.Capacity, slot.Capacity - slot.Taken}
	}
	return out
}

// ListSchedulesInput chooses periods.
type ListSchedulesInput struct {
	PageInput
	InstitutionID models.ID           `query:"institution_id" doc:"机构、团队、医生至少填一项"`
	TeamID        models.ID           `query:"team_id"`
	DoctorID      models.ID           `query:"doctor_id"`
	Kind          models.ScheduleKind `query:"kind" enum:"normal,expert,tidal" doc:"normal 普通,expert 专家,tidal 潮汐(早晚)"`
	From          models.Date         `query:"from" doc:"默认今天"`
	To            models.Date         `query:"to" doc:"默认 from 之后 14 天,一次最多 31 天"`
}

// ListSchedules answers GET /schedules.
func (h *Handlers) ListSchedules(ctx context.Context, in *ListSchedulesInput) (*ListOutput[ScheduleItem], error) {
	list, err := h.as(ctx).Schedules(ctx, store.ScheduleFilter{InstitutionID: in.InstitutionID, TeamID: in.TeamID, DoctorID: in.DoctorID, Kind: in.Kind, From: in.From, To: in.To}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.scheduleItem), nil
}

// ScheduleDetail is a period with the moves that can be made and what became of it.
type ScheduleDetail struct {
	ScheduleItem
	Actions []Action       `json:"actions" nullable:"false"`
	History []ProcessEvent `json:"history" nullable:"false" doc:"仅排班方可见"`
}

// GetSchedule answers GET /schedules/{id}.
func (h *Handlers) GetSchedule(ctx context.Context, in *IDInput) (*Output[ScheduleDetail], error) {
	s, err := h.as(ctx).Schedule(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &Output[ScheduleDetail]{etag(s.Version), ScheduleDetail{h.scheduleItem(s), actions(models.ScheduleProcess, s.Actions), processEvents(models.ScheduleProcess, s.History)}}, nil
}

// AddScheduleInput is a period, once or on weekdays.
type AddScheduleInput struct {
	Body struct {
		InstitutionID models.ID           `json:"institution_id,omitzero" doc:"有 team_id 时可省略"`
		TeamID        models.ID           `json:"team_id,omitzero"`
		DoctorID      models.ID           `json:"doctor_id"`
		On            models.Date         `json:"on" doc:"出诊日期;重复时为第一天"`
		From          string              `json:"from" pattern:"^[0-2][0-9]:[0-5][0-9]$" example:"08:30"`
		To            string              `json:"to" pattern:"^[0-2][0-9]:[0-5][0-9]$" example:"11:30"`
		SlotMinutes   int                 `json:"slot_minutes,omitempty" minimum:"1" maximum:"10" default:"10" doc:"号源间隔,分钟"`
		Capacity      int                 `json:"capacity,omitempty" minimum:"1" maximum:"20" default:"1" doc:"每个号源的人数"`
		Kind          models.ScheduleKind `json:"kind,omitempty" enum:"normal,expert,tidal" default:"normal"`
		SignedQuota   int                 `json:"signed_quota,omitempty" minimum:"0" doc:"为签约居民预留的号源"`
		ReferralQuota int                 `json:"referral_quota,omitempty" minimum:"0" doc:"为转诊预留的号源"`
		HoldHours     *int                `json:"hold_hours,omitempty" minimum:"0" maximum:"336" doc:"预留到开诊前多少小时,默认 48"`
		Weekdays      []int               `json:"weekdays,omitempty" maxItems:"7" doc:"按星期重复:1 周一 … 7 周日"`
		Until         models.Date         `json:"until,omitzero" doc:"重复的最后一天,最多 8 周"`
	}
}

// AddScheduleOutput lists the periods that were added.
type AddScheduleOutput struct {
	Body struct {
		Count int         `json:"count"`
		IDs   []models.ID `json:"ids" nullable:"false"`
	}
}

// AddSchedule answers POST /schedules.
func (h *Handlers) AddSchedule(ctx context.Context, in *AddScheduleInput) (*AddScheduleOutput, error) {
	b := in.Body
	var p models.Problems
	opens, ok := models.ParseClock(b.From)
	if !ok {
		p.Add("from", "format", "时间应为 08:30 的形式")
	}
	closes, ok := models.ParseClock(b.To)
	if !ok {
		p.Add("to", "format", "时间应为 11:30 的形式")
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	hold := models.DefaultHoldHours
	if b.HoldHours != nil {
		hold = *b.HoldHours
	}
	list, err := h.as(ctx).AddSchedule(ctx, store.ScheduleDraft{Weekdays: b.Weekdays, Until: b.Until, Schedule: models.Schedule{
		InstitutionID: b.InstitutionID, TeamID: b.TeamID, DoctorID: b.DoctorID, On: b.On, Opens: opens, Closes: closes, SlotLength: b.SlotMinutes, Capacity: b.Capacity,
		Kind: b.Kind, SignedQuota: b.SignedQuota, ReferralQuota: b.ReferralQuota, HoldHours: hold,
	}})
	if err != nil {
		return nil, err
	}
	out := &AddScheduleOutput{}
	out.Body.Count, out.Body.IDs = len(list), make([]models.ID, len(list))
	for i, s := range list {
		out.Body.IDs[i] = s.ID
	}
	return out, nil
}

// MoveScheduleInput withdraws a period.
type MoveScheduleInput struct {
	IDInput
	MatchInput
	Body struct {
		Move   models.ScheduleMove `json:"move" enum:"withdraw" doc:"withdraw 停诊:取消全部预约并通知居民"`
		Reason string              `json:"reason,omitempty" maxLength:"100"`
	}
}

// MoveSchedule answers POST /schedules/{id}/move.
func (h *Handlers) MoveSchedule(ctx context.Context, in *MoveScheduleInput) (*Output[ScheduleDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	if _, err := h.as(ctx).WithdrawSchedule(ctx, in.ID, version, in.Body.Reason); err != nil {
		return nil, err
	}
	return h.GetSchedule(ctx, &in.IDInput)
}
