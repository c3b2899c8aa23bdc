package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// ExportLine is an export with what an approver has to see: its filters in Chinese, and
// the names of who asked and who decided.
type ExportLine struct {
	models.Export
	Choices            []string
	Applicant, Decider string
	InstitutionName    string
}

// ExportFile is an export with its history and what the actor may do now.
type ExportFile struct {
	ExportLine
	History  []models.Event
	Actions  []models.ExportMove
	Fetching bool // the actor may download it, once the password is fresh enough
}

// ExportFilter chooses exports; zero fields choose all.
type ExportFilter struct {
	Status models.ExportStatus
	Own    bool // that the actor asked for
	Others bool // that the actor may approve
}

// Exports lists the actor's own exports and those of others that the actor may approve,
// newest first.
func (v View) Exports(ctx context.Context, f ExportFilter, p Page) (List[ExportLine], error) {
	db := v.exports(v.query(ctx))
	if f.Status != "" {
		db = db.Where("exports.status = ?", f.Status)
	}
	if f.Own {
		db = db.Where("exports.applicant_id = ?", v.actor.AccountID)
	}
	if f.Others {
		db = db.Where("exports.applicant_id <> ?", v.actor.AccountID)
	}
	page, err := paginate(db, p, order{columns: []string{"exports.id"}, desc: true}, func(e models.Export) []any { return []any{int64(e.ID)} })
	if err != nil {
		return List[ExportLine]{}, err
	}
	lines, err := exportLines(v.query(ctx), page.Items)
	return List[ExportLine]{lines, page.Next}, err
}

// Export reads one export of the scope.
func (v View) Export(ctx context.Context, id models.ID) (ExportFile, error) {
	var e models.Export
	if err := v.exports(v.query(ctx)).Take(&e, "exports.id = ?", id).Error; err != nil {
		return ExportFile{}, notFound(err)
	}
	return v.exportFile(ctx, e)
}

func (v View) exportFile(ctx context.Context, e models.Export) (ExportFile, error) {
	lines, err := exportLines(v.query(ctx), []models.Export{e})
	if err != nil {
		return ExportFile{}, err
	}
	refusal := e.Fetch(v.actor, v.Now())
	out := ExportFile{ExportLine: lines[0], Actions: models.ExportProcess.Allowed(e.Status, v.actor, e.Parties(v.actor)),
		Fetching: refusal == nil || models.IsCode(refusal, models.ErrReauth.Code)}
	out.History, err = history(v.query(ctx), models.ExportProcess.Noun, e.ID)
	return out, err
}

func exportLines(db *gorm.DB, list []models.Export) ([]ExportLine, error) {
	var accounts, institutions []models.ID
	for _, e := range list {
		accounts, institutions = append(accounts, e.ApplicantID, e.DecidedBy), append(institutions, e.InstitutionID)
	}
	people, err := names[models.Account](db, accounts)
	if err != nil {
		return nil, err
	}
	places, err := names[models.Institution](db, institutions)
	if err != nil {
		return nil, err
	}
	known, err := choiceNamesOf(db, list)
	if err != nil {
		return nil, err
	}
	out := make([]ExportLine, len(list))
	for i, e := range list {
		out[i] = ExportLine{Export: e, Choices: known.choices(e.Kind, i), Applicant: people[e.ApplicantID], Decider: people[e.DecidedBy], InstitutionName: places[e.InstitutionID]}
	}
	return out, nil
}
