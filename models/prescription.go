package models

import (
	"fmt"
	"strings"
	"time"

	"jiayi/models/clinical"
)

// PrescriptionStatus is the state of a long prescription (domain §6.5).
type PrescriptionStatus string

// The states.
const (
	RxRequested PrescriptionStatus = "requested"
	RxAssessed  PrescriptionStatus = "assessed"
	RxSigned    PrescriptionStatus = "signed"   // the resident has confirmed, where that is needed
	RxReviewed  PrescriptionStatus = "reviewed" // the pharmacist passed it
	RxReturned  PrescriptionStatus = "returned" // the pharmacist wants it assessed again
	RxIssued    PrescriptionStatus = "issued"
	RxDispensed PrescriptionStatus = "dispensed"
	RxRefused   PrescriptionStatus = "refused"
	RxCancelled PrescriptionStatus = "cancelled"
)

// PrescriptionStatusLabels are the Chinese names of the states.
var PrescriptionStatusLabels = map[PrescriptionStatus]string{
	RxRequested: "待评估", RxAssessed: "待确认", RxSigned: "待审方", RxReviewed: "审方通过", RxReturned: "审方退回", RxIssued: "已开具", RxDispensed: "已发药",
	RxRefused: "未通过", RxCancelled: "已取消",
}

// DrugClass is what the rules need to know of a drug (长期处方管理规范, domain §6.5).
type DrugClass string

// The classes.
const (
	OrdinaryDrug   DrugClass = "ordinary"
	ToxicDrug      DrugClass = "toxic"
	RadioDrug      DrugClass = "radioactive"
	PrecursorDrug  DrugClass = "precursor"
	NarcoticDrug   DrugClass = "narcotic"
	Psychotropic1  DrugClass = "psychotropic_1"
	Psychotropic2  DrugClass = "psychotropic_2"
	Antimicrobial  DrugClass = "antimicrobial"
	ChronicAntiTB  DrugClass = "chronic_antimicrobial" // for tuberculosis and other chronic bacterial or fungal infections
	SpecialStorage DrugClass = "special_storage"
)

// DrugClassSpec is one row of the table of classes.
type DrugClassSpec struct {
	Code     DrugClass
	Label    string // Chinese
	Excluded bool   // never on a long prescription (domain §10.12)
}

// DrugClasses is the table of classes.
var DrugClasses = []DrugClassSpec{
	{OrdinaryDrug, "普通药品", false}, {ChronicAntiTB, "治疗结核等慢性感染的抗微生物药", false},
	{ToxicDrug, "医疗用毒性药品", true}, {RadioDrug, "放射性药品", true}, {PrecursorDrug, "易制毒药品", true}, {NarcoticDrug, "麻醉药品", true},
	{Psychotropic1, "第一类精神药品", true}, {Psychotropic2, "第二类精神药品", true}, {Antimicrobial, "抗微生物药", true}, {SpecialStorage, "对储存有特殊要求的药品", true},
}

// Spec returns the row of the class; ok is false for an unknown one.
func (c DrugClass) Spec() (DrugClassSpec, bool) {
	for _, s := range DrugClasses {
		if s.Code == c {
			return s, true
		}
	}
	return DrugClassSpec{}, false
}

// Limits of a long prescription (domain §6.5, §10.12).
const (
	MaxSupplyDays      = 84 // 12 weeks
	PlainSupplyDays    = 28 // above, the resident confirms by signature
	FollowupDays       = 90 // the last follow-up of the disease is not older
	MaxPrescribedLines = 5
	SupplyReminder     = 7 // days before the supply ends
)

// PrescriptionPrograms are the programmes whose follow-up can carry a long prescription.
var PrescriptionPrograms = []string{clinical.Hypertension, clinical.Diabetes, clinical.Dyslipidaemia, clinical.COPD, clinical.Tuberculosis}

// PrescriptionLine is one drug.
type PrescriptionLine struct {
	ID             ID
	PrescriptionID ID        `gorm:"not null;index"`
	Name           string    `gorm:"serializer:sealed"`
	Class          DrugClass `gorm:"size:32;not null"`
	Dose           string    `gorm:"serializer:sealed"`
	Frequency      string    `gorm:"serializer:sealed"`
	Days           int       `gorm:"not null"`
}

