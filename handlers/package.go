package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// Package is a service package; prices are in cents a year.
type Package struct {
	ID         models.ID     `json:"id"`
	Code       string        `json:"code"`
	Name       string        `json:"name"`
	Base       bool          `json:"base" doc:"基础包,每份合同都包含"`
	Population string        `json:"population,omitempty" doc:"适用人群"`
	Label      string        `json:"population_label,omitempty"`
	PriceCents int64         `json:"price_cents" doc:"年价,分"`
	OwnCents   int64         `json:"own_cents" doc:"居民自付,分"`
	Intro      string        `json:"intro,omitempty"`
	Items      []PackageItem `json:"items" nullable:"false"`
}

// PackageItem is one promised service with its yearly quota.
type PackageItem struct {
	ID       models.ID `json:"id"`
	Name     string    `json:"name"`
	Unit     string    `json:"unit"`
	Quota    int       `json:"quota" doc:"每年数量"`
	OnDemand bool      `json:"on_demand" doc:"按需提供:数量为上限,不计入应履约项目"`
	MinAge   int       `json:"min_age,omitempty" doc:"适用的最小年龄"`
	Service  string    `json:"service" doc:"由哪种服务完成:随访项目或服务代码"`
}

// ListPackages answers GET /packages.
func (h *Handlers) ListPackages(ctx context.Context, _ *struct{}) (*ListOutput[Package], error) {
	rows, err := h.as(ctx).Packages(ctx)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[models.Package]{Items: rows}, func(p models.Package) Package {
		out := Package{p.ID, p.Code, p.Name, p.Base, string(p.Population), p.Population.Label(), p.PriceCents, p.OwnCents(), p.Intro, []PackageItem{}}
		for _, i := range p.Items {
			out.Items = append(out.Items, PackageItem{i.ID, i.Name, i.Unit, i.Quota, i.OnDemand, i.MinAge, string(i.Service)})
		}
		return out
	}), nil
}

// Template is one version of the agreement text.
type Template struct {
	ID       models.ID   `json:"id"`
	Version  int         `json:"version"`
	Title    string      `json:"title"`
	Body     string      `json:"body" doc:"协议正文模板"`
	BeginsOn models.Date `json:"begins_on"`
}

// GetTemplate answers GET /agreement-template.
func (h *Handlers) GetTemplate(ctx context.Context, _ *struct{}) (*Output[Template], error) {
	t, err := h.as(ctx).CurrentTemplate(ctx)
	if err != nil {
		return nil, err
	}
	return &Output[Template]{Body: Template{t.ID, t.Version, t.Title, t.Body, t.BeginsOn}}, nil
}
