package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/codes"
	"jiayi/models/store"
)

// PartnerLink is a team's link with a partner unit.
type PartnerLink struct {
	ID          models.ID   `json:"id"`
	TeamID      models.ID   `json:"team_id"`
	TeamName    string      `json:"team_name"`
	PartnerID   models.ID   `json:"partner_id"`
	PartnerName string      `json:"partner_name"`
	Scope       string      `json:"scope" doc:"协作内容"`
	Frequency   string      `json:"frequency" doc:"约定频次" example:"每月2次"`
	LeadExpert  string      `json:"lead_expert"`
	Begin       models.Date `json:"begin"`
	End         models.Date `json:"end,omitzero"`
	Status      string      `json:"status" enum:"active,ended"`
	StatusLabel string      `json:"status_label"`
}

func partnerLink(l store.LinkLine) PartnerLink {
	return PartnerLink{l.ID, l.TeamID, l.TeamName, l.PartnerID, l.Partner.Name, l.Scope, l.Frequency, l.LeadExpert, l.Begin, l.End, string(l.Status()), models.LinkStatusLabels[l.Status()]}
}

// PartnerLinkDetail is a link with its history.
type PartnerLinkDetail struct {
	PartnerLink
	Actions []Action       `json:"actions" nullable:"false"`
	History []ProcessEvent `json:"history" nullable:"false"`
}

func linkOutput(f store.LinkFile, err error) (*Output[PartnerLinkDetail], error) {
	if err != nil {
		return nil, err
	}
	p := models.PartnerLinkProcess
	return &Output[PartnerLinkDetail]{Body: PartnerLinkDetail{partnerLink(f.LinkLine), actions(p, f.Actions), processEvents(p, f.History)}}, nil
}

// ListLinksInput chooses links.
type ListLinksInput struct {
	PageInput
	TeamID    models.ID         `query:"team_id"`
	PartnerID models.ID         `query:"partner_id"`
	Status    models.LinkStatus `query:"status" enum:"active,ended"`
}

// ListPartnerLinks answers GET /partner-links.
func (h *Handlers) ListPartnerLinks(ctx context.Context, in *ListLinksInput) (*ListOutput[PartnerLink], error) {
	list, err := h.as(ctx).PartnerLinks(ctx, store.LinkFilter{TeamID: in.TeamID, PartnerID: in.PartnerID, Status: in.Status}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, partnerLink), nil
}

// GetPartnerLink answers GET /partner-links/{id}.
func (h *Handlers) GetPartnerLink(ctx context.Context, in *IDInput) (*Output[PartnerLinkDetail], error) {
	return linkOutput(h.as(ctx).PartnerLink(ctx, in.ID))
}

// BeginLinkInput links a team with a unit.
type BeginLinkInput struct {
	Body struct {
		TeamID     models.ID   `json:"team_id"`
		PartnerID  models.ID   `json:"partner_id"`
		Scope      string      `json:"scope" minLength:"1" maxLength:"60" doc:"协作内容"`
		Frequency  string      `json:"frequency" maxLength:"16" doc:"约定频次:每周、每月、每季度、每年N次" example:"每月2次"`
		LeadExpert string      `json:"lead_expert" minLength:"1" maxLength:"50" doc:"牵头专家"`
		Begin      models.Date `json:"begin"`
	}
}

// BeginLink answers POST /partner-links.
func (h *Handlers) BeginLink(ctx context.Context, in *BeginLinkInput) (*Output[PartnerLinkDetail], error) {
	b := in.Body
	return linkOutput(h.as(ctx).BeginLink(ctx, models.TeamPartner{TeamID: b.TeamID, PartnerID: b.PartnerID, Scope: b.Scope, Frequency: b.Frequency, LeadExpert: b.LeadExpert, Begin: b.Begin}))
}

// MoveLinkInput ends or resumes a link.
type MoveLinkInput struct {
	IDInput
	Body struct {
		Move   models.LinkMove `json:"move" enum:"end,resume" doc:"end 结束,resume 重新协作"`
		On     models.Date     `json:"on" doc:"结束:最后一天;重新协作:第一天"`
		Reason string          `json:"reason,omitempty" maxLength:"200" doc:"结束时必填"`
	}
}

// MoveLink answers POST /partner-links/{id}/move.
func (h *Handlers) MoveLink(ctx context.Context, in *MoveLinkInput) (*Output[PartnerLinkDetail], error) {
	return linkOutput(h.as(ctx).MoveLink(ctx, in.ID, in.Body.Move, in.Body.On, in.Body.Reason))
}

// PartnerSession is one visit of an expert.
type PartnerSession struct {
	ID          models.ID   `json:"id"`
	LinkID      models.ID   `json:"link_id"`
	TeamID      models.ID   `json:"team_id"`
	TeamName    string      `json:"team_name"`
	PartnerID   models.ID   `json:"partner_id"`
	PartnerName string      `json:"partner_name"`
	Kind        string      `json:"kind" enum:"clinic,consult,teaching,free_clinic,rounds"`
	KindLabel   string      `json:"kind_label"`
	On          models.Date `json:"on"`
	Expert      string      `json:"expert" doc:"专家,列表中已脱敏"`
	Hours       float64     `json:"hours"`
	People      int         `json:"people" doc:"服务人次"`
	Notes       string      `json:"notes,omitempty"`
	Voided      bool        `json:"voided"`
}

