package handlers

import (
	"context"
	"maps"
	"slices"

	"jiayi/models"
)

// OrganisationCodes are the codes of what an administrator keeps, for choosing.
type OrganisationCodes struct {
	Levels      []Labelled `json:"levels" nullable:"false" doc:"机构级别"`
	MemberRoles []Labelled `json:"member_roles" nullable:"false" doc:"在团队中的角色"`
	Targets     []Labelled `json:"targets" nullable:"false" doc:"可以设置年度目标的数字"`
	Assessed    []Labelled `json:"assessed" nullable:"false" doc:"可以列入考核方案的项目"`
}

// ListOrganisationCodes answers GET /organisation-codes.
func (h *Handlers) ListOrganisationCodes(context.Context, *None) (*Output[OrganisationCodes], error) {
	return &Output[OrganisationCodes]{Body: organisationCodes}, nil
}

var organisationCodes = OrganisationCodes{
	Levels:      codesOf(models.InstitutionLevelLabels),
	MemberRoles: codesOf(models.MemberRoleLabels),
	Targets:     targetCodes(),
	Assessed:    assessedCodes(),
}

// codesOf lists a table of labels by code.
func codesOf[C ~string](labels map[C]string) []Labelled {
	out := []Labelled{}
	for _, c := range slices.Sorted(maps.Keys(labels)) {
		out = append(out, Labelled{Code: string(c), Label: labels[c]})
	}
	return out
}

func targetCodes() []Labelled {
	out := []Labelled{}
	for _, code := range models.TargetCodes() {
		out = append(out, Labelled{Code: code, Label: models.Target{Code: code}.Label()})
	}
	return out
}

func assessedCodes() []Labelled {
	out := []Labelled{}
	for _, s := range models.AssessSpecs {
		out = append(out, Labelled{Code: string(s.Code), Label: s.Label})
	}
	return out
}
