package handlers

import (
	"context"
	"slices"
	"strings"

	"jiayi/models"
	"jiayi/models/store"
)

// IndicatorsInput asks for indicators of care.
type IndicatorsInput struct {
	By     models.ScopeKind `query:"by" enum:"district,institution,team,village,panel" default:"district" doc:"按什么范围;panel 为团队的签约居民"`
	On     models.Date      `query:"on" doc:"统计日期,默认今天;统计期为当年1月1日至该日"`
	Code   string           `query:"code" maxLength:"200" default:"each" doc:"指标代码,可用逗号分隔多个,each 为全部"`
	Within models.ID        `query:"within" doc:"只看该机构之内"`
	TeamID models.ID        `query:"team_id" doc:"只看该团队(及其村居)"`
}

// Indicator is one indicator of one scope, with numerator and denominator.
type Indicator struct {
	Scope       Scope            `json:"scope"`
	Code        models.Indicator `json:"code"`
	Numerator   int              `json:"numerator"`
	Denominator int              `json:"denominator"`
	Rate        *float64         `json:"rate" doc:"百分比,两位小数;分母为 0 时为 null"`
	Reached     *bool            `json:"reached" doc:"是否达到目标;没有目标或没有数值时为 null"`
}

// IndicatorMeaning says what an indicator of the table counts, and its target.
type IndicatorMeaning struct {
	Code        models.Indicator `json:"code"`
	Label       string           `json:"label"`
	Numerator   string           `json:"numerator" doc:"分子"`
	Denominator string           `json:"denominator" doc:"分母"`
	Clause      string           `json:"clause"`
	Target      *float64         `json:"target" doc:"本年度目标值;未设置时为 null"`
}

// IndicatorsOutput is a table of indicators.
type IndicatorsOutput struct {
	Body struct {
		AsOf        models.Date        `json:"as_of" doc:"数据所反映的日期"`
		RuleVersion string             `json:"rule_version"`
		Frozen      bool               `json:"frozen" doc:"已发布的月末数,不再变动"`
		Indicators  []IndicatorMeaning `json:"indicators" nullable:"false" doc:"表中各指标的含义"`
		Rows        []Indicator        `json:"rows" nullable:"false"`
	}
}

// Indicators answers GET /stats/indicators.
func (h *Handlers) Indicators(ctx context.Context, in *IndicatorsInput) (*IndicatorsOutput, error) {
	codes, err := readIndicators(in.Code)
	if err != nil {
		return nil, err
	}
	t, err := h.as(ctx).Indicators(ctx, store.IndicatorQuery{By: in.By, On: in.On, Codes: codes, Within: in.Within, TeamID: in.TeamID})
	if err != nil {
		return nil, err
	}
	out := &IndicatorsOutput{}
	out.Body.Indicators, out.Body.Rows = indicators(t, len(codes))
	out.Body.AsOf, out.Body.RuleVersion, out.Body.Frozen = t.AsOf, t.RuleVersion, t.Frozen
	return out, nil
}

// indicators shows a table of so many indicators a scope, and what they mean.
func indicators(t store.IndicatorTable, codes int) ([]IndicatorMeaning, []Indicator) {
	meanings, rows := []IndicatorMeaning{}, make([]Indicator, len(t.Rows))
	for i, r := range t.Rows {
		row := Indicator{Scope: Scope{r.Kind, r.ScopeID, r.Name}, Code: r.Spec.Code, Numerator: r.Numerator, Denominator: r.Denominator}
		if r.Valued {
			row.Rate = &r.Percent
		}
		if r.Targeted && r.Valued {
			row.Reached = new(r.Percent >= r.Target)
		}
		rows[i] = row
		if i < codes { // the first scope names them all
			meaning := IndicatorMeaning{Code: r.Spec.Code, Label: r.Spec.Label, Numerator: r.Spec.Numerator, Denominator: r.Spec.Denominator, Clause: r.Spec.Clause}
			if r.Targeted {
				meaning.Target = &r.Target
			}
			meanings = append(meanings, meaning)
		}
	}
	return meanings, rows
}

