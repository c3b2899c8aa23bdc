package store

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// complaints is the data scope of complaints: the officer's desk sees all, an institution
// and a team those they have to answer, a resident the own ones and those of wards.
func (v View) complaints(db *gorm.DB) *gorm.DB {
	a := v.actor
	switch a.Reach() {
	case models.DistrictReach:
		if a.Role.Has(models.ComplaintHandle) {
			return db
		}
	case models.InstitutionReach:
		return db.Where("complaints.handler_inst_id = ?", some(a.InstitutionID))
	case models.TeamReach:
		return db.Where("complaints.handler_team_id IN ?", anyOf(a.TeamIDs))
	case models.OwnReach:
		return db.Where("complaints.resident_id IN ?", anyOf(append([]models.ID{a.ResidentID}, a.WardIDs...)))
	}
	return db.Where("1 = 0")
}

// ComplaintLine is a complaint with the names beside it. Name and Phone are in clear and to
// be shown masked; they are empty for whoever may not learn who complained.
type ComplaintLine struct {
	models.Complaint
	InstitutionName, TeamName string // it is about
	HandlerInst, HandlerTeam  string // who has to answer
}

// ComplaintFilter chooses complaints; zero fields choose all.
type ComplaintFilter struct {
	Status        models.ComplaintStatus
	Channel       models.ComplaintChannel
	Category      models.ComplaintCategory
	InstitutionID models.ID // that has to answer
	TeamID        models.ID
	Overdue       bool
	DueInHours    int // answers owed within the hours, overdue ones too
}

// Complaints lists the complaints of the scope, the newest first; with a deadline asked
// for, those that owe an answer, the most urgent first.
func (v View) Complaints(ctx context.Context, f ComplaintFilter, p Page) (List[ComplaintLine], error) {
	db := v.complaints(v.query(ctx))
	for column, value := range map[string]string{"status": string(f.Status), "channel": string(f.Channel), "category": string(f.Category)} {
		if value != "" {
			db = db.Where("complaints."+column+" = ?", value)
		}
	}
	if f.InstitutionID != 0 {
		db = db.Where("complaints.handler_inst_id = ?", f.InstitutionID)
	}
	if f.TeamID != 0 {
		db = db.Where("complaints.handler_team_id = ?", f.TeamID)
	}
	o := order{columns: []string{"complaints.received_at", "complaints.id"}, desc: true}
	key := func(c models.Complaint) []any { return []any{c.ReceivedAt, int64(c.ID)} }
	if f.Overdue || f.DueInHours > 0 {
		now := v.Now()
		if f.Overdue {
			db = db.Where("complaints.waiting_until < ?", now)
		} else {
			db = db.Where("complaints.waiting_until <= ?", now.Add(time.Duration(f.DueInHours)*time.Hour))
		}
		o = order{columns: []string{"complaints.waiting_until", "complaints.id"}}
		key = func(c models.Complaint) []any { return []any{c.Waiting(), int64(c.ID)} }
	}
	page, err := paginate(db, p, o, key)
	if err != nil {
		return List[ComplaintLine]{}, err
	}
	lines, err := v.complaintLines(v.query(ctx), page.Items)
	if err != nil {
		return List[ComplaintLine]{}, err
	}
	ids := make([]models.ID, len(lines))
	for i, c := range lines {
		ids[i] = c.ID
	}
	return List[ComplaintLine]{Items: lines, Next: page.Next}, v.witnessed(ctx, "complaint.list", "complaint", 0, 0, idTexts(ids)...)
}

// complaintLines adds names, and takes away who complained where the actor may not know.
func (v View) complaintLines(db *gorm.DB, list []models.Complaint) ([]ComplaintLine, error) {
	var institutions, teams []models.ID
	for _, c := range list {
		institutions, teams = append(institutions, c.InstitutionID, c.HandlerInstID), append(teams, c.TeamID, c.HandlerTeamID)
	}
	instNames, err := names[models.Institution](db, institutions)
	if err != nil {
		return nil, err
	}
	teamNames, err := names[models.Team](db, teams)
	if err != nil {
		return nil, err
	}
	out := make([]ComplaintLine, len(list))
	for i, c := range list {
		if !c.ShowsWho(v.actor) {
			c.Name, c.Phone, c.ResidentID = "", "", 0
		}
		out[i] = ComplaintLine{c, instNames[c.InstitutionID], teamNames[c.TeamID], instNames[c.HandlerInstID], teamNames[c.HandlerTeamID]}
	}
	return out, nil
}

// ComplaintFile is a complaint with its history and what the actor may do now.
type ComplaintFile struct {
	ComplaintLine
	History []models.Event
	Actions []models.ComplaintMove
}

// Complaint reads one complaint of the scope, witnessed.
func (v View) Complaint(ctx context.Context, id models.ID) (ComplaintFile, error) {
	var c models.Complaint
	if err := v.complaints(v.query(ctx)).Take(&c, "complaints.id = ?", id).Error; err != nil {
		return ComplaintFile{}, notFound(err)
	}
	out, err := v.complaintFile(ctx, c)
	if err != nil {
		return out, err
	}
	return out, v.witnessed(ctx, "complaint.read", "complaint", c.ID, c.ResidentID)
}

