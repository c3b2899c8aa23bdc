package handlers

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/models"
	"jiayi/models/store"
)

// Dashboard are the figures of many scopes and all populations at once. A figure is a list
// of lists: one list for each scope, in it one number for each population. The numbers are
// those of /stats/contract-rates.
type Dashboard struct {
	AsOf        models.Date           `json:"as_of"`
	RuleVersion string                `json:"rule_version"`
	Frozen      bool                  `json:"frozen" doc:"已发布的月末数,不再变动"`
	By          string                `json:"by"`
	Populations []DashboardPopulation `json:"populations" nullable:"false"`
	Scopes      []DashboardScope      `json:"scopes" nullable:"false"`
	Residents   [][]int               `json:"residents" nullable:"false" doc:"常住居民;每个范围一行,每个人群一列"`
	Signed      [][]int               `json:"signed" nullable:"false" doc:"其中已签约"`
	Rate        [][]*float64          `json:"rate" nullable:"false" doc:"签约率,%;分母为0时为 null"`
	Fulfilment  [][]*float64          `json:"fulfilment" nullable:"false" doc:"履约率(项目),%"`
	Persons     [][]*float64          `json:"fulfilment_persons" nullable:"false" doc:"履约率(人),%"`
	Confirmed   [][]*float64          `json:"confirmed_fulfilment" nullable:"false" doc:"经居民确认的履约率,%"`
	Renewal     [][]*float64          `json:"renewal_expiry" nullable:"false" doc:"续签率,%"`
}

// DashboardPopulation is one column.
type DashboardPopulation struct {
	Code   models.Population `json:"code"`
	Label  string            `json:"label"`
	Target *float64          `json:"target" doc:"本年度目标值;未设置时为 null"`
}

// DashboardScope is one row.
type DashboardScope struct {
	ID       models.ID `json:"id"`
	Name     string    `json:"name"`
	Disputed int       `json:"disputed" doc:"居民提出异议、尚未处理的合同"`
}

// DashboardInput asks for a dashboard.
type DashboardInput struct {
	By     models.ScopeKind `query:"by" enum:"district,institution,team,village,panel" default:"institution"`
	On     models.Date      `query:"on" doc:"统计日期,默认今天"`
	Within models.ID        `query:"within" doc:"只看该机构之内"`
	TeamID models.ID        `query:"team_id" doc:"只看该团队(及其村居)"`
	Known  string           `header:"If-None-Match" maxLength:"128" doc:"已有的 ETag;没有变化时答复 304"`
}

func dashboard(d store.Dashboard) ([]byte, error) {
	out := Dashboard{AsOf: d.AsOf, RuleVersion: d.RuleVersion, Frozen: d.Frozen, By: string(d.By), Scopes: []DashboardScope{}}
	for _, p := range d.Populations {
		column := DashboardPopulation{Code: p, Label: p.Label()}
		if target, ok := d.Targets[p.TargetCode()]; ok {
			column.Target = &target
		}
		out.Populations = append(out.Populations, column)
	}
	count := func(of func(models.Figures) int) [][]int {
		rows := make([][]int, len(d.Figures))
		for i, row := range d.Figures {
			for _, f := range row {
				rows[i] = append(rows[i], of(f))
			}
		}
		return rows
	}
	share := func(of func(models.Figures) (numerator, denominator int)) [][]*float64 {
		rows := make([][]*float64, len(d.Figures))
		for i, row := range d.Figures {
			for _, f := range row {
				rows[i] = append(rows[i], ratio(of(f)).Rate)
			}
		}
		return rows
	}
	for _, s := range d.Scopes {
		out.Scopes = append(out.Scopes, DashboardScope{s.ID, s.Name, s.Disputed})
	}
	out.Residents = count(func(f models.Figures) int { return f.Residents })
	out.Signed = count(func(f models.Figures) int { return f.Signed })
	out.Rate = share(func(f models.Figures) (int, int) { return f.Signed, f.Residents })
	out.Fulfilment = share(func(f models.Figures) (int, int) { return f.ItemsDone, f.ItemsDue })
	out.Persons = share(func(f models.Figures) (int, int) { return f.PersonsDone, f.PersonsDue })
	out.Confirmed = share(func(f models.Figures) (int, int) { return f.ItemsConfirmed, f.ItemsDue })
	out.Renewal = share(func(f models.Figures) (int, int) { return f.Renewed, f.Expired })
	return json.Marshal(out)
}

// GetDashboard answers GET /stats/dashboard.
func (h *Handlers) GetDashboard(ctx context.Context, in *DashboardInput) (*huma.StreamResponse, error) {
	body, mark, err := h.as(ctx).Dashboard(ctx, store.RateQuery{By: in.By, On: in.On, Within: in.Within, TeamID: in.TeamID}, "json", dashboard)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(mark))
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("ETag", tag)
		hc.SetHeader("Content-Type", "application/json")
		if strings.Contains(in.Known, tag) {
			hc.SetStatus(http.StatusNotModified)
			return
		}
		_, _ = hc.BodyWriter().Write(body) // a client that has gone is no failure of ours
	}}, nil
}
