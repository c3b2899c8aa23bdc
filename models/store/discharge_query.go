package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// DischargeLine is a notice with the names and the little of the person that both ends may
// see (see ReferralLine).
type DischargeLine struct {
	models.Discharge
	Patient                                 models.Resident
	TeamName, InstitutionName, HospitalName string
}

// DischargeFile is one notice with its levels, its history and what the actor may do.
type DischargeFile struct {
	DischargeLine
	Calls   []CallLine
	Moves   []models.DischargeMove
	History []models.Event
}

// CallLine is one level with who asked.
type CallLine struct {
	models.DischargeCall
	StaffName string
}

// DischargeFilter chooses notices; zero fields choose all.
type DischargeFilter struct {
	Box        string // BoxIn: of the actor's team, to take over; BoxOut: of the actor's hospital
	Status     models.DischargeStatus
	ResidentID models.ID
	CallDue    bool // a level waits to be asked today
	Late       bool // the team should have taken over
}

// Discharges lists the notices of the actor's scope, the newest first.
func (v View) Discharges(ctx context.Context, f DischargeFilter, p Page) (List[DischargeLine], error) {
	db, err := v.ofResident(ctx, v.discharges, "discharges", f.ResidentID)
	if err != nil {
		return List[DischargeLine]{}, err
	}
	switch f.Box {
	case BoxIn:
		db = v.ownTeams(db, "discharges")
	case BoxOut:
		db = db.Where("discharges.hospital_id = ?", some(v.actor.InstitutionID))
	}
	if f.Status != "" {
		db = db.Where("discharges.status = ?", f.Status)
	}
	if f.CallDue {
		db = db.Where("EXISTS (SELECT 1 FROM discharge_calls c WHERE c.discharge_id = discharges.id AND c.status = ? AND c.due_from <= ?)", models.CallOpen, v.Today())
	}
	if f.Late {
		db = db.Where("discharges.status = ? AND discharges.due_at <= ?", models.DischargeNotified, v.Now())
	}
	page, err := paginate(db, p, order{columns: []string{"discharges.id"}, desc: true}, func(d models.Discharge) []any { return []any{int64(d.ID)} })
	if err != nil {
		return List[DischargeLine]{}, err
	}
	lines, err := v.dischargeLines(ctx, page.Items)
	if err != nil {
		return List[DischargeLine]{}, err
	}
	return witnessedList(ctx, v, "discharge", f.ResidentID, List[DischargeLine]{Items: lines, Next: page.Next}, func(d DischargeLine) models.ID { return d.ResidentID })
}

// dischargeLines adds people and names to notices that the actor may see.
func (v View) dischargeLines(ctx context.Context, ds []models.Discharge) ([]DischargeLine, error) {
	db := v.query(ctx)
	var people, teams, institutions []models.ID
	for _, d := range ds {
		people, teams, institutions = append(people, d.ResidentID), append(teams, d.TeamID), append(institutions, d.InstitutionID, d.HospitalID)
	}
	patients, err := patientsOf(db, people)
	if err != nil {
		return nil, err
	}
	teamNames, err := names[models.Team](db, teams)
	if err != nil {
		return nil, err
	}
	places, err := names[models.Institution](db, institutions)
	if err != nil {
		return nil, err
	}
	out := make([]DischargeLine, len(ds))
	for i, d := range ds {
		out[i] = DischargeLine{d, patients[d.ResidentID], teamNames[d.TeamID], places[d.InstitutionID], places[d.HospitalID]}
	}
	return out, nil
}

// Discharge returns one notice with its levels, its history and what the actor may do.
func (v View) Discharge(ctx context.Context, id models.ID) (DischargeFile, error) {
	d, err := v.discharge(v.query(ctx), id)
	if err != nil {
		return DischargeFile{}, err
	}
	return v.dischargeFile(ctx, d)
}

// dischargeFile adds to a notice what is shown of it; that it was read is written down.
func (v View) dischargeFile(ctx context.Context, d models.Discharge) (DischargeFile, error) {
	lines, err := v.dischargeLines(ctx, []models.Discharge{d})
	if err != nil {
		return DischargeFile{}, err
	}
	out := DischargeFile{DischargeLine: lines[0], Moves: models.DischargeProcess.Allowed(d.Status, v.actor, d.Parties(v.actor))}
	if out.History, err = history(v.query(ctx), "discharge", d.ID); err != nil {
		return out, err
	}
	var calls []models.DischargeCall
	if err := v.query(ctx).Order("`level`").Find(&calls, "discharge_id = ?", d.ID).Error; err != nil {
		return out, err
	}
	var staff []models.ID
	for _, c := range calls {
		staff = append(staff, c.StaffID)
	}
	callers, err := names[models.Staff](v.query(ctx), staff)
	if err != nil {
		return out, err
	}
	for _, c := range calls {
		out.Calls = append(out.Calls, CallLine{c, callers[c.StaffID]})
	}
	return out, v.witnessed(ctx, "discharge.read", "discharge", d.ID, d.ResidentID)
}

