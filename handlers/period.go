package handlers

import (
	"jiayi/models"
	"jiayi/models/store"
)

// PeriodInput asks for figures of a period.
type PeriodInput struct {
	By     models.ScopeKind `query:"by" enum:"district,institution,team" default:"district" doc:"按什么范围"`
	From   models.Date      `query:"from" doc:"统计期开始,默认当年1月1日"`
	To     models.Date      `query:"to" doc:"统计期结束,默认今天"`
	Within models.ID        `query:"within" doc:"只看该机构之内"`
}

func (in PeriodInput) query() store.PeriodQuery {
	return store.PeriodQuery{By: in.By, From: in.From, To: in.To, Within: in.Within}
}

// PeriodOutput answers figures of a period.
type PeriodOutput[T any] struct {
	Body struct {
		From models.Date `json:"from"`
		To   models.Date `json:"to"`
		Rows []T         `json:"rows" nullable:"false"`
	}
}

func periodOf[R, T any](from, to models.Date, rows []R, show func(R) T) *PeriodOutput[T] {
	out := &PeriodOutput[T]{}
	out.Body.From, out.Body.To, out.Body.Rows = from, to, make([]T, len(rows))
	for i, r := range rows {
		out.Body.Rows[i] = show(r)
	}
	return out
}

func share(s store.Share) Ratio { return ratio(s.Numerator, s.Denominator) }
