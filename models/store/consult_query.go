package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// ConsultLine is a consult with the names and the little of the person that both ends may
// see (see ReferralLine).
type ConsultLine struct {
	models.Consult
	Patient                                                                     models.Resident
	TeamName, InstitutionName, CentreName, DoctorName, ReporterName, SignerName string
}

// ConsultFile is one consult with its history and what the actor may do with it.
type ConsultFile struct {
	ConsultLine
	Moves   []models.ConsultMove
	History []models.Event
}

// ConsultFilter chooses consults; zero fields choose all.
type ConsultFilter struct {
	Box        string // BoxIn: asked of the actor's institution; BoxOut: asked by the actor's team
	Status     models.ConsultStatus
	Kind       models.ConsultKind
	ResidentID models.ID
	Emergency  bool
	Overdue    bool
}

// Consults lists the consults of the actor's scope, the newest first.
func (v View) Consults(ctx context.Context, f ConsultFilter, p Page) (List[ConsultLine], error) {
	db, err := v.ofResident(ctx, v.consults, "consults", f.ResidentID)
	if err != nil {
		return List[ConsultLine]{}, err
	}
	switch f.Box {
	case BoxIn:
		db = db.Where("consults.centre_id = ? AND consults.status IN ?", some(v.actor.InstitutionID), models.ConsultOpen)
	case BoxOut:
		db = v.ownTeams(db, "consults")
	}
	if f.Status != "" {
		db = db.Where("consults.status = ?", f.Status)
	}
	if f.Kind != "" {
		db = db.Where("consults.`kind` = ?", f.Kind)
	}
	if f.Emergency {
		db = db.Where("consults.emergency = ?", true)
	}
	if f.Overdue {
		db = db.Where("consults.due_at <= ?", v.Now())
	}
	page, err := paginate(db, p, order{columns: []string{"consults.id"}, desc: true}, func(c models.Consult) []any { return []any{int64(c.ID)} })
	if err != nil {
		return List[ConsultLine]{}, err
	}
	lines, err := v.consultLines(ctx, page.Items)
	if err != nil {
		return List[ConsultLine]{}, err
	}
	return witnessedList(ctx, v, "consult", f.ResidentID, List[ConsultLine]{Items: lines, Next: page.Next}, func(c ConsultLine) models.ID { return c.ResidentID })
}

// consultLines adds people and names to consults that the actor may see.
func (v View) consultLines(ctx context.Context, cs []models.Consult) ([]ConsultLine, error) {
	db := v.query(ctx)
	var people, teams, institutions, staff []models.ID
	for _, c := range cs {
		people, teams = append(people, c.ResidentID), append(teams, c.TeamID)
		institutions, staff = append(institutions, c.InstitutionID, c.CentreID), append(staff, c.DoctorID, c.ReporterID, c.SignerID)
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
	doctors, err := names[models.Staff](db, staff)
	if err != nil {
		return nil, err
	}
	out := make([]ConsultLine, len(cs))
	for i, c := range cs {
		out[i] = ConsultLine{c, patients[c.ResidentID], teamNames[c.TeamID], places[c.InstitutionID], places[c.CentreID], doctors[c.DoctorID], doctors[c.ReporterID], doctors[c.SignerID]}
	}
	return out, nil
}

// Consult returns one consult with its history and what the actor may do.
func (v View) Consult(ctx context.Context, id models.ID) (ConsultFile, error) {
	c, err := v.consult(v.query(ctx), id)
	if err != nil {
		return ConsultFile{}, err
	}
	return v.consultFile(ctx, c)
}

// consultFile adds to a consult what is shown of it; that it was read is written down. Only
// the centre sees a report that is not signed.
func (v View) consultFile(ctx context.Context, c models.Consult) (ConsultFile, error) {
	parties := c.Parties(v.actor)
	if c.SignedAt == nil && parties&models.PartyReceiver == 0 {
		c.Findings, c.Opinion = "", ""
	}
	lines, err := v.consultLines(ctx, []models.Consult{c})
	if err != nil {
		return ConsultFile{}, err
	}
	out := ConsultFile{ConsultLine: lines[0], Moves: models.ConsultProcess.Allowed(c.Status, v.actor, parties)}
	if out.History, err = history(v.query(ctx), "consult", c.ID); err != nil {
		return out, err
	}
	return out, v.witnessed(ctx, "consult.read", "consult", c.ID, c.ResidentID)
}

// ConsultRow are the consults of one scope and kind, counted at the team that asked and by
// the day on which it did; those cancelled or rejected are not person-times.
// 按时报告率: OnTime / Due, of those reported or whose deadline went by.
type ConsultRow struct {
	Kind               models.ConsultKind
	Total, Due, OnTime int
}

// ConsultScope are the figures of one scope, in the order of models.ConsultKinds.
type ConsultScope struct {
	By      models.ScopeKind
	ScopeID models.ID
	Name    string
	Rows    []ConsultRow
}

// ConsultStats counts the consults of a period by district, institution or team.
func (v View) ConsultStats(ctx context.Context, q PeriodQuery) (PeriodQuery, []ConsultScope, error) {
	if err := q.check(v.Today()); err != nil {
		return q, nil, err
	}
	var out []ConsultScope
	err := v.snapshot(ctx, func(db *gorm.DB) error {
		scopes, column, err := v.periodScopes(db, q, "sender_inst_id", "sender_id")
		if err != nil {
			return err
		}
		var counted []struct {
			Scope models.ID
			ConsultRow
		}
		err = db.Table("consults").Where("requested_on BETWEEN ? AND ? AND status NOT IN ?", q.From, q.To, []models.ConsultStatus{models.ConsultCancelled, models.ConsultRejected}).
			Group("scope, `kind`").
			Select(column+" AS scope, `kind`, COUNT(*) AS total, SUM(CASE WHEN reported_at IS NOT NULL OR report_by <= ? THEN 1 ELSE 0 END) AS due, "+
				"SUM(CASE WHEN reported_at <= report_by THEN 1 ELSE 0 END) AS on_time", v.Now()).Scan(&counted).Error
		if err != nil {
			return err
		}
		out = make([]ConsultScope, len(scopes))
		for i, sc := range scopes {
			out[i] = ConsultScope{By: q.By, ScopeID: sc.shown, Name: sc.name}
			for _, kind := range models.ConsultKinds {
				row := ConsultRow{Kind: kind}
				for _, c := range counted {
					if c.Scope == sc.id && c.Kind == kind {
						row = c.ConsultRow
					}
				}
				out[i].Rows = append(out[i].Rows, row)
			}
		}
		return nil
	})
	return q, out, err
}

func consultEntries(db *gorm.DB, r models.Resident) ([]TimelineEntry, error) {
	var rows []models.Consult
	err := db.Select("id", "kind", "status", "created_at").Order("id DESC").Limit(timelineLimit).Find(&rows, "resident_id = ?", r.ID).Error
	out := make([]TimelineEntry, len(rows))
	for i, c := range rows {
		out[i] = TimelineEntry{c.CreatedAt, "consult", models.ConsultKindLabels[c.Kind] + ",现" + models.ConsultStatusLabels[c.Status], c.ID}
	}
	return out, err
}
