package handlers

import (
	"context"

	"jiayi/models"
)

// InstitutionBody is what is entered of an institution.
type InstitutionBody struct {
	Code      string                  `json:"code" maxLength:"32" doc:"机构编码"`
	Name      string                  `json:"name" maxLength:"128"`
	Level     models.InstitutionLevel `json:"level" maxLength:"32" doc:"机构级别"`
	USCC      string                  `json:"uscc,omitempty" maxLength:"18" doc:"统一社会信用代码;村卫生室可不填"`
	LicenceNo string                  `json:"licence_no,omitempty" maxLength:"32" doc:"医疗机构执业许可证登记号"`
	Phone     string                  `json:"phone,omitempty" maxLength:"32"`
	Address   string                  `json:"address,omitempty" maxLength:"255"`
	ThreeHigh string                  `json:"three_high,omitempty" maxLength:"16" doc:"三高共管:home 之家,base 基地,centre 中心"`
}

func (b InstitutionBody) institution() models.Institution {
	return models.Institution{Code: b.Code, Name: b.Name, Level: b.Level, USCC: b.USCC, LicenceNo: b.LicenceNo, Phone: b.Phone, Address: b.Address, ThreeHigh: b.ThreeHigh}
}

// AddInstitution answers POST /institutions.
func (h *Handlers) AddInstitution(ctx context.Context, in *struct {
	Body struct {
		InstitutionBody
		ParentID models.ID `json:"parent_id" doc:"上级机构"`
	}
}) (*Output[Institution], error) {
	i := in.Body.institution()
	i.ParentID = in.Body.ParentID
	return institutionOutput(h.as(ctx).SaveInstitution(ctx, i, 0))
}

// ChangeInstitutionInput replaces what is known of an institution.
type ChangeInstitutionInput struct {
	IDInput
	MatchInput
	Body struct {
		InstitutionBody
		Active bool `json:"active" doc:"是否在用"`
	}
}

// ChangeInstitution answers PATCH /institutions/{id}.
func (h *Handlers) ChangeInstitution(ctx context.Context, in *ChangeInstitutionInput) (*Output[Institution], error) {
	version, err := in.mustVersion()
	if err != nil {
		return nil, err
	}
	i := in.Body.institution()
	i.ID, i.Active = in.ID, in.Body.Active
	return institutionOutput(h.as(ctx).SaveInstitution(ctx, i, version))
}

// VillageBody is what is entered of a village; its codes are entered once.
type VillageBody struct {
	Name       string `json:"name" maxLength:"64"`
	Town       string `json:"town" maxLength:"64" doc:"乡镇(街道)"`
	GridWorker string `json:"grid_worker,omitempty" maxLength:"64" doc:"网格员"`
}

func villageOutput(v models.Village, err error) (*Output[Village], error) {
	if err != nil {
		return nil, err
	}
	return &Output[Village]{etag(v.Version), village(v)}, nil
}

// AddVillage answers POST /villages.
func (h *Handlers) AddVillage(ctx context.Context, in *struct {
	Body struct {
		VillageBody
		Code     string    `json:"code" maxLength:"14" doc:"网格编码,14位"`
		EHRCode  string    `json:"ehr_code" maxLength:"12" doc:"档案编号中的村(居)编码,12位"`
		StatCode string    `json:"stat_code" maxLength:"12" doc:"统计用区划代码,12位"`
		TeamID   models.ID `json:"team_id" doc:"责任团队"`
	}
}) (*Output[Village], error) {
	b := in.Body
	return villageOutput(h.as(ctx).AddVillage(ctx, models.Village{Code: b.Code, EHRCode: b.EHRCode, StatCode: b.StatCode, Name: b.Name, Town: b.Town, GridWorker: b.GridWorker, TeamID: b.TeamID}))
}

// ChangeVillageInput replaces the names of a village.
type ChangeVillageInput struct {
	IDInput
	MatchInput
	Body VillageBody
}

// ChangeVillage answers PATCH /villages/{id}.
func (h *Handlers) ChangeVillage(ctx context.Context, in *ChangeVillageInput) (*Output[Village], error) {
	version, err := in.mustVersion()
	if err != nil {
		return nil, err
	}
	return villageOutput(h.as(ctx).RenameVillage(ctx, models.Village{ID: in.ID, Name: in.Body.Name, Town: in.Body.Town, GridWorker: in.Body.GridWorker}, version))
}
