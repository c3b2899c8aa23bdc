package handlers

import (
	"cmp"
	"context"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/internal/calendar"
	"jiayi/internal/sheet"
	"jiayi/models"
	"jiayi/models/store"
)

// MonthInput asks for the report of a month.
type MonthInput struct {
	By            models.ScopeKind `query:"by" enum:"district,institution,team,village" default:"district" doc:"按什么范围"`
	Month         string           `query:"month" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$" maxLength:"7" doc:"月份 YYYY-MM,默认本月(未封存,截至今天)"`
	Population    string           `query:"population" maxLength:"100" default:"each" doc:"all、key 或人群代码,可用逗号分隔多个,each 为全部"`
	InstitutionID models.ID        `query:"institution_id" doc:"只看该机构"`
	TeamID        models.ID        `query:"team_id" doc:"只看该团队(按团队或村居统计时)"`
}

func (in *MonthInput) query() (store.MonthQuery, error) {
	q := store.MonthQuery{By: in.By, InstitutionID: in.InstitutionID, TeamID: in.TeamID}
	var err error
	if q.Populations, err = readPopulations(in.Population); err != nil {
		return q, err
	}
	if q.Indicators, err = readIndicators("each"); err != nil || in.Month == "" {
		return q, err
	}
	if q.Month, err = calendar.ParseDate(in.Month + "-01"); err != nil {
		return q, models.InvalidField("month", "format", "月份应为 YYYY-MM")
	}
	return q, nil
}

// MonthBasis is a month that a report compares with.
type MonthBasis struct {
	On          models.Date `json:"on" doc:"月末"`
	RuleVersion string      `json:"rule_version,omitempty"`
	Reason      string      `json:"reason,omitempty" enum:"not_frozen,no_data" doc:"不能比较的原因:not_frozen 该月末未封存,no_data 没有数据"`
}

// Compared is the rate of another month beside a rate.
type Compared struct {
	Rate   *float64 `json:"rate" doc:"那时的签约率"`
	Change *float64 `json:"change" doc:"增减,百分点;不能比较时为 null"`
	Reason string   `json:"reason,omitempty" enum:"not_frozen,no_data,no_value" doc:"为 null 的原因:not_frozen 未封存,no_data 没有数据,no_value 分母为 0"`
}

// MonthRate is one contract rate of a monthly report.
type MonthRate struct {
	Rate
	PreviousMonth Compared `json:"previous_month" doc:"与上月末相比"`
	LastYear      Compared `json:"last_year" doc:"与上年同月末相比"`
	Gap           *float64 `json:"gap" doc:"与目标的差距,百分点;没有目标或没有数值时为 null"`
	Rank          *int     `json:"rank" doc:"在全区同类范围中的名次,并列同名次;没有数值时为 null"`
	Ranked        int      `json:"ranked" doc:"参加排名的数目"`
}

// MonthBody is a monthly report.
type MonthBody struct {
	Month         string             `json:"month"`
	AsOf          models.Date        `json:"as_of" doc:"数据所反映的日期"`
	RuleVersion   string             `json:"rule_version"`
	Frozen        bool               `json:"frozen" doc:"月末数已封存,不再变动;本月为 false"`
	PreviousMonth MonthBasis         `json:"previous_month"`
	LastYear      MonthBasis         `json:"last_year"`
	Rows          []MonthRate        `json:"rows" nullable:"false"`
	Indicators    []IndicatorMeaning `json:"indicators" nullable:"false" doc:"各健康管理指标的含义"`
	IndicatorRows []Indicator        `json:"indicator_rows" nullable:"false"`
}

// MonthReport answers GET /reports/monthly.
func (h *Handlers) MonthReport(ctx context.Context, in *MonthInput) (*Output[MonthBody], error) {
	body, err := h.monthBody(ctx, in)
	return &Output[MonthBody]{Body: body}, err
}

func (h *Handlers) monthBody(ctx context.Context, in *MonthInput) (MonthBody, error) {
	q, err := in.query()
	if err != nil {
		return MonthBody{}, err
	}
	r, err := h.as(ctx).MonthReport(ctx, q)
	if err != nil {
		return MonthBody{}, err
	}
	out := MonthBody{Month: r.Month.String()[:7], AsOf: r.AsOf, RuleVersion: r.RuleVersion, Frozen: r.Frozen,
		PreviousMonth: MonthBasis(r.Before), LastYear: MonthBasis(r.LastYear), Rows: make([]MonthRate, len(r.Rows))}
	for i, row := range r.Rows {
		out.Rows[i] = monthRate(row, r.Targets)
	}
	out.Indicators, out.IndicatorRows = indicators(r.Indicators, len(q.Indicators))
	return out, nil
}