// complaintFile adds to a complaint what the page of one shows. Where the actor may not know
// who complained, the history does not tell either.
func (v View) complaintFile(ctx context.Context, c models.Complaint) (ComplaintFile, error) {
	lines, err := v.complaintLines(v.query(ctx), []models.Complaint{c})
	if err != nil {
		return ComplaintFile{}, err
	}
	out := ComplaintFile{ComplaintLine: lines[0], Actions: models.ComplaintProcess.Allowed(c.Status, v.actor, c.Parties(v.actor))}
	if out.History, err = history(v.query(ctx), models.ComplaintProcess.Noun, c.ID); err != nil {
		return out, err
	}
	if !c.ShowsWho(v.actor) {
		for i := range out.History {
			if out.History[i].Move == string(models.MoveFile) {
				out.History[i].By, out.History[i].ByName = "anonymous", "匿名"
			}
		}
	}
	return out, nil
}

// ComplaintFigures are what the rates are made of. A complaint counts for the institution
// and team that have to answer it; one that nobody has to answer yet for the district alone.
type ComplaintFigures struct {
	Received  int // all received in the period
	Due       int // of them: answered, or with a deadline that has passed
	OnTime    int // of the due: answered by the deadline
	Closed    int
	AtOnce    int // of the closed: without a second dispatch or a reopening
	Resolved  int // of the closed
	Rated     int // called back with a valid answer
	Satisfied int // of the rated
}

// ComplaintRow are the figures of one scope.
type ComplaintRow struct {
	Kind    models.ScopeKind
	ScopeID models.ID
	Name    string
	ComplaintFigures
}

// ComplaintTable is an answer to ComplaintRates.
type ComplaintTable struct {
	From, To models.Date
	Rows     []ComplaintRow
}

// complaintSums counts the figures of domain §6.7: 按时办理率 = on time / due, 一次办结率 =
// at once / closed, 满意率 = satisfied / rated, 解决率 = resolved / closed.
const complaintSums = `COUNT(*) AS received,
SUM(CASE WHEN replied_at IS NOT NULL OR due_at <= @now THEN 1 ELSE 0 END) AS due,
SUM(CASE WHEN replied_at IS NOT NULL AND replied_at <= due_at AND NOT late THEN 1 ELSE 0 END) AS on_time,
SUM(CASE WHEN status = @closed THEN 1 ELSE 0 END) AS closed,
SUM(CASE WHEN status = @closed AND dispatches = 1 AND reopens = 0 THEN 1 ELSE 0 END) AS at_once,
SUM(CASE WHEN status = @closed AND resolved = 'yes' THEN 1 ELSE 0 END) AS resolved,
SUM(CASE WHEN satisfaction NOT IN ('', @none) THEN 1 ELSE 0 END) AS rated,
SUM(CASE WHEN satisfaction IN @satisfied THEN 1 ELSE 0 END) AS satisfied`

// ComplaintRates counts the four rates of domain §6.7 over the complaints received in the
// period. It reads the index of the period and no other complaint.
func (v View) ComplaintRates(ctx context.Context, q PeriodQuery) (ComplaintTable, error) {
	if err := q.check(v.Today()); err != nil {
		return ComplaintTable{}, err
	}
	out := ComplaintTable{From: q.From, To: q.To}
	err := v.snapshot(ctx, func(db *gorm.DB) error {
		scopes, column, err := v.periodScopes(db, q, "handler_inst_id", "handler_team_id")
		if err != nil {
			return err
		}
		with := map[string]any{"now": v.Now(), "closed": models.ComplaintClosed, "none": models.NotRated, "satisfied": models.SatisfiedAnswers}
		sums := db.Model(&models.Complaint{}).Where("received_at >= ? AND received_at < ?", q.From.Start().UTC(), q.To.AddDays(1).Start().UTC()).
			Select(column+" AS scope, "+complaintSums, with).Group("scope")
		var found []struct {
			Scope models.ID
			ComplaintFigures
		}
		if err := sums.Scan(&found).Error; err != nil {
			return err
		}
		figures := map[models.ID]ComplaintFigures{}
		for _, f := range found {
			figures[f.Scope] = f.ComplaintFigures
		}
		if q.By == models.ScopeInstitution && v.actor.Reach() == models.DistrictReach && q.Within == 0 {
			if scopes, err = withHospitals(db, scopes, figures); err != nil {
				return err
			}
		}
		for _, s := range scopes {
			out.Rows = append(out.Rows, ComplaintRow{q.By, s.shown, s.name, figures[s.id]})
		}
		return nil
	})
	return out, err
}

// withHospitals adds the institutions without teams that have figures, so that the rows add
// up to the district.
func withHospitals[F any](db *gorm.DB, scopes []rateScope, figures map[models.ID]F) ([]rateScope, error) {
	var missing []models.ID
	for id := range figures {
		if id != 0 && !slices.ContainsFunc(scopes, func(s rateScope) bool { return s.id == id }) {
			missing = append(missing, id)
		}
	}
	slices.Sort(missing)
	found, err := names[models.Institution](db, missing)
	for _, id := range missing {
		scopes = append(scopes, rateScope{id, id, found[id]})
	}
	return scopes, err
}
