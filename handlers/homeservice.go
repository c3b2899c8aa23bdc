package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// HomeServiceItem is a service at home in a list.
type HomeServiceItem struct {
	ID             models.ID   `json:"id"`
	Status         string      `json:"status" enum:"applied,assessed,refused,assigned,departed,arrived,served,paid,rated,cancelled"`
	StatusLabel    string      `json:"status_label"`
	ResidentID     models.ID   `json:"resident_id"`
	ResidentName   string      `json:"resident_name"`
	Phone          string      `json:"phone" doc:"已脱敏"`
	TeamID         models.ID   `json:"team_id"`
	TeamName       string      `json:"team_name"`
	Applicant      string      `json:"applicant" enum:"incapable,aged,disabled,postoperative,terminal"`
	ApplicantLabel string      `json:"applicant_label"`
	Items          []Labelled  `json:"items" nullable:"false" doc:"申请的项目"`
	WishOn         models.Date `json:"wish_on,omitzero"`
	DueOn          models.Date `json:"due_on,omitzero" doc:"下一步的期限:评估、派单或上门"`
	VisitOn        models.Date `json:"visit_on,omitzero" doc:"约定的上门日期"`
	First          bool        `json:"first" doc:"首次上门,须至少两名工作人员"`
	StaffNames     []string    `json:"staff_names" nullable:"false"`
	CreatedAt      time.Time   `json:"created_at"`
	Version        int         `json:"version"`
}

// HomeServiceDetail is a service at home with all that was noted.
type HomeServiceDetail struct {
	HomeServiceItem
	Address     string         `json:"address"`
	Note        string         `json:"note,omitempty"`
	Checks      []string       `json:"checks" nullable:"false" doc:"评估时确认的安全事项"`
	ArrivedAt   *time.Time     `json:"arrived_at,omitempty"`
	Position    string         `json:"position,omitempty" doc:"到达位置,“经度,纬度”;仅工作人员可见"`
	Photo       string         `json:"photo,omitempty" doc:"到达时的照片的地址"`
	Done        []Labelled     `json:"done" nullable:"false" doc:"完成的项目"`
	Consumables string         `json:"consumables,omitempty"`
	Signed      bool           `json:"signed" doc:"居民已签名"`
	ServedOn    models.Date    `json:"served_on,omitzero"`
	EncounterID models.ID      `json:"encounter_id,omitzero" doc:"计入履约的随访"`
	FeeCents    int64          `json:"fee_cents" doc:"费用,分;0 为免费"`
	Rating      int            `json:"rating,omitempty"`
	RatingText  string         `json:"rating_text,omitempty"`
	Actions     []Action       `json:"actions" nullable:"false"`
	History     []ProcessEvent `json:"history" nullable:"false"`
}

func homeItems(w models.Words) []Labelled {
	out := []Labelled{}
	for _, code := range w.List() {
		item, _ := models.HomeItemOf(code)
		out = append(out, Labelled{code, item.Label})
	}
	return out
}

func homeServiceItem(h store.HomeServiceLine) HomeServiceItem {
	return HomeServiceItem{
		ID: h.ID, Status: string(h.Status), StatusLabel: models.HomeServiceStatusLabels[h.Status], ResidentID: h.ResidentID, ResidentName: h.ResidentName, Phone: codes.MaskPhone(h.Phone),
		TeamID: h.TeamID, TeamName: h.TeamName, Applicant: h.Applicant, ApplicantLabel: models.HomeApplicantLabel(h.Applicant), Items: homeItems(h.Items), WishOn: h.WishOn, DueOn: h.DueOn,
		VisitOn: h.VisitOn, First: h.First, StaffNames: append([]string{}, h.StaffNames...), CreatedAt: h.CreatedAt.UTC(), Version: h.Version,
	}
}

func homeServiceOutput(ctx context.Context, h store.HomeServiceLine, err error) (*Output[HomeServiceDetail], error) {
	if err != nil {
		return nil, err
	}
	out := HomeServiceDetail{
		HomeServiceItem: homeServiceItem(h), Address: codes.MaskAddress(h.Address), Note: h.Note, Checks: append([]string{}, h.Checks.List()...), ArrivedAt: h.ArrivedAt, Photo: homePhoto(h),
		Done: homeItems(h.Done), Consumables: h.Consumables, Signed: h.Signature != "", ServedOn: h.ServedOn, EncounterID: h.EncounterID, FeeCents: h.FeeCents, Rating: h.Rating, RatingText: h.RatingText,
		Actions: actions(models.HomeServiceProcess, h.Actions), History: processEvents(models.HomeServiceProcess, h.History),
	}
	if models.ActorFrom(ctx).IsStaff() {
		out.Position = h.Position
	}
	return &Output[HomeServiceDetail]{etag(h.Version), out}, nil
}

// HomeServiceChoices are the lists of an application and an assessment.
type HomeServiceChoices struct {
	Applicants []Labelled `json:"applicants" nullable:"false"`
	Items      []Labelled `json:"items" nullable:"false"`
	Checks     []Labelled `json:"checks" nullable:"false"`
}

// HomeServiceChoices answers GET /home-service-items.
func (h *Handlers) HomeServiceChoices(context.Context, *struct{}) (*Output[HomeServiceChoices], error) {
	out := &Output[HomeServiceChoices]{}
	for _, a := range models.HomeApplicants {
		out.Body.Applicants = append(out.Body.Applicants, Labelled(a))
	}
	for _, i := range models.HomeItems {
		if !i.Injection || h.Store.HomeInjections() {
			out.Body.Items = append(out.Body.Items, Labelled{i.Code, i.Label})
		}
	}
	for _, c := range models.SafetyChecks {
		out.Body.Checks = append(out.Body.Checks, Labelled(c))
	}
	return out, nil
}

