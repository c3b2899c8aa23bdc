package handlers

import (
	"context"

	"jiayi/models"
	"jiayi/models/store"
)

// EntitlementsInput names the resident, and the contract and year to look at.
type EntitlementsInput struct {
	IDInput
	ContractID models.ID `query:"contract_id" doc:"该居民的另一份合同;不填为今天履行中的合同"`
	Year       int       `query:"year" minimum:"1" maximum:"10" doc:"合同的第几年;不填为今天所在的一年,或最后一年"`
}

// Entitlements is what a contract promises in one of its years, and what was done.
type Entitlements struct {
	ResidentID  models.ID             `json:"resident_id"`
	AsOf        models.Date           `json:"as_of" doc:"数据所反映的日期"`
	Reason      string                `json:"reason,omitempty" enum:"no_contract,not_begun,never_began" doc:"没有内容的原因"`
	ReasonLabel string                `json:"reason_label,omitempty"`
	Contract    *EntitlementContract  `json:"contract,omitempty"`
	Year        *EntitlementYear      `json:"year,omitempty" doc:"约定的数量按合同年度计"`
	Packages    []EntitlementPackage  `json:"packages" nullable:"false"`
	Totals      EntitlementFulfilment `json:"totals"`
}

// EntitlementContract is the contract the promises are from.
type EntitlementContract struct {
	ID          models.ID   `json:"id"`
	No          string      `json:"no" doc:"协议编号"`
	Status      string      `json:"status"`
	StatusLabel string      `json:"status_label"`
	TeamID      models.ID   `json:"team_id"`
	BeginDate   models.Date `json:"begin_date,omitzero"`
	EndDate     models.Date `json:"end_date,omitzero"`
	StoppedOn   models.Date `json:"stopped_on,omitzero" doc:"提前终止:不再有效的第一天"`
}

// EntitlementYear is one year of a contract.
type EntitlementYear struct {
	Number int         `json:"number" doc:"第几年"`
	From   models.Date `json:"from"`
	Until  models.Date `json:"until" doc:"最后一天;提前终止的合同止于终止前一天"`
}

// EntitlementPackage is a package of the contract with its items.
type EntitlementPackage struct {
	PackageID models.ID         `json:"package_id"`
	Name      string            `json:"name"`
	Base      bool              `json:"base" doc:"基础包"`
	Items     []EntitlementItem `json:"items" nullable:"false"`
}

// EntitlementItem is one promised service.
type EntitlementItem struct {
	ItemID       models.ID   `json:"item_id"`
	Name         string      `json:"name"`
	Unit         string      `json:"unit"`
	Service      string      `json:"service" doc:"由哪种服务完成"`
	ServiceLabel string      `json:"service_label"`
	Promised     int         `json:"promised" doc:"本年度约定的数量"`
	Delivered    int         `json:"delivered" doc:"已提供,可能多于约定"`
	Done         int         `json:"done" doc:"已提供,不多于约定"`
	Due          int         `json:"due" doc:"到今天应完成的数量"`
	Confirmed    int         `json:"confirmed" doc:"已提供的当中,居民确认的"`
	Denied       int         `json:"denied" doc:"居民否认的,不计入已提供"`
	NextDueOn    models.Date `json:"next_due_on,omitzero" doc:"下一次应在该日之前完成;已过则为逾期"`
	State        string      `json:"state" enum:"done,pending,overdue,ended,on_demand"`
	StateLabel   string      `json:"state_label"`
}

// EntitlementFulfilment adds up what is due.
type EntitlementFulfilment struct {
	Due       int `json:"due" doc:"到今天应完成的数量"`
	Done      int `json:"done" doc:"其中已完成"`
	Confirmed int `json:"confirmed" doc:"其中居民已确认"`
	BaseDue   int `json:"base_due" doc:"基础包应完成的数量"`
	BaseDone  int `json:"base_done" doc:"其中已完成"`
}

// GetEntitlements answers GET /residents/{id}/entitlements.
func (h *Handlers) GetEntitlements(ctx context.Context, in *EntitlementsInput) (*Output[Entitlements], error) {
	f, err := h.as(ctx).Entitlements(ctx, in.ID, in.ContractID, in.Year)
	if err != nil {
		return nil, err
	}
	return &Output[Entitlements]{Body: entitlements(f)}, nil
}

func entitlements(f store.EntitlementFile) Entitlements {
	out := Entitlements{
		ResidentID: f.ResidentID, AsOf: f.AsOf, Reason: string(f.Why), ReasonLabel: models.NoEntitlementsLabels[f.Why], Packages: []EntitlementPackage{},
		Totals: EntitlementFulfilment{f.Total.ItemsDue, f.Total.ItemsDone, f.Total.ItemsConfirmed, f.Total.BaseDue, f.Total.BaseDone},
	}
	if c := f.Contract; c.ID != 0 {
		out.Contract = &EntitlementContract{c.ID, c.No, string(c.Status), models.ContractStatusLabels[c.Status], c.TeamID, c.BeginDate, c.EndDate, c.StoppedOn}
	}
	if f.Year.Number != 0 {
		out.Year = &EntitlementYear{f.Year.Number, f.Year.From, f.Year.Until}
	}
	for _, p := range f.Packages {
		shown := EntitlementPackage{p.Package.PackageID, p.Package.Name, p.Base, make([]EntitlementItem, len(p.Items))}
		for i, e := range p.Items {
			shown.Items[i] = entitlementItem(e, f.AsOf)
		}
		out.Packages = append(out.Packages, shown)
	}
	return out
}

func entitlementItem(e models.Entitlement, on models.Date) EntitlementItem {
	state := e.State(on)
	return EntitlementItem{
		ItemID: e.Item.ID, Name: e.Item.Name, Unit: e.Item.Unit, Service: string(e.Item.Service), ServiceLabel: models.ServiceLabel(e.Item.Service),
		Promised: e.Promised, Delivered: e.Delivered, Done: e.Done(), Due: e.Due, Confirmed: e.Confirmed, Denied: e.Denied, NextDueOn: e.NextDueOn,
		State: string(state), StateLabel: models.EntitlementStateLabels[state],
	}
}
