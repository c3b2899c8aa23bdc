package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// AppointmentItem is one booking.
type AppointmentItem struct {
	ID              models.ID   `json:"id"`
	Status          string      `json:"status" enum:"booked,checked_in,done,cancelled,no_show"`
	StatusLabel     string      `json:"status_label"`
	ResidentID      models.ID   `json:"resident_id"`
	ResidentName    string      `json:"resident_name"`
	Phone           string      `json:"phone" doc:"已脱敏"`
	Signed          bool        `json:"signed" doc:"目前是签约居民"`
	ScheduleID      models.ID   `json:"schedule_id"`
	SlotID          models.ID   `json:"slot_id"`
	Seat            int         `json:"seat,omitempty" doc:"该时间的第几位;已取消的没有"`
	InstitutionID   models.ID   `json:"institution_id"`
	InstitutionName string      `json:"institution_name"`
	TeamID          models.ID   `json:"team_id,omitzero"`
	TeamName        string      `json:"team_name,omitempty"`
	DoctorID        models.ID   `json:"doctor_id"`
	DoctorName      string      `json:"doctor_name"`
	On              models.Date `json:"on"`
	StartsAt        time.Time   `json:"starts_at"`
	Minutes         int         `json:"minutes"`
	Kind            string      `json:"kind" enum:"normal,expert,tidal"`
	KindLabel       string      `json:"kind_label"`
	Class           string      `json:"class" enum:"other,signed,referral"`
	ClassLabel      string      `json:"class_label"`
	PastBlock       bool        `json:"past_block,omitempty" doc:"居民因多次爽约暂停自行预约,由工作人员代约"`
	Revisit         bool        `json:"revisit" doc:"三天内复诊,不再收挂号费(签到时判定)"`
	CheckedInAt     *time.Time  `json:"checked_in_at,omitempty"`
	Version         int         `json:"version"`
}

func appointmentItem(a store.AppointmentLine) AppointmentItem {
	out := AppointmentItem{
		ID: a.ID, Status: string(a.Status), StatusLabel: models.AppointmentStatusLabels[a.Status], ResidentID: a.ResidentID, ResidentName: a.ResidentName, Phone: codes.MaskPhone(a.Phone),
		Signed: a.Signed, ScheduleID: a.ScheduleID, SlotID: a.SlotID, InstitutionID: a.InstitutionID, InstitutionName: a.InstitutionName, TeamID: a.TeamID, TeamName: a.TeamName,
		DoctorID: a.DoctorID, DoctorName: a.DoctorName, On: a.On, StartsAt: a.StartsAt.UTC(), Minutes: a.Minutes, Kind: string(a.Kind), KindLabel: models.ScheduleKindLabels[a.Kind],
		Class: string(a.Class), ClassLabel: models.BookingClassLabels[a.Class], PastBlock: a.PastBlock, Revisit: a.Revisit, CheckedInAt: a.CheckedInAt, Version: a.Version,
	}
	if a.Seat != nil {
		out.Seat = *a.Seat
	}
	return out
}

// AppointmentDetail is a booking with the moves that can be made and its history.
type AppointmentDetail struct {
	AppointmentItem
	Actions []Action       `json:"actions" nullable:"false"`
	History []ProcessEvent `json:"history" nullable:"false"`
}

// BookInput asks for a seat.
type BookInput struct {
	Body struct {
		SlotID     models.ID `json:"slot_id"`
		ResidentID models.ID `json:"resident_id,omitzero" doc:"为谁预约;居民为自己预约时可省略"`
		Referral   bool      `json:"referral,omitempty" doc:"转诊预约,使用转诊预留号源(仅工作人员)"`
	}
}

// Book answers POST /appointments.
func (h *Handlers) Book(ctx context.Context, in *BookInput) (*Output[AppointmentItem], error) {
	a, err := h.as(ctx).Book(ctx, store.BookingDraft{SlotID: in.Body.SlotID, ResidentID: in.Body.ResidentID, Referral: in.Body.Referral})
	if err != nil {
		return nil, err
	}
	return &Output[AppointmentItem]{etag(a.Version), appointmentItem(a)}, nil
}

