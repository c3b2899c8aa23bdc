package store

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"jiayi/models"
)

// Visit is an encounter with the names a reader wants beside it.
type Visit struct {
	models.Encounter
	ResidentName, DoctorName, TeamName string
}

// visit adds the names to an encounter of the resident.
func (v View) visit(db *gorm.DB, r models.Resident, e models.Encounter) (Visit, error) {
	out, err := v.named(db, []models.Encounter{e}, map[models.ID]string{r.ID: r.Name})
	if err != nil {
		return Visit{}, err
	}
	return out[0], nil
}

func (v View) named(db *gorm.DB, es []models.Encounter, residents map[models.ID]string) ([]Visit, error) {
	var staff, teams []models.ID
	for _, e := range es {
		staff, teams = append(staff, e.DoctorID), append(teams, e.TeamID)
	}
	named, err := namesOf(db, wanted[models.Staff](staff), wanted[models.Team](teams))
	if err != nil {
		return nil, err
	}
	out := make([]Visit, len(es))
	for i, e := range es {
		out[i] = Visit{e, residents[e.ResidentID], named[0][e.DoctorID], named[1][e.TeamID]}
	}
	return out, nil
}

// Encounter returns one visit with its forms and assessments, voided or not.
func (v View) Encounter(ctx context.Context, id models.ID) (Visit, error) {
	db := v.query(ctx)
	var e models.Encounter
	if err := db.Preload("Followups", byProgram).Take(&e, "id = ?", id).Error; err != nil {
		return Visit{}, notFound(err)
	}
	r, err := v.resident(v.query(ctx), e.ResidentID)
	if err != nil {
		return Visit{}, err
	}
	out, err := v.visit(v.query(ctx), r, e)
	if err != nil {
		return Visit{}, err
	}
	return out, v.witnessed(ctx, "followup.read", "encounter", e.ID, e.ResidentID)
}

func byProgram(db *gorm.DB) *gorm.DB { return db.Order("program") }

// outline loads what a list shows of a form: the conclusion, not the form.
func outline(db *gorm.DB) *gorm.DB {
	return byProgram(db).Select("id", "encounter_id", "resident_id", "program", "visited_on", "live", "visit_way", "class", "step", "emergency", "rule_version", "next_due_on")
}

// EncounterFilter chooses visits; zero fields choose all.
type EncounterFilter struct {
	ResidentID models.ID
	Program    string
	From, To   models.Date // days of the visit, both included
	Waiting    bool        // only those the resident can still confirm or deny today
}

// Encounters lists visits that stand, newest first (those that wait for an answer, by
// their entry), without their forms. For one resident it lists every visit, whoever made
// it, and ErrNotFound outside the scope; without a resident, the visits made by the teams
// of the actor's scope to residents who are in it still: a page may hold fewer than asked
// for and yet have a next one.
func (v View) Encounters(ctx context.Context, f EncounterFilter, p Page) (List[Visit], error) {
	l, err := v.encounterListing(ctx, f)
	if err != nil {
		return List[Visit]{}, err
	}
	out, err := v.encounterPage(ctx, l, p)
	if err != nil {
		return out, err
	}
	ids := make([]models.ID, len(out.Items))
	for i, e := range out.Items {
		ids[i] = e.ID
	}
	return out, v.witnessed(ctx, "followup.list", "encounter", 0, f.ResidentID, idTexts(ids)...)
}

func (v View) encounterPage(ctx context.Context, l listing[models.Encounter], p Page) (List[Visit], error) {
	page, err := l.page(p)
	if err != nil {
		return List[Visit]{}, err
	}
	visits, err := v.inScope(ctx, page.Items)
	return List[Visit]{visits, page.Next}, err
}

func (v View) encounterListing(ctx context.Context, f EncounterFilter) (listing[models.Encounter], error) {
	if err := knownProgram(f.Program); err != nil {
		return listing[models.Encounter]{}, err
	}
	db := v.query(ctx).Where("encounters.voided = ?", false)
	if f.ResidentID != 0 {
		if _, err := v.resident(v.query(ctx), f.ResidentID); err != nil {
			return listing[models.Encounter]{}, err
		}
		db = db.Where("encounters.resident_id = ?", f.ResidentID)
	} else {
		db = v.ownTeams(db, "encounters")
	}
	if f.Program != "" {
		db = db.Where("EXISTS (?)", v.query(ctx).Model(&models.Followup{}).Select("1").Where("followups.encounter_id = encounters.id AND followups.program = ?", f.Program))
	}
	if f.Waiting {
		db = v.waiting(db)
	}
	if !f.From.IsZero() {
		db = db.Where("encounters.visited_on >= ?", f.From)
	}
	if !f.To.IsZero() {
		db = db.Where("encounters.visited_on <= ?", f.To)
	}
	newest, key := order{columns: []string{"encounters.visited_on", "encounters.id"}, desc: true}, func(e models.Encounter) []any { return []any{e.VisitedOn, int64(e.ID)} }
	if f.Waiting { // by entry: in the other order a page could walk the team's whole past
		newest, key = order{columns: []string{"encounters.id"}, desc: true}, func(e models.Encounter) []any { return []any{int64(e.ID)} }
	}
	return listing[models.Encounter]{db.Preload("Followups", outline), newest, key}, nil
}

// knownProgram refuses a filter by a programme that does not exist.
func knownProgram(code string) error {
	if _, ok := models.ProgramOf(code); ok || code == "" {
		return nil
	}
	return models.InvalidField("program", "enum", "没有这一随访项目")
}

// inScope adds the names to visits, without those of residents outside the scope. The
// scope is applied to the page, not in its query, which would have to walk residents.
func (v View) inScope(ctx context.Context, es []models.Encounter) ([]Visit, error) {
	people := make([]models.ID, len(es))
	for i, e := range es {
		people[i] = e.ResidentID
	}
	residents, err := names[models.Resident](v.residents(v.query(ctx)), people)
	if err != nil {
		return nil, err
	}
	es = slices.DeleteFunc(es, func(e models.Encounter) bool { _, ok := residents[e.ResidentID]; return !ok })
	return v.named(v.query(ctx), es, residents)
}

// ownTeams narrows a table with team_id and institution_id to the actor's own; a
// resident's own rows are found by the resident instead.
func (v View) ownTeams(db *gorm.DB, table string) *gorm.DB {
	a := v.actor
	switch a.Reach() {
	case models.DistrictReach:
		return db
	case models.InstitutionReach:
		return db.Where(table+".institution_id = ?", some(a.InstitutionID))
	case models.TeamReach:
		if len(a.TeamIDs) == 1 { // an equality, so that the index gives the order too
			return db.Where(table+".team_id = ?", some(a.TeamIDs[0]))
		}
		return db.Where(table+".team_id IN ?", anyOf(a.TeamIDs))
	case models.OwnReach:
		return db.Where(table+".resident_id IN ?", anyOf(append([]models.ID{a.ResidentID}, a.WardIDs...)))
	}
	return db.Where("1 = 0")
}

func idTexts(ids []models.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id.String()
	}
	return out
}
