package models

// PartyOf is the part the actor plays in what a resident is served with: the resident's own
// side, or the staff who care for the resident, by village or by contract.
func (a Actor) PartyOf(r Resident) Party {
	return a.Party(r.ID, r.AreaTeamID, r.AreaInstID) | a.Party(r.ID, r.SignedTeamID, r.SignedInstID)
}

// DistrictParty is the part the actor plays in what the district alone decides.
func (a Actor) DistrictParty() Party {
	if a.Role == DistrictManager || a.Role == SystemRole {
		return PartyManager
	}
	return 0
}

// AtPlace tells whether the actor works where something takes place: in the team, or at the
// institution for what has no team; managers of either.
func (a Actor) AtPlace(team, institution ID) bool {
	switch a.Reach() {
	case DistrictReach:
		return true
	case InstitutionReach:
		return institution != 0 && a.InstitutionID == institution
	case TeamReach:
		return a.Serves(team) || team == 0 && institution != 0 && a.InstitutionID == institution
	}
	return false
}
