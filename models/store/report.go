package store

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"jiayi/internal/calendar"
	"jiayi/models"
)

// Why a month has no figure to compare with.
const (
	NotFrozen = "not_frozen" // its month-end is not published
	NoData    = "no_data"    // before the first day of tallies
	NoValue   = "no_value"   // nobody lived there then
)

// MonthQuery asks for the report of a month.
type MonthQuery struct {
	By                    models.ScopeKind
	Month                 models.Date // any day of it; zero for the running month
	Populations           []models.Population
	Indicators            []models.Indicator
	InstitutionID, TeamID models.ID // only scopes in them
}

// Basis is a month that the report compares with. Reason is "" when it can.
type Basis struct {
	On          models.Date
	RuleVersion string
	Reason      string
}

// Compared is the rate of another month beside a rate: a value, or the reason for none.
type Compared struct {
	Percent float64
	Reason  string // "" when there is a value
}

// MonthRow is one rate of the report.
type MonthRow struct {
	RateRow
	Before, LastYear Compared
	// Rank among all scopes of the kind in the district, Peers of them; 0 without a value.
	Rank, Peers int
}

// MonthReport is the report of a month: the figures of the screens on its last day, with
// what they are compared with. The running month is as of today and not frozen.
type MonthReport struct {
	Month            models.Date // its first day
	AsOf             models.Date
	RuleVersion      string
	Frozen           bool
	Before, LastYear Basis
	Rows             []MonthRow
	Targets          map[string]float64
	Indicators       IndicatorTable
}

// MonthReport reads the report of a month as one snapshot: ContractRates and Indicators of
// its last day, compared with the month-ends before and a year ago as they were published.
// It returns Invalid for a month to come or before the first tally, and for narrowing what
// cannot be narrowed.
func (v View) MonthReport(ctx context.Context, q MonthQuery) (MonthReport, error) {
	if err := q.check(v.Today()); err != nil {
		return MonthReport{}, err
	}
	var out MonthReport
	err := v.snapshot(ctx, func(db *gorm.DB) (err error) {
		out, err = v.monthIn(db, q)
		return err
	})
	if errors.Is(err, ErrNoTallies) {
		err = models.InvalidField("month", "no_data", "该月份没有统计数据")
	}
	return out, err
}

func (q *MonthQuery) check(today models.Date) error {
	if q.Month.IsZero() {
		q.Month = today
	}
	q.Month = calendar.NewDate(q.Month.Year(), q.Month.Month(), 1)
	switch {
	case q.Month.After(today):
		return models.InvalidField("month", "future", "月份不能晚于本月")
	case q.By == models.ScopeDistrict && q.InstitutionID != 0:
		return models.InvalidField("institution_id", "not_within", "按全区统计时不能指定机构")
	case q.TeamID != 0 && (q.By == models.ScopeDistrict || q.By == models.ScopeInstitution):
		return models.InvalidField("team_id", "not_within", "只有按团队或村(居)统计时才能指定团队")
	}
	return nil
}

func (v View) monthIn(db *gorm.DB, q MonthQuery) (MonthReport, error) {
	on := q.Month.MonthEnd()
	if on.After(v.Today()) {
		on = v.Today()
	}
	whole := v.As(models.System("report")) // ranks are among all, whoever reads them
	all, err := whole.ratesIn(db, RateQuery{By: q.By, On: on, Populations: q.Populations})
	if err != nil {
		return MonthReport{}, err
	}
	out := MonthReport{Month: q.Month, AsOf: all.AsOf, RuleVersion: all.RuleVersion, Frozen: all.Frozen, Targets: all.Targets}
	scopes, err := v.rateScopes(db, RateQuery{By: q.By, InstitutionID: q.InstitutionID, TeamID: q.TeamID})
	if err != nil {
		return out, err
	}
	seen := map[models.ID]bool{}
	for _, s := range scopes {
		seen[s.shown] = true
	}
	ranks, peers := ranksOf(all.Rows)
	var before, last map[rateKey]RateRow
	if out.Before, before, err = whole.basis(db, q, q.Month.AddDays(-1)); err != nil {
		return out, err
	}
	if out.LastYear, last, err = whole.basis(db, q, q.Month.AddYears(-1).MonthEnd()); err != nil {
		return out, err
	}
	for i, r := range all.Rows {
		if seen[r.ScopeID] {
			out.Rows = append(out.Rows, MonthRow{r, out.Before.of(before, r), out.LastYear.of(last, r), ranks[i], peers[r.Population]})
		}
	}
	out.Indicators, err = v.indicatorsIn(db, IndicatorQuery{By: q.By, On: on, Codes: q.Indicators, InstitutionID: q.InstitutionID, TeamID: q.TeamID})
	return out, err
}

