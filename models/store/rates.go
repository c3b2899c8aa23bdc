package store

import (
	"context"
	"errors"
	"sort"

	"gorm.io/gorm"

	"jiayi/models"
)

// RateQuery asks for contract rates.
type RateQuery struct {
	By          models.ScopeKind
	On          models.Date // zero for today
	Populations []models.Population
	Within      models.ID // only scopes below this institution; 0 for all
	// InstitutionID and TeamID narrow to the scopes in them, themselves included; Only is one
	// scope.
	InstitutionID, TeamID, Only models.ID
}

// RateRow is the rate of one scope and population. Percent has no meaning unless Valued.
type RateRow struct {
	Kind       models.ScopeKind
	ScopeID    models.ID
	Name       string
	Population models.Population
	models.Figures
	Percent  float64
	Valued   bool
	Disputed int // contracts under dispute in the scope: the flag beside the rate
}

// Rates is an answer to a RateQuery: AsOf is the day its figures stand for.
type Rates struct {
	AsOf        models.Date
	RuleVersion string
	Frozen      bool
	Rows        []RateRow
	Targets     map[string]float64 // of the year, by code
}

// ContractRates answers from the tallies: the last opened day plus the entries that
// wait to be folded, read as one snapshot. Its cost does not depend on the number of
// residents. A day before the first tally is refused, as is one in the future.
func (v View) ContractRates(ctx context.Context, q RateQuery) (Rates, error) {
	var out Rates
	err := v.snapshot(ctx, func(db *gorm.DB) (err error) {
		out, err = v.ratesIn(db, q)
		return err
	})
	return out, err
}

// ratesIn is ContractRates within a snapshot.
func (v View) ratesIn(db *gorm.DB, q RateQuery) (Rates, error) {
	today := v.Today()
	if q.On.IsZero() {
		q.On = today
	}
	if q.On.After(today) {
		return Rates{}, models.InvalidField("on", "future", "统计日期不能晚于今天")
	}
	scopes, err := v.rateScopes(db, q)
	if err != nil {
		return Rates{}, err
	}
	sums, day, err := v.tallyAt(db, q)
	if err != nil {
		return Rates{}, err
	}
	out := Rates{AsOf: q.On, RuleVersion: day.RuleVersion, Frozen: day.Frozen}
	if out.Targets, err = targetsOf(db, q.On.Year()); err != nil {
		return Rates{}, err
	}
	if q.On.Before(today) {
		out.AsOf = day.Day
	}
	for _, sc := range scopes {
		for _, p := range q.Populations {
			sum := sums[tallyKey{kind: q.By, scope: sc.id, population: p}]
			row := RateRow{Kind: q.By, ScopeID: sc.shown, Name: sc.name, Population: p, Figures: sum}
			row.Percent, row.Valued = models.Rate(sum.Signed, sum.Residents)
			out.Rows = append(out.Rows, row)
		}
	}
	return out, v.flagDisputes(db, q.By, scopes, out.Rows)
}

type rateScope struct {
	id, shown models.ID
	name      string
}

// rateScopes lists the scopes the actor may see figures of.
func (v View) rateScopes(db *gorm.DB, q RateQuery) ([]rateScope, error) {
	a := v.actor
	if q.By == models.ScopeDistrict {
		if a.Reach() < models.TeamReach {
			return nil, models.ErrForbidden
		}
		var root models.Institution
		if err := db.Take(&root, "parent_id = 0").Error; err != nil {
			return nil, notFound(err)
		}
		return []rateScope{{districtScope, root.ID, root.Name}}, nil
	}
	table, within, institution, team := "teams", "institution_id", "institution_id", "id"
	switch q.By {
	case models.ScopeInstitution:
		table, within, institution, team = "institutions", "parent_id", "id", ""
		db = db.Where("id IN (SELECT institution_id FROM teams)")
	case models.ScopeVillage:
		table, within, team = "villages", "institution_id", "team_id"
	}
	if q.Within != 0 {
		db = db.Where(within+" = ?", q.Within)
	}
	if q.InstitutionID != 0 {
		db = db.Where(institution+" = ?", q.InstitutionID)
	}
	if q.TeamID != 0 && team != "" {
		db = db.Where(team+" = ?", q.TeamID)
	}
	if q.Only != 0 {
		db = db.Where("id = ?", q.Only)
	}
	switch a.Reach() {
	case models.DistrictReach:
	case models.InstitutionReach:
		db = db.Where(institution+" = ?", some(a.InstitutionID))
	case models.TeamReach:
		if team == "" {
			db = db.Where("id = ?", some(a.InstitutionID))
		} else {
			db = db.Where(team+" IN ?", anyOf(a.TeamIDs))
		}
	default:
		return nil, models.ErrForbidden
	}
	var rows []struct {
		ID   models.ID
		Name string
	}
	if err := db.Table(table).Select("id, name").Order("id").Scan(&rows).Error; err != nil {
		return nil, err
	}
	out := make([]rateScope, len(rows))
	for i, r := range rows {
		out[i] = rateScope{r.ID, r.ID, r.Name}
	}
	return out, nil
}

