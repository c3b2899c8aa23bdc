package seed

import "jiayi/models"

// handovers are the plans of the district: a nurse who leaves in three weeks, a village that
// changes its team in a month, and one that was called off.
func (v *voices) handovers(h *history) ([]models.Handover, []models.HandoverVillage, error) {
	manager := v.account("district")
	leaver := v.memberOf(3, models.Nurse)
	first, second, third := v.teams[2], v.teams[0], v.teams[1]
	village := func(team models.ID) models.ID {
		for _, p := range v.villages {
			if p.TeamID == team {
				return p.ID
			}
		}
		return 0
	}
	plans := []struct {
		models.Handover
		village   models.ID
		cancelled string
	}{
		{models.Handover{Kind: models.MemberLeaves, FromTeamID: first.ID, ToTeamID: first.ID, InstitutionID: first.InstitutionID, FromStaffID: leaver.ID,
			Leaves: true, On: v.today.AddDays(21), Reason: "调往区人民医院"}, 0, ""},
		{models.Handover{Kind: models.VillagesChange, FromTeamID: second.ID, ToTeamID: third.ID, InstitutionID: second.InstitutionID, Contracts: true,
			On: v.today.AddDays(30), Reason: "片区调整,就近服务"}, village(second.ID), ""},
		{models.Handover{Kind: models.VillagesChange, FromTeamID: third.ID, ToTeamID: second.ID, InstitutionID: third.InstitutionID,
			On: v.today.AddDays(14), Reason: "片区调整"}, village(third.ID), "居民意见较大,暂不调整"},
	}
	var out []models.Handover
	var villages []models.HandoverVillage
	for i, p := range plans {
		x, at := p.Handover, v.at(v.today.AddDays(-5+i), 10)
		x.ID, x.Version, x.CreatedAt, x.UpdatedAt = models.ID(i+1), 1, at, at
		moves := []models.HandoverMove{models.HandoverPlan}
		if p.cancelled != "" {
			moves = append(moves, models.HandoverCancel)
		}
		for k, m := range moves {
			e, err := x.Move(m, manager, models.PartyManager, []string{x.Reason, p.cancelled}[k], v.today)
			if err != nil {
				return nil, nil, err
			}
			h.add(e, x.ID, at)
		}
		out = append(out, x)
		if p.village != 0 {
			villages = append(villages, models.HandoverVillage{HandoverID: x.ID, VillageID: p.village})
		}
	}
	return out, villages, nil
}
