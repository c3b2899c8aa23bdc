package store

import (
	"context"

	"gorm.io/gorm/clause"

	"jiayi/models"
)

// GapEntry is one resident of the gap list with the work done so far.
type GapEntry struct {
	Resident    models.Resident
	VillageName string
	StaffName   string
	Item        models.GapItem
}

// GapFilter chooses residents of the gap list; zero fields choose all.
type GapFilter struct {
	Population models.Population // of the key populations; empty for all of them
	VillageID  models.ID
	TeamID     models.ID
	StaffID    models.ID
	Unassigned bool
	Outcome    models.GapOutcome
	Untouched  bool // nobody has tried yet
}

// Gap lists the permanent residents of key populations in the actor's area who have no
// contract (应签未签), by id, with what was arranged and what came of it.
func (v View) Gap(ctx context.Context, f GapFilter, p Page) (List[GapEntry], error) {
	l, err := v.gapListing(ctx, f)
	if err != nil {
		return List[GapEntry]{}, err
	}
	out, err := v.gapPage(ctx, l, p)
	if err != nil {
		return out, err
	}
	ids := make([]models.ID, len(out.Items))
	for i, e := range out.Items {
		ids[i] = e.Resident.ID
	}
	return out, v.witnessed(ctx, "gap.list", "resident", 0, 0, idTexts(ids)...)
}

func (v View) gapPage(ctx context.Context, l listing[models.Resident], p Page) (List[GapEntry], error) {
	page, err := l.page(p)
	if err != nil {
		return List[GapEntry]{}, err
	}
	out := List[GapEntry]{Next: page.Next, Items: make([]GapEntry, len(page.Items))}
	ids := make([]models.ID, len(page.Items))
	for i, r := range page.Items {
		ids[i] = r.ID
		out.Items[i] = GapEntry{Resident: r, Item: models.GapItem{ResidentID: r.ID}}
	}
	return out, v.gapWork(ctx, ids, out.Items)
}

func (v View) gapListing(ctx context.Context, f GapFilter) (listing[models.Resident], error) {
	population := f.Population
	if population == "" {
		population = models.Key
	}
	db, err := v.matching(v.residents(v.query(ctx)), ResidentFilter{Population: population, Signed: new(false), VillageID: f.VillageID})
	if err != nil {
		return listing[models.Resident]{}, err
	}
	db = db.Where("residents.counted = ?", true)
	if f.TeamID != 0 {
		db = db.Where("residents.area_team_id = ?", f.TeamID)
	}
	const item = "EXISTS (SELECT 1 FROM gap_items g WHERE g.resident_id = residents.id AND "
	if f.StaffID != 0 {
		db = db.Where(item+"g.staff_id = ?)", f.StaffID)
	}
	if f.Outcome != "" {
		db = db.Where(item+"g.outcome = ?)", f.Outcome)
	}
	if f.Unassigned {
		db = db.Where("NOT " + item + "g.staff_id <> 0)")
	}
	if f.Untouched {
		db = db.Where("NOT " + item + "g.contacts > 0)")
	}
	return listing[models.Resident]{db, order{columns: []string{"residents.id"}}, func(r models.Resident) []any { return []any{int64(r.ID)} }}, nil
}

// gapWork adds the work and the names to the entries.
func (v View) gapWork(ctx context.Context, ids []models.ID, entries []GapEntry) error {
	var items []models.GapItem
	if err := v.query(ctx).Find(&items, "resident_id IN ?", anyOf(ids)).Error; err != nil {
		return err
	}
	known := map[models.ID]models.GapItem{}
	var staff, villages []models.ID
	for _, g := range items {
		known[g.ResidentID] = g
		staff = append(staff, g.StaffID)
	}
	for _, e := range entries {
		villages = append(villages, e.Resident.VillageID)
	}
	staffNames, err := names[models.Staff](v.query(ctx), staff)
	if err != nil {
		return err
	}
	villageNames, err := names[models.Village](v.query(ctx), villages)
	if err != nil {
		return err
	}
	for i := range entries {
		if g, ok := known[entries[i].Resident.ID]; ok {
			entries[i].Item = g
		}
		entries[i].StaffName, entries[i].VillageName = staffNames[entries[i].Item.StaffID], villageNames[entries[i].Resident.VillageID]
	}
	return nil
}

