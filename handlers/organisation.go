package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// Institution is one node of the district's tree.
type Institution struct {
	ID        models.ID `json:"id"`
	ParentID  models.ID `json:"parent_id,omitzero"`
	Code      string    `json:"code"`
	Name      string    `json:"name"`
	Level     string    `json:"level"`
	Label     string    `json:"level_label"`
	USCC      string    `json:"uscc,omitempty" doc:"统一社会信用代码"`
	Phone     string    `json:"phone,omitempty"`
	Address   string    `json:"address,omitempty"`
	ThreeHigh string    `json:"three_high,omitempty" doc:"三高共管:home 之家,base 基地,centre 中心"`
	Active    bool      `json:"active"`
	LicenceNo string    `json:"licence_no,omitempty" doc:"医疗机构执业许可证登记号"`
	Version   int       `json:"version"`
	Alliances []Named   `json:"alliances,omitempty"`
}

func institution(i models.Institution) Institution {
	return Institution{i.ID, i.ParentID, i.Code, i.Name, string(i.Level), models.InstitutionLevelLabels[i.Level], i.USCC, i.Phone, i.Address, i.ThreeHigh, i.Active, i.LicenceNo, i.Version, nil}
}

// InstitutionListInput narrows a list of institutions.
type InstitutionListInput struct {
	PageInput
	Level    models.InstitutionLevel `query:"level" maxLength:"32"`
	ParentID models.ID               `query:"parent_id"`
}

// ListInstitutions answers GET /institutions.
func (h *Handlers) ListInstitutions(ctx context.Context, in *InstitutionListInput) (*ListOutput[Institution], error) {
	l, err := h.as(ctx).Institutions(ctx, in.Level, in.ParentID, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(l, institution), nil
}

// GetInstitution answers GET /institutions/{id}.
func (h *Handlers) GetInstitution(ctx context.Context, in *IDInput) (*Output[Institution], error) {
	return institutionOutput(h.as(ctx).Institution(ctx, in.ID))
}

func institutionOutput(f store.InstitutionFile, err error) (*Output[Institution], error) {
	if err != nil {
		return nil, err
	}
	out := institution(f.Institution)
	for _, a := range f.Alliances {
		out.Alliances = append(out.Alliances, Named{a.ID, a.Name})
	}
	return &Output[Institution]{etag(f.Institution.Version), out}, nil
}

// Alliance is a hospital alliance with its members.
type Alliance struct {
	ID      models.ID        `json:"id"`
	Name    string           `json:"name"`
	Kind    string           `json:"kind"`
	Pattern string           `json:"pattern" example:"1+3+10+N"`
	LeadID  models.ID        `json:"lead_id"`
	Members []AllianceMember `json:"members" nullable:"false"`
}

// AllianceMember is an institution's part in an alliance.
type AllianceMember struct {
	InstitutionID models.ID `json:"institution_id"`
	Name          string    `json:"name"`
	Part          string    `json:"part" doc:"在模式中的位置,如 1、3、10、N"`
}

// ListAlliances answers GET /alliances.
func (h *Handlers) ListAlliances(ctx context.Context, _ *struct{}) (*ListOutput[Alliance], error) {
	rows, err := h.as(ctx).Alliances(ctx)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[store.AllianceFile]{Items: rows}, func(f store.AllianceFile) Alliance {
		out := Alliance{f.Alliance.ID, f.Alliance.Name, f.Alliance.Kind, f.Alliance.Pattern, f.Alliance.LeadID, []AllianceMember{}}
		for _, m := range f.Members {
			out.Members = append(out.Members, AllianceMember{m.InstitutionID, f.Institutions[m.InstitutionID].Name, m.Part})
		}
		return out
	}), nil
}

// Village is a village or neighbourhood with its team of responsibility.
type Village struct {
	ID            models.ID `json:"id"`
	Code          string    `json:"code" doc:"网格编码"`
	Name          string    `json:"name"`
	Town          string    `json:"town"`
	InstitutionID models.ID `json:"institution_id"`
	ClinicID      models.ID `json:"clinic_id,omitzero"`
	TeamID        models.ID `json:"team_id" doc:"责任团队"`
	EHRCode       string    `json:"ehr_code" doc:"档案编号中的村(居)编码"`
	StatCode      string    `json:"stat_code" doc:"统计用区划代码"`
	GridWorker    string    `json:"grid_worker,omitempty" doc:"网格员"`
	Version       int       `json:"version"`
}

func village(v models.Village) Village {
	return Village{v.ID, v.Code, v.Name, v.Town, v.InstitutionID, v.ClinicID, v.TeamID, v.EHRCode, v.StatCode, v.GridWorker, v.Version}
}

// VillageListInput narrows a list of villages.
type VillageListInput struct {
	PageInput
	InstitutionID models.ID `query:"institution_id"`
	TeamID        models.ID `query:"team_id"`
	Q             string    `query:"q" maxLength:"50" doc:"名称开头"`
}

// ListVillages answers GET /villages.
func (h *Handlers) ListVillages(ctx context.Context, in *VillageListInput) (*ListOutput[Village], error) {
	l, err := h.as(ctx).Villages(ctx, store.VillageFilter{InstitutionID: in.InstitutionID, TeamID: in.TeamID, Q: in.Q}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(l, village), nil
}

// Partner is a partner unit 对口协作单位.
type Partner struct {
	ID      models.ID `json:"id"`
	Name    string    `json:"name"`
	Kind    string    `json:"kind"`
	Label   string    `json:"kind_label"`
	Contact string    `json:"contact"`
	Phone   string    `json:"phone"`
}

func partner(p models.Partner) Partner {
	return Partner{p.ID, p.Name, p.Kind, models.PartnerKindLabels[p.Kind], p.Contact, p.Phone}
}

// PartnerListInput narrows a list of partner units.
type PartnerListInput struct {
	PageInput
	Kind string `query:"kind" maxLength:"32"`
}

// ListPartners answers GET /partners.
func (h *Handlers) ListPartners(ctx context.Context, in *PartnerListInput) (*ListOutput[Partner], error) {
	l, err := h.as(ctx).Partners(ctx, in.Kind, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(l, partner), nil
}
