package store

import (
	"context"

	"gorm.io/gorm"

	"jiayi/models"
)

// EntitlementFile is what one contract promises a resident in one of its years, and what
// came of it by AsOf. Why says why there is nothing in it; then Packages is empty.
type EntitlementFile struct {
	ResidentID models.ID
	AsOf       models.Date
	Why        models.NoEntitlements
	Contract   models.Contract // zero when there is none
	Year       models.ContractYear
	Packages   []PackageEntitlements
	Total      models.Fulfilment
}

// PackageEntitlements are the entitlements of one package of a contract.
type PackageEntitlements struct {
	Package models.ContractPackage // name and price as they were signed
	Base    bool
	Items   []models.Entitlement
}

// Entitlements tells what a resident was promised and what was done, witnessed. Without a
// contract it is about the one in force today; another contract of the same resident may be
// named, and ErrNotFound is for one of somebody else. Year counts from 1; 0 is the year
// that holds today, or the last one. A year the contract does not have, or that has not
// begun, is Invalid.
func (v View) Entitlements(ctx context.Context, resident, contract models.ID, year int) (EntitlementFile, error) {
	db := v.query(ctx)
	out := EntitlementFile{ResidentID: resident, AsOf: v.Today()}
	r, err := v.resident(db, resident)
	if err != nil {
		return out, err
	}
	if contract == 0 {
		out.Contract, err = contractInForce(db, resident, out.AsOf)
	} else {
		err = notFound(db.Preload("Packages").Take(&out.Contract, "id = ? AND resident_id = ?", contract, resident).Error)
	}
	if err != nil {
		return out, err
	}
	if err := out.choose(year); err != nil {
		return out, err
	}
	if out.Why == "" {
		if err := out.fill(db, r.BirthDate); err != nil {
			return out, err
		}
	}
	return out, v.witnessed(ctx, "entitlement.read", "contract", out.Contract.ID, resident)
}

// contractInForce is the resident's contract in force on the day, zero when there is none.
func contractInForce(db *gorm.DB, resident models.ID, day models.Date) (models.Contract, error) {
	var rows []models.Contract
	if err := db.Preload("Packages").Order("id").Find(&rows, "resident_id = ? AND begin_date <= ? AND end_date >= ?", resident, day, day).Error; err != nil {
		return models.Contract{}, err
	}
	for _, c := range rows {
		if c.InForceOn(day) {
			return c, nil
		}
	}
	return models.Contract{}, nil
}

// choose picks the year of the contract, or says why there is none.
func (f *EntitlementFile) choose(year int) error {
	c, ok := f.Contract, false
	switch {
	case c.ID == 0:
		f.Why = models.NoContract
	case c.LastDay().IsZero():
		f.Why = models.NeverBegan
	case f.AsOf.Before(c.BeginDate):
		f.Why = models.NotBegun
	case year == 0:
		f.Year, _ = c.YearOn(f.AsOf)
	default:
		if f.Year, ok = c.Year(year); !ok {
			return models.InvalidField("year", "out_of_range", "该合同没有这一年度")
		}
		if f.Year.From.After(f.AsOf) {
			return models.InvalidField("year", "future", "该合同年度尚未开始")
		}
	}
	return nil
}

// fill reckons the year of the contract.
func (f *EntitlementFile) fill(db *gorm.DB, born models.Date) error {
	ids := make([]models.ID, len(f.Contract.Packages))
	for i, p := range f.Contract.Packages {
		ids[i] = p.PackageID
	}
	var packages []models.Package
	if err := db.Preload("Items", func(db *gorm.DB) *gorm.DB { return db.Order("id") }).Order("id").Find(&packages, "id IN ?", anyOf(ids)).Error; err != nil {
		return err
	}
	var visits []models.Encounter
	err := db.Select("id", "visited_on", "visit_way", "services", "answer", "voided").
		Find(&visits, "resident_id = ? AND voided = ? AND visited_on BETWEEN ? AND ?", f.ResidentID, false, f.Year.From, f.Year.Until).Error
	if err != nil {
		return err
	}
	base := map[models.ID]bool{}
	var all []models.Entitlement
	for _, p := range packages {
		base[p.ID] = p.Base
		items := models.EntitlementsIn(f.Year, models.ItemsFor(p.Items, born, f.Year.From), visits, f.AsOf)
		all = append(all, items...)
		f.Packages = append(f.Packages, PackageEntitlements{signedPackage(f.Contract, p.ID), p.Base, items})
	}
	f.Total = models.FulfilmentOf(all, base, f.AsOf)
	return nil
}

// signedPackage is the package as the contract holds it.
func signedPackage(c models.Contract, id models.ID) models.ContractPackage {
	for _, p := range c.Packages {
		if p.PackageID == id {
			return p
		}
	}
	return models.ContractPackage{PackageID: id}
}
