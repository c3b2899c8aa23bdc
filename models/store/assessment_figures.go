package store

import (
	"gorm.io/gorm"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// assessed is one team or institution with what it is measured by.
type assessed struct {
	kind              models.ScopeKind
	id, institution   models.ID
	name              string
	values            map[models.AssessCode]models.Share
	signings, records int
}

// assessedOn measures every team and every institution that has teams on a frozen month-end,
// through the figures that are shown everywhere else.
func (v View) assessedOn(db *gorm.DB, on models.Date) ([]*assessed, error) {
	var teams []models.Team
	if err := db.Order("id").Find(&teams).Error; err != nil {
		return nil, err
	}
	home := map[models.ID]models.ID{}
	for _, t := range teams {
		home[t.ID] = t.InstitutionID
	}
	var out []*assessed
	of := map[models.ScopeKind]map[models.ID]*assessed{models.ScopeTeam: {}, models.ScopeInstitution: {}}
	for _, kind := range []models.ScopeKind{models.ScopeTeam, models.ScopeInstitution} {
		scopes, err := v.rateScopes(db, RateQuery{By: kind})
		if err != nil {
			return nil, err
		}
		for _, sc := range scopes {
			x := &assessed{kind: kind, id: sc.id, institution: sc.id, name: sc.name, values: map[models.AssessCode]models.Share{}}
			if kind == models.ScopeTeam {
				x.institution = home[sc.id]
			}
			out, of[kind][sc.id] = append(out, x), x
		}
	}
	add := func(kind models.ScopeKind, id models.ID, code models.AssessCode, numerator, denominator int) {
		if x := of[kind][id]; x != nil {
			x.values[code] = x.values[code].Plus(models.Share{Numerator: numerator, Denominator: denominator})
		}
	}
	for kind := range of {
		if err := v.assessArea(db, on, kind, add); err != nil {
			return nil, err
		}
		if err := v.assessSurveys(db, on, kind, add); err != nil {
			return nil, err
		}
	}
	if err := v.assessPanel(db, on, home, add); err != nil {
		return nil, err
	}
	period := PeriodQuery{From: calendar.NewDate(on.Year(), 1, 1), To: on}
	for kind, columns := range map[models.ScopeKind]struct{ referral, visit, flag, contract string }{
		models.ScopeTeam:        {"sender_id", "team_id", "team_id", "CASE WHEN c.credit_team_id = 0 THEN c.team_id ELSE c.credit_team_id END"},
		models.ScopeInstitution: {"sender_inst_id", "institution_id", "institution_id", "c.institution_id"},
	} {
		counted, err := referralCounts(db, columns.referral, period, v.Now(), v.Today())
		if err != nil {
			return nil, err
		}
		for id, r := range counted {
			add(kind, id, models.AssessReferral, r.Arrived, r.Accepted)
			add(kind, id, models.AssessReferralAfter, r.Followed, r.FollowDue)
		}
		if err := assessVisits(db, kind, columns.visit, period, add); err != nil {
			return nil, err
		}
		untrue, err := cases(db.Table("flags f").Where("f.status = ?", models.FlagVoided), "f."+columns.flag, "f.reviewed_at", period)
		if err != nil {
			return nil, err
		}
		signings, err := cases(db.Table("contract_disputes d").Joins("JOIN contracts c ON c.id = d.contract_id").Where("d.outcome = ?", Upheld), columns.contract, "d.settled_at", period)
		if err != nil {
			return nil, err
		}
		for id, x := range of[kind] {
			x.records, x.signings = untrue[id], signings[id]
		}
	}
	return out, nil
}

type addShare func(kind models.ScopeKind, id models.ID, code models.AssessCode, numerator, denominator int)

// assessArea takes contract rates, renewals and management indicators of the areas. Who did
// not renew is on no panel any more: a panel would show only those who did.
func (v View) assessArea(db *gorm.DB, on models.Date, kind models.ScopeKind, add addShare) error {
	figures := map[models.Population]models.AssessCode{
		models.All: models.AssessRateAll, models.Key: models.AssessRateKey,
		models.Population(models.HypertensionStandard): models.AssessHypertension, models.Population(models.DiabetesStandard): models.AssessDiabetes,
		models.Population(models.PressureControl): models.AssessPressure, models.Population(models.GlucoseControl): models.AssessGlucose,
	}
	q := RateQuery{By: kind, On: on}
	for p := range figures {
		q.Populations = append(q.Populations, p)
	}
	r, err := v.ratesIn(db, q)
	for _, row := range r.Rows {
		add(kind, row.ScopeID, figures[row.Population], row.Signed, row.Residents)
		if row.Population == models.All {
			add(kind, row.ScopeID, models.AssessRenewal, row.Renewed, row.Expired)
		}
	}
	return err
}

// assessPanel takes promises of the panels; an institution's are those of its
// teams.
func (v View) assessPanel(db *gorm.DB, on models.Date, home map[models.ID]models.ID, add addShare) error {
	r, err := v.ratesIn(db, RateQuery{By: models.ScopePanel, On: on, Populations: []models.Population{models.All}})
	for _, row := range r.Rows {
		for kind, id := range map[models.ScopeKind]models.ID{models.ScopeTeam: row.ScopeID, models.ScopeInstitution: home[row.ScopeID]} {
			add(kind, id, models.AssessFulfilment, row.ItemsDone, row.ItemsDue)
			add(kind, id, models.AssessConfirmed, row.ItemsConfirmed, row.ItemsDue)
		}
	}
	return err
}

// assessSurveys takes the quarters of the year that are over; what is hidden because few
// answered stays hidden.
func (v View) assessSurveys(db *gorm.DB, on models.Date, kind models.ScopeKind, add addShare) error {
	for end := calendar.NewDate(on.Year(), 3, 31); !end.After(on) && end.Before(v.Today()); end = end.AddDays(1).QuarterEnd() {
		sums, err := surveySums(db, models.QuarterOf(end))
		if err != nil {
			return err
		}
		figures, hidden := sums.of(kind)
		for id, f := range figures {
			if !hidden[id] {
				add(kind, id, models.AssessSatisfaction, f.Satisfied, f.N)
				add(kind, id, models.AssessAwareness, f.Aware, f.N)
			}
		}
	}
	return nil
}

// assessVisits takes the visits of the period, and of them those that stand.
func assessVisits(db *gorm.DB, kind models.ScopeKind, column string, p PeriodQuery, add addShare) error {
	var rows []struct {
		Scope        models.ID
		Stand, Total int
	}
	err := db.Model(&models.Encounter{}).Where("visited_on BETWEEN ? AND ?", p.From, p.To).Group(column).
		Select(column+" AS scope, COUNT(*) AS total, SUM(CASE WHEN voided = ? AND answer <> ? THEN 1 ELSE 0 END) AS stand", false, models.Denied).Scan(&rows).Error
	for _, r := range rows {
		add(kind, r.Scope, models.AssessRecords, r.Stand, r.Total)
	}
	return err
}

// cases counts rows by scope whose time is within the period.
func cases(db *gorm.DB, scope, at string, p PeriodQuery) (map[models.ID]int, error) {
	var rows []struct {
		Scope models.ID
		N     int
	}
	err := db.Where(at+" >= ? AND "+at+" < ?", p.From.Start().UTC(), p.To.AddDays(1).Start().UTC()).Select(scope + " AS scope, COUNT(*) AS n").Group("scope").Scan(&rows).Error
	out := map[models.ID]int{}
	for _, r := range rows {
		out[r.Scope] = r.N
	}
	return out, err
}
