package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"

	"jiayi/models"
)

// AssessmentClosedNotice tells the leads that scores were published.
const AssessmentClosedNotice = "assessment_closed"

// assessTime is how long making or closing an assessment may take: it is of the whole district.
const assessTime = time.Minute

// AddScheme enters the next version of how teams are assessed. It returns Invalid naming the
// field, and the item in its words.
func (v View) AddScheme(ctx context.Context, s models.AssessmentScheme) (models.AssessmentScheme, error) {
	return once(ctx, v, func(tx *Tx) (models.AssessmentScheme, error) {
		s := s
		var p models.Problems
		s.Check(&p, tx.today)
		if err := p.Err(); err != nil {
			return s, err
		}
		var last models.AssessmentScheme
		if err := tx.forUpdate(tx.db).Order("version DESC").Limit(1).Find(&last).Error; err != nil {
			return s, err
		}
		if s.BeginsOn.Before(last.BeginsOn) {
			return s, models.InvalidField("begins_on", "before_last", "启用日期不能早于上一版方案")
		}
		s.ID, s.Version, s.CreatedAt = 0, last.Version+1, tx.now
		for i := range s.Items {
			s.Items[i].Place = i + 1
		}
		if err := tx.db.Create(&s).Error; err != nil {
			return s, taken(err, "方案版本")
		}
		tx.record("assessment_scheme.create", "assessment_scheme", s.ID, 0)
		return s, nil
	})
}

// Schemes lists the versions of how teams are assessed, the newest first.
func (v View) Schemes(ctx context.Context) ([]models.AssessmentScheme, error) {
	var out []models.AssessmentScheme
	return out, v.query(ctx).Preload("Items", inPlace).Order("version DESC").Limit(MaxLimit).Find(&out).Error
}

func inPlace(db *gorm.DB) *gorm.DB { return db.Order("place") }

// Assess makes a draft of the assessment of a month-end by the scheme of that day. It returns
// Invalid for a day that is not a frozen month-end, before any scheme, and for a correction
// of what is not closed.
func (v View) Assess(ctx context.Context, on models.Date, c Correction) (models.Assessment, error) {
	return onceWithin(ctx, v, assessTime, func(tx *Tx) (models.Assessment, error) {
		a := models.Assessment{On: on, Version: 1}
		if on.IsZero() {
			return a, models.InvalidField("on", "required", "请填写考核日期")
		}
		var day models.TallyDay
		if err := tx.db.Take(&day, "day = ? AND frozen = ?", on, true).Error; errors.Is(err, gorm.ErrRecordNotFound) {
			return a, models.InvalidField("on", "not_frozen", "考核日期应为已发布的月末")
		} else if err != nil {
			return a, err
		}
		var scheme models.AssessmentScheme
		if err := tx.db.Preload("Items", inPlace).Order("version DESC").Take(&scheme, "begins_on <= ?", on).Error; errors.Is(err, gorm.ErrRecordNotFound) {
			return a, models.InvalidField("on", "no_scheme", "该日期尚无考核方案")
		} else if err != nil {
			return a, err
		}
		if err := tx.correctAssessment(&a, c); err != nil {
			return a, err
		}
		a.SchemeID = scheme.ID
		e, err := a.Move(models.AssessmentMake, tx.actor, tx.actor.DistrictParty(), a.Reason)
		if err != nil {
			return a, err
		}
		if err := tx.db.Create(&a).Error; err != nil {
			return a, err
		}
		if err := tx.scoreAll(a, scheme); err != nil {
			return a, err
		}
		return a, tx.happened(e, a.ID, 0)
	})
}

func (tx *Tx) correctAssessment(a *models.Assessment, c Correction) error {
	if c.ID == 0 {
		return nil
	}
	have, err := get[models.Assessment](tx.db, c.ID)
	if err != nil && !models.IsKind(err, models.NotFound) {
		return err
	}
	a.CorrectsID, a.Reason = c.ID, strings.TrimSpace(c.Reason)
	var p models.Problems
	if have.Status != models.AssessmentClosed || have.On != a.On {
		p.Add("corrects_id", "unknown", "只能更正同一日期已公布的考核")
	}
	models.CheckNote(&p, "reason", "更正原因", a.Reason, models.MaxFinding)
	return p.Err()
}

