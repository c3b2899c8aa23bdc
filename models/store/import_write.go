package store

import (
	"errors"
	"maps"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
	"jiayi/models/codes"
)

// numberResidents allocates the record numbers of those who are new, one block a
// village (domain §4.4). A row past the last number of its village is refused.
func (l *landing) numberResidents() error {
	take := map[string]int64{}
	for _, e := range l.entries {
		if !e.known {
			take[recordSequence(l.villages[e.resident.VillageID])]++
		}
	}
	if len(take) == 0 {
		return nil
	}
	last, err := l.tx.advanceAll(take)
	if err != nil {
		return err
	}
	kept := l.entries[:0]
	for _, e := range l.entries {
		if e.known {
			kept = append(kept, e)
			continue
		}
		v := l.villages[e.resident.VillageID]
		name := recordSequence(v)
		take[name]--
		n := last[name] - take[name]
		if n > codes.MaxRecordSequence {
			l.refuse(e.row, models.ColumnVillage, "record_numbers_used_up", "该村(居)委会的健康档案编号已用完")
			continue
		}
		e.resident.RecordNo = recordNo(v, n)
		kept = append(kept, e)
	}
	l.entries = kept
	return nil
}

// enterResidents inserts those who are new, counted already.
func (l *landing) enterResidents() error {
	var rows []models.Resident
	for _, e := range l.entries {
		e.stand(l.tx.today)
		if !e.known {
			e.resident.CreatedAt = l.tx.now // from here on the district knows of the person
			rows = append(rows, e.resident)
		}
	}
	ids, err := insertNamed(l.tx, rows, "record_no", func(r models.Resident) (models.ID, string) { return r.ID, r.RecordNo })
	if err != nil {
		return err
	}
	for _, e := range l.entries {
		if !e.known {
			e.resident.ID = ids[e.resident.RecordNo]
		}
	}
	return nil
}

// importColumns are what a row may change of a known resident, and what follows from it.
var importColumns = append([]string{
	"sex", "phone", "phone_index", "address", "village_id", "household_id", "house_relation", "area_team_id", "area_inst_id",
	"signed_team_id", "signed_inst_id", "version", "updated_at",
}, countedColumns...)

// saveKnown writes the changed ones, whose rows are locked, in one upsert.
func (l *landing) saveKnown() error {
	var rows []models.Resident
	for _, e := range l.entries {
		if e.known {
			e.resident.UpdatedAt = l.tx.now
			rows = append(rows, e.resident)
		}
	}
	change := clause.OnConflict{Columns: []clause.Column{{Name: "id"}}, DoUpdates: clause.AssignmentColumns(importColumns)}
	return insertAll(l.tx.db.Clauses(change), rows)
}

// enterMemberships inserts the memberships the rows brought.
func (l *landing) enterMemberships() error {
	var fresh []models.Membership
	at := map[memberKey]*models.Membership{}
	for _, e := range l.entries {
		for i := range e.memberships {
			if m := &e.memberships[i]; m.ID == 0 {
				m.ResidentID = e.resident.ID
				at[memberKey{m.ResidentID, m.Code}] = m
				fresh = append(fresh, *m)
			}
		}
	}
	if err := insertAll(l.tx.returning("id", "resident_id", "code"), fresh); err != nil {
		return err
	}
	for _, m := range fresh {
		at[memberKey{m.ResidentID, m.Code}].ID = m.ID
	}
	return nil
}

// memberKey names a new membership of a batch.
type memberKey struct {
	resident models.ID
	code     models.Population
}

// care plans and counts everyone the rows changed, after all else has landed, and hands what
// is open of those who moved to their new team.
func (l *landing) care() error {
	residents, known := make([]models.Resident, len(l.entries)), read{newcomers: make(map[models.ID]bool, len(l.entries)), facts: map[models.ID]facts{}}
	var moved []models.Resident
	for i, e := range l.entries {
		residents[i] = e.resident
		if !e.known {
			known.newcomers[e.resident.ID] = true
			if l.tx.s.returns { // else the ids of the memberships are not known
				known.facts[e.resident.ID] = e.facts()
			}
		}
		if e.known && e.moved {
			moved = append(moved, e.resident)
		}
	}
	if len(moved) > 0 {
		if err := l.tx.handOver(moved...); err != nil {
			return err
		}
	}
	return l.tx.recareKnowing(residents, known)
}

// tallyCell is what people share whom one tally entry can count.
type tallyCell struct {
	village, panel models.ID
	mask           models.Mask
}

// count posts what the batch changes in the tallies: one entry for all who share
// village, populations and team, not one a person.
func (l *landing) count() error {
	sums := map[tallyCell]*models.TallyEntry{}
	post := func(s models.Standing, sign int) {
		if s.VillageID == 0 {
			return
		}
		e := standingEntry(l.tx.today, l.villages[s.VillageID], s, sign)
		cell := tallyCell{e.VillageID, e.PanelTeamID, e.Mask}
		if sum := sums[cell]; sum != nil {
			sum.Residents += e.Residents
			sum.Signed += e.Signed
			sum.Panel += e.Panel
		} else {
			sums[cell] = &e
		}
	}
	for _, e := range l.entries {
		if e.before != e.resident.Standing {
			post(e.before, -1)
			post(e.resident.Standing, 1)
		}
	}
	var entries []models.TallyEntry
	for _, e := range sums {
		if e.Residents != 0 || e.Signed != 0 || e.Panel != 0 {
			entries = append(entries, *e)
		}
	}
	return insertAll(l.tx.db, entries)
}

// errSeatsTaken says that a team filled up while a batch was landing.
var errSeatsTaken = errors.New("store: seats of a team were taken meanwhile")

// takeSeats counts the residents signed with each team, within its capacity. The rows of
// the teams are shared by everyone who signs, so they are written last.
func (l *landing) takeSeats() error {
	for _, id := range slices.Sorted(maps.Keys(l.seats)) {
		done := l.tx.db.Model(&models.Team{}).Where("id = ? AND status = ? AND signed_load + ? <= doctors * ?", id, models.TeamActive, l.seats[id], l.tx.s.opt.CapacityPerDoctor).
			UpdateColumn("signed_load", gorm.Expr("signed_load + ?", l.seats[id]))
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return errSeatsTaken
		}
	}
	return nil
}
