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

// maxPeriod bounds what one figure counts, in days.
const maxPeriod = 3 * 366

// check completes and checks the query.
func (q *PeriodQuery) check(today models.Date) error {
	if err := checkPeriod(&q.From, &q.To, today); err != nil {
		return err
	}
	switch q.By {
	case models.ScopeDistrict, models.ScopeInstitution, models.ScopeTeam:
		return nil
	}
	return models.InvalidField("by", "enum", "统计范围应为 district、institution 或 team")
}

// checkPeriod fills in a period, the year up to today by default, and checks it. A day to come is no error:
// this month is asked for with its last day.
func checkPeriod(from, to *models.Date, today models.Date) error {
	if to.IsZero() {
		*to = today
	}
	if from.IsZero() {
		*from = calendar.NewDate(to.Year(), 1, 1)
	}
	switch {
	case to.Before(*from):
		return models.InvalidField("to", "before_from", "结束日期不能早于开始日期")
	case to.Sub(*from) > maxPeriod:
		return models.InvalidField("from", "too_long", "统计时段不能超过3年")
	}
	return nil
}

// periodScopes lists the scopes of the answer with what tells them apart in a table, to be
// selected and grouped as "scope": one of the two columns, or the district's own id.
func (v View) periodScopes(db *gorm.DB, q PeriodQuery, institution, team string) (scopes []rateScope, column string, err error) {
	scopes, err = v.rateScopes(db, RateQuery{By: q.By, Within: q.Within})
	switch q.By {
	case models.ScopeInstitution:
		return scopes, institution, err
	case models.ScopeTeam:
		return scopes, team, err
	}
	return scopes, districtScope.String(), err
}

// Share is a numerator with its denominator.
type Share = models.Share
