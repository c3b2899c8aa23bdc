package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
)

// GapInput chooses residents of the gap list.
type GapInput struct {
	PageInput
	Population models.Population `query:"population" maxLength:"4" doc:"重点人群代码,默认全部重点人群"`
	VillageID  models.ID         `query:"village_id" doc:"村(居)委会"`
	TeamID     models.ID         `query:"team_id" doc:"责任团队"`
	StaffID    models.ID         `query:"staff_id" doc:"联系人"`
	Unassigned bool              `query:"unassigned" doc:"只看尚未分配的"`
	Untouched  bool              `query:"untouched" doc:"只看尚未联系过的"`
	Outcome    string            `query:"outcome" enum:"will_sign,thinking,refused,not_reached,away" doc:"最近一次联系的结果"`
}

// GapItem is one resident who is eligible but has no contract.
type GapItem struct {
	Resident     Resident    `json:"resident"`
	VillageName  string      `json:"village_name"`
	StaffID      models.ID   `json:"staff_id,omitzero" doc:"联系人"`
	StaffName    string      `json:"staff_name,omitempty"`
	Outcome      string      `json:"outcome,omitempty"`
	OutcomeLabel string      `json:"outcome_label,omitempty"`
	Contacts     int         `json:"contacts" doc:"联系次数"`
	LastOn       models.Date `json:"last_on,omitzero"`
	NextOn       models.Date `json:"next_on,omitzero" doc:"下次联系日期"`
}

func (h *Handlers) gapItem(ctx context.Context) func(store.GapEntry) GapItem {
	show := h.resident(ctx)
	return func(e store.GapEntry) GapItem {
		return GapItem{Resident: show(e.Resident), VillageName: e.VillageName, StaffID: e.Item.StaffID, StaffName: e.StaffName,
			Outcome: string(e.Item.Outcome), OutcomeLabel: models.GapOutcomeLabels[e.Item.Outcome], Contacts: e.Item.Contacts, LastOn: e.Item.LastOn, NextOn: e.Item.NextOn}
	}
}

// ListGap answers GET /gap.
func (h *Handlers) ListGap(ctx context.Context, in *GapInput) (*ListOutput[GapItem], error) {
	list, err := h.as(ctx).Gap(ctx, store.GapFilter{Population: in.Population, VillageID: in.VillageID, TeamID: in.TeamID, StaffID: in.StaffID,
		Unassigned: in.Unassigned, Untouched: in.Untouched, Outcome: models.GapOutcome(in.Outcome)}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.gapItem(ctx)), nil
}

// AssignGapInput gives residents to a member of their team.
type AssignGapInput struct {
	Body struct {
		ResidentIDs []models.ID `json:"resident_ids" minItems:"1" maxItems:"500"`
		StaffID     models.ID   `json:"staff_id,omitzero" doc:"联系人;不填为取消分配"`
	}
}

// AssignGap answers POST /gap/assign.
func (h *Handlers) AssignGap(ctx context.Context, in *AssignGapInput) (*CountOutput, error) {
	n, err := h.as(ctx).AssignGap(ctx, in.Body.ResidentIDs, in.Body.StaffID)
	out := &CountOutput{}
	out.Body.Count = n
	return out, err
}

// NoteGapContactInput is a talk with a resident about signing.
type NoteGapContactInput struct {
	IDInput
	Body struct {
		On      models.Date `json:"on" doc:"联系日期"`
		Way     int         `json:"visit_way" doc:"联系方式,同随访方式" example:"3"`
		Outcome string      `json:"outcome" enum:"will_sign,thinking,refused,not_reached,away" doc:"will_sign 同意签约,thinking 再考虑,refused 拒绝,not_reached 未联系上,away 外出"`
		Note    string      `json:"note,omitempty" maxLength:"200"`
		NextOn  models.Date `json:"next_on,omitzero" doc:"下次联系日期"`
	}
}

// NoteGapContact answers POST /gap/{id}/contacts.
func (h *Handlers) NoteGapContact(ctx context.Context, in *NoteGapContactInput) (*Output[GapItem], error) {
	b := in.Body
	e, err := h.as(ctx).NoteGapContact(ctx, in.ID, models.GapContact{On: b.On, Way: b.Way, Outcome: models.GapOutcome(b.Outcome), Note: b.Note}, b.NextOn)
	if err != nil {
		return nil, err
	}
	return &Output[GapItem]{ETag: etag(e.Item.Version), Body: h.gapItem(ctx)(e)}, nil
}

// GapContact is one talk about signing.
type GapContact struct {
	On           models.Date `json:"on"`
	WayLabel     string      `json:"visit_way_label"`
	Outcome      string      `json:"outcome"`
	OutcomeLabel string      `json:"outcome_label"`
	Note         string      `json:"note,omitempty"`
}

// ListGapContacts answers GET /gap/{id}/contacts.
func (h *Handlers) ListGapContacts(ctx context.Context, in *IDInput) (*ListOutput[GapContact], error) {
	rows, err := h.as(ctx).GapContacts(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[models.GapContact]{Items: rows}, func(c models.GapContact) GapContact {
		return GapContact{c.On, clinical.Way(c.Way).Label(), string(c.Outcome), models.GapOutcomeLabels[c.Outcome], c.Note}
	}), nil
}

// CapacityInput asks for the load of teams.
type CapacityInput struct {
	InstitutionID models.ID `query:"institution_id" doc:"只看该机构的团队"`
}

// TeamCapacity is how full a team is, and what waits for it.
type TeamCapacity struct {
	TeamID   models.ID `json:"team_id"`
	Name     string    `json:"name"`
	Doctors  int       `json:"doctors" doc:"家庭医生人数"`
	Load     int       `json:"load" doc:"签约居民"`
	Capacity int       `json:"capacity" doc:"签约人数上限"`
	Percent  *float64  `json:"percent" doc:"占上限的百分比;没有家庭医生时为 null"`
	Near     bool      `json:"near" doc:"达到上限的90%"`
	Overdue  int       `json:"overdue" doc:"已逾期的任务"`
	Due      int       `json:"due_next_quarter" doc:"今后三个月到期的任务(不含筛查)"`
}

// Capacity answers GET /stats/capacity.
func (h *Handlers) Capacity(ctx context.Context, in *CapacityInput) (*ListOutput[TeamCapacity], error) {
	rows, err := h.as(ctx).Capacities(ctx, in.InstitutionID)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[store.TeamCapacity]{Items: rows}, func(c store.TeamCapacity) TeamCapacity {
		out := TeamCapacity{c.TeamID, c.Name, c.Doctors, c.Load, c.Capacity, nil, c.Near, c.Overdue, c.Due}
		if c.Valued {
			out.Percent = &c.Percent
		}
		return out
	}), nil
}
