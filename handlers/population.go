package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// Membership is a resident's time in a key population.
type Membership struct {
	ID          models.ID               `json:"id"`
	Code        models.Population       `json:"code"`
	Label       string                  `json:"label"`
	Begin       models.Date             `json:"begin"`
	End         models.Date             `json:"end,omitzero" doc:"不再属于该人群的第一天"`
	Source      models.MembershipSource `json:"source"`
	Evidence    string                  `json:"evidence"`
	CloseReason string                  `json:"close_reason,omitempty"`
}

func membership(m models.Membership) Membership {
	return Membership{m.ID, m.Code, m.Code.Label(), m.Begin, m.End, m.Source, m.Evidence, m.CloseReason}
}

// ListMembershipsOutput is everything a resident belongs or belonged to.
type ListMembershipsOutput struct {
	Body struct {
		Items   []Membership `json:"items" nullable:"false"`
		Current []Labelled   `json:"current" nullable:"false" doc:"今天所属人群,含按年龄计算的人群"`
	}
}

// ListMemberships answers GET /residents/{id}/populations.
func (h *Handlers) ListMemberships(ctx context.Context, in *IDInput) (*ListMembershipsOutput, error) {
	p, err := h.as(ctx).Resident(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	actor := models.ActorFrom(ctx)
	out := &ListMembershipsOutput{}
	out.Body.Items, out.Body.Current = []Membership{}, populations(actor, p.Populations)
	for _, m := range p.Memberships {
		if spec, _ := m.Code.Spec(); !spec.Sensitive || actor.Can(models.FollowupRead) {
			out.Body.Items = append(out.Body.Items, membership(m))
		}
	}
	return out, nil
}

// EnrolInput opens a membership.
type EnrolInput struct {
	IDInput
	Body struct {
		Code     models.Population `json:"code" maxLength:"4" doc:"人群代码"`
		Begin    models.Date       `json:"begin" doc:"纳入日期"`
		Evidence string            `json:"evidence" maxLength:"100" doc:"纳入依据,如诊断证明、残疾人证、名单"`
	}
}

// Enrol answers POST /residents/{id}/populations.
func (h *Handlers) Enrol(ctx context.Context, in *EnrolInput) (*Output[Membership], error) {
	m, err := h.as(ctx).Enrol(ctx, in.ID, store.Enrolment{Code: in.Body.Code, Begin: in.Body.Begin, Evidence: in.Body.Evidence, Source: models.FromManual})
	return oneMembership(m, err)
}

// CloseMembershipInput ends a membership.
type CloseMembershipInput struct {
	IDInput
	MembershipID models.ID `path:"membership_id"`
	Body         struct {
		End    models.Date `json:"end" doc:"不再属于该人群的第一天"`
		Reason string      `json:"reason" maxLength:"100"`
	}
}

// CloseMembership answers POST /residents/{id}/populations/{membership_id}/close.
func (h *Handlers) CloseMembership(ctx context.Context, in *CloseMembershipInput) (*Output[Membership], error) {
	m, err := h.as(ctx).CloseMembership(ctx, in.ID, in.MembershipID, in.Body.End, in.Body.Reason)
	return oneMembership(m, err)
}

func oneMembership(m models.Membership, err error) (*Output[Membership], error) {
	if err != nil {
		return nil, err
	}
	return &Output[Membership]{etag(m.Version), membership(m)}, nil
}

// PopulationRow is one row of the key-population table.
type PopulationRow struct {
	Code    models.Population `json:"code"`
	Label   string            `json:"label"`
	InKey   bool              `json:"in_key" doc:"是否计入重点人群"`
	Derived bool              `json:"derived" doc:"按年龄等自动计算,不能手工登记"`
}

// ListPopulations answers GET /populations.
func (h *Handlers) ListPopulations(_ context.Context, _ *struct{}) (*ListOutput[PopulationRow], error) {
	return listOf(store.List[models.PopulationSpec]{Items: models.Populations}, func(p models.PopulationSpec) PopulationRow {
		return PopulationRow{p.Code, p.Label, p.InKey, p.Derived}
	}), nil
}