// readIndicators reads a comma-separated list of the management indicators.
func readIndicators(text string) ([]models.Indicator, error) {
	var all []models.Indicator
	for _, s := range models.Indicators {
		if !s.Beside {
			all = append(all, s.Code)
		}
	}
	if text == "each" {
		return all, nil
	}
	var out []models.Indicator
	for _, code := range strings.Split(text, ",") {
		i := models.Indicator(strings.ToUpper(strings.TrimSpace(code)))
		if !slices.Contains(all, i) {
			return nil, models.InvalidField("code", "enum", "指标代码不存在")
		}
		out = append(out, i)
	}
	return out, nil
}

// IndicatorResidentsInput names one figure of an indicator.
type IndicatorResidentsInput struct {
	PageInput
	By   models.ScopeKind `query:"by" enum:"district,institution,team,village,panel" default:"district"`
	ID   models.ID        `query:"id" doc:"范围 id;by=district 时可省略"`
	Code models.Indicator `query:"code" maxLength:"8" doc:"指标代码" example:"H01"`
	Met  string           `query:"met" enum:"true,false" doc:"true 只看分子,false 只看未达到的"`
}

// IndicatorResidents answers GET /stats/indicators/residents: exactly the residents a
// figure of today counts.
func (h *Handlers) IndicatorResidents(ctx context.Context, in *IndicatorResidentsInput) (*ListOutput[Resident], error) {
	if in.By != models.ScopeDistrict && in.ID == 0 {
		return nil, models.InvalidField("id", "required", "请指明范围 id")
	}
	if in.Code == "" {
		return nil, models.InvalidField("code", "required", "请指明指标代码")
	}
	list, err := h.as(ctx).Residents(ctx, store.ResidentFilter{
		CountedIn: store.Area{Kind: in.By, ID: in.ID}, Care: store.CareFilter{Indicator: in.Code, Met: flag(in.Met)},
	}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.resident(ctx)), nil
}

// Target is what the district wants of a figure in a year.
type Target struct {
	Year    int     `json:"year"`
	Code    string  `json:"code" doc:"指标代码;签约率为 rate. 加人群代码;估算患病率为 H00.prevalence 等"`
	Label   string  `json:"label"`
	Percent float64 `json:"percent"`
	Version int     `json:"version"`
}

// TargetsInput asks for the targets of a year.
type TargetsInput struct {
	Year int `query:"year" minimum:"2020" maximum:"2100" doc:"年度,默认今年"`
}

// ListTargets answers GET /targets.
func (h *Handlers) ListTargets(ctx context.Context, in *TargetsInput) (*ListOutput[Target], error) {
	if in.Year == 0 {
		in.Year = h.Store.Today().Year()
	}
	rows, err := h.as(ctx).Targets(ctx, in.Year)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[models.Target]{Items: rows}, target), nil
}

func target(t models.Target) Target {
	return Target{t.Year, t.Code, t.Label(), t.Percent, t.Version}
}

// SetTargetInput sets a target.
type SetTargetInput struct {
	MatchInput
	Body struct {
		Year    int     `json:"year" minimum:"2020" maximum:"2100"`
		Code    string  `json:"code" maxLength:"32" example:"H01"`
		Percent float64 `json:"percent" minimum:"0" maximum:"100"`
	}
}

// SetTarget answers POST /targets.
func (h *Handlers) SetTarget(ctx context.Context, in *SetTargetInput) (*Output[Target], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	t, err := h.as(ctx).SetTarget(ctx, models.Target{Year: in.Body.Year, Code: in.Body.Code, Percent: in.Body.Percent}, version)
	if err != nil {
		return nil, err
	}
	return &Output[Target]{ETag: etag(t.Version), Body: target(t)}, nil
}
