package handlers

import (
	"bytes"
	"context"
	"image/png"
	"strings"
	"time"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"jiayi/models"
	"jiayi/models/store"
)

// CommunityEvent is an event among the people.
type CommunityEvent struct {
	ID              models.ID   `json:"id"`
	Kind            string      `json:"kind" enum:"signing,education,free_clinic"`
	KindLabel       string      `json:"kind_label"`
	Title           string      `json:"title"`
	Place           string      `json:"place"`
	On              models.Date `json:"on"`
	InstitutionID   models.ID   `json:"institution_id"`
	InstitutionName string      `json:"institution_name"`
	Teams           []Named     `json:"teams" nullable:"false"`
	Services        []Labelled  `json:"services" nullable:"false"`
	Status          string      `json:"status" enum:"planned,open,closed,cancelled"`
	StatusLabel     string      `json:"status_label"`
	Report          EventReport `json:"report" doc:"活动成效;居民看不到"`
	Version         int         `json:"version"`
}

// EventReport is what came of an event.
type EventReport struct {
	Attendance    int `json:"attendance" doc:"参加人数:现场清点人数与扫码签到人数的较大者"`
	Heads         int `json:"heads" doc:"现场清点人数"`
	CheckedIn     int `json:"checked_in" doc:"扫码签到人数"`
	Consultations int `json:"consultations" doc:"咨询人次"`
	Materials     int `json:"materials" doc:"发放资料份数"`
	Signed        int `json:"signed" doc:"现场签约的合同数"`
}

func communityEvent(l store.EventLine) CommunityEvent {
	out := CommunityEvent{ID: l.ID, Kind: string(l.Kind), KindLabel: models.EventKindLabels[l.Kind], Title: l.Title, Place: l.Place, On: l.On, InstitutionID: l.InstitutionID,
		InstitutionName: l.InstitutionName, Teams: make([]Named, len(l.Teams)), Services: []Labelled{}, Status: string(l.Status), StatusLabel: models.EventStatusLabels[l.Status],
		Report: EventReport{l.Attendance(l.CheckedIn), l.Heads, l.CheckedIn, l.Consultations, l.Materials, l.Signed}, Version: l.Version}
	for i, id := range l.Teams {
		out.Teams[i] = Named{id, l.TeamNames[id]}
	}
	for _, s := range models.EventServices {
		if l.HasService(s.Code) {
			out.Services = append(out.Services, Labelled{s.Code, s.Label})
		}
	}
	return out
}

// CommunityEventDetail is an event with its history.
type CommunityEventDetail struct {
	CommunityEvent
	Actions []Action       `json:"actions" nullable:"false"`
	History []ProcessEvent `json:"history" nullable:"false"`
}

func eventOutput(f store.EventFile, err error) (*Output[CommunityEventDetail], error) {
	if err != nil {
		return nil, err
	}
	p := models.CommunityEventProcess
	return &Output[CommunityEventDetail]{etag(f.Version), CommunityEventDetail{communityEvent(f.EventLine), actions(p, f.Actions), processEvents(p, f.History)}}, nil
}

// ListEventsInput chooses events.
type ListEventsInput struct {
	PageInput
	Kind   models.EventKind   `query:"kind" enum:"signing,education,free_clinic"`
	Status models.EventStatus `query:"status" enum:"planned,open,closed,cancelled"`
	TeamID models.ID          `query:"team_id"`
	From   models.Date        `query:"from"`
	To     models.Date        `query:"to"`
}

// ListEvents answers GET /events.
func (h *Handlers) ListEvents(ctx context.Context, in *ListEventsInput) (*ListOutput[CommunityEvent], error) {
	list, err := h.as(ctx).CommunityEvents(ctx, store.EventFilter{Kind: in.Kind, Status: in.Status, TeamID: in.TeamID, From: in.From, To: in.To}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, communityEvent), nil
}

// GetEvent answers GET /events/{id}.
func (h *Handlers) GetEvent(ctx context.Context, in *IDInput) (*Output[CommunityEventDetail], error) {
	return eventOutput(h.as(ctx).CommunityEvent(ctx, in.ID))
}

// EventPlan is what is planned.
type EventPlan struct {
	Kind     models.EventKind `json:"kind" enum:"signing,education,free_clinic" doc:"signing 签约进社区,education 健康教育,free_clinic 义诊"`
	Title    string           `json:"title" minLength:"1" maxLength:"60"`
	Place    string           `json:"place" minLength:"1" maxLength:"60"`
	On       models.Date      `json:"on"`
	TeamIDs  []models.ID      `json:"team_ids" minItems:"1" maxItems:"60" doc:"参加的团队,第一个团队的机构为主办机构"`
	Services []string         `json:"services" minItems:"1" maxItems:"3" doc:"free_clinic 义诊,talk 健康讲座,signing 签约"`
}

func (p EventPlan) event() models.CommunityEvent {
	return models.CommunityEvent{Kind: p.Kind, Title: p.Title, Place: p.Place, On: p.On, Teams: p.TeamIDs, Services: strings.Join(p.Services, ",")}
}

// PlanEvent answers POST /events.
func (h *Handlers) PlanEvent(ctx context.Context, in *struct{ Body EventPlan }) (*Output[CommunityEventDetail], error) {
	return eventOutput(h.as(ctx).PlanEvent(ctx, in.Body.event()))
}

