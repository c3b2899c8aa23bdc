package store

import "jiayi/models"

// areas are villages with the team and institution responsible for them. A resident's row
// says so too, and what it says stands while the row is locked: a handover changes both.
type areas map[models.ID]models.Village

// note takes over the village of a locked resident.
func (a areas) note(r models.Resident) {
	a[r.VillageID] = models.Village{ID: r.VillageID, TeamID: r.AreaTeamID, InstitutionID: r.AreaInstID}
}

// of finds a village, in the database when no resident told.
func (a areas) of(tx *Tx, id models.ID) (models.Village, error) {
	if v, ok := a[id]; ok {
		return v, nil
	}
	v, err := get[models.Village](tx.db.Select("id", "team_id", "institution_id"), id)
	if err == nil {
		a[id] = v
	}
	return v, err
}