func monthRate(row store.MonthRow, targets map[string]float64) MonthRate {
	out := MonthRate{Rate: rate(row.RateRow, targets), Ranked: row.Peers}
	out.PreviousMonth, out.LastYear = compared(out.Rate.Rate, row.Before), compared(out.Rate.Rate, row.LastYear)
	if out.Rate.Rate != nil && out.Target != nil {
		out.Gap = new(models.Points(*out.Rate.Rate, *out.Target))
	}
	if row.Rank > 0 {
		out.Rank = &row.Rank
	}
	return out
}

func compared(now *float64, was store.Compared) Compared {
	out := Compared{Reason: was.Reason}
	if was.Reason != "" {
		return out
	}
	out.Rate = &was.Percent
	if now == nil {
		out.Reason = store.NoValue
		return out
	}
	out.Change = new(models.Points(*now, was.Percent))
	return out
}

// RankingInput asks for the ranking of scopes by one contract rate.
type RankingInput struct {
	By            models.ScopeKind  `query:"by" enum:"institution,team,village" default:"institution" doc:"给什么范围排名"`
	Month         string            `query:"month" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$" maxLength:"7" doc:"月份 YYYY-MM,默认本月(未封存,截至今天)"`
	Population    models.Population `query:"population" maxLength:"4" default:"all" doc:"all、key 或人群代码"`
	InstitutionID models.ID         `query:"institution_id" doc:"只看该机构"`
	TeamID        models.ID         `query:"team_id" doc:"只看该团队(按团队或村居排名时)"`
}

// Ranking answers GET /stats/ranking: the rows of the monthly report by their places, those
// without a value last.
func (h *Handlers) Ranking(ctx context.Context, in *RankingInput) (*Output[MonthBody], error) {
	body, err := h.monthBody(ctx, &MonthInput{By: in.By, Month: in.Month, Population: string(in.Population), InstitutionID: in.InstitutionID, TeamID: in.TeamID})
	if err != nil {
		return nil, err
	}
	body.Indicators, body.IndicatorRows = []IndicatorMeaning{}, []Indicator{}
	slices.SortStableFunc(body.Rows, func(a, b MonthRate) int {
		switch {
		case a.Rank == nil && b.Rank == nil:
			return 0
		case a.Rank == nil:
			return 1
		case b.Rank == nil:
			return -1
		}
		return cmp.Compare(*a.Rank, *b.Rank)
	})
	return &Output[MonthBody]{Body: body}, nil
}

// TrendInput asks for one contract rate over the past months.
type TrendInput struct {
	Scope      models.ScopeKind  `query:"scope" enum:"district,institution,team,village,panel" default:"district" doc:"范围;panel 为团队的签约居民"`
	ID         models.ID         `query:"id" doc:"范围 id;district 时可省略"`
	Population models.Population `query:"population" maxLength:"4" default:"all" doc:"all、key 或人群代码"`
	Months     int               `query:"months" minimum:"1" maximum:"36" default:"12" doc:"已过的月份数"`
}

// TrendPoint is the rate at the end of one month.
type TrendPoint struct {
	On                  models.Date `json:"on" doc:"月末;最后一点为今天"`
	Frozen              bool        `json:"frozen"`
	RuleVersion         string      `json:"rule_version,omitempty"`
	Residents           int         `json:"residents"`
	Signed              int         `json:"signed"`
	Rate                *float64    `json:"rate"`
	Reason              string      `json:"reason,omitempty" enum:"not_frozen,no_data,no_value" doc:"为 null 的原因"`
	Fulfilment          Ratio       `json:"fulfilment" doc:"履约率(项目)"`
	ConfirmedFulfilment Ratio       `json:"confirmed_fulfilment" doc:"经居民确认的履约率(项目)"`
}

// TrendBody is the trend of one rate.
type TrendBody struct {
	Scope      Scope             `json:"scope"`
	Population models.Population `json:"population"`
	Label      string            `json:"label"`
	Points     []TrendPoint      `json:"points" nullable:"false" doc:"各月末,最后一点为今天"`
}

