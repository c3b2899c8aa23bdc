package handlers

import (
	"context"
	"strings"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// NursingHome is a home for elders.
type NursingHome struct {
	ID      models.ID `json:"id"`
	Name    string    `json:"name"`
	USCC    string    `json:"uscc" doc:"统一社会信用代码"`
	Address string    `json:"address,omitempty"`
	Contact string    `json:"contact" doc:"联系人,列表中已脱敏"`
	Phone   string    `json:"phone" doc:"列表中已脱敏"`
	Beds    int       `json:"beds" doc:"床位数"`
	Version int       `json:"version"`
}

func nursingHome(h models.NursingHome) NursingHome {
	return NursingHome{h.ID, h.Name, h.USCC, h.Address, h.Contact, h.Phone, h.Beds, h.Version}
}

func maskedHome(h models.NursingHome) NursingHome {
	h.Contact, h.Phone = codes.MaskName(h.Contact), codes.MaskPhone(h.Phone)
	return nursingHome(h)
}

// ListNursingHomes answers GET /nursing-homes.
func (h *Handlers) ListNursingHomes(ctx context.Context, in *PageInput) (*ListOutput[NursingHome], error) {
	list, err := h.as(ctx).NursingHomes(ctx, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, maskedHome), nil
}

// GetNursingHome answers GET /nursing-homes/{id}.
func (h *Handlers) GetNursingHome(ctx context.Context, in *IDInput) (*Output[NursingHome], error) {
	return homeOutput(h.as(ctx).NursingHome(ctx, in.ID))
}

func homeOutput(x models.NursingHome, err error) (*Output[NursingHome], error) {
	if err != nil {
		return nil, err
	}
	return &Output[NursingHome]{etag(x.Version), nursingHome(x)}, nil
}

// HomeBody is what is entered of a home.
type HomeBody struct {
	Name    string `json:"name" minLength:"1" maxLength:"100"`
	USCC    string `json:"uscc" maxLength:"18" doc:"统一社会信用代码"`
	Address string `json:"address,omitempty" maxLength:"100"`
	Contact string `json:"contact" minLength:"1" maxLength:"50" doc:"联系人"`
	Phone   string `json:"phone" maxLength:"32"`
	Beds    int    `json:"beds" minimum:"1" maximum:"5000" doc:"床位数"`
}

func (b HomeBody) home() models.NursingHome {
	return models.NursingHome{Name: b.Name, USCC: b.USCC, Address: b.Address, Contact: b.Contact, Phone: b.Phone, Beds: b.Beds}
}

// AddNursingHome answers POST /nursing-homes.
func (h *Handlers) AddNursingHome(ctx context.Context, in *struct{ Body HomeBody }) (*Output[NursingHome], error) {
	return homeOutput(h.as(ctx).AddNursingHome(ctx, in.Body.home()))
}

// ChangeNursingHomeInput replaces what is known of a home.
type ChangeNursingHomeInput struct {
	IDInput
	MatchInput
	Body HomeBody
}

// ChangeNursingHome answers PATCH /nursing-homes/{id}.
func (h *Handlers) ChangeNursingHome(ctx context.Context, in *ChangeNursingHomeInput) (*Output[NursingHome], error) {
	version, err := in.mustVersion()
	if err != nil {
		return nil, err
	}
	return homeOutput(h.as(ctx).ChangeNursingHome(ctx, in.ID, version, in.Body.home()))
}

// HomeResident is somebody who lives in a home.
type HomeResident struct {
	StayID     models.ID   `json:"stay_id"`
	ResidentID models.ID   `json:"resident_id"`
	Name       string      `json:"name"`
	Phone      string      `json:"phone" doc:"已脱敏"`
	Begin      models.Date `json:"begin" doc:"入住日期"`
	Signed     bool        `json:"signed" doc:"有个人签约"`
	TeamName   string      `json:"team_name" doc:"负责其健康管理的团队"`
}

// HomeResidentsInput names a home and a page.
type HomeResidentsInput struct {
	IDInput
	PageInput
}

// HomeResidents answers GET /nursing-homes/{id}/residents.
func (h *Handlers) HomeResidents(ctx context.Context, in *HomeResidentsInput) (*ListOutput[HomeResident], error) {
	list, err := h.as(ctx).HomeResidents(ctx, in.ID, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, func(s store.StayLine) HomeResident {
		return HomeResident{s.ID, s.ResidentID, s.Resident.Name, codes.MaskPhone(s.Resident.Phone), s.Begin, s.Resident.Standing.Signed, s.TeamName}
	}), nil
}

// HomeStay is a resident's time in a home.
type HomeStay struct {
	ID         models.ID   `json:"id"`
	ResidentID models.ID   `json:"resident_id"`
	HomeID     models.ID   `json:"home_id"`
	Begin      models.Date `json:"begin"`
	End        models.Date `json:"end,omitzero"`
}

func stayOutput(s models.HomeStay, err error) (*Output[HomeStay], error) {
	if err != nil {
		return nil, err
	}
	return &Output[HomeStay]{Body: HomeStay{s.ID, s.ResidentID, s.HomeID, s.Begin, s.End}}, nil
}

// AdmitInput notes who lives in a home.
type AdmitInput struct {
	IDInput
	Body struct {
		ResidentID models.ID   `json:"resident_id"`
		Begin      models.Date `json:"begin" doc:"入住日期"`
	}
}

// Admit answers POST /nursing-homes/{id}/residents.
func (h *Handlers) Admit(ctx context.Context, in *AdmitInput) (*Output[HomeStay], error) {
	return stayOutput(h.as(ctx).Admit(ctx, in.ID, in.Body.ResidentID, in.Body.Begin))
}

// EndStayInput notes who has left a home.
type EndStayInput struct {
	IDInput
	Body struct {
		End models.Date `json:"end" doc:"离开日期"`
	}
}

// EndStay answers POST /home-stays/{id}/end.
func (h *Handlers) EndStay(ctx context.Context, in *EndStayInput) (*Output[HomeStay], error) {
	return stayOutput(h.as(ctx).EndStay(ctx, in.ID, in.Body.End))
}

// HomeAgreement is an agreement of a home with a medical institution.
type HomeAgreement struct {
	ID              models.ID   `json:"id"`
	HomeID          models.ID   `json:"home_id"`
	HomeName        string      `json:"home_name"`
	Beds            int         `json:"beds"`
	InstitutionID   models.ID   `json:"institution_id"`
	InstitutionName string      `json:"institution_name"`
	Status          string      `json:"status" enum:"draft,active,suspended,expired,terminated"`
	StatusLabel     string      `json:"status_label"`
	Model           string      `json:"model" enum:"medical_led,care_led,integrated,network"`
	ModelLabel      string      `json:"model_label"`
	Services        []Labelled  `json:"services" nullable:"false"`
	RoundsPerWeek   int         `json:"rounds_per_week" doc:"约定每周巡诊次数"`
	Rounds          Ratio       `json:"rounds" doc:"巡诊履约:最近52个完整周内已巡诊/应巡诊,中止期间不计"`
	BeginOn         models.Date `json:"begin_on"`
	EndOn           models.Date `json:"end_on" doc:"最后一天"`
	Version         int         `json:"version"`
}

func homeAgreement(l store.HomeAgreementLine) HomeAgreement {
	out := HomeAgreement{ID: l.ID, HomeID: l.HomeID, HomeName: l.Home.Name, Beds: l.Home.Beds, InstitutionID: l.InstitutionID, InstitutionName: l.InstitutionName,
		Status: string(l.Status), StatusLabel: models.HomeAgreementStatusLabels[l.Status], Model: string(l.Model), ModelLabel: models.CareModelLabels[l.Model],
		Services: []Labelled{}, RoundsPerWeek: l.PerWeek, Rounds: ratio(l.Done, l.Expected), BeginOn: l.BeginOn, EndOn: l.EndOn, Version: l.Version}
	for _, s := range models.AgreedServices {
		if l.HasService(s.Code) {
			out.Services = append(out.Services, Labelled{string(s.Code), s.Label})
		}
	}
	return out
}

// HomeRound is one round in a home.
type HomeRound struct {
	ID        models.ID   `json:"id"`
	On        models.Date `json:"on"`
	StaffID   models.ID   `json:"staff_id"`
	StaffName string      `json:"staff_name,omitempty"`
	People    int         `json:"people" doc:"服务人数"`
	Notes     string      `json:"notes,omitempty"`
}

// HomeAgreementDetail is an agreement with its rounds and history.
type HomeAgreementDetail struct {
	HomeAgreement
	Latest  []HomeRound    `json:"latest_rounds" nullable:"false" doc:"最近的巡诊,新的在前"`
	Actions []Action       `json:"actions" nullable:"false"`
	History []ProcessEvent `json:"history" nullable:"false"`
}

func homeAgreementOutput(f store.HomeAgreementFile, err error) (*Output[HomeAgreementDetail], error) {
	if err != nil {
		return nil, err
	}
	p := models.HomeAgreementProcess
	out := HomeAgreementDetail{HomeAgreement: homeAgreement(f.HomeAgreementLine), Latest: make([]HomeRound, len(f.Rounds)), Actions: actions(p, f.Actions), History: processEvents(p, f.History)}
	for i, r := range f.Rounds {
		out.Latest[i] = HomeRound{r.ID, r.On, r.StaffID, f.Staff[r.StaffID], r.People, r.Notes}
	}
	return &Output[HomeAgreementDetail]{etag(f.Version), out}, nil
}

// ListHomeAgreementsInput chooses agreements.
type ListHomeAgreementsInput struct {
	PageInput
	Status        models.HomeAgreementStatus `query:"status" enum:"draft,active,suspended,expired,terminated"`
	HomeID        models.ID                  `query:"home_id"`
	InstitutionID models.ID                  `query:"institution_id"`
	EndingBy      models.Date                `query:"ending_by" doc:"履行中、在该日或之前到期的"`
}

// ListHomeAgreements answers GET /home-agreements.
func (h *Handlers) ListHomeAgreements(ctx context.Context, in *ListHomeAgreementsInput) (*ListOutput[HomeAgreement], error) {
	list, err := h.as(ctx).HomeAgreements(ctx, store.HomeAgreementFilter{Status: in.Status, HomeID: in.HomeID, InstitutionID: in.InstitutionID, EndingBy: in.EndingBy}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, homeAgreement), nil
}

// GetHomeAgreement answers GET /home-agreements/{id}.
func (h *Handlers) GetHomeAgreement(ctx context.Context, in *IDInput) (*Output[HomeAgreementDetail], error) {
	return homeAgreementOutput(h.as(ctx).HomeAgreement(ctx, in.ID))
}

// DraftHomeAgreementInput drafts an agreement.
type DraftHomeAgreementInput struct {
	Body struct {
		HomeID        models.ID        `json:"home_id"`
		InstitutionID models.ID        `json:"institution_id,omitzero" doc:"医疗机构,机构管理员默认为本机构"`
		Model         models.CareModel `json:"model" enum:"medical_led,care_led,integrated,network" doc:"四种医养结合模式"`
		Services      []string         `json:"services" minItems:"1" maxItems:"5" doc:"rounds 巡诊,green_channel 绿色通道,referral 双向转诊,training 培训,pharmacy 药事服务"`
		RoundsPerWeek int              `json:"rounds_per_week,omitempty" minimum:"1" maximum:"7" default:"1" doc:"每周巡诊次数"`
		BeginOn       models.Date      `json:"begin_on"`
		EndOn         models.Date      `json:"end_on" doc:"最后一天"`
	}
}

// DraftHomeAgreement answers POST /home-agreements.
func (h *Handlers) DraftHomeAgreement(ctx context.Context, in *DraftHomeAgreementInput) (*Output[HomeAgreementDetail], error) {
	b := in.Body
	return homeAgreementOutput(h.as(ctx).DraftHomeAgreement(ctx, models.HomeAgreement{HomeID: b.HomeID, InstitutionID: b.InstitutionID, Model: b.Model,
		Services: strings.Join(b.Services, ","), PerWeek: b.RoundsPerWeek, BeginOn: b.BeginOn, EndOn: b.EndOn}))
}

// MoveHomeAgreementInput is a move on an agreement.
type MoveHomeAgreementInput struct {
	IDInput
	MatchInput
	Body struct {
		Move   models.HomeAgreementMove `json:"move" enum:"activate,suspend,resume,renew,terminate" doc:"activate 双方签署,suspend 中止,resume 恢复,renew 续签,terminate 终止"`
		Reason string                   `json:"reason,omitempty" maxLength:"200" doc:"中止、终止时必填"`
		Until  models.Date              `json:"until,omitzero" doc:"续签:新的最后一天"`
	}
}

// MoveHomeAgreement answers POST /home-agreements/{id}/move.
func (h *Handlers) MoveHomeAgreement(ctx context.Context, in *MoveHomeAgreementInput) (*Output[HomeAgreementDetail], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return homeAgreementOutput(h.as(ctx).MoveHomeAgreement(ctx, in.ID, version, models.HomeAgreementStep{Move: in.Body.Move, Reason: in.Body.Reason, Until: in.Body.Until}))
}

// LogRoundInput is a round to note.
type LogRoundInput struct {
	IDInput
	Body struct {
		On      models.Date `json:"on" doc:"巡诊日期"`
		StaffID models.ID   `json:"staff_id,omitzero" doc:"巡诊人员,默认本人"`
		People  int         `json:"people" minimum:"0" maximum:"5000" doc:"服务人数"`
		Notes   string      `json:"notes,omitempty" maxLength:"500"`
	}
}

// LogRound answers POST /home-agreements/{id}/rounds.
func (h *Handlers) LogRound(ctx context.Context, in *LogRoundInput) (*Output[HomeRound], error) {
	b := in.Body
	r, err := h.as(ctx).LogRound(ctx, in.ID, models.HomeRound{On: b.On, StaffID: b.StaffID, People: b.People, Notes: b.Notes})
	if err != nil {
		return nil, err
	}
	return &Output[HomeRound]{Body: HomeRound{ID: r.ID, On: r.On, StaffID: r.StaffID, People: r.People, Notes: r.Notes}}, nil
}

// HomeStatsInput asks for the figures of agreements with homes.
type HomeStatsInput struct {
	By models.ScopeKind `query:"by" enum:"district,institution" default:"district"`
}

// HomeStats are the figures of one scope.
type HomeStats struct {
	Scope      Scope `json:"scope"`
	Homes      int   `json:"homes" doc:"已签约且履行中的养老机构"`
	Beds       int   `json:"beds" doc:"其床位数"`
	Integrated int   `json:"integrated" doc:"其中医康养一体化(两院一体)"`
	Rounds     Ratio `json:"rounds" doc:"巡诊履约"`
}

// HomeStatsOutput answers GET /stats/home-agreements.
type HomeStatsOutput struct {
	Body struct {
		Rows []HomeStats `json:"rows" nullable:"false"`
	}
}

// HomeStats answers GET /stats/home-agreements.
func (h *Handlers) HomeStats(ctx context.Context, in *HomeStatsInput) (*HomeStatsOutput, error) {
	rows, err := h.as(ctx).HomeRates(ctx, in.By)
	if err != nil {
		return nil, err
	}
	out := &HomeStatsOutput{}
	out.Body.Rows = make([]HomeStats, len(rows))
	for i, r := range rows {
		out.Body.Rows[i] = HomeStats{Scope{r.Kind, r.ScopeID, r.Name}, r.Homes, r.Beds, r.Integrated, ratio(r.Done, r.Expected)}
	}
	return out, nil
}