// scoreAll writes worksheets and scores of everyone.
func (tx *Tx) scoreAll(a models.Assessment, scheme models.AssessmentScheme) error {
	set, err := targetsOf(tx.db, a.On.Year())
	if err != nil {
		return err
	}
	targets := map[string]int64{}
	for code, percent := range set {
		targets[code] = int64(percent*100 + 0.5)
	}
	measured, err := tx.view().assessedOn(tx.db, a.On)
	if err != nil {
		return err
	}
	var scores []models.AssessmentScore
	var lines []models.AssessmentLine
	for _, x := range measured {
		score, sheet := models.ScoreOf(scheme, x.values, targets, x.signings, x.records)
		score.AssessmentID, score.Kind, score.ScopeID, score.InstitutionID, score.Name = a.ID, x.kind, x.id, x.institution, x.name
		for i := range sheet {
			sheet[i].AssessmentID, sheet[i].Kind, sheet[i].ScopeID = a.ID, x.kind, x.id
		}
		scores, lines = append(scores, score), append(lines, sheet...)
	}
	models.RankScores(scores)
	if err := insertAll(tx.db, scores); err != nil {
		return err
	}
	return insertAll(tx.db, lines)
}

// CloseAssessment publishes a draft for good and tells the leads. It returns Conflict
// assessed_before when another of the month-end is closed and is not the one corrected.
func (v View) CloseAssessment(ctx context.Context, id models.ID, version int) (models.Assessment, error) {
	return v.moveAssessment(ctx, id, version, models.AssessmentClose, "")
}

// DiscardAssessment discards a draft, with the reason.
func (v View) DiscardAssessment(ctx context.Context, id models.ID, version int, reason string) (models.Assessment, error) {
	return v.moveAssessment(ctx, id, version, models.AssessmentDiscard, strings.TrimSpace(reason))
}

// moveAssessment makes a move under a lock of all assessments of the month-end, so that two
// drafts cannot both be closed.
func (v View) moveAssessment(ctx context.Context, id models.ID, version int, m models.AssessmentMove, reason string) (models.Assessment, error) {
	return onceWithin(ctx, v, assessTime, func(tx *Tx) (models.Assessment, error) {
		a, err := get[models.Assessment](tx.db, id)
		if err != nil {
			return a, err
		}
		if err := checkReason("reason", reason); err != nil {
			return a, err
		}
		var rows []models.Assessment
		if err := tx.forUpdate(tx.db).Order("id").Find(&rows, "assessed_on = ?", a.On).Error; err != nil {
			return a, err
		}
		replaced := map[models.ID]bool{}
		for _, r := range rows {
			if r.ID == id {
				a = r
			}
			if r.Status == models.AssessmentClosed && r.CorrectsID != 0 {
				replaced[r.CorrectsID] = true
			}
		}
		e, err := a.Move(m, tx.actor, tx.actor.DistrictParty(), reason)
		if err := unlessStale(err, a.Version, version); err != nil {
			return a, err
		}
		for _, r := range rows {
			if m == models.AssessmentClose && r.Status == models.AssessmentClosed && r.ID != a.CorrectsID && !replaced[r.ID] || m == models.AssessmentClose && a.CorrectsID != 0 && replaced[a.CorrectsID] {
				return a, models.Errorf(models.Conflict, "assessed_before", "%s的考核已公布,请作为更正提交", a.On)
			}
		}
		a.Version++
		if err := tx.db.Model(&a).Select("status", "version", "updated_at").Updates(&a).Error; err != nil {
			return a, err
		}
		if err := tx.happened(e, a.ID, 0); err != nil || m != models.AssessmentClose {
			return a, err
		}
		return a, tx.tellAllLeads(a)
	})
}

// tellAllLeads tells the leads of all teams, and the managers of their institutions.
func (tx *Tx) tellAllLeads(a models.Assessment) error {
	var accounts []models.ID
	err := tx.db.Model(&models.Account{}).Distinct("id").Where("disabled = ?", false).
		Where("staff_id IN (SELECT leader_id FROM teams WHERE status = ?) OR role = ? AND institution_id IN (SELECT institution_id FROM teams)", models.TeamActive, models.InstitutionManager).
		Order("id").Pluck("id", &accounts).Error
	if err != nil {
		return err
	}
	_, err = tx.tellEach(AssessmentClosedNotice+"/"+a.ID.String(), accounts, AssessmentClosedNotice, a.ID)
	return err
}