func partnerSession(s store.SessionLine) PartnerSession {
	return PartnerSession{s.ID, s.LinkID, s.TeamID, s.TeamName, s.PartnerID, s.PartnerName, string(s.Kind), models.SessionKindLabels[s.Kind], s.On, s.Expert,
		float64(s.HalfHours) / 2, s.People, s.Notes, s.Voided}
}

func sessionOutput(s store.SessionLine, err error) (*Output[PartnerSession], error) {
	if err != nil {
		return nil, err
	}
	return &Output[PartnerSession]{Body: partnerSession(s)}, nil
}

// LogSessionInput is a visit of an expert to note.
type LogSessionInput struct {
	IDInput
	Body struct {
		Kind   models.SessionKind `json:"kind" enum:"clinic,consult,teaching,free_clinic,rounds" doc:"clinic 坐诊,consult 会诊,teaching 带教,free_clinic 义诊,rounds 巡诊"`
		On     models.Date        `json:"on"`
		Expert string             `json:"expert" minLength:"1" maxLength:"50" doc:"专家姓名"`
		Hours  float64            `json:"hours" minimum:"0.5" maximum:"12" multipleOf:"0.5"`
		People int                `json:"people" minimum:"0" maximum:"1000" doc:"服务人次"`
		Notes  string             `json:"notes,omitempty" maxLength:"500"`
	}
}

// LogSession answers POST /partner-links/{id}/sessions.
func (h *Handlers) LogSession(ctx context.Context, in *LogSessionInput) (*Output[PartnerSession], error) {
	b := in.Body
	return sessionOutput(h.as(ctx).LogSession(ctx, in.ID, models.PartnerSession{Kind: b.Kind, On: b.On, Expert: b.Expert, HalfHours: int(b.Hours * 2), People: b.People, Notes: b.Notes}))
}

// ListSessionsInput chooses sessions.
type ListSessionsInput struct {
	PageInput
	LinkID    models.ID   `query:"link_id"`
	TeamID    models.ID   `query:"team_id"`
	PartnerID models.ID   `query:"partner_id"`
	From      models.Date `query:"from"`
	To        models.Date `query:"to"`
}

// ListPartnerSessions answers GET /partner-sessions.
func (h *Handlers) ListPartnerSessions(ctx context.Context, in *ListSessionsInput) (*ListOutput[PartnerSession], error) {
	list, err := h.as(ctx).PartnerSessions(ctx, store.SessionFilter{LinkID: in.LinkID, TeamID: in.TeamID, PartnerID: in.PartnerID, From: in.From, To: in.To}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, func(s store.SessionLine) PartnerSession {
		s.Expert = codes.MaskName(s.Expert)
		return partnerSession(s)
	}), nil
}

// VoidSession answers POST /partner-sessions/{id}/void.
func (h *Handlers) VoidSession(ctx context.Context, in *VoidSessionInput) (*Output[PartnerSession], error) {
	return sessionOutput(h.as(ctx).VoidSession(ctx, in.ID, in.Body.Reason))
}

// VoidSessionInput takes back a session.
type VoidSessionInput struct {
	IDInput
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"200"`
	}
}

// ContributionInput asks for the contributions of a period.
type ContributionInput struct {
	By   string      `query:"by" enum:"partner,team" default:"partner"`
	From models.Date `query:"from" doc:"开始日期(含),默认结束日期所在年的1月1日"`
	To   models.Date `query:"to" doc:"结束日期(含),默认今天"`
}

// Contribution is what one partner unit gave, or one team got.
type Contribution struct {
	ID       models.ID   `json:"id"`
	Name     string      `json:"name"`
	Links    int         `json:"links" doc:"期内协作关系"`
	Sessions int         `json:"sessions" doc:"协作次数"`
	Kinds    []KindCount `json:"kinds" nullable:"false"`
	Hours    float64     `json:"hours"`
	People   int         `json:"people" doc:"服务人次"`
	Kept     Ratio       `json:"kept" doc:"按约定频次完成的次数/应完成的次数"`
}

// KindCount counts the sessions of a kind.
type KindCount struct {
	Code  string `json:"code"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Contributions answers GET /stats/partners.
func (h *Handlers) Contributions(ctx context.Context, in *ContributionInput) (*PeriodOutput[Contribution], error) {
	t, err := h.as(ctx).Contributions(ctx, in.By == "team", in.From, in.To)
	if err != nil {
		return nil, err
	}
	return periodOf(t.From, t.To, t.Rows, func(r store.ContributionRow) Contribution {
		c := Contribution{ID: r.ID, Name: r.Name, Links: r.Links, Sessions: r.Sessions, Kinds: []KindCount{}, Hours: r.Hours, People: r.People, Kept: ratio(r.Done, r.Expected)}
		for _, kind := range []models.SessionKind{"clinic", "consult", "teaching", "free_clinic", "rounds"} {
			if n := r.ByKind[kind]; n > 0 {
				c.Kinds = append(c.Kinds, KindCount{string(kind), models.SessionKindLabels[kind], n})
			}
		}
		return c
	}), nil
}
