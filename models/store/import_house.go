package store

import "jiayi/models"

// houseKey is a household as a county file names it: its numbers hold within a village.
type houseKey struct {
	village models.ID
	no      string
}

// storedNo is the number a county's household has in the district.
func (l *landing) storedNo(k houseKey) string { return l.villages[k.village].Code + "-" + k.no }

// findHouses loads the households the good rows name: those of earlier files, and those
// of the district itself whose own number the file gives.
func (l *landing) findHouses() error {
	if err := l.findVillages(nil); err != nil {
		return err
	}
	var nos []string
	for _, row := range l.rows {
		k := houseKey{row.Draft.VillageID, row.HouseholdNo}
		if _, asked := l.houses[k]; asked || k.no == "" || !l.good(row) {
			continue
		}
		l.houses[k] = &models.Household{No: l.storedNo(k), VillageID: k.village, Version: 1}
		nos = append(nos, k.no, l.storedNo(k))
	}
	if len(nos) == 0 {
		return nil
	}
	var rows []models.Household
	if err := l.tx.db.Find(&rows, "no IN ?", padded(nos)).Error; err != nil {
		return err
	}
	have := map[houseKey]*models.Household{}
	for i, h := range rows {
		have[houseKey{h.VillageID, h.No}] = &rows[i]
	}
	for k := range l.houses {
		for _, no := range []string{l.storedNo(k), k.no} {
			if h := have[houseKey{k.village, no}]; h != nil {
				l.houses[k] = h
			}
		}
	}
	return nil
}

// house is the household a row names, with id 0 when it is yet to be entered; nil when
// the row names none.
func (l *landing) house(row *importRow) *models.Household {
	if row.HouseholdNo == "" {
		return nil
	}
	return l.houses[houseKey{row.Draft.VillageID, row.HouseholdNo}]
}

// enterHouses enters the households that are new. Whoever is new and named without a
// household gets one of their own.
func (l *landing) enterHouses() error {
	fresh := map[string]*models.Household{}
	var rows []models.Household
	for _, e := range l.entries {
		r := &e.resident
		if e.rehoused == nil && !e.known {
			e.rehoused = &models.Household{No: "H" + r.RecordNo, VillageID: r.VillageID, Version: 1}
			if r.HouseRelation == "" {
				r.HouseRelation = headRelation
			}
		}
		if h := e.rehoused; h != nil && h.ID == 0 && fresh[h.No] == nil {
			fresh[h.No] = h
			rows = append(rows, *h)
		}
	}
	ids, err := insertNamed(l.tx, rows, "no", func(h models.Household) (models.ID, string) { return h.ID, h.No })
	if err != nil {
		return err
	}
	for no, h := range fresh {
		h.ID = ids[no]
	}
	for _, e := range l.entries {
		if e.rehoused != nil {
			e.resident.HouseholdID = e.rehoused.ID
		}
	}
	return nil
}

// headRelation is the relation of the head of a household (GB/T 4761, two digits).
const headRelation = "02"

// nameHeads names the heads of households that have none yet.
func (l *landing) nameHeads() error {
	var ids []models.ID
	for _, e := range l.entries {
		if r := e.resident; r.HouseRelation == headRelation || r.HouseRelation == "0" {
			ids = append(ids, r.HouseholdID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	head := l.tx.db.Model(&models.Resident{}).Select("MIN(residents.id)").
		Where("residents.household_id = households.id AND residents.house_relation IN ? AND residents.status = ?", []string{"0", headRelation}, models.Living)
	return l.tx.db.Model(&models.Household{}).Where("id IN ? AND head_id = 0", padded(ids)).UpdateColumn("head_id", head).Error
}
