package handlers

import (
	"context"
	"strings"

	"jiayi/models"
	"jiayi/models/store"
)

// RatesInput asks for contract rates.
type RatesInput struct {
	By         models.ScopeKind `query:"by" enum:"district,institution,team,village,panel" default:"district" doc:"按什么范围;panel 为团队的签约居民"`
	On         models.Date      `query:"on" doc:"统计日期,默认今天"`
	Population string           `query:"population" maxLength:"100" default:"all" doc:"all、key 或人群代码,可用逗号分隔多个,each 为全部"`
	Within     models.ID        `query:"within" doc:"只看该机构之内"`
	TeamID     models.ID        `query:"team_id" doc:"只看该团队(及其村居)"`
}

// RatesOutput is a table of contract rates.
type RatesOutput struct {
	Body struct {
		AsOf        models.Date `json:"as_of" doc:"数据所反映的日期"`
		RuleVersion string      `json:"rule_version"`
		Frozen      bool        `json:"frozen" doc:"已发布的月末数,不再变动"`
		Rows        []Rate      `json:"rows" nullable:"false"`
	}
}

// Rate is one contract rate with numerator and denominator.
type Rate struct {
	Scope      Scope             `json:"scope"`
	Population models.Population `json:"population"`
	Label      string            `json:"label"`
	Residents  int               `json:"residents" doc:"常住居民(分母)"`
	Signed     int               `json:"signed" doc:"其中已签约(分子)"`
	Rate       *float64          `json:"rate" doc:"百分比,两位小数;分母为 0 时为 null"`
	Disputed   int               `json:"disputed" doc:"其中居民提出异议、尚未处理的合同"`
	Target     *float64          `json:"target" doc:"本年度目标值;未设置时为 null"`
	Beside
}

// Beside is what stands beside a contract rate: whether the signed are served, and stay.
type Beside struct {
	Fulfilment          Ratio `json:"fulfilment" doc:"履约率(项目):本合同年度到期项目中已完成的"`
	FulfilmentPersons   Ratio `json:"fulfilment_persons" doc:"履约率(人):基础包到期项目全部完成的签约居民"`
	ConfirmedFulfilment Ratio `json:"confirmed_fulfilment" doc:"经居民确认的履约率(项目)"`
	RenewalCohort       Ratio `json:"renewal_cohort" doc:"续约率:上年末签约的居民中仍在签约的"`
	RenewalExpiry       Ratio `json:"renewal_expiry" doc:"续签率:年内到期的居民中30天内续签的"`
}

// Ratio is a rate with numerator and denominator.
type Ratio struct {
	Numerator   int      `json:"numerator"`
	Denominator int      `json:"denominator"`
	Rate        *float64 `json:"rate" doc:"百分比,两位小数;分母为 0 时为 null"`
}

func ratio(numerator, denominator int) Ratio {
	r := Ratio{Numerator: numerator, Denominator: denominator}
	if percent, ok := models.Rate(numerator, denominator); ok {
		r.Rate = &percent
	}
	return r
}

func beside(f models.Figures) Beside {
	return Beside{
		Fulfilment: ratio(f.ItemsDone, f.ItemsDue), FulfilmentPersons: ratio(f.PersonsDone, f.PersonsDue), ConfirmedFulfilment: ratio(f.ItemsConfirmed, f.ItemsDue),
		RenewalCohort: ratio(f.Kept, f.Cohort), RenewalExpiry: ratio(f.Renewed, f.Expired),
	}
}

// Scope is what a figure is about.
type Scope struct {
	Kind models.ScopeKind `json:"kind"`
	ID   models.ID        `json:"id"`
	Name string           `json:"name"`
}

// ContractRates answers GET /stats/contract-rates.
func (h *Handlers) ContractRates(ctx context.Context, in *RatesInput) (*RatesOutput, error) {
	populations, err := readPopulations(in.Population)
	if err != nil {
		return nil, err
	}
	r, err := h.as(ctx).ContractRates(ctx, store.RateQuery{By: in.By, On: in.On, Populations: populations, Within: in.Within, TeamID: in.TeamID})
	if err != nil {
		return nil, err
	}
	out := &RatesOutput{}
	out.Body.AsOf, out.Body.RuleVersion, out.Body.Frozen, out.Body.Rows = r.AsOf, r.RuleVersion, r.Frozen, make([]Rate, len(r.Rows))
	for i, row := range r.Rows {
		out.Body.Rows[i] = rate(row, r.Targets)
	}
	return out, nil
}

// rate shows one contract rate with the target of its population.
func rate(row store.RateRow, targets map[string]float64) Rate {
	out := Rate{Scope: Scope{row.Kind, row.ScopeID, row.Name}, Population: row.Population, Label: row.Population.Label(),
		Residents: row.Residents, Signed: row.Signed, Disputed: row.Disputed, Beside: beside(row.Figures)}
	if row.Valued {
		out.Rate = &row.Percent
	}
	if target, ok := targets[row.Population.TargetCode()]; ok {
		out.Target = &target
	}
	return out
}

// readPopulations reads a comma-separated list of populations; "each" is all of them.
func readPopulations(text string) ([]models.Population, error) {
	if text == "each" {
		return models.Counted, nil
	}
	var out []models.Population
	for _, code := range strings.Split(text, ",") {
		p := models.Population(strings.TrimSpace(code))
		if !p.Known() {
			return nil, models.InvalidField("population", "enum", "人群应为 all、key 或人群代码表中的代码")
		}
		out = append(out, p)
	}
	return out, nil
}

// RateResidentsInput names one figure of the contract rates.
type RateResidentsInput struct {
	PageInput
	By         models.ScopeKind  `query:"by" enum:"district,institution,team,village,panel" default:"district"`
	ID         models.ID         `query:"id" doc:"范围 id;by=district 时可省略"`
	Population models.Population `query:"population" maxLength:"4" default:"all"`
	Signed     string            `query:"signed" enum:"true,false" doc:"true 只看分子,false 只看未签约"`
}

// RateResidents answers GET /stats/contract-rates/residents: exactly the residents a
// figure of today counts.
func (h *Handlers) RateResidents(ctx context.Context, in *RateResidentsInput) (*ListOutput[Resident], error) {
	if in.By != models.ScopeDistrict && in.ID == 0 {
		return nil, models.InvalidField("id", "required", "请指明范围 id")
	}
	list, err := h.as(ctx).Residents(ctx, store.ResidentFilter{
		CountedIn: store.Area{Kind: in.By, ID: in.ID}, Population: in.Population, Signed: flag(in.Signed),
	}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, h.resident(ctx)), nil
}
