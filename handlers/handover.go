package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// HandoverPlan is what is entered of a handover.
type HandoverPlan struct {
	Kind        models.HandoverKind `json:"kind" enum:"team,village,member" doc:"team 团队撤销,village 村(居)更换责任团队,member 成员离队"`
	FromTeamID  models.ID           `json:"from_team_id" doc:"原团队"`
	ToTeamID    models.ID           `json:"to_team_id,omitzero" doc:"接收团队;成员离队时不填"`
	VillageIDs  []models.ID         `json:"village_ids,omitempty" maxItems:"60" doc:"村(居)委会;只用于 village"`
	Contracts   bool                `json:"contracts,omitempty" doc:"村(居)内与原团队签约的居民是否一并交接;团队撤销时全部交接"`
	FromStaffID models.ID           `json:"from_staff_id,omitzero" doc:"离队成员;只用于 member"`
	ToStaffID   models.ID           `json:"to_staff_id,omitzero" doc:"接手人;只用于 member"`
	Leaves      bool                `json:"leaves,omitempty" doc:"离队成员同时离职,账号停用"`
	EffectiveOn models.Date         `json:"effective_on" doc:"生效日期"`
	Reason      string              `json:"reason" minLength:"1" maxLength:"100" doc:"交接原因"`
	Override    string              `json:"override,omitempty" maxLength:"100" doc:"接收团队超员时的说明,仅区级管理员"`
}

func (p HandoverPlan) handover() models.Handover {
	h := models.Handover{Kind: p.Kind, FromTeamID: p.FromTeamID, ToTeamID: p.ToTeamID, Contracts: p.Contracts, FromStaffID: p.FromStaffID, ToStaffID: p.ToStaffID,
		Leaves: p.Leaves, On: p.EffectiveOn, Reason: p.Reason, Override: p.Override}
	for _, id := range p.VillageIDs {
		h.Villages = append(h.Villages, models.HandoverVillage{VillageID: id})
	}
	return h
}

// HandoverImpact is what changes hands.
type HandoverImpact struct {
	Residents    int             `json:"residents" doc:"服务团队(或家庭医生)发生变化的居民,每人都会收到通知"`
	Area         int             `json:"area" doc:"村(居)内的居民,公共卫生责任随之交接"`
	Contracts    int             `json:"contracts" doc:"有效和待生效的合同"`
	Applications int             `json:"applications" doc:"待审核、待确认的签约"`
	Tasks        int             `json:"tasks" doc:"未完成的任务"`
	Overdue      int             `json:"overdue" doc:"其中已逾期的"`
	Work         []HandoverCount `json:"work,omitempty" doc:"其他办理中的事项"`
	Talks        int             `json:"talks" doc:"进行中的咨询"`
	Schedules    int             `json:"schedules" doc:"尚未开始的出诊时段"`
	Bookings     int             `json:"bookings" doc:"其中的预约"`
	LoadAfter    int             `json:"load_after" doc:"交接后接收团队的签约人数"`
	Capacity     int             `json:"capacity" doc:"接收团队的签约上限"`
	Full         bool            `json:"full" doc:"超过上限"`
}

// HandoverCount is how many there are of one noun.
type HandoverCount struct {
	Noun  string `json:"noun"`
	Label string `json:"label"`
	Count int    `json:"count"`
}

// Handover is one change of hands.
type Handover struct {
	ID           models.ID       `json:"id,omitzero"`
	Kind         string          `json:"kind"`
	KindLabel    string          `json:"kind_label"`
	Status       string          `json:"status"`
	StatusLabel  string          `json:"status_label"`
	FromTeamID   models.ID       `json:"from_team_id"`
	FromTeamName string          `json:"from_team_name"`
	ToTeamID     models.ID       `json:"to_team_id"`
	ToTeamName   string          `json:"to_team_name"`
	FromStaffID  models.ID       `json:"from_staff_id,omitzero"`
	FromStaff    string          `json:"from_staff_name,omitempty"`
	ToStaffID    models.ID       `json:"to_staff_id,omitzero"`
	ToStaff      string          `json:"to_staff_name,omitempty"`
	VillageIDs   []models.ID     `json:"village_ids,omitempty"`
	VillageNames []string        `json:"village_names,omitempty"`
	Contracts    bool            `json:"contracts"`
	Leaves       bool            `json:"leaves"`
	EffectiveOn  models.Date     `json:"effective_on"`
	Reason       string          `json:"reason"`
	Override     string          `json:"override,omitempty"`
	Residents    int             `json:"residents" doc:"已交接的居民数"`
	Moved        int             `json:"moved" doc:"已交接的合同数"`
	Work         int             `json:"work" doc:"已交接的任务等事项数"`
	Impact       *HandoverImpact `json:"impact,omitempty" doc:"计划中的交接将影响的范围"`
	Actions      []Action        `json:"actions" nullable:"false"`
	History      []ProcessEvent  `json:"history,omitempty"`
	Version      int             `json:"version"`
}

