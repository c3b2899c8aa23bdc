package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// HouseholdSigningInput signs a family together.
type HouseholdSigningInput struct {
	Body struct {
		HouseholdID      models.ID         `json:"household_id"`
		RepresentativeID models.ID         `json:"representative_id" doc:"家庭代表"`
		TeamID           models.ID         `json:"team_id"`
		TermYears        int               `json:"term_years,omitempty" minimum:"1" maximum:"3" default:"1"`
		EventID          models.ID         `json:"event_id,omitzero" doc:"现场签约所在的社区活动,须为今天签约团队参加的活动"`
		Members          []HouseholdMember `json:"members" minItems:"1" maxItems:"30"`
	}
}

// HouseholdMember is one member's part of a household signing.
type HouseholdMember struct {
	ResidentID models.ID            `json:"resident_id"`
	PackageIDs []models.ID          `json:"package_ids,omitempty" maxItems:"20"`
	SignerID   models.ID            `json:"signer_id,omitzero" doc:"未成年人由监护人代签"`
	Signature  string               `json:"signature,omitempty" maxLength:"280000"`
	Identity   models.IdentityCheck `json:"identity_check,omitempty" enum:"card,other" doc:"现场核对的证件:card 居民身份证 other 其他证件原件"`
}

// HouseholdSigning is a family's signing with one contract per member.
type HouseholdSigning struct {
	ID        models.ID  `json:"id"`
	Contracts []Contract `json:"contracts" nullable:"false"`
}

// SignHousehold answers POST /household-signings: everyone signs, or nobody.
func (h *Handlers) SignHousehold(ctx context.Context, in *HouseholdSigningInput) (*Output[HouseholdSigning], error) {
	b := in.Body
	s := store.HouseholdSigning{HouseholdID: b.HouseholdID, RepresentativeID: b.RepresentativeID, TeamID: b.TeamID, TermYears: b.TermYears, EventID: b.EventID, Source: models.FromMiniProgram}
	staff := models.ActorFrom(ctx).IsStaff()
	if staff {
		s.Source = models.FromWorkbench
	}
	for _, m := range b.Members {
		if !staff {
			m.Signature = ""
		}
		s.Members = append(s.Members, store.HouseholdMember(m))
	}
	head, contracts, err := h.as(ctx).SignHousehold(ctx, s)
	if err != nil {
		return nil, err
	}
	out := &Output[HouseholdSigning]{Body: HouseholdSigning{head.ID, []Contract{}}}
	for _, c := range contracts {
		line, err := h.Store.ContractLine(ctx, c)
		if err != nil {
			return nil, err
		}
		out.Body.Contracts = append(out.Body.Contracts, contract(line))
	}
	return out, nil
}