// ChangeEventInput replaces a plan.
type ChangeEventInput struct {
	IDInput
	MatchInput
	Body EventPlan
}

// ChangeEvent answers PATCH /events/{id}.
func (h *Handlers) ChangeEvent(ctx context.Context, in *ChangeEventInput) (*Output[CommunityEventDetail], error) {
	version, err := in.mustVersion()
	if err != nil {
		return nil, err
	}
	return eventOutput(h.as(ctx).ChangeEvent(ctx, in.ID, version, in.Body.event()))
}

// MoveEventInput is a move on an event.
type MoveEventInput struct {
	IDInput
	MatchInput
	Body struct {
		Move   models.EventMove `json:"move" enum:"open,close,cancel" doc:"open 开始,close 结束,cancel 取消"`
		Reason string           `json:"reason,omitempty" maxLength:"200" doc:"取消时必填"`
	}
}

// MoveEvent answers POST /events/{id}/move.
func (h *Handlers) MoveEvent(ctx context.Context, in *MoveEventInput) (*Output[CommunityEventDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return eventOutput(h.as(ctx).MoveEvent(ctx, in.ID, version, in.Body.Move, in.Body.Reason))
}

// CountEventInput is what was counted.
type CountEventInput struct {
	IDInput
	MatchInput
	Body struct {
		Heads         int `json:"heads" minimum:"0" maximum:"100000" doc:"现场清点人数"`
		Consultations int `json:"consultations" minimum:"0" maximum:"100000" doc:"咨询人次"`
		Materials     int `json:"materials" minimum:"0" maximum:"100000" doc:"发放资料份数"`
	}
}

// CountEvent answers POST /events/{id}/counts.
func (h *Handlers) CountEvent(ctx context.Context, in *CountEventInput) (*Output[CommunityEventDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return eventOutput(h.as(ctx).CountEvent(ctx, in.ID, version, models.EventCounts(in.Body)))
}

// CheckInInput is a scanned code.
type CheckInInput struct {
	Body struct {
		Scene      string    `json:"scene" minLength:"1" maxLength:"16" doc:"二维码中的 scene"`
		ResidentID models.ID `json:"resident_id,omitzero" doc:"谁参加;默认本人"`
	}
}

// CheckInBody says who came to what.
type CheckInBody struct {
	Title      string    `json:"title"`
	Place      string    `json:"place"`
	ResidentID models.ID `json:"resident_id"`
	At         time.Time `json:"at"`
}

// CheckIn answers POST /events/check-in.
func (h *Handlers) CheckIn(ctx context.Context, in *CheckInInput) (*Output[CheckInBody], error) {
	c, err := h.as(ctx).CheckInByScene(ctx, in.Body.Scene, in.Body.ResidentID)
	return &Output[CheckInBody]{Body: CheckInBody(c)}, err
}

// codeSize is the side of a QR code, in pixels: it prints sharply on A4.
const codeSize = 480

// PNGOutput is a picture.
type PNGOutput struct {
	ContentType string `header:"Content-Type"`
	Body        []byte
}

// EventCode answers GET /events/{id}/code.png: the address of the check-in page with the
// scene, and nothing else.
func (h *Handlers) EventCode(ctx context.Context, in *IDInput) (*PNGOutput, error) {
	scene, err := h.as(ctx).EventScene(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if h.CheckInURL == "" {
		return nil, models.Errorf(models.Unavailable, "not_configured", "尚未配置签到页面的网址,请联系系统管理员")
	}
	code, err := codeOf(h.CheckInURL + scene)
	if err != nil {
		return nil, err
	}
	return &PNGOutput{"image/png", code}, nil
}

// codeOf draws a text as a QR code.
func codeOf(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return nil, err
	}
	if code, err = barcode.Scale(code, codeSize, codeSize); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = png.Encode(&b, code)
	return b.Bytes(), err
}

// EventStatsInput asks for the figures of events.
type EventStatsInput struct {
	By   models.ScopeKind `query:"by" enum:"district,institution" default:"district"`
	Kind models.EventKind `query:"kind" enum:"signing,education,free_clinic"`
	From models.Date      `query:"from" doc:"开始日期(含),默认结束日期所在年的1月1日"`
	To   models.Date      `query:"to" doc:"结束日期(含),默认今天"`
}

// EventStats are the figures of one scope.
type EventStats struct {
	Scope         Scope `json:"scope"`
	Held          int   `json:"held" doc:"举办场次"`
	Attendance    int   `json:"attendance" doc:"参加人次"`
	Consultations int   `json:"consultations" doc:"咨询人次"`
	Materials     int   `json:"materials" doc:"发放资料份数"`
	Signed        int   `json:"signed" doc:"现场签约的合同数"`
}

// EventStats answers GET /stats/events.
func (h *Handlers) EventStats(ctx context.Context, in *EventStatsInput) (*PeriodOutput[EventStats], error) {
	t, err := h.as(ctx).EventFigures(ctx, in.By, in.Kind, in.From, in.To)
	if err != nil {
		return nil, err
	}
	return periodOf(t.From, t.To, t.Rows, func(r store.EventRow) EventStats {
		return EventStats{Scope{r.Kind, r.ScopeID, r.Name}, r.Held, r.Attendance, r.Consultations, r.Materials, r.Signed}
	}), nil
}
