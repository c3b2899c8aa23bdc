package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/clinical"
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
	Active     bool          `json:"active" doc:"在用;停用的服务包只在已签合同中继续履行"`
	Version    int           `json:"version"`
	Items      []PackageItem `json:"items" nullable:"false"`
}

func servicePackage(p models.Package) Package {
	out := Package{p.ID, p.Code, p.Name, p.Base, string(p.Population), p.Population.Label(), p.PriceCents, p.OwnCents(), p.Intro, p.Active, p.Version, []PackageItem{}}
	for _, i := range p.Items {
		out.Items = append(out.Items, PackageItem{i.ID, i.Name, i.Unit, i.Quota, i.OnDemand, i.MinAge, string(i.Service)})
	}
	return out
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
func (h *Handlers) ListPackages(ctx context.Context, in *struct {
	All bool `query:"all" doc:"包括已停用的"`
}) (*ListOutput[Package], error) {
	rows, err := h.as(ctx).Packages(ctx, in.All)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[models.Package]{Items: rows}, servicePackage), nil
}

// AddPackageInput is a new service package.
type AddPackageInput struct {
	Body struct {
		Code       string            `json:"code" maxLength:"8" doc:"服务包编码,不能重复"`
		Name       string            `json:"name" maxLength:"64"`
		Base       bool              `json:"base,omitempty" doc:"基础包;替换原基础包"`
		Population models.Population `json:"population,omitempty" maxLength:"4" doc:"适用人群代码,不填为所有居民"`
		PriceCents int64             `json:"price_cents" doc:"年价,分"`
		PayerCents int64             `json:"payer_cents" doc:"其中由基金和公卫经费支付的部分,分"`
		Intro      string            `json:"intro,omitempty" maxLength:"255"`
		Items      []NewPackageItem  `json:"items" minItems:"1" maxItems:"30"`
		ReplacesID models.ID         `json:"replaces_id,omitzero" doc:"被替换的服务包,此后不再签约"`
	}
}

// NewPackageItem is one promised service of a new package.
type NewPackageItem struct {
	Name     string           `json:"name" maxLength:"64"`
	Unit     string           `json:"unit" maxLength:"8"`
	Quota    int              `json:"quota" doc:"每年数量"`
	OnDemand bool             `json:"on_demand,omitempty"`
	MinAge   int              `json:"min_age,omitempty"`
	Service  clinical.Service `json:"service" maxLength:"32" doc:"由哪种服务完成"`
}

func packageOutput(k models.Package, err error) (*Output[Package], error) {
	if err != nil {
		return nil, err
	}
	return &Output[Package]{etag(k.Version), servicePackage(k)}, nil
}

// AddPackage answers POST /packages.
func (h *Handlers) AddPackage(ctx context.Context, in *AddPackageInput) (*Output[Package], error) {
	b := in.Body
	k := models.Package{Code: b.Code, Name: b.Name, Base: b.Base, Population: b.Population, PriceCents: b.PriceCents, PayerCents: b.PayerCents, Intro: b.Intro}
	for _, i := range b.Items {
		k.Items = append(k.Items, models.PackageItem{Name: i.Name, Unit: i.Unit, Quota: i.Quota, OnDemand: i.OnDemand, MinAge: i.MinAge, Service: i.Service})
	}
	return packageOutput(h.as(ctx).AddPackage(ctx, k, b.ReplacesID))
}

// RetirePackage answers POST /packages/{id}/retire.
func (h *Handlers) RetirePackage(ctx context.Context, in *struct {
	IDInput
	MatchInput
}) (*Output[Package], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return packageOutput(h.as(ctx).RetirePackage(ctx, in.ID, version))
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
	return &Output[Template]{Body: templateVersion(t)}, nil
}

func templateVersion(t models.Template) Template {
	return Template{t.ID, t.Version, t.Title, t.Body, t.BeginsOn}
}

// ListTemplates answers GET /agreement-templates.
func (h *Handlers) ListTemplates(ctx context.Context, _ *struct{}) (*ListOutput[Template], error) {
	rows, err := h.as(ctx).Templates(ctx)
	if err != nil {
		return nil, err
	}
	return listOf(store.List[models.Template]{Items: rows}, templateVersion), nil
}

// AddTemplate answers POST /agreement-templates.
func (h *Handlers) AddTemplate(ctx context.Context, in *struct {
	Body struct {
		Title    string      `json:"title" maxLength:"128"`
		Body     string      `json:"body" maxLength:"60000" doc:"协议正文模板,占位符同现行文本"`
		BeginsOn models.Date `json:"begins_on" doc:"启用日期,晚于今天"`
	}
}) (*Output[Template], error) {
	t, err := h.as(ctx).AddTemplate(ctx, models.Template{Title: in.Body.Title, Body: in.Body.Body, BeginsOn: in.Body.BeginsOn})
	if err != nil {
		return nil, err
	}
	return &Output[Template]{Body: templateVersion(t)}, nil
}
