package store

import (
	"gorm.io/gorm"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// PeriodQuery asks for figures of what happened in a period, both days included.
type PeriodQuery struct {
	By       models.ScopeKind // district, institution or team
	From, To models.Date      // zero for the first day of the year, and today
	Within   models.ID        // only teams of this institution; 0 for all
}

// check completes the period.
func (q *PeriodQuery) check(today models.Date) error {
	if q.To.IsZero() {
		q.To = today
	}
	if q.From.IsZero() {
		q.From = calendar.NewDate(q.To.Year(), 1, 1)
	}
	var p models.Problems
	switch {
	case q.To.Before(q.From):
		p.Add("to", "before_from", "结束日期不能早于开始日期")
	case q.To.Sub(q.From) > 366:
		p.Add("to", "too_long", "统计期不能超过一年")
	}
	switch q.By {
	case models.ScopeDistrict, models.ScopeInstitution, models.ScopeTeam:
	default:
		p.Add("by", "enum", "统计范围应为 district、institution 或 team")
	}
	return p.Err()
}

// periodScopes lists the scopes of the answer, with the column of a table that tells them apart: ""
// for the district, which is everyone.
func (v View) periodScopes(db *gorm.DB, q PeriodQuery) (scopes []rateScope, column string, err error) {
	scopes, err = v.rateScopes(db, RateQuery{By: q.By, Within: q.Within})
	return scopes, map[models.ScopeKind]string{models.ScopeInstitution: "institution_id", models.ScopeTeam: "team_id"}[q.By], err
}

// byScope selects the column of the scope as "scope", the district's own id for everyone.
func byScope(db *gorm.DB, column, rest string) *gorm.DB {
	if column == "" {
		return db.Select("? AS scope, "+rest, districtScope)
	}
	return db.Select(column + " AS scope, " + rest)
}

// Share is a numerator with its denominator.
type Share struct{ Numerator, Denominator int }
