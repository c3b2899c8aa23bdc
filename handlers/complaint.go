package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// ComplaintItem is a complaint of a list.
type ComplaintItem struct {
	ID              models.ID  `json:"id"`
	No              string     `json:"no" doc:"诉求编号"`
	Channel         string     `json:"channel" enum:"12345,zaojiejue,yijianma,miniprogram,window"`
	ChannelLabel    string     `json:"channel_label"`
	Category        string     `json:"category" enum:"attitude,signing,fees,quality,appointment,medicine,privacy,other"`
	CategoryLabel   string     `json:"category_label"`
	Urgent          bool       `json:"urgent"`
	Status          string     `json:"status" enum:"received,assigned,processing,replied,visited,closed,reopened"`
	StatusLabel     string     `json:"status_label"`
	Anonymous       bool       `json:"anonymous" doc:"诉求人要求对被诉方匿名"`
	Name            string     `json:"name" doc:"诉求人,已脱敏;不可见时为“匿名”"`
	Phone           string     `json:"phone" doc:"已脱敏"`
	ResidentID      models.ID  `json:"resident_id,omitzero"`
	About           *UnitNamed `json:"about,omitempty" doc:"涉及的机构和团队"`
	Handler         *UnitNamed `json:"handler,omitempty" doc:"承办的机构和团队"`
	ReceivedAt      time.Time  `json:"received_at"`
	DueAt           time.Time  `json:"due_at" doc:"答复期限:一般5个工作日,紧急1个工作日"`
	Overdue         bool       `json:"overdue" doc:"尚未答复且已过期限"`
	RepliedAt       *time.Time `json:"replied_at,omitempty"`
	OnTime          bool       `json:"on_time" doc:"已按时答复"`
	Dispatches      int        `json:"dispatches" doc:"分派次数;第二次分派起不计为一次办结"`
	Reopens         int        `json:"reopens"`
	Satisfaction    string     `json:"satisfaction,omitempty" enum:"satisfied,mostly,unsatisfied,not_rated"`
	SatisfactionLbl string     `json:"satisfaction_label,omitempty"`
	Resolved        *bool      `json:"resolved,omitempty"`
	Version         int        `json:"version"`
}

// UnitNamed is an institution, and a team of it where one is meant.
type UnitNamed struct {
	InstitutionID   models.ID `json:"institution_id"`
	InstitutionName string    `json:"institution_name"`
	TeamID          models.ID `json:"team_id,omitzero"`
	TeamName        string    `json:"team_name,omitempty"`
}

func unitNamed(inst models.ID, instName string, team models.ID, teamName string) *UnitNamed {
	if inst == 0 {
		return nil
	}
	return &UnitNamed{inst, instName, team, teamName}
}

// ComplaintDetail is a complaint with what was said.
type ComplaintDetail struct {
	ComplaintItem
	SourceNo  string         `json:"source_no,omitempty" doc:"来源渠道的编号"`
	Content   string         `json:"content"`
	Result    string         `json:"result,omitempty" doc:"答复内容"`
	VisitedAt *time.Time     `json:"visited_at,omitempty" doc:"回访时间"`
	ClosedAt  *time.Time     `json:"closed_at,omitempty"`
	Actions   []Action       `json:"actions" nullable:"false" doc:"现在可以办理的步骤"`
	History   []ProcessEvent `json:"history" nullable:"false"`
}

func (h *Handlers) complaintItem(c store.ComplaintLine) ComplaintItem {
	out := ComplaintItem{
		ID: c.ID, No: c.No, Channel: string(c.Channel), ChannelLabel: models.ComplaintChannelLabels[c.Channel], Category: string(c.Category),
		CategoryLabel: models.ComplaintCategoryLabels[c.Category], Urgent: c.Urgent, Status: string(c.Status), StatusLabel: models.ComplaintStatusLabels[c.Status],
		Anonymous: c.Anonymous, Name: codes.MaskName(c.Name), Phone: codes.MaskPhone(c.Phone), ResidentID: c.ResidentID,
		About: unitNamed(c.InstitutionID, c.InstitutionName, c.TeamID, c.TeamName), Handler: unitNamed(c.HandlerInstID, c.HandlerInst, c.HandlerTeamID, c.HandlerTeam),
		ReceivedAt: c.ReceivedAt, DueAt: c.DueAt, Overdue: c.Overdue(h.Store.Now()), RepliedAt: c.RepliedAt, OnTime: c.OnTime(), Dispatches: c.Dispatches, Reopens: c.Reopens,
		Satisfaction: string(c.Satisfaction), SatisfactionLbl: models.SatisfactionLabels[c.Satisfaction], Version: c.Version,
	}
	if c.Resolved != "" {
		out.Resolved = new(c.Resolved == "yes")
	}
	if c.Anonymous && out.Name == "" {
		out.Name = "匿名"
	}
	return out
}