// assessments are those the actor may see: drafts are the district's.
func (v View) assessments(db *gorm.DB) *gorm.DB {
	switch v.actor.Reach() {
	case models.DistrictReach:
		return db
	case models.InstitutionReach, models.TeamReach:
		return db.Where("status = ?", models.AssessmentClosed)
	}
	return db.Where("1 = 0")
}

// scoresOf narrows scores and lines to those of the actor: managers see their institution and
// its teams, staff their teams.
func (v View) scoresOf(db *gorm.DB) *gorm.DB {
	switch a := v.actor; a.Reach() {
	case models.DistrictReach:
		return db
	case models.InstitutionReach:
		return db.Where("institution_id = ?", some(a.InstitutionID))
	case models.TeamReach:
		return db.Where("kind = ? AND scope_id IN ?", models.ScopeTeam, anyOf(a.TeamIDs))
	}
	return db.Where("1 = 0")
}

// Assessments lists assessments, the latest month-end first.
func (v View) Assessments(ctx context.Context, p Page) (List[models.Assessment], error) {
	return paginate(v.assessments(v.query(ctx)), p, order{columns: []string{"assessed_on", "id"}, desc: true}, func(a models.Assessment) []any { return []any{a.On, int64(a.ID)} })
}

// AssessmentFile is an assessment with its scheme and what happened to it.
type AssessmentFile struct {
	models.Assessment
	Scheme  models.AssessmentScheme
	Actions []models.AssessmentMove
	History []models.Event
}

// Assessment reads one assessment.
func (v View) Assessment(ctx context.Context, id models.ID) (AssessmentFile, error) {
	db := v.query(ctx)
	var out AssessmentFile
	if err := v.assessments(db).Take(&out.Assessment, "id = ?", id).Error; err != nil {
		return out, notFound(err)
	}
	if err := db.Preload("Items", inPlace).Take(&out.Scheme, "id = ?", out.SchemeID).Error; err != nil {
		return out, notFound(err)
	}
	if v.actor.Reach() != models.DistrictReach {
		return out, nil
	}
	out.Actions = models.AssessmentProcess.Allowed(out.Status, v.actor, v.actor.DistrictParty())
	var err error
	out.History, err = history(db, models.AssessmentProcess.Noun, id)
	return out, err
}

// ScoreFilter chooses scores of an assessment.
type ScoreFilter struct {
	Kind          models.ScopeKind // team or institution
	InstitutionID models.ID
}

// Scores lists the scores of one kind in the order of their ranks; there are few hundred.
func (v View) Scores(ctx context.Context, id models.ID, f ScoreFilter) ([]models.AssessmentScore, error) {
	if _, err := v.Assessment(ctx, id); err != nil {
		return nil, err
	}
	db := v.scoresOf(v.query(ctx)).Where("assessment_id = ? AND kind = ?", id, f.Kind)
	if f.InstitutionID != 0 {
		db = db.Where("institution_id = ?", f.InstitutionID)
	}
	var out []models.AssessmentScore
	return out, db.Order("place, scope_id").Find(&out).Error
}

// Worksheet is every step of one score.
type Worksheet struct {
	models.AssessmentScore
	Scheme models.AssessmentScheme
	Lines  []models.AssessmentLine
}

// Worksheet reads how a score came about.
func (v View) Worksheet(ctx context.Context, id models.ID, kind models.ScopeKind, scope models.ID) (Worksheet, error) {
	f, err := v.Assessment(ctx, id)
	if err != nil {
		return Worksheet{}, err
	}
	db := v.query(ctx)
	out := Worksheet{Scheme: f.Scheme}
	if err := v.scoresOf(db).Take(&out.AssessmentScore, "assessment_id = ? AND kind = ? AND scope_id = ?", id, kind, scope).Error; err != nil {
		return out, notFound(err)
	}
	return out, db.Order("place").Find(&out.Lines, "assessment_id = ? AND kind = ? AND scope_id = ?", id, kind, scope).Error
}