// AskHomeServiceInput is an application.
type AskHomeServiceInput struct {
	Body struct {
		ResidentID models.ID   `json:"resident_id,omitzero" doc:"居民为自己申请时可省略"`
		Applicant  string      `json:"applicant" enum:"incapable,aged,disabled,postoperative,terminal" doc:"incapable 失能,aged 高龄,disabled 残疾,postoperative 术后,terminal 临终"`
		Items      []string    `json:"items" minItems:"1" maxItems:"20" doc:"服务项目代码,见 GET /home-service-items"`
		Address    string      `json:"address,omitempty" maxLength:"100" doc:"上门地址,默认为档案中的地址"`
		Note       string      `json:"note,omitempty" maxLength:"200"`
		WishOn     models.Date `json:"wish_on,omitzero" doc:"希望上门的日期"`
	}
}

// AskHomeService answers POST /home-services.
func (h *Handlers) AskHomeService(ctx context.Context, in *AskHomeServiceInput) (*Output[HomeServiceDetail], error) {
	b := in.Body
	line, err := h.as(ctx).AskHomeService(ctx, models.HomeService{ResidentID: b.ResidentID, Applicant: b.Applicant, Items: models.WordsOf(b.Items), Address: b.Address, Note: b.Note, WishOn: b.WishOn})
	return homeServiceOutput(ctx, line, err)
}

// ListHomeServicesInput chooses services.
type ListHomeServicesInput struct {
	PageInput
	ResidentID models.ID                `query:"resident_id"`
	TeamID     models.ID                `query:"team_id"`
	Status     models.HomeServiceStatus `query:"status" enum:"applied,assessed,refused,assigned,departed,arrived,served,paid,rated,cancelled"`
}

// ListHomeServices answers GET /home-services.
func (h *Handlers) ListHomeServices(ctx context.Context, in *ListHomeServicesInput) (*ListOutput[HomeServiceItem], error) {
	list, err := h.as(ctx).HomeServices(ctx, store.HomeServiceFilter{ResidentID: in.ResidentID, TeamID: in.TeamID, Status: in.Status}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, homeServiceItem), nil
}

// GetHomeService answers GET /home-services/{id}.
func (h *Handlers) GetHomeService(ctx context.Context, in *IDInput) (*Output[HomeServiceDetail], error) {
	line, err := h.as(ctx).HomeService(ctx, in.ID)
	return homeServiceOutput(ctx, line, err)
}

// MoveHomeServiceInput is a move with what it brings.
type MoveHomeServiceInput struct {
	IDInput
	MatchInput
	Body struct {
		Move        models.HomeServiceMove `json:"move" enum:"assess,refuse,assign,depart,arrive,serve,pay,rate,cancel"`
		Reason      string                 `json:"reason,omitempty" maxLength:"100" doc:"refuse、cancel:原因"`
		Checks      []string               `json:"checks,omitempty" maxItems:"10" doc:"assess:已确认的安全事项"`
		VisitOn     models.Date            `json:"visit_on,omitzero" doc:"assign:约定日期"`
		StaffIDs    []models.ID            `json:"staff_ids,omitempty" maxItems:"5" doc:"assign:上门人员,首次至少两名"`
		Position    string                 `json:"position,omitempty" maxLength:"32" doc:"arrive:“经度,纬度”"`
		Items       []string               `json:"items,omitempty" maxItems:"20" doc:"serve:完成的项目"`
		Consumables string                 `json:"consumables,omitempty" maxLength:"200" doc:"serve:耗材"`
		Signature   string                 `json:"signature,omitempty" maxLength:"280000" doc:"serve:居民或家属签名,data URL"`
		FeeCents    int64                  `json:"fee_cents,omitempty" minimum:"0" doc:"pay:费用,分;0 为免费"`
		Rating      int                    `json:"rating,omitempty" minimum:"0" maximum:"5" doc:"rate:1 至 5"`
		Text        string                 `json:"text,omitempty" maxLength:"200" doc:"rate:评价"`
	}
}

// MoveHomeService answers POST /home-services/{id}/move.
func (h *Handlers) MoveHomeService(ctx context.Context, in *MoveHomeServiceInput) (*Output[HomeServiceDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	b := in.Body
	line, err := h.as(ctx).MoveHomeService(ctx, in.ID, version, b.Move, models.HomeServiceStep{Reason: b.Reason, Checks: b.Checks, VisitOn: b.VisitOn, Staff: b.StaffIDs,
		Position: b.Position, Items: b.Items, Consumables: b.Consumables, Signature: b.Signature, FeeCents: b.FeeCents, Rating: b.Rating, Text: b.Text})
	return homeServiceOutput(ctx, line, err)
}

// homePhoto is where the picture of a service is, "" without one.
func homePhoto(h store.HomeServiceLine) string {
	if h.Photo == "" {
		return ""
	}
	return "/api/v1/home-services/" + h.ID.String() + "/photo"
}

// PhotographHomeService answers POST /home-services/{id}/photo.
func (h *Handlers) PhotographHomeService(ctx context.Context, in *SendImageInput) (*Output[HomeServiceDetail], error) {
	content, err := in.picture()
	if err != nil {
		return nil, err
	}
	line, err := h.as(ctx).PhotographHomeService(ctx, in.ID, content)
	return homeServiceOutput(ctx, line, err)
}

// GetHomeServicePhoto answers GET /home-services/{id}/photo.
func (h *Handlers) GetHomeServicePhoto(ctx context.Context, in *IDInput) (*huma.StreamResponse, error) {
	content, err := h.as(ctx).HomeServicePhoto(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return pictureResponse(content, http.DetectContentType(content), "photo-"+in.ID.String()), nil
}