// ListAppointmentsInput chooses bookings.
type ListAppointmentsInput struct {
	PageInput
	ResidentID    models.ID                `query:"resident_id" doc:"一位居民的预约,晚的在前"`
	On            models.Date              `query:"on" doc:"一天的预约,按时间排列;工作人员默认今天"`
	InstitutionID models.ID                `query:"institution_id"`
	TeamID        models.ID                `query:"team_id"`
	DoctorID      models.ID                `query:"doctor_id"`
	ScheduleID    models.ID                `query:"schedule_id"`
	Status        models.AppointmentStatus `query:"status" enum:"booked,checked_in,done,cancelled,no_show" doc:"booked 已预约,checked_in 已签到,done 已就诊,cancelled 已取消,no_show 爽约"`
}

// ListAppointments answers GET /appointments.
func (h *Handlers) ListAppointments(ctx context.Context, in *ListAppointmentsInput) (*ListOutput[AppointmentItem], error) {
	list, err := h.as(ctx).Appointments(ctx, store.AppointmentFilter{ResidentID: in.ResidentID, On: in.On, InstitutionID: in.InstitutionID, TeamID: in.TeamID, DoctorID: in.DoctorID,
		ScheduleID: in.ScheduleID, Status: in.Status}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, appointmentItem), nil
}

// GetAppointment answers GET /appointments/{id}.
func (h *Handlers) GetAppointment(ctx context.Context, in *IDInput) (*Output[AppointmentDetail], error) {
	a, err := h.as(ctx).Appointment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return &Output[AppointmentDetail]{etag(a.Version), AppointmentDetail{appointmentItem(a), actions(models.AppointmentProcess, a.Actions), processEvents(models.AppointmentProcess, a.History)}}, nil
}

// MoveAppointmentInput is a move of a booking.
type MoveAppointmentInput struct {
	IDInput
	MatchInput
	Body struct {
		Move   models.AppointmentMove `json:"move" enum:"check_in,complete,cancel,no_show" doc:"check_in 签到,complete 就诊完成,cancel 取消,no_show 爽约"`
		Reason string                 `json:"reason,omitempty" maxLength:"100"`
	}
}

// MoveAppointment answers POST /appointments/{id}/move.
func (h *Handlers) MoveAppointment(ctx context.Context, in *MoveAppointmentInput) (*Output[AppointmentItem], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	a, err := h.as(ctx).MoveAppointment(ctx, in.ID, version, in.Body.Move, in.Body.Reason)
	if err != nil {
		return nil, err
	}
	return &Output[AppointmentItem]{etag(a.Version), appointmentItem(a)}, nil
}

// AppointmentRate is the booking of one scope in figures.
type AppointmentRate struct {
	Scope        Scope `json:"scope"`
	NoShow       Ratio `json:"no_show" doc:"爽约率:爽约/到期且未取消的预约"`
	BySigned     Ratio `json:"by_signed" doc:"签约居民预约占比:签约居民的预约/全部预约,均不含已取消"`
	Released     Ratio `json:"released" doc:"专家号源下放比例:为签约居民和转诊预留的专家号/全部专家号"`
	ReleasedUsed Ratio `json:"released_used" doc:"下放号源使用率:已被签约居民和转诊使用/下放的专家号"`
}

// AppointmentRates answers GET /stats/appointments.
func (h *Handlers) AppointmentRates(ctx context.Context, in *PeriodInput) (*PeriodOutput[AppointmentRate], error) {
	rows, q, err := h.as(ctx).AppointmentRates(ctx, in.query())
	if err != nil {
		return nil, err
	}
	return periodOf(q.From, q.To, rows, func(r store.AppointmentFigures) AppointmentRate {
		return AppointmentRate{Scope{r.Kind, r.ScopeID, r.Name}, share(r.NoShow), share(r.BySigned), share(r.Released), share(r.ReleasedUsed)}
	}), nil
}
