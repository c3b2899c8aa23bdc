package models

import (
	"time"

	"jiayi/models/clinical"
)

// Package is a service package 服务包 a contract can hold: the free base package or
// a personalised one (domain §1.8).
type Package struct {
	ID         ID
	Code       string     `gorm:"size:8;not null;uniqueIndex"` // P0, P1, …
	Name       string     `gorm:"size:64;not null"`
	Base       bool       `gorm:"not null"`          // in every contract
	Population Population `gorm:"size:4;not null"`   // whom it is for, "" for everyone
	PriceCents int64      `gorm:"not null"`          // list price a year
	PayerCents int64      `gorm:"not null"`          // of which funds pay
	Intro      string     `gorm:"size:255;not null"` //
	Active     bool       `gorm:"not null"`
	Version    int        `gorm:"not null"`
	Items      []PackageItem
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// OwnCents is what the resident pays a year.
func (k Package) OwnCents() int64 { return k.PriceCents - k.PayerCents }

// PackageItem is one promised service with its yearly quota.
type PackageItem struct {
	ID        ID
	PackageID ID               `gorm:"not null;index"`
	Name      string           `gorm:"size:64;not null"`
	Unit      string           `gorm:"size:8;not null"`  // 次, 项, 份
	Quota     int              `gorm:"not null"`         // a year
	Service   clinical.Service `gorm:"size:32;not null"` // what a visit must deliver to count
	// OnDemand says that the quota is the most the resident may ask for: nothing is owed
	// until asked for, and nothing falls due.
	OnDemand bool `gorm:"not null"`
	MinAge   int  `gorm:"not null"` // youngest age it is promised to, 0 for everyone
}

// Template is one version of the agreement text 协议书. Contracts freeze the text they
// were signed with, so a template is never edited, only followed by a newer one.
type Template struct {
	ID        ID
	Version   int    `gorm:"not null;uniqueIndex"`
	Title     string `gorm:"size:128;not null"`
	Body      string `gorm:"type:text;not null"` // text/template over AgreementFacts
	BeginsOn  Date   `gorm:"not null"`
	CreatedAt time.Time
}

// TableName says what kind of template it is.
func (Template) TableName() string { return "agreement_templates" }

// ItemsFor are the items promised to someone born on a day, by the age on another.
func ItemsFor(items []PackageItem, born, on Date) []PackageItem {
	age := born.AgeOn(on)
	out := make([]PackageItem, 0, len(items))
	for _, i := range items {
		if age >= i.MinAge {
			out = append(out, i)
		}
	}
	return out
}