func (h *Handlers) complaintOutput(f store.ComplaintFile, err error) (*Output[ComplaintDetail], error) {
	if err != nil {
		return nil, err
	}
	p := models.ComplaintProcess
	return &Output[ComplaintDetail]{etag(f.Version), ComplaintDetail{
		ComplaintItem: h.complaintItem(f.ComplaintLine), SourceNo: f.SourceNo, Content: f.Content, Result: f.Result, VisitedAt: f.VisitedAt, ClosedAt: f.ClosedAt,
		Actions: actions(p, f.Actions), History: processEvents(p, f.History),
	}}, nil
}

// FileComplaintInput is a complaint.
type FileComplaintInput struct {
	Body struct {
		Channel       models.ComplaintChannel  `json:"channel,omitempty" enum:"12345,zaojiejue,yijianma,miniprogram,window" default:"miniprogram" doc:"居民提出的一律为 miniprogram"`
		SourceNo      string                   `json:"source_no,omitempty" maxLength:"64" doc:"来源渠道的编号"`
		Category      models.ComplaintCategory `json:"category" enum:"attitude,signing,fees,quality,appointment,medicine,privacy,other"`
		Urgent        bool                     `json:"urgent,omitempty" doc:"紧急:1个工作日内答复(由诉求管理员确定)"`
		Content       string                   `json:"content" minLength:"1" maxLength:"1000"`
		Name          string                   `json:"name,omitempty" maxLength:"50" doc:"诉求人姓名;居民提出时取自档案"`
		Phone         string                   `json:"phone,omitempty" maxLength:"32" doc:"联系电话;居民提出时默认取自档案"`
		Anonymous     bool                     `json:"anonymous,omitempty" doc:"对被诉的机构和团队匿名"`
		ResidentID    models.ID                `json:"resident_id,omitzero" doc:"为谁提出;居民默认为本人"`
		InstitutionID models.ID                `json:"institution_id,omitzero" doc:"涉及的机构"`
		TeamID        models.ID                `json:"team_id,omitzero" doc:"涉及的团队"`
		ReceivedAt    time.Time                `json:"received_at,omitzero" doc:"受理时间,默认现在"`
	}
}

// FileComplaint answers POST /complaints.
func (h *Handlers) FileComplaint(ctx context.Context, in *FileComplaintInput) (*Output[ComplaintDetail], error) {
	b := in.Body
	return h.complaintOutput(h.as(ctx).FileComplaint(ctx, models.ComplaintDraft{
		Channel: b.Channel, SourceNo: b.SourceNo, Category: b.Category, Urgent: b.Urgent, Content: b.Content, Name: b.Name, Phone: b.Phone, Anonymous: b.Anonymous,
		ResidentID: b.ResidentID, InstitutionID: b.InstitutionID, TeamID: b.TeamID, ReceivedAt: b.ReceivedAt,
	}))
}

// ListComplaintsInput chooses complaints.
type ListComplaintsInput struct {
	PageInput
	Status        models.ComplaintStatus   `query:"status" enum:"received,assigned,processing,replied,visited,closed,reopened"`
	Channel       models.ComplaintChannel  `query:"channel" enum:"12345,zaojiejue,yijianma,miniprogram,window"`
	Category      models.ComplaintCategory `query:"category" enum:"attitude,signing,fees,quality,appointment,medicine,privacy,other"`
	InstitutionID models.ID                `query:"institution_id" doc:"承办机构"`
	TeamID        models.ID                `query:"team_id" doc:"承办团队"`
	Overdue       bool                     `query:"overdue" doc:"只看已过期限尚未答复的,最早到期的在前"`
	DueInHours    int                      `query:"due_in_hours" minimum:"0" maximum:"720" doc:"只看多少小时内须答复的(含已逾期),最早到期的在前"`
}