// Trend answers GET /stats/trend.
func (h *Handlers) Trend(ctx context.Context, in *TrendInput) (*Output[TrendBody], error) {
	populations, err := readPopulations(string(in.Population))
	if err != nil {
		return nil, err
	}
	points, err := h.as(ctx).Trend(ctx, store.TrendQuery{By: in.Scope, ID: in.ID, Population: populations[0], Months: in.Months})
	if err != nil {
		return nil, err
	}
	last := points[len(points)-1]
	out := TrendBody{Scope: Scope{in.Scope, last.ScopeID, last.Name}, Population: in.Population, Label: in.Population.Label(), Points: make([]TrendPoint, len(points))}
	for i, p := range points {
		b := beside(p.Figures)
		out.Points[i] = TrendPoint{On: p.On, Frozen: p.Frozen, RuleVersion: p.RuleVersion, Residents: p.Residents, Signed: p.Signed, Reason: p.Reason,
			Fulfilment: b.Fulfilment, ConfirmedFulfilment: b.ConfirmedFulfilment}
		if p.Valued {
			out.Points[i].Rate = &p.Percent
		}
	}
	return &Output[TrendBody]{Body: out}, nil
}

// MonthSheet answers GET /reports/monthly.xlsx: figures only, nobody is in it.
func (h *Handlers) MonthSheet(ctx context.Context, in *MonthInput) (*huma.StreamResponse, error) {
	body, err := h.monthBody(ctx, in)
	if err != nil {
		return nil, err
	}
	me, err := h.as(ctx).Me(ctx)
	if err != nil {
		return nil, err
	}
	w, err := sheet.NewBook(sheet.Layout{Name: "签约率", Header: rateHeader})
	if err != nil {
		return nil, err
	}
	if err := writeMonth(w, body, me.Account.Name, h.Store.Now().In(calendar.Shanghai).Format("2006-01-02 15:04:05")); err != nil {
		_ = w.Close() // the first error says more
		return nil, err
	}
	return workbook(w, "monthly-"+body.Month+"-"+string(in.By)), nil
}

var (
	rateHeader = []string{"范围", "人群", "常住居民", "已签约", "签约率", "比上月末(百分点)", "比上年同月(百分点)", "目标", "与目标差距(百分点)", "名次", "参加排名",
		"履约率(项目)", "确认履约率(项目)", "履约率(人)", "续约率(年度)", "续签率(到期)", "有异议"}
	indicatorHeader = []string{"范围", "指标代码", "指标", "分子", "分母", "比率", "目标"}
)

func writeMonth(w *sheet.Writer, b MonthBody, by, at string) error {
	for _, r := range b.Rows {
		err := w.Write(sheet.Neutral(r.Scope.Name), r.Label, r.Residents, r.Signed, percent(r.Rate.Rate), number(r.PreviousMonth.Change), number(r.LastYear.Change), percent(r.Target), number(r.Gap),
			number(r.Rank), r.Ranked, percent(r.Fulfilment.Rate), percent(r.ConfirmedFulfilment.Rate), percent(r.FulfilmentPersons.Rate), percent(r.RenewalCohort.Rate), percent(r.RenewalExpiry.Rate), r.Disputed)
		if err != nil {
			return err
		}
	}
	if err := w.Next(sheet.Layout{Name: "健康管理指标", Header: indicatorHeader}); err != nil {
		return err
	}
	for i, r := range b.IndicatorRows {
		meaning := b.Indicators[i%len(b.Indicators)]
		if err := w.Write(sheet.Neutral(r.Scope.Name), string(r.Code), meaning.Label, r.Numerator, r.Denominator, percent(r.Rate), percent(meaning.Target)); err != nil {
			return err
		}
	}
	if err := w.Next(sheet.Layout{Name: "说明", Header: []string{"项目", "内容"}}); err != nil {
		return err
	}
	state := "月末数已封存,不再变动"
	if !b.Frozen {
		state = "未封存,截至统计日期"
	}
	for _, line := range [][2]string{
		{"月份", b.Month}, {"统计日期", b.AsOf.String()}, {"状态", state}, {"统计规则版本", b.RuleVersion}, {"比较:上月末", basisNote(b.PreviousMonth)}, {"比较:上年同月末", basisNote(b.LastYear)},
		{"名次", "在全区同类范围中按签约率排列,并列同名次,没有数值的不排名"}, {"制表人", sheet.Neutral(by)}, {"制表时间", at},
	} {
		if err := w.Write(line[0], line[1]); err != nil {
			return err
		}
	}
	return nil
}

func basisNote(b MonthBasis) string {
	switch b.Reason {
	case store.NotFrozen:
		return b.On.String() + "(未封存,不比较)"
	case store.NoData:
		return b.On.String() + "(没有数据,不比较)"
	}
	return b.On.String() + ",统计规则版本 " + b.RuleVersion
}

// percent is a rate as a cell; one without a value is empty.
func percent(p *float64) any {
	if p == nil {
		return nil
	}
	return sheet.Percent(*p)
}

// number is a number as a cell; one without a value is empty.
func number[N int | float64](n *N) any {
	if n == nil {
		return nil
	}
	return *n
}
