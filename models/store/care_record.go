package store

import (
	"sync"

	"gorm.io/gorm"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// recordBack is how many days of visits are read to plan and count: a contract year, and
// what an obligation that has just ended may still need.
const recordBack = models.PlanBack + 34

// careRecords loads all that the care of the residents follows from, in a few statements
// whatever their number, but what was read already. Their standings must be those of the
// day. Newcomers have no visits yet.
func (s *Store) careRecords(db *gorm.DB, residents []models.Resident, known read, day models.Date) (map[models.ID]*models.CareRecord, error) {
	out := make(map[models.ID]*models.CareRecord, len(residents))
	for _, r := range residents {
		out[r.ID] = &models.CareRecord{Resident: r}
	}
	l := recordLoader{s: s, db: db, ids: idsOf(residents, nil), seen: padded(idsOf(residents, known.newcomers)), known: known, day: day, out: out}
	steps := []func() error{l.memberships, l.contracts, l.pregnancies, l.mothers}
	if len(l.seen) > 0 {
		steps = append(steps, l.visits)
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// idsOf are the ids of the residents but those.
func idsOf(residents []models.Resident, but map[models.ID]bool) []models.ID {
	ids := make([]models.ID, 0, len(residents))
	for _, r := range residents {
		if !but[r.ID] {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

type recordLoader struct {
	s     *Store
	db    *gorm.DB
	ids   []models.ID // everyone
	seen  []models.ID // those who are not new
	known read
	day   models.Date
	out   map[models.ID]*models.CareRecord
}

// memberships takes those that are open, and those that ended this year.
func (l recordLoader) memberships() error {
	year := yearStart(l.day)
	var rows []models.Membership
	if ids := l.known.unread(l.ids); len(ids) > 0 {
		if err := l.db.Order("id").Find(&rows, "resident_id IN ? AND (`open` = ? OR `end` >= ?)", padded(ids), true, year).Error; err != nil {
			return err
		}
	}
	for _, f := range l.known.facts {
		for _, m := range f.memberships {
			if m.Open != nil || !m.End.IsZero() && !m.End.Before(year) {
				rows = append(rows, m)
			}
		}
	}
	for _, m := range rows {
		h := &l.out[m.ResidentID].History
		h.Memberships = append(h.Memberships, m)
	}
	return nil
}

func (l recordLoader) pregnancies() error {
	var ids []models.ID
	for _, id := range l.ids {
		f, known := l.known.facts[id]
		if !l.known.newcomers[id] && (!known || f.mother()) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var rows []models.Pregnancy
	if err := l.db.Order("id").Find(&rows, "resident_id IN ?", padded(ids)).Error; err != nil {
		return err
	}
	for _, g := range rows {
		h := &l.out[g.ResidentID].History
		h.Pregnancies = append(h.Pregnancies, g)
	}
	return nil
}

// visits reads the visits of the last year and, however old, those that an open task
// follows from. Forms stay sealed.
func (l recordLoader) visits() error {
	from := l.day.AddDays(-recordBack)
	forms := make([]models.Followup, 0, 2*fewRows*len(l.seen))
	err := l.db.Select("id", "encounter_id", "resident_id", "program", "visited_on", "live", "visit_way", "class", "step", "emergency", "control", "risk", "next_due_on").
		Order("visited_on, id").
		Find(&forms, "resident_id IN ? AND live = ? AND (visited_on >= ? OR id IN (SELECT opened_by FROM tasks WHERE tasks.resident_id IN ? AND tasks.lane < ?))",
			l.seen, true, from, l.seen, models.LaneClosed).Error
	if err != nil {
		return err
	}
	var old []models.ID
	for _, f := range forms {
		h := &l.out[f.ResidentID].History
		h.Visits = append(h.Visits, f)
		if f.VisitedOn.Before(from) {
			old = append(old, f.EncounterID)
		}
	}
	encounters := make([]models.Encounter, 0, 2*fewRows*len(l.seen))
	db := l.db.Select("id", "resident_id", "visited_on", "visit_way", "contract_id", "services", "answer", "created_at").Order("visited_on, id")
	if len(old) > 0 {
		db = db.Where("resident_id IN ? AND voided = ? AND (visited_on >= ? OR id IN ?)", l.seen, false, from, old)
	} else {
		db = db.Where("resident_id IN ? AND voided = ? AND visited_on >= ?", l.seen, false, from)
	}
	if err := db.Find(&encounters).Error; err != nil {
		return err
	}
	for _, e := range encounters {
		c := l.out[e.ResidentID]
		c.Encounters = append(c.Encounters, e)
	}
	return nil
}

// contracts reads the contracts that were ever in force, and the items promised by the
// one that is.
func (l recordLoader) contracts() error {
	var rows []models.Contract
	if ids := l.known.unread(l.ids); len(ids) > 0 {
		if err := begun(l.db).Order("id").Find(&rows, "resident_id IN ?", padded(ids)).Error; err != nil {
			return err
		}
	}
	for _, f := range l.known.facts {
		rows = append(rows, f.contracts...)
	}
	holder := map[models.ID]models.ID{} // resident by contract in force
	var held []models.ID
	for _, c := range rows {
		record := l.out[c.ResidentID]
		record.Contracts = append(record.Contracts, c)
		if c.InForceOn(l.day) {
			record.InForce, record.History.Signed = &c, true
			holder[c.ID], held = c.ResidentID, append(held, c.ID)
		}
	}
	if len(held) == 0 {
		return nil
	}
	var packages []models.ContractPackage
	if err := l.db.Select("contract_id", "package_id").Order("id").Find(&packages, "contract_id IN ?", padded(held)).Error; err != nil {
		return err
	}
	for _, p := range packages {
		record := l.out[holder[p.ContractID]]
		kind, err := l.s.packages.get(l.db, p.PackageID)
		if err != nil {
			return err
		}
		if record.BasePackages == nil {
			record.BasePackages = map[models.ID]bool{}
		}
		record.Items = append(record.Items, models.ItemsFor(kind.Items, record.Resident.BirthDate, l.itemsFrom(*record.InForce))...)
		record.BasePackages[kind.ID] = kind.Base
	}
	return nil
}

// itemsFrom is the day by which the age counts for what a contract promises: when the
// year of it that holds the day began.
func (l recordLoader) itemsFrom(c models.Contract) models.Date {
	y, _ := c.YearOn(l.day)
	return y.From
}

// packageCache keeps packages with their items in memory: those never change once a
// package is in use.
type packageCache struct{ known sync.Map } // models.ID → models.Package

func (c *packageCache) get(db *gorm.DB, id models.ID) (models.Package, error) {
	if p, ok := c.known.Load(id); ok {
		return p.(models.Package), nil
	}
	var p models.Package
	if err := db.Preload("Items", func(db *gorm.DB) *gorm.DB { return db.Order("id") }).Take(&p, "id = ?", id).Error; err != nil {
		return p, notFound(err)
	}
	c.known.Store(id, p)
	return p, nil
}

// newbornDays is for how long a child's discharge is looked up in the mother's record.
const newbornDays = 60

// mothers looks up when the mothers of newborns left the hospital: the pregnancy of
// someone in the household that ended on the day of the birth.
func (l recordLoader) mothers() error {
	homes := map[models.ID]*models.CareRecord{}
	var houses []models.ID
	for _, c := range l.out {
		if r := c.Resident; r.HouseholdID != 0 && l.day.Sub(r.BirthDate) <= newbornDays {
			homes[r.HouseholdID], houses = c, append(houses, r.HouseholdID)
		}
	}
	if len(houses) == 0 {
		return nil
	}
	var found []struct {
		HouseholdID               models.ID
		DeliveredOn, DischargedOn models.Date
	}
	err := l.db.Model(&models.Pregnancy{}).Select("residents.household_id, pregnancies.delivered_on, pregnancies.discharged_on").
		Joins("JOIN residents ON residents.id = pregnancies.resident_id").
		Where("residents.household_id IN ? AND pregnancies.discharged_on IS NOT NULL AND pregnancies.delivered_on >= ?", houses, l.day.AddDays(-newbornDays)).
		Scan(&found).Error
	for _, f := range found {
		if c := homes[f.HouseholdID]; c.Resident.BirthDate == f.DeliveredOn {
			c.History.MotherDischarged = f.DischargedOn
		}
	}
	return err
}

func yearStart(day models.Date) models.Date {
	return calendar.NewDate(day.Year(), 1, 1)
}