// Prescription is a long prescription of one disease.
type Prescription struct {
	ID            ID
	ResidentID    ID                 `gorm:"not null;index:ix_prescriptions_resident"`
	TeamID        ID                 `gorm:"not null;index:ix_prescriptions_team,priority:1"`
	InstitutionID ID                 `gorm:"not null;index:ix_prescriptions_inst,priority:1"`
	Status        PrescriptionStatus `gorm:"size:16;not null;index:ix_prescriptions_team,priority:2;index:ix_prescriptions_inst,priority:2;index:ix_prescriptions_end,priority:1"`
	Program       string             `gorm:"size:32;not null"` // the disease, by its programme
	Days          int                `gorm:"not null"`         // the longest supply
	Lines         []PrescriptionLine
	PreviousID    ID         `gorm:"not null"` // re-issue of another
	AskedBy       string     `gorm:"size:32;not null"`
	FollowupID    ID         `gorm:"not null"` // the follow-up the assessment rests on
	AssessedBy    ID         `gorm:"not null"` // staff: the prescriber
	AssessedOn    Date       //
	Assessment    string     `gorm:"serializer:sealed"`
	Signature     string     `gorm:"serializer:sealed;type:text"` // data URL, "" where none is needed
	SignedBy      string     `gorm:"size:32;not null"`
	ReviewedBy    ID         `gorm:"not null"` // staff: the pharmacist
	IssuedOn      Date       //
	SupplyEnds    Date       `gorm:"index:ix_prescriptions_end,priority:2"` // last day of the supply, once it was dispensed
	DispensedAt   *time.Time //
	Version       int        `gorm:"not null"`
	CreatedAt     time.Time
	UpdatedAt     time.Time
}

// Check completes the days and notes what is wrong with the drugs: more than 84 days, and
// classes that are never prescribed for long (domain §10.12).
func (x *Prescription) Check(p *Problems) {
	known := false
	for _, program := range PrescriptionPrograms {
		known = known || program == x.Program
	}
	if !known {
		p.Add("program", "enum", "该病种不能开具长期处方")
	}
	switch n := len(x.Lines); {
	case n == 0:
		p.Add("lines", "required", "请至少填写一种药品")
	case n > MaxPrescribedLines:
		p.Add("lines", "too_many", "一张处方不得超过5种药品")
	}
	x.Days = 0
	for i, l := range x.Lines {
		at := func(field string) string { return fmt.Sprintf("lines[%d].%s", i, field) }
		CheckNote(p, at("name"), "药品名称", l.Name, 60)
		CheckNote(p, at("dose"), "剂量", l.Dose, 30)
		CheckNote(p, at("frequency"), "用法频次", l.Frequency, 30)
		switch spec, ok := l.Class.Spec(); {
		case !ok:
			p.Add(at("class"), "enum", "药品类别不在可选范围内")
		case spec.Excluded:
			p.Add(at("class"), "excluded", spec.Label+"不得开具长期处方")
		}
		switch {
		case l.Days < 1:
			p.Add(at("days"), "out_of_range", "用药天数应为1至84天")
		case l.Days > MaxSupplyDays:
			p.Add(at("days"), "too_long", "长期处方最长12周(84天)")
		}
		x.Days = max(x.Days, l.Days)
	}
}

// Closed tells whether nothing more can become of the prescription.
func (x Prescription) Closed() bool {
	return x.Status == RxDispensed || x.Status == RxRefused || x.Status == RxCancelled
}

// NeedsSignature tells whether the resident must confirm by signature: above four weeks.
func (x Prescription) NeedsSignature() bool { return x.Days > PlainSupplyDays }

// SeniorTitle tells whether a title is intermediate or above: who may issue for the first time.
func SeniorTitle(title string) bool {
	return strings.Contains(title, "主治") || strings.Contains(title, "主任")
}

// CheckFollowup refuses a follow-up of the disease that is missing, older than 90 days, or not
// of class 1: the condition must be controlled (domain §6.5).
func CheckFollowup(f *Followup, today Date) error {
	switch {
	case f == nil || today.Sub(f.VisitedOn) > FollowupDays:
		return Errorf(Conflict, "followup_too_old", "近90天内没有该病种的随访,请先随访评估")
	case f.Class != 1 || f.Emergency:
		return Errorf(Conflict, "not_controlled", "最近一次随访未达到控制满意,不能开具长期处方")
	}
	return nil
}