// AssignGap gives residents of the gap list to a member of their team, or to nobody in
// particular (0), all or none.
func (v View) AssignGap(ctx context.Context, residents []models.ID, staff models.ID) (int, error) {
	return once(ctx, v, func(tx *Tx) (int, error) {
		switch {
		case len(residents) == 0:
			return 0, models.InvalidField("resident_ids", "required", "请选择居民")
		case len(residents) > MaxAssignment:
			return 0, models.InvalidField("resident_ids", "too_many", "一次最多分配500人")
		}
		var rows []models.Resident
		db := v.residents(tx.db).Select("id", "area_team_id").Order("id")
		if err := db.Find(&rows, "residents.id IN ? AND residents.status = ? AND residents.counted_signed = ?", padded(residents), models.Living, false).Error; err != nil {
			return 0, err
		}
		if len(rows) < distinct(residents) {
			return 0, models.InvalidField("resident_ids", "unknown", "有居民不在您的管辖范围内、已签约或已不在册,请刷新后重试")
		}
		teams := make([]models.Task, len(rows)) // a member must serve in the team of each
		items := make([]models.GapItem, len(rows))
		for i, r := range rows {
			teams[i].TeamID = r.AreaTeamID
			items[i] = models.GapItem{ResidentID: r.ID, StaffID: staff, Version: 1, UpdatedAt: tx.now}
			tx.record("gap.assign", "resident", r.ID, r.ID, staff.String())
		}
		if err := tx.inTeams(staff, teams); err != nil {
			return 0, err
		}
		put := clause.OnConflict{Columns: []clause.Column{{Name: "resident_id"}}, DoUpdates: clause.AssignmentColumns([]string{"staff_id", "updated_at"})}
		return len(rows), insertAll(tx.db.Clauses(put), items)
	})
}

// NoteGapContact writes down a talk with a resident about signing. Next is when to try
// again, zero for not at all. It returns Conflict signed for someone who has a contract.
func (v View) NoteGapContact(ctx context.Context, resident models.ID, c models.GapContact, next models.Date) (GapEntry, error) {
	return once(ctx, v, func(tx *Tx) (GapEntry, error) {
		r, err := tx.lockResident(resident)
		if err != nil {
			return GapEntry{}, err
		}
		if err := tx.living(r); err != nil {
			return GapEntry{}, err
		}
		if r.Standing.Signed {
			return GapEntry{}, models.Errorf(models.Conflict, "signed", "该居民已签约")
		}
		var p models.Problems
		c.Check(&p, next, tx.today)
		if err := p.Err(); err != nil {
			return GapEntry{}, err
		}
		c.ID, c.ResidentID, c.StaffID, c.CreatedAt = 0, r.ID, tx.actor.StaffID, tx.now
		if err := tx.db.Create(&c).Error; err != nil {
			return GapEntry{}, err
		}
		var items []models.GapItem
		if err := tx.db.Find(&items, "resident_id = ?", r.ID).Error; err != nil {
			return GapEntry{}, err
		}
		g := models.GapItem{ResidentID: r.ID}
		if len(items) > 0 {
			g = items[0]
		}
		g.Outcome, g.Contacts, g.LastOn, g.NextOn, g.Version, g.UpdatedAt = c.Outcome, g.Contacts+1, c.On, next, g.Version+1, tx.now
		if err := tx.db.Save(&g).Error; err != nil {
			return GapEntry{}, err
		}
		tx.record("gap.contact", "resident", r.ID, r.ID, string(c.Outcome))
		entries := []GapEntry{{Resident: r, Item: g}}
		staff, err := names[models.Staff](tx.db, []models.ID{g.StaffID})
		entries[0].StaffName = staff[g.StaffID]
		return entries[0], err
	})
}

// GapContacts lists the contacts with one resident, newest first.
func (v View) GapContacts(ctx context.Context, resident models.ID) ([]models.GapContact, error) {
	if _, err := v.resident(v.query(ctx), resident); err != nil {
		return nil, err
	}
	var rows []models.GapContact
	if err := v.query(ctx).Order("id DESC").Limit(MaxLimit).Find(&rows, "resident_id = ?", resident).Error; err != nil {
		return nil, err
	}
	return rows, v.witnessed(ctx, "gap.read", "resident", resident, resident)
}