type rateKey struct {
	scope      models.ID
	population models.Population
}

// basis reads the published month-end of a day; without one it says why.
func (v View) basis(db *gorm.DB, q MonthQuery, on models.Date) (Basis, map[rateKey]RateRow, error) {
	out := Basis{On: on}
	r, err := v.ratesIn(db, RateQuery{By: q.By, On: on, Populations: q.Populations})
	switch {
	case errors.Is(err, ErrNoTallies):
		out.Reason = NoData
		return out, nil, nil
	case err != nil:
		return out, nil, err
	case !r.Frozen || r.AsOf != on:
		out.Reason = NotFrozen
		return out, nil, nil
	}
	out.RuleVersion = r.RuleVersion
	rows := make(map[rateKey]RateRow, len(r.Rows))
	for _, row := range r.Rows {
		rows[rateKey{row.ScopeID, row.Population}] = row
	}
	return out, rows, nil
}

func (b Basis) of(rows map[rateKey]RateRow, r RateRow) Compared {
	if b.Reason != "" {
		return Compared{Reason: b.Reason}
	}
	if was := rows[rateKey{r.ScopeID, r.Population}]; was.Valued {
		return Compared{Percent: was.Percent}
	}
	return Compared{Reason: NoValue}
}

// ranksOf gives the place of every row among those of its population, and how many have one.
func ranksOf(rows []RateRow) ([]int, map[models.Population]int) {
	at := map[models.Population][]int{}
	for i, r := range rows {
		at[r.Population] = append(at[r.Population], i)
	}
	out, peers := make([]int, len(rows)), map[models.Population]int{}
	for p, list := range at {
		rates := make([]*float64, len(list))
		for j, i := range list {
			if rows[i].Valued {
				rates[j] = &rows[i].Percent
				peers[p]++
			}
		}
		for j, rank := range models.Ranks(rates) {
			out[list[j]] = rank
		}
	}
	return out, peers
}

// TrendQuery asks for one figure over the past months.
type TrendQuery struct {
	By         models.ScopeKind
	ID         models.ID // of the scope; 0 for the district
	Population models.Population
	Months     int // that are over
}

// TrendPoint is the figure at the end of one month, or the reason for none. The last one is
// of today and not frozen.
type TrendPoint struct {
	On          models.Date
	RuleVersion string
	Frozen      bool
	Reason      string
	RateRow
}

// Trend reads one figure at the published month-ends of the past months, and today, as one
// snapshot. It returns NotFound for a scope that is not the actor's.
func (v View) Trend(ctx context.Context, q TrendQuery) ([]TrendPoint, error) {
	if q.By == models.ScopeDistrict {
		q.ID = 0
	} else if q.ID == 0 {
		return nil, models.InvalidField("id", "required", "请指明范围 id")
	}
	var out []TrendPoint
	err := v.snapshot(ctx, func(db *gorm.DB) error {
		out = nil
		today := v.Today()
		first := calendar.NewDate(today.Year(), today.Month(), 1)
		for k := q.Months; k >= 0; k-- {
			p := TrendPoint{On: first.AddMonths(-k).MonthEnd()}
			if k == 0 {
				p.On = today
			}
			r, err := v.ratesIn(db, RateQuery{By: q.By, On: p.On, Populations: []models.Population{q.Population}, Only: q.ID})
			switch {
			case errors.Is(err, ErrNoTallies):
				p.Reason = NoData
			case err != nil:
				return err
			case len(r.Rows) == 0:
				return models.ErrNotFound
			case k > 0 && (!r.Frozen || r.AsOf != p.On):
				p.Reason = NotFrozen
			default:
				p.RuleVersion, p.Frozen, p.RateRow = r.RuleVersion, r.Frozen, r.Rows[0]
				if !p.Valued {
					p.Reason = NoValue
				}
			}
			out = append(out, p)
		}
		return nil
	})
	return out, err
}
