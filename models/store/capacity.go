package store

import (
	"context"

	"jiayi/models"
)

// TeamCapacity is how full a team is, and what waits for it.
type TeamCapacity struct {
	TeamID   models.ID
	Name     string
	Doctors  int
	Load     int // residents with a current contract
	Capacity int
	Percent  float64 // of the capacity; no meaning unless Valued
	Valued   bool
	Near     bool // from models.NearCapacity on
	Overdue  int  // open tasks past their date
	Due      int  // open tasks that fall due in the coming quarter, beside screenings
}

// Capacities lists the teams of the actor's scope with load against capacity (domain §1.3)
// and the tasks of the coming quarter, fullest first. Institution 0 is all.
func (v View) Capacities(ctx context.Context, institution models.ID) ([]TeamCapacity, error) {
	db := v.query(ctx).Where("status = ?", models.TeamActive)
	a := v.actor
	switch a.Reach() {
	case models.DistrictReach:
	case models.InstitutionReach:
		db = db.Where("institution_id = ?", some(a.InstitutionID))
	case models.TeamReach:
		db = db.Where("id IN ?", anyOf(a.TeamIDs))
	default:
		return nil, models.ErrForbidden
	}
	if institution != 0 {
		db = db.Where("institution_id = ?", institution)
	}
	var teams []models.Team
	if err := db.Order("signed_load DESC, id").Find(&teams).Error; err != nil {
		return nil, err
	}
	ids := make([]models.ID, len(teams))
	for i, t := range teams {
		ids[i] = t.ID
	}
	today := v.Today()
	var waiting []struct {
		TeamID       models.ID
		Overdue, Due int
	}
	err := v.query(ctx).Model(&models.Task{}).
		Select("team_id, SUM(CASE WHEN due_on < ? THEN 1 ELSE 0 END) AS overdue, SUM(CASE WHEN due_on BETWEEN ? AND ? THEN 1 ELSE 0 END) AS due", today, today, today.AddMonths(3)).
		Where("team_id IN ? AND lane < ?", anyOf(ids), models.LaneScreening).Group("team_id").Scan(&waiting).Error
	if err != nil {
		return nil, err
	}
	out := make([]TeamCapacity, len(teams))
	at := map[models.ID]*TeamCapacity{}
	for i, t := range teams {
		c := &out[i]
		*c = TeamCapacity{TeamID: t.ID, Name: t.Name, Doctors: t.Doctors, Load: t.Load, Capacity: t.Capacity(v.opt.CapacityPerDoctor)}
		c.Percent, c.Valued = models.Rate(c.Load, c.Capacity)
		c.Near = c.Valued && c.Percent >= models.NearCapacity
		at[t.ID] = c
	}
	for _, w := range waiting {
		at[w.TeamID].Overdue, at[w.TeamID].Due = w.Overdue, w.Due
	}
	return out, nil
}