// DischargeRow are the figures of one scope, counted at the team of care:
//   - 接收及时率: InTime / Due, of the notices of the period that were taken over or whose
//     three working days went by;
//   - Levels: 随访及时率 of each level, done on time / due, of those whose date is in the
//     period and that were asked or whose date went by; who died is not due (domain §6.8).
type DischargeRow struct {
	By          models.ScopeKind
	ScopeID     models.ID
	Name        string
	Notices     int
	Due, InTime int
	Levels      [4]LevelRate
}

// LevelRate are the figures of one level.
type LevelRate struct{ Due, OnTime, Failed int }

// DischargeStats counts the discharges of a period by district, institution or team, of one
// hospital or of all (0).
func (v View) DischargeStats(ctx context.Context, q PeriodQuery, hospital models.ID) (PeriodQuery, []DischargeRow, error) {
	if err := q.check(v.Today()); err != nil {
		return q, nil, err
	}
	var out []DischargeRow
	err := v.snapshot(ctx, func(db *gorm.DB) error {
		scopes, column, err := v.periodScopes(db, q, "sender_inst_id", "sender_id")
		if err != nil {
			return err
		}
		counted, err := v.dischargeCounts(db, column, q, hospital)
		if err != nil {
			return err
		}
		out = make([]DischargeRow, len(scopes))
		for i, sc := range scopes {
			out[i] = counted[sc.id]
			out[i].By, out[i].ScopeID, out[i].Name = q.By, sc.shown, sc.name
		}
		return nil
	})
	return q, out, err
}

func (v View) dischargeCounts(db *gorm.DB, column string, q PeriodQuery, hospital models.ID) (map[models.ID]DischargeRow, error) {
	of := func(table string) *gorm.DB {
		t := db.Table(table)
		if hospital != 0 {
			t = t.Where("hospital_id = ?", hospital)
		}
		return t
	}
	var notices []struct {
		Scope                models.ID
		Notices, Due, InTime int
	}
	err := of("discharges").Where("notified_on BETWEEN ? AND ? AND status <> ?", q.From, q.To, models.DischargeCancelled).Group("scope").
		Select(column+" AS scope, COUNT(*) AS notices, SUM(CASE WHEN taken_at IS NOT NULL OR take_over_by <= ? THEN 1 ELSE 0 END) AS due, "+
			"SUM(CASE WHEN taken_at < take_over_by THEN 1 ELSE 0 END) AS in_time", v.Now()).Scan(&notices).Error
	if err != nil {
		return nil, err
	}
	var calls []struct {
		Scope models.ID
		Level int
		LevelRate
	}
	err = of("discharge_calls").Where("due_on BETWEEN ? AND ? AND status <> ? AND failure <> ?", q.From, q.To, models.CallDropped, models.FailedDead).Group("scope, `level`").
		Select(column+" AS scope, `level`, SUM(CASE WHEN status <> ? OR due_on < ? THEN 1 ELSE 0 END) AS due, "+
			"SUM(CASE WHEN status = ? AND made_on <= due_on THEN 1 ELSE 0 END) AS on_time, SUM(CASE WHEN status = ? THEN 1 ELSE 0 END) AS failed",
			models.CallOpen, v.Today(), models.CallDone, models.CallFailed).Scan(&calls).Error
	if err != nil {
		return nil, err
	}
	out := map[models.ID]DischargeRow{}
	for _, n := range notices {
		out[n.Scope] = DischargeRow{Notices: n.Notices, Due: n.Due, InTime: n.InTime}
	}
	for _, c := range calls {
		row := out[c.Scope]
		row.Levels[c.Level] = c.LevelRate
		out[c.Scope] = row
	}
	return out, nil
}

func dischargeEntries(db *gorm.DB, r models.Resident) ([]TimelineEntry, error) {
	var rows []models.Discharge
	err := db.Select("id", "status", "created_at", "discharged_on").Order("id DESC").Limit(timelineLimit).
		Find(&rows, "resident_id = ? AND status NOT IN ?", r.ID, []models.DischargeStatus{models.DischargePlanned, models.DischargeCancelled}).Error
	out := make([]TimelineEntry, len(rows))
	for i, d := range rows {
		out[i] = TimelineEntry{d.CreatedAt, "discharge", "出院,现" + models.DischargeStatusLabels[d.Status], d.ID}
	}
	return out, err
}
