package store

import (
	"context"
	"strings"

	"jiayi/models"
)

// AlertLine is an alert with what the team needs to act on it.
type AlertLine struct {
	models.VitalAlert
	Vital        models.Vital
	ResidentName string
	Phone        string // in clear; to be shown masked
	TeamName     string
	HandlerName  string
}

// raiseAlert asks the team of care to act on the reading.
func (tx *Tx) raiseAlert(r models.Resident, v models.Vital) (models.ID, error) {
	a := models.VitalAlert{VitalID: v.ID, ResidentID: r.ID, TeamID: r.CareTeamID(), InstitutionID: r.CareInstID(), Lane: models.AlertOpen, Version: 1, CreatedAt: tx.now}
	if err := tx.db.Create(&a).Error; err != nil {
		return 0, err
	}
	if err := tx.tellTeam(a.TeamID, VitalEmergencyNotice, v.ID); err != nil {
		return 0, err
	}
	return a.ID, tx.tell(r.ID, VitalAdviceNotice, v.ID)
}

// AlertFilter chooses alerts; zero fields choose all.
type AlertFilter struct {
	Open   *bool
	TeamID models.ID
}

// Alerts lists the alerts of the teams of the actor's scope: open ones first, the newest
// first. They are for the staff; nobody else finds any.
func (v View) Alerts(ctx context.Context, f AlertFilter, p Page) (List[AlertLine], error) {
	db := v.ownTeams(v.query(ctx), "vital_alerts")
	if !v.actor.IsStaff() {
		db = db.Where("1 = 0")
	}
	if f.Open != nil {
		db = db.Where("vital_alerts.lane = ?", map[bool]int{true: models.AlertOpen, false: models.AlertHandled}[*f.Open])
	}
	if f.TeamID != 0 {
		db = db.Where("vital_alerts.team_id = ?", f.TeamID)
	}
	page, err := paginate(db, p, order{columns: []string{"vital_alerts.lane", "vital_alerts.id"}, desc: true},
		func(a models.VitalAlert) []any { return []any{a.Lane, int64(a.ID)} })
	if err != nil {
		return List[AlertLine]{}, err
	}
	lines, err := v.alertLines(ctx, page.Items)
	if err != nil {
		return List[AlertLine]{}, err
	}
	return witnessedList(ctx, v, "vital_alert", 0, List[AlertLine]{Items: lines, Next: page.Next}, func(a AlertLine) models.ID { return a.ResidentID })
}

// alertLines adds readings, people and names to alerts. One of someone outside the scope is
// not shown: open alerts follow their resident to the team of care.
func (v View) alertLines(ctx context.Context, alerts []models.VitalAlert) ([]AlertLine, error) {
	var people, vitals, teams, accounts []models.ID
	for _, a := range alerts {
		people, vitals, teams, accounts = append(people, a.ResidentID), append(vitals, a.VitalID), append(teams, a.TeamID), append(accounts, a.HandledBy)
	}
	var residents []models.Resident
	if err := v.residents(v.query(ctx)).Select("id", "name", "phone").Find(&residents, "residents.id IN ?", anyOf(people)).Error; err != nil {
		return nil, err
	}
	known := map[models.ID]models.Resident{}
	for _, r := range residents {
		known[r.ID] = r
	}
	readings, err := byID(v.query(ctx), vitals, func(x models.Vital) models.ID { return x.ID })
	if err != nil {
		return nil, err
	}
	teamNames, err := names[models.Team](v.query(ctx), teams)
	if err != nil {
		return nil, err
	}
	handlers, err := names[models.Account](v.query(ctx), accounts)
	if err != nil {
		return nil, err
	}
	out := make([]AlertLine, 0, len(alerts))
	for _, a := range alerts {
		if r, ok := known[a.ResidentID]; ok {
			out = append(out, AlertLine{a, readings[a.VitalID], r.Name, r.Phone, teamNames[a.TeamID], handlers[a.HandledBy]})
		}
	}
	return out, nil
}

// HandleAlert closes an alert with what was done. It is the staff's to do: for anyone else,
// and for an alert outside the scope, it returns ErrNotFound. It returns Invalid without an
// outcome, and Conflict already_handled for one that is closed. A version of 0 means
// whatever it is.
func (v View) HandleAlert(ctx context.Context, id models.ID, version int, outcome string) (AlertLine, error) {
	a, err := once(ctx, v, func(tx *Tx) (models.VitalAlert, error) {
		outcome = strings.TrimSpace(outcome)
		var p models.Problems
		models.CheckNote(&p, "outcome", "处理结果", outcome, models.MaxOutcome)
		if err := p.Err(); err != nil {
			return models.VitalAlert{}, err
		}
		if !tx.actor.IsStaff() {
			return models.VitalAlert{}, models.ErrNotFound
		}
		a, err := get[models.VitalAlert](tx.db, id)
		if err != nil {
			return a, err
		}
		if _, err := tx.lockResident(a.ResidentID); err != nil {
			return a, err
		}
		if a, err = lock[models.VitalAlert](tx, id); err != nil {
			return a, err
		}
		if err := checkVersion(a.Version, version); err != nil {
			return a, err
		}
		if a.Lane == models.AlertHandled {
			return a, models.Errorf(models.Conflict, "already_handled", "该预警已由他人处理")
		}
		a.Handle(outcome, tx.actor.AccountID, tx.now)
		tx.record("vital_alert.handle", "vital_alert", a.ID, a.ResidentID)
		return a, tx.db.Save(&a).Error
	})
	if err != nil {
		return AlertLine{}, err
	}
	lines, err := v.alertLines(ctx, []models.VitalAlert{a})
	if err != nil || len(lines) == 0 {
		return AlertLine{VitalAlert: a}, err
	}
	return lines[0], nil
}
