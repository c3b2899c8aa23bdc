package store

import (
	"gorm.io/gorm"

	"jiayi/models"
)

// The conditions that say what changes hands, the same for the preview and the act.

// area chooses the villages that get another team of responsibility.
func (h hands) area(db *gorm.DB, column string) *gorm.DB {
	switch h.Kind {
	case models.TeamLeaves:
		return db.Where(column+" IN (SELECT id FROM villages WHERE team_id = ?)", h.FromTeamID)
	case models.VillagesChange:
		return db.Where(column+" IN ?", anyOf(h.VillageIDs()))
	}
	return db.Where("1 = 0")
}

// contracts chooses the open contracts that go along, or whose doctor leaves.
func (h hands) contracts(db *gorm.DB) *gorm.DB {
	db = db.Where("contracts.team_id = ? AND contracts.slot IS NOT NULL", h.FromTeamID)
	switch {
	case h.Kind == models.MemberLeaves && h.ToStaffID != 0:
		return db.Where("contracts.doctor_id = ?", h.FromStaffID)
	case h.Kind == models.TeamLeaves:
		return db
	case h.Kind == models.VillagesChange && h.Contracts:
		return db.Where("contracts.resident_id IN (SELECT id FROM residents WHERE village_id IN ?)", anyOf(h.VillageIDs()))
	}
	return db.Where("1 = 0")
}

// panel chooses the residents whose contract in force goes along.
func (h hands) panel(db *gorm.DB, panel, village string) *gorm.DB {
	db = db.Where(panel+" = ?", h.FromTeamID)
	switch {
	case h.Kind == models.TeamLeaves:
		return db
	case h.Kind == models.VillagesChange && h.Contracts:
		return db.Where(village+" IN ?", anyOf(h.VillageIDs()))
	}
	return db.Where("1 = 0")
}

// panelMoves tells whether who is signed with the panel and lives in the village goes along.
func (h hands) panelMoves(panel, village models.ID, area map[models.ID]models.Village) bool {
	_, mine := area[village]
	return panel == h.FromTeamID && (h.Kind == models.TeamLeaves || h.Kind == models.VillagesChange && h.Contracts && mine)
}

// people chooses the living residents whose team of care changes: those whose contract goes
// along and those of the villages who are signed with nobody. Of a member who leaves they are
// those whose contract names the member as doctor.
func (h hands) people(db *gorm.DB) *gorm.DB {
	db = db.Where("residents.status = ?", models.Living)
	if h.Kind == models.MemberLeaves {
		return db.Where("residents.id IN (?)", h.contracts(fresh(db).Model(&models.Contract{})).Select("contracts.resident_id"))
	}
	return db.Where(h.panel(fresh(db), "residents.signed_team_id", "residents.village_id").
		Or(h.area(fresh(db), "residents.village_id").Where("residents.signed_team_id = 0")))
}

// fresh is the same connection without the conditions gathered so far.
func fresh(db *gorm.DB) *gorm.DB { return db.Session(&gorm.Session{NewDB: true}) }
