package store

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"jiayi/models"
)

// raiseFlags enters doubts about a visit; one that was raised before for the same visit
// and kind stays as it is.
func (tx *Tx) raiseFlags(e models.Encounter, flags ...models.Flag) error {
	for i := range flags {
		f := &flags[i]
		f.EncounterID, f.ResidentID, f.TeamID, f.InstitutionID, f.DoctorID = e.ID, e.ResidentID, e.TeamID, e.InstitutionID, e.DoctorID
		f.Status, f.RaisedOn, f.Version, f.CreatedAt = models.FlagOpen, tx.today, 1, tx.now
	}
	if len(flags) == 0 {
		return nil
	}
	return tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&flags).Error
}

// Doubt is a flag with the names a reviewer wants beside it.
type Doubt struct {
	models.Flag
	VisitedOn                          models.Date
	ResidentName, DoctorName, TeamName string // the resident's is "" for one who has left the scope
}

// FlagFilter chooses flags; zero fields choose all, and open ones.
type FlagFilter struct {
	Status models.FlagStatus
	Kind   models.FlagKind
	TeamID models.ID
}

// Flags lists the doubts about visits of the teams of the actor's scope, the newest first.
// A flag belongs to the team that made the visit, wherever the resident has gone since.
func (v View) Flags(ctx context.Context, f FlagFilter, p Page) (List[Doubt], error) {
	if f.Status == "" {
		f.Status = models.FlagOpen
	}
	if _, ok := models.FlagKindLabels[f.Kind]; !ok && f.Kind != "" {
		return List[Doubt]{}, models.InvalidField("kind", "enum", "没有这一类疑点")
	}
	db := v.ownTeams(v.query(ctx), "flags").Where("flags.status = ?", f.Status)
	if f.Kind != "" {
		db = db.Where("flags.`kind` = ?", f.Kind)
	}
	if f.TeamID != 0 {
		db = db.Where("flags.team_id = ?", f.TeamID)
	}
	page, err := paginate(db, p, order{columns: []string{"flags.id"}, desc: true}, func(f models.Flag) []any { return []any{int64(f.ID)} })
	if err != nil {
		return List[Doubt]{}, err
	}
	doubts, err := v.doubts(v.query(ctx), page.Items)
	if err != nil {
		return List[Doubt]{}, err
	}
	return witnessedList(ctx, v, "flag", 0, List[Doubt]{Items: doubts, Next: page.Next}, func(d Doubt) models.ID { return d.ResidentID })
}

// doubts adds names and the day of the visit to flags.
func (v View) doubts(db *gorm.DB, flags []models.Flag) ([]Doubt, error) {
	var people, staff, teams, encounters []models.ID
	for _, f := range flags {
		people, staff, teams, encounters = append(people, f.ResidentID), append(staff, f.DoctorID), append(teams, f.TeamID), append(encounters, f.EncounterID)
	}
	residents, err := names[models.Resident](v.residents(db), people)
	if err != nil {
		return nil, err
	}
	doctors, err := names[models.Staff](db, staff)
	if err != nil {
		return nil, err
	}
	teamNames, err := names[models.Team](db, teams)
	if err != nil {
		return nil, err
	}
	var visits []models.Encounter
	if err := db.Select("id", "visited_on").Find(&visits, "id IN ?", anyOf(encounters)).Error; err != nil {
		return nil, err
	}
	days := make(map[models.ID]models.Date, len(visits))
	for _, e := range visits {
		days[e.ID] = e.VisitedOn
	}
	out := make([]Doubt, len(flags))
	for i, f := range flags {
		out[i] = Doubt{f, days[f.EncounterID], residents[f.ResidentID], doctors[f.DoctorID], teamNames[f.TeamID]}
	}
	return out, nil
}

// Flag returns one doubt about a visit.
func (v View) Flag(ctx context.Context, id models.ID) (Doubt, error) {
	f, err := v.flag(v.query(ctx), id)
	if err != nil {
		return Doubt{}, err
	}
	out, err := v.doubts(v.query(ctx), []models.Flag{f})
	if err != nil {
		return Doubt{}, err
	}
	return out[0], v.witnessed(ctx, "flag.read", "flag", f.ID, f.ResidentID)
}

// flag loads one flag of the actor's scope; any other is not found.
func (v View) flag(db *gorm.DB, id models.ID) (models.Flag, error) {
	var f models.Flag
	err := v.ownTeams(db, "flags").Take(&f, "flags.id = ?", id).Error
	return f, notFound(err)
}
