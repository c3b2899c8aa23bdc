package store

import (
	"gorm.io/gorm"

	"jiayi/models"
)

// person is a resident with the facts a row is held against.
type person struct {
	models.Resident
	memberships []models.Membership
	contracts   []models.Contract
}

// findPeople looks up whom the good ones of the rows are about: by document, or a child
// without one by name, birth date and village. Locked, they stay as they are until the
// transaction ends.
func (l *landing) findPeople(rows []*importRow, locked bool) error {
	var indexes []string
	var villages []models.ID
	var births []models.Date
	for _, row := range rows {
		switch r := row.resident; {
		case !l.good(row):
		case r.DocumentIndex != nil:
			indexes = append(indexes, *r.DocumentIndex)
		default:
			villages, births = append(villages, r.VillageID), append(births, r.BirthDate)
		}
	}
	var found []models.Resident
	if len(indexes) > 0 {
		if err := l.mine(locked).Find(&found, "document_index IN ?", padded(indexes)).Error; err != nil {
			return err
		}
	}
	if len(births) > 0 {
		var children []models.Resident
		err := l.mine(locked).Find(&children, "document_index IS NULL AND status = ? AND birth_date IN ? AND village_id IN ?", models.Living, padded(births), padded(villages)).Error
		if err != nil {
			return err
		}
		found = append(found, children...)
	}
	people, err := l.withFacts(found)
	if err != nil {
		return err
	}
	byKey := map[string]*person{}
	for _, p := range people {
		byKey[personKey(p.Resident)] = p
	}
	var unknown []string
	for _, row := range rows {
		if !l.good(row) {
			continue
		}
		delete(l.people, row)
		if p := byKey[personKey(row.resident)]; p != nil {
			l.people[row] = p
		} else if row.resident.DocumentIndex != nil {
			unknown = append(unknown, *row.resident.DocumentIndex)
		}
	}
	if err := l.findElsewhere(unknown); err != nil {
		return err
	}
	return l.findVillages(people)
}

func personKey(r models.Resident) string {
	if r.DocumentIndex != nil {
		return *r.DocumentIndex
	}
	return newbornKey(r)
}

// mine is the residents of the importer's scope.
func (l *landing) mine(locked bool) *gorm.DB {
	db := l.tx.view().residents(l.tx.db)
	if locked {
		return l.tx.forUpdate(db)
	}
	return db
}

// withFacts adds memberships and contracts to residents.
func (l *landing) withFacts(residents []models.Resident) ([]*person, error) {
	people := make([]*person, len(residents))
	ids := make([]models.ID, len(residents))
	byID := make(map[models.ID]*person, len(residents))
	for i, r := range residents {
		people[i] = &person{Resident: r}
		ids[i], byID[r.ID] = r.ID, people[i]
	}
	if len(ids) == 0 {
		return people, nil
	}
	var memberships []models.Membership
	if err := l.tx.db.Find(&memberships, "resident_id IN ?", padded(ids)).Error; err != nil {
		return nil, err
	}
	for _, m := range memberships {
		byID[m.ResidentID].memberships = append(byID[m.ResidentID].memberships, m)
	}
	var contracts []models.Contract
	if err := l.tx.db.Find(&contracts, "resident_id IN ?", padded(ids)).Error; err != nil {
		return nil, err
	}
	for _, c := range contracts {
		byID[c.ResidentID].contracts = append(byID[c.ResidentID].contracts, c)
	}
	return people, nil
}

// findElsewhere learns which documents belong to residents the importer may not see.
func (l *landing) findElsewhere(indexes []string) error {
	if len(indexes) == 0 || l.tx.actor.Reach() == models.DistrictReach {
		return nil
	}
	var known []string
	if err := l.tx.db.Model(&models.Resident{}).Where("document_index IN ?", padded(indexes)).Pluck("document_index", &known).Error; err != nil {
		return err
	}
	for _, index := range known {
		l.elsewhere[index] = true
	}
	return nil
}

// findVillages loads the villages people live in, will live in, and were counted in.
func (l *landing) findVillages(people []*person) error {
	var missing []models.ID
	want := func(id models.ID) {
		if _, ok := l.villages[id]; !ok && id != 0 {
			l.villages[id] = models.Village{}
			missing = append(missing, id)
		}
	}
	for _, row := range l.rows {
		want(row.Draft.VillageID)
	}
	for _, p := range people {
		want(p.VillageID)
		want(p.Standing.VillageID)
	}
	if len(missing) == 0 {
		return nil
	}
	var rows []models.Village
	if err := l.tx.forShare(l.tx.db).Find(&rows, "id IN ?", padded(missing)).Error; err != nil { // their teams must not change under the batch
		return err
	}
	for _, v := range rows {
		l.villages[v.ID] = v
	}
	return nil
}

// findTeams loads the teams the rows name, with the seats they have left.
func (l *landing) findTeams() error {
	var ids []models.ID
	for _, row := range l.rows {
		if c := row.Contract; c != nil && l.teams[c.TeamID] == nil {
			l.teams[c.TeamID] = &models.Team{}
			ids = append(ids, c.TeamID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var rows []models.Team
	if err := l.tx.db.Find(&rows, "id IN ?", padded(ids)).Error; err != nil {
		return err
	}
	for i, t := range rows {
		l.teams[t.ID] = &rows[i]
	}
	return nil
}
