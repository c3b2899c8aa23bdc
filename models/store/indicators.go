package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// IndicatorQuery asks for indicators of care.
type IndicatorQuery struct {
	By     models.ScopeKind
	On     models.Date // zero for today
	Codes  []models.Indicator
	Within models.ID // only scopes below this institution; 0 for all
	// InstitutionID and TeamID narrow to the scopes in them, themselves included.
	InstitutionID, TeamID models.ID
}

// IndicatorRow is one indicator of one scope. Percent has no meaning unless Valued, Target
// none unless Targeted.
type IndicatorRow struct {
	Kind                   models.ScopeKind
	ScopeID                models.ID
	Name                   string
	Spec                   models.IndicatorSpec
	Numerator, Denominator int
	Percent                float64
	Valued                 bool
	Target                 float64
	Targeted               bool
}

// IndicatorTable is an answer to an IndicatorQuery: AsOf is the day it stands for.
type IndicatorTable struct {
	AsOf        models.Date
	RuleVersion string
	Frozen      bool
	Rows        []IndicatorRow
}

// Indicators answers from the tallies, like ContractRates and at the same cost: it does
// not grow with the number of residents. Days before the first tally and in the future are
// refused.
func (v View) Indicators(ctx context.Context, q IndicatorQuery) (IndicatorTable, error) {
	var out IndicatorTable
	err := v.snapshot(ctx, func(db *gorm.DB) (err error) {
		out, err = v.indicatorsIn(db, q)
		return err
	})
	return out, err
}

// indicatorsIn is Indicators within a snapshot.
func (v View) indicatorsIn(db *gorm.DB, q IndicatorQuery) (IndicatorTable, error) {
	today := v.Today()
	if q.On.IsZero() {
		q.On = today
	}
	if q.On.After(today) {
		return IndicatorTable{}, models.InvalidField("on", "future", "统计日期不能晚于今天")
	}
	rq := RateQuery{By: q.By, On: q.On, Within: q.Within, InstitutionID: q.InstitutionID, TeamID: q.TeamID}
	scopes, err := v.rateScopes(db, rq)
	if err != nil {
		return IndicatorTable{}, err
	}
	rq.Populations = figuresBehind(q.Codes)
	sums, day, err := v.tallyAt(db, rq)
	if err != nil {
		return IndicatorTable{}, err
	}
	targets, err := targetsOf(db, q.On.Year())
	if err != nil {
		return IndicatorTable{}, err
	}
	out := IndicatorTable{AsOf: q.On, RuleVersion: day.RuleVersion, Frozen: day.Frozen}
	if q.On.Before(today) {
		out.AsOf = day.Day
	}
	for _, sc := range scopes {
		of := func(p models.Population) models.Figures {
			return sums[tallyKey{kind: q.By, scope: sc.id, population: p}]
		}
		for _, code := range q.Codes {
			spec, _ := code.Spec()
			row := IndicatorRow{Kind: q.By, ScopeID: sc.shown, Name: sc.name, Spec: spec}
			row.Numerator, row.Denominator = spec.Count(of, targets)
			row.Percent, row.Valued = models.Rate(row.Numerator, row.Denominator)
			row.Target, row.Targeted = targets[string(code)]
			out.Rows = append(out.Rows, row)
		}
	}
	return out, nil
}

// figuresBehind are the tallies that the indicators are computed from.
func figuresBehind(codes []models.Indicator) []models.Population {
	var out []models.Population
	for _, code := range codes {
		spec, _ := code.Spec()
		out = append(out, models.Population(code))
		if spec.From != "" {
			out = append(out, models.Population(spec.From))
		}
		if spec.Of != "" {
			out = append(out, spec.Of)
		}
	}
	return out
}

// CareFilter chooses the residents behind one indicator: those counted in it, or only
// those who meet it, or who do not.
type CareFilter struct {
	Indicator models.Indicator
	Met       *bool
}

// of narrows residents to those the figure counts today, by their stored standings.
func (f CareFilter) of(db *gorm.DB) (*gorm.DB, error) {
	const care = "EXISTS (SELECT 1 FROM care_standings c WHERE c.resident_id = residents.id AND "
	spec, ok := f.Indicator.Spec()
	bit := int64(f.Indicator.Bit())
	switch {
	case !ok:
		return db, models.InvalidField("code", "enum", "没有这一指标")
	case spec.From != "": // an estimate has nobody behind it; its numerator has
		return db.Where(care+"c.of_set & ? <> 0)", int64(spec.From.Bit())), nil
	case spec.Of == "":
		db = db.Where(care+"c.of_set & ? <> 0)", bit)
	case bit == 0: // 建档率 counts everyone
		return db, nil
	}
	switch {
	case f.Met == nil:
	case *f.Met:
		db = db.Where(care+"c.met_set & ? <> 0)", bit)
	default:
		db = db.Where("NOT "+care+"c.met_set & ? <> 0)", bit)
	}
	return db, nil
}
