package store

import (
	"slices"

	"gorm.io/gorm"

	"jiayi/models"
)

// residents is the one data-scope predicate: the residents that exist for the actor.
// An actor without a reach, or with a reach and nothing in it, sees nobody.
func (v View) residents(db *gorm.DB) *gorm.DB {
	a := v.actor
	switch a.Reach() {
	case models.DistrictReach:
		return db
	case models.InstitutionReach:
		return db.Where("(residents.area_inst_id = ? OR residents.signed_inst_id = ?)", some(a.InstitutionID), some(a.InstitutionID))
	case models.TeamReach:
		return db.Where("(residents.area_team_id IN ? OR residents.signed_team_id IN ?)", anyOf(a.TeamIDs), anyOf(a.TeamIDs))
	case models.OwnReach:
		return db.Where("residents.id IN ?", anyOf(append([]models.ID{a.ResidentID}, a.WardIDs...)))
	}
	return db.Where("1 = 0")
}

// nobody is an id no row has.
const nobody models.ID = -1

func some(id models.ID) models.ID {
	if id == 0 {
		return nobody
	}
	return id
}

// anyOf is the list without zero ids, and never empty: an empty list matches nobody.
func anyOf(ids []models.ID) []models.ID {
	out := []models.ID{nobody}
	for _, id := range ids {
		if id != 0 {
			out = append(out, id)
		}
	}
	return out
}

// resident loads one resident to read about: one of the actor's scope, or one whom the
// actor's team handed over of late. Anyone else is not found. What is written goes through
// lockResident or caredFor.
func (v View) resident(db *gorm.DB, id models.ID) (models.Resident, error) {
	r, err := v.caredFor(db, id)
	if !models.IsKind(err, models.NotFound) || v.actor.Reach() != models.TeamReach {
		return r, err
	}
	handed := db.Session(&gorm.Session{NewDB: true}).Model(&models.HandoverResident{}).Select("resident_id").
		Where("resident_id = ? AND from_team_id IN ? AND readable_until >= ?", id, anyOf(slices.Concat(v.actor.TeamIDs, v.actor.PastTeamIDs)), v.Today())
	err = db.Take(&r, "residents.id = ? AND residents.id IN (?)", id, handed).Error
	return r, notFound(err)
}

// caredFor loads one resident of the actor's scope; anyone else is not found.
func (v View) caredFor(db *gorm.DB, id models.ID) (models.Resident, error) {
	var r models.Resident
	err := v.residents(db).Take(&r, "residents.id = ?", id).Error
	return r, notFound(err)
}

// lockResident loads one resident of the actor's scope and locks the row: every use
// case that changes a person's standing does so first, so that two cannot cross.
func (tx *Tx) lockResident(id models.ID) (models.Resident, error) {
	return tx.view().caredFor(tx.forUpdate(tx.db), id)
}

func (tx *Tx) view() View { return View{tx.s, tx.actor} }

// ownOrOf loads a row of a noun about a resident: one of the actor's own, as the noun's scope
// has it, or else any about a resident of the scope. A desk has the whole district in reach,
// and of it only its noun.
func ownOrOf[T any](v View, db *gorm.DB, own func(*gorm.DB) *gorm.DB, table string, id models.ID, resident func(T) models.ID) (T, error) {
	var row, none T
	err := notFound(own(db).Take(&row, table+".id = ?", id).Error)
	if !models.IsKind(err, models.NotFound) || !v.actor.Can(models.ResidentRead) {
		return row, err
	}
	if row, err = get[T](db, id); err != nil {
		return row, err
	}
	if _, err := v.resident(db, resident(row)); err != nil {
		return none, err
	}
	return row, nil
}

// teamsOf is ownTeams as a scope of the noun.
func (v View) teamsOf(table string) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB { return v.ownTeams(db, table) }
}