// ErrNoTallies is returned before the first day of tallies.
var ErrNoTallies = &models.Error{Kind: models.Invalid, Code: "no_data", Message: "该日期没有统计数据",
	Fields: []models.FieldError{{Field: "on", Code: "no_data", Message: "该日期早于系统最早的统计日期"}}}

// tallyAt sums base and waiting entries of one kind of scope, as they stand on the day.
func (v View) tallyAt(db *gorm.DB, q RateQuery) (tallySums, models.TallyDay, error) {
	var day models.TallyDay
	err := db.Order("day DESC").Take(&day, "day <= ?", q.On).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, day, ErrNoTallies
	} else if err != nil {
		return nil, day, err
	}
	var base []models.Tally
	rows := db
	if q.Only != 0 && q.By != models.ScopeDistrict {
		rows = db.Where("scope_id = ?", q.Only)
	}
	if err := rows.Where("day = ? AND kind = ? AND population IN ?", day.Day, q.By, q.Populations).Find(&base).Error; err != nil {
		return nil, day, err
	}
	sums := tallySums{}
	for _, t := range base {
		sums.add(tallyKey{kind: t.Kind, scope: t.ScopeID, population: t.Population}, t.Figures, 1)
	}
	if day.Frozen {
		return sums, day, nil
	}
	return sums, day, sums.addWaiting(db, models.Date{}, q.On)
}

// addWaiting adds the entries up to a day that are not folded yet, under the day given.
func (t tallySums) addWaiting(db *gorm.DB, as, on models.Date) error {
	var rates []models.TallyEntry
	err := db.Model(&models.TallyEntry{}).
		Select("village_id, team_id, institution_id, mask, panel_team_id, SUM(residents) AS residents, SUM(signed) AS signed, SUM(panel) AS panel").
		Where("day <= ?", on).Group("village_id, team_id, institution_id, mask, panel_team_id").Find(&rates).Error
	if err != nil {
		return err
	}
	for _, e := range rates {
		t.addEntry(as, e)
	}
	const alike = "village_id, team_id, institution_id, panel_team_id, mask, of_set, met_set, items_due, items_done, items_confirmed"
	var care []models.CareEntry
	err = db.Model(&models.CareEntry{}).Select(alike+", SUM(residents) AS residents, SUM(panel) AS panel").
		Where("day <= ?", on).Group(alike).Find(&care).Error
	if err != nil {
		return err
	}
	for _, e := range care {
		t.addCare(as, e)
	}
	return nil
}

// flagDisputes counts the disputed contracts of each scope; they are few.
func (v View) flagDisputes(db *gorm.DB, by models.ScopeKind, scopes []rateScope, rows []RateRow) error {
	column := map[models.ScopeKind]string{models.ScopeInstitution: "r.area_inst_id", models.ScopeTeam: "r.area_team_id", models.ScopeVillage: "r.village_id"}[by]
	if column == "" {
		column = "?"
	}
	var found []struct {
		Scope models.ID
		N     int
	}
	sql := db.Table("contract_disputes d").Joins("JOIN contracts c ON c.id = d.contract_id").
		Joins("JOIN residents r ON r.id = c.resident_id").Where("d.outcome = ''")
	if column == "?" {
		sql = sql.Select("1 AS scope, COUNT(*) AS n")
	} else {
		sql = sql.Select(column + " AS scope, COUNT(*) AS n").Group(column)
	}
	if err := sql.Scan(&found).Error; err != nil {
		return err
	}
	shown := map[models.ID]models.ID{}
	for _, s := range scopes {
		shown[s.id] = s.shown
	}
	n := map[models.ID]int{}
	for _, f := range found {
		n[shown[f.Scope]] = f.N
	}
	for i := range rows {
		rows[i].Disputed = n[rows[i].ScopeID]
	}
	return nil
}

// Drift is one figure that differs between the tallies and a recount.
type Drift struct {
	Kind          models.ScopeKind
	ScopeID       models.ID
	Population    models.Population
	Have, Recount models.Figures
}

func sortDrift(ds []Drift) {
	sort.Slice(ds, func(i, j int) bool {
		a, b := ds[i], ds[j]
		if a.Kind != b.Kind {
			return a.Kind < b.Kind
		}
		if a.ScopeID != b.ScopeID {
			return a.ScopeID < b.ScopeID
		}
		return a.Population < b.Population
	})
}