// ListComplaints answers GET /complaints.
func (h *Handlers) ListComplaints(ctx context.Context, in *ListComplaintsInput) (*ListOutput[ComplaintItem], error) {
	list, err := h.as(ctx).Complaints(ctx, store.ComplaintFilter{Status: in.Status, Channel: in.Channel, Category: in.Category,
		InstitutionID: in.InstitutionID, TeamID: in.TeamID, Overdue: in.Overdue, DueInHours: in.DueInHours}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.complaintItem), nil
}

// GetComplaint answers GET /complaints/{id}.
func (h *Handlers) GetComplaint(ctx context.Context, in *IDInput) (*Output[ComplaintDetail], error) {
	return h.complaintOutput(h.as(ctx).Complaint(ctx, in.ID))
}

// MoveComplaintInput is a move on a complaint.
type MoveComplaintInput struct {
	IDInput
	MatchInput
	Body struct {
		Move          models.ComplaintMove `json:"move" enum:"assign,reassign,take,return,reply,visit,close,reopen" doc:"assign 分派,reassign 再次分派,take 开始办理,return 退回,reply 答复,visit 回访,close 办结,reopen 重新办理"`
		Reason        string               `json:"reason,omitempty" maxLength:"200" doc:"再次分派、退回、重新办理时必填"`
		InstitutionID models.ID            `json:"institution_id,omitzero" doc:"分派:承办机构"`
		TeamID        models.ID            `json:"team_id,omitzero" doc:"分派:承办团队"`
		Result        string               `json:"result,omitempty" maxLength:"1000" doc:"答复:答复内容"`
		Satisfaction  models.Satisfaction  `json:"satisfaction,omitempty" enum:"satisfied,mostly,unsatisfied,not_rated" doc:"回访:满意度"`
		Resolved      *bool                `json:"resolved,omitempty" doc:"回访:诉求是否解决"`
	}
}

// MoveComplaint answers POST /complaints/{id}/move.
func (h *Handlers) MoveComplaint(ctx context.Context, in *MoveComplaintInput) (*Output[ComplaintDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	s := models.ComplaintStep{Move: b.Move, Reason: b.Reason, InstitutionID: b.InstitutionID, TeamID: b.TeamID, Result: b.Result, Satisfaction: b.Satisfaction}
	if b.Resolved != nil {
		s.Resolved = map[bool]string{true: "yes", false: "no"}[*b.Resolved]
	}
	return h.complaintOutput(h.as(ctx).MoveComplaint(ctx, in.ID, version, s))
}

// ComplainantBody is who complained, in clear.
type ComplainantBody struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// RevealReasonInput asks for something in clear, with a reason.
type RevealReasonInput struct {
	IDInput
	Body struct {
		Reason string `json:"reason" minLength:"2" maxLength:"200" doc:"查看原因,记入审计"`
	}
}

// RevealComplaint answers POST /complaints/{id}/reveal.
func (h *Handlers) RevealComplaint(ctx context.Context, in *RevealReasonInput) (*Output[ComplainantBody], error) {
	who, err := h.as(ctx).RevealComplaint(ctx, in.ID, in.Body.Reason)
	return &Output[ComplainantBody]{Body: ComplainantBody(who)}, err
}

// ComplaintRates are the four rates of complaints.
type ComplaintRates struct {
	Scope     Scope `json:"scope"`
	Received  int   `json:"received" doc:"期内受理的诉求"`
	OnTime    Ratio `json:"on_time" doc:"按时办理率:到期诉求中按时答复的"`
	AtOnce    Ratio `json:"at_once" doc:"一次办结率:办结诉求中未再次分派、未重新办理的"`
	Satisfied Ratio `json:"satisfied" doc:"满意率:回访有效评价中满意、基本满意的"`
	Resolved  Ratio `json:"resolved" doc:"解决率:办结诉求中已解决的"`
}

// ComplaintStats answers GET /stats/complaints.
func (h *Handlers) ComplaintStats(ctx context.Context, in *PeriodInput) (*PeriodOutput[ComplaintRates], error) {
	t, err := h.as(ctx).ComplaintRates(ctx, in.query())
	if err != nil {
		return nil, err
	}
	return periodOf(t.From, t.To, t.Rows, func(r store.ComplaintRow) ComplaintRates {
		return ComplaintRates{Scope{r.Kind, r.ScopeID, r.Name}, r.Received, ratio(r.OnTime, r.Due), ratio(r.AtOnce, r.Closed), ratio(r.Satisfied, r.Rated), ratio(r.Resolved, r.Closed)}
	}), nil
}
