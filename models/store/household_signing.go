package store

import (
	"context"
	"errors"
	"fmt"

	"jiayi/models"
)

// HouseholdSigning is a family signing together (domain §1.7): one contract row per
// member, all in one transaction.
type HouseholdSigning struct {
	HouseholdID      models.ID
	RepresentativeID models.ID
	TeamID           models.ID
	TermYears        int
	Source           models.ContractSource
	EventID          models.ID // community event at which the family signs, or 0
	Members          []HouseholdMember
}

// HouseholdMember is one member's part: adults sign themselves, guardians sign for minors.
type HouseholdMember struct {
	ResidentID models.ID
	PackageIDs []models.ID
	SignerID   models.ID
	Signature  string
	Identity   models.IdentityCheck
}

// MaxHouseholdMembers bounds one household signing.
const MaxHouseholdMembers = 30

// SignHousehold signs every named member, or nobody. An error names the member.
func (v View) SignHousehold(ctx context.Context, h HouseholdSigning) (models.HouseholdSigning, []models.Contract, error) {
	numbers := make([]string, len(h.Members))
	for i := range h.Members {
		var err error
		if numbers[i], err = v.contractNumber(ctx); err != nil {
			return models.HouseholdSigning{}, nil, err
		}
	}
	type result struct {
		Head      models.HouseholdSigning
		Contracts []models.Contract
	}
	out, err := once(ctx, v, func(tx *Tx) (result, error) {
		var out result
		if err := tx.checkFamily(h); err != nil {
			return out, err
		}
		out.Head = models.HouseholdSigning{HouseholdID: h.HouseholdID, RepresentativeID: h.RepresentativeID, TeamID: h.TeamID, SignedBy: tx.actor.Name(), CreatedAt: tx.now}
		if err := tx.db.Create(&out.Head).Error; err != nil {
			return out, err
		}
		for i, m := range h.Members {
			c, err := tx.signMember(h, m, numbers[i], out.Head.ID)
			if err != nil {
				return out, memberField(err, i)
			}
			out.Contracts = append(out.Contracts, c)
		}
		return out, tx.represents(h) // last: by now the household is known to be the actor's business
	})
	return out.Head, out.Contracts, err
}

// represents refuses a representative who does not live in the household.
func (tx *Tx) represents(h HouseholdSigning) error {
	by, err := get[models.Resident](tx.db, h.RepresentativeID)
	switch {
	case models.IsKind(err, models.NotFound), err == nil && (by.HouseholdID != h.HouseholdID || by.Status != models.Living):
		return models.InvalidField("representative_id", "other_household", "家庭代表应为该家庭的成员")
	}
	return err
}

func (tx *Tx) signMember(h HouseholdSigning, m HouseholdMember, no string, signing models.ID) (models.Contract, error) {
	r, err := tx.lockResident(m.ResidentID)
	if err != nil {
		return models.Contract{}, residentField(err)
	}
	if r.HouseholdID != h.HouseholdID {
		return models.Contract{}, models.InvalidField("resident_id", "other_household", "该居民不属于此家庭")
	}
	c, err := tx.open(r, Signing{
		ResidentID: r.ID, TeamID: h.TeamID, PackageIDs: m.PackageIDs, TermYears: h.TermYears, SignerID: m.SignerID, Signature: m.Signature, Identity: m.Identity, Source: h.Source, EventID: h.EventID,
	}, no, signing)
	if err != nil {
		return c, err
	}
	return after(&c, tx.finishOpen(&r, &c, ""))
}

func (tx *Tx) checkFamily(h HouseholdSigning) error {
	var p models.Problems
	if len(h.Members) == 0 || len(h.Members) > MaxHouseholdMembers {
		p.Add("members", "out_of_range", fmt.Sprintf("请选择1至%d名家庭成员", MaxHouseholdMembers))
	}
	seen := map[models.ID]bool{}
	for i, m := range h.Members {
		if seen[m.ResidentID] {
			p.Add(fmt.Sprintf("members[%d].resident_id", i), "duplicate", "家庭成员重复")
		}
		seen[m.ResidentID] = true
	}
	if err := p.Err(); err != nil {
		return err
	}
	if tx.actor.IsStaff() && tx.checkHousehold(h.HouseholdID) != nil {
		return &models.Error{Kind: models.NotFound, Code: "not_found", Message: "家庭不存在,或不在您的管辖范围内",
			Fields: []models.FieldError{{Field: "household_id", Code: "not_found", Message: "家庭不存在,或不在您的管辖范围内"}}}
	}
	return nil
}

// memberField puts the member's place before the fields of an error.
func memberField(err error, i int) error {
	var e *models.Error
	if !errors.As(err, &e) {
		return err
	}
	named := *e
	named.Fields = nil
	for _, f := range e.Fields {
		f.Field = fmt.Sprintf("members[%d].%s", i, f.Field)
		named.Fields = append(named.Fields, f)
	}
	if len(named.Fields) == 0 {
		named.Fields = []models.FieldError{{Field: fmt.Sprintf("members[%d]", i), Code: e.Code, Message: e.Message}}
	}
	return &named
}
