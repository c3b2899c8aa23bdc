package store

import (
	"gorm.io/gorm"

	"jiayi/models"
)

// The conditions that say what changes hands, the same for the preview and the act.

// area chooses the villages that get another team of responsibility.
func (x hands) area(db *gorm.DB, column string) *gorm.DB {
	switch x.Kind {
	case models.TeamLeaves:
		return db.Where(column+" IN (SELECT id FROM villages WHERE team_id = ?)", x.FromTeamID)
	case models.VillagesChange:
		return db.Where(column+" IN ?", anyOf(x.VillageIDs()))
	}
	return db.Where("1 = 0")
}

// contracts chooses the open contracts that go along, or whose doctor leaves.
func (x hands) contracts(db *gorm.DB) *gorm.DB {
	db = db.Where("contracts.team_id = ? AND contracts.slot IS NOT NULL", x.FromTeamID)
	switch {
	case x.Kind == models.MemberLeaves && x.ToStaffID != 0:
		return db.Where("contracts.doctor_id = ?", x.FromStaffID)
	case x.Kind == models.TeamLeaves:
		return db
	case x.Kind == models.VillagesChange && x.Contracts:
		return db.Where("contracts.resident_id IN (SELECT id FROM residents WHERE village_id IN ?)", anyOf(x.VillageIDs()))
	}
	return db.Where("1 = 0")
}

// panel chooses the residents whose contract in force goes along.
func (x hands) panel(db *gorm.DB, panel, village string) *gorm.DB {
	db = db.Where(panel+" = ?", x.FromTeamID)
	switch {
	case x.Kind == models.TeamLeaves:
		return db
	case x.Kind == models.VillagesChange && x.Contracts:
		return db.Where(village+" IN ?", anyOf(x.VillageIDs()))
	}
	return db.Where("1 = 0")
}

// panelMoves tells whether who is signed with the panel and lives in the village goes along.
func (x hands) panelMoves(panel, village models.ID, area map[models.ID]models.Village) bool {
	_, mine := area[village]
	return panel == x.FromTeamID && (x.Kind == models.TeamLeaves || x.Kind == models.VillagesChange && x.Contracts && mine)
}

// people chooses the living residents whose team of care changes: those whose contract goes
// along and those of the villages who are signed with nobody. Of a member who leaves they are
// those whose contract names the member as doctor.
func (x hands) people(db *gorm.DB) *gorm.DB {
	db = db.Where("residents.status = ?", models.Living)
	if x.Kind == models.MemberLeaves {
		return db.Where("residents.id IN (?)", x.contracts(fresh(db).Model(&models.Contract{})).Select("contracts.resident_id"))
	}
	return db.Where(x.panel(fresh(db), "residents.signed_team_id", "residents.village_id").
		Or(x.area(fresh(db), "residents.village_id").Where("residents.signed_team_id = 0")))
}

// fresh is the same connection without the conditions gathered so far.
func fresh(db *gorm.DB) *gorm.DB { return db.Session(&gorm.Session{NewDB: true}) }