func handover(f store.HandoverFile) Handover {
	out := Handover{ID: f.ID, Kind: string(f.Kind), KindLabel: models.HandoverKindLabels[f.Kind], Status: string(f.Status), StatusLabel: models.HandoverStatusLabels[f.Status],
		FromTeamID: f.FromTeamID, FromTeamName: f.From.Name, ToTeamID: f.ToTeamID, ToTeamName: f.To.Name, FromStaffID: f.FromStaffID, FromStaff: f.FromStaff,
		ToStaffID: f.ToStaffID, ToStaff: f.ToStaff, VillageIDs: f.VillageIDs(), VillageNames: f.VillageNames, Contracts: f.Contracts, Leaves: f.Leaves,
		EffectiveOn: f.On, Reason: f.Reason, Override: f.Override, Residents: f.Residents, Moved: f.Moved, Work: f.Work,
		Actions: actions(models.HandoverProcess, f.Actions), History: processEvents(models.HandoverProcess, f.History), Version: f.Version}
	if i := f.Impact; i != nil {
		out.Impact = &HandoverImpact{i.Residents, i.Area, i.Contracts, i.Applications, i.Tasks, i.Overdue, nil, i.Talks, i.Schedules, i.Bookings, i.LoadAfter, i.Capacity, i.Full}
		for _, w := range i.Work {
			out.Impact.Work = append(out.Impact.Work, HandoverCount{w.Noun, models.HandoverWorkLabels[w.Noun], w.N})
		}
	}
	return out
}

func handoverOutput(f store.HandoverFile, err error) (*Output[Handover], error) {
	if err != nil {
		return nil, err
	}
	return &Output[Handover]{etag(f.Version), handover(f)}, nil
}

// HandoversInput chooses handovers.
type HandoversInput struct {
	PageInput
	Status models.HandoverStatus `query:"status" enum:"planned,done,cancelled"`
	TeamID models.ID             `query:"team_id" doc:"原团队或接收团队"`
}

// ListHandovers answers GET /handovers.
func (h *Handlers) ListHandovers(ctx context.Context, in *HandoversInput) (*ListOutput[Handover], error) {
	list, err := h.as(ctx).Handovers(ctx, store.HandoverFilter{Status: in.Status, TeamID: in.TeamID}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, handover), nil
}

// PlanHandover answers POST /handovers.
func (h *Handlers) PlanHandover(ctx context.Context, in *struct{ Body HandoverPlan }) (*Output[Handover], error) {
	return handoverOutput(h.as(ctx).PlanHandover(ctx, in.Body.handover()))
}

// PreviewHandover answers POST /handovers/preview.
func (h *Handlers) PreviewHandover(ctx context.Context, in *struct{ Body HandoverPlan }) (*Output[Handover], error) {
	return handoverOutput(h.as(ctx).PreviewHandover(ctx, in.Body.handover()))
}

// GetHandover answers GET /handovers/{id}.
func (h *Handlers) GetHandover(ctx context.Context, in *IDInput) (*Output[Handover], error) {
	return handoverOutput(h.as(ctx).Handover(ctx, in.ID))
}

// MoveHandoverInput is a move of a handover.
type MoveHandoverInput struct {
	IDInput
	MatchInput
	Body struct {
		Move   models.HandoverMove `json:"move" enum:"carry_out,cancel" doc:"carry_out 执行,cancel 取消"`
		Reason string              `json:"reason,omitempty" maxLength:"100" doc:"取消原因"`
	}
}

// MoveHandover answers POST /handovers/{id}/move.
func (h *Handlers) MoveHandover(ctx context.Context, in *MoveHandoverInput) (*Output[Handover], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return handoverOutput(h.as(ctx).MoveHandover(ctx, in.ID, version, in.Body.Move, in.Body.Reason))
}

// HandedResident is one resident of a handover.
type HandedResident struct {
	Resident    Resident `json:"resident"`
	VillageName string   `json:"village_name"`
}

// HandoverPeopleInput names a handover and a page.
type HandoverPeopleInput struct {
	IDInput
	PageInput
}

// HandoverPeople answers GET /handovers/{id}/residents.
func (h *Handlers) HandoverPeople(ctx context.Context, in *HandoverPeopleInput) (*ListOutput[HandedResident], error) {
	list, err := h.as(ctx).HandoverPeople(ctx, in.ID, in.page())
	if err != nil {
		return nil, err
	}
	show := h.resident(ctx)
	return listOf(list, func(r store.HandedResident) HandedResident { return HandedResident{show(r.Resident), r.VillageName} }), nil
}
