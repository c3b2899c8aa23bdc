package models

import "time"

// Population is a code of the key-population table (domain §2.2), or one of the
// totals All, Key and Adults.
type Population string

// The totals and the codes that rules speak of by name.
const (
	All             Population = "all"
	Key             Population = "key"
	Adults          Population = "adult" // 18 and over, for estimates (domain §3.10 H00)
	Maternal        Population = "01"
	Children        Population = "02" // 0–6 years, derived from the birth date
	Elderly         Population = "03" // 65 and over, derived from the birth date
	Hypertension    Population = "04"
	Diabetes        Population = "05"
	MentalDisorder  Population = "06"
	Tuberculosis    Population = "07"
	Disabled        Population = "08"
	SpecialFamily   Population = "09" // 计划生育特殊家庭
	General         Population = "10" // none of the others, derived
	Poverty         Population = "13" // 脱贫人口/防止返贫监测对象
	SpecialSupport  Population = "18"
	COPD            Population = "22"
	Dyslipidaemia   Population = "31"
	CoronaryDisease Population = "32"
	Stroke          Population = "33"
	DisabledElderly Population = "34"
)

// Age limits of the derived populations and of adults (domain §2.2 codes 02 and 03).
const (
	ElderlyAge  = 65
	ChildrenAge = 7 // released on the 7th birthday
	AdultAge    = 18
)

// PopulationSpec is one row of the key-population table.
type PopulationSpec struct {
	Code      Population
	Label     string // Chinese
	InKey     bool   // counts in the denominator K (domain §2.1); the district may change it here
	Derived   bool   // follows from the birth date or from other rows; never typed
	Sensitive bool   // shown as 重点 to roles without need (domain §8.4)
	MinAge    int    // youngest age at enrolment, 0 for none
	FromList  bool   // comes from another bureau's full list
}

// Populations is the key-population table in code order.
var Populations = []PopulationSpec{
	{Maternal, "孕产妇", true, false, false, 12, false},
	{Children, "0–6岁儿童", true, true, false, 0, false},
	{Elderly, "65岁及以上老年人", true, true, false, ElderlyAge, false},
	{Hypertension, "高血压患者", true, false, false, 35, false},
	{Diabetes, "2型糖尿病患者", true, false, false, 35, false},
	{MentalDisorder, "严重精神障碍患者", true, false, true, 0, false},
	{Tuberculosis, "肺结核患者", true, false, true, 0, false},
	{Disabled, "残疾人", true, false, false, 0, true},
	{SpecialFamily, "计划生育特殊家庭", true, false, true, 0, true},
	{General, "一般人群", false, true, false, 0, false},
	{"11", "低保", false, false, false, 0, true},
	{"12", "重点优抚对象", false, false, false, 0, true},
	{Poverty, "脱贫人口/防止返贫监测对象", true, false, false, 0, true},
	{"14", "其他", false, false, false, 0, false},
	{SpecialSupport, "计生特别扶助人员", true, false, true, 0, true},
	{"19", "特困", false, false, false, 0, true},
	{"20", "肿瘤患者", false, false, false, 0, false},
	{COPD, "慢阻肺病患者", true, false, false, 35, false},
	{Dyslipidaemia, "高血脂", false, false, false, 0, false},
	{CoronaryDisease, "冠心病", false, false, false, 0, false},
	{Stroke, "脑卒中", false, false, false, 0, false},
	{DisabledElderly, "失能老年人", false, false, false, 60, false},
}

var populationSpecs = func() map[Population]PopulationSpec {
	m := map[Population]PopulationSpec{}
	for _, p := range Populations {
		m[p.Code] = p
	}
	return m
}()

// Spec returns the row of the code; ok is false for the totals and unknown codes.
func (p Population) Spec() (spec PopulationSpec, ok bool) {
	spec, ok = populationSpecs[p]
	return spec, ok
}

// Label is the Chinese name of the population.
func (p Population) Label() string {
	switch p {
	case All:
		return "全人群"
	case Key:
		return "重点人群"
	case Adults:
		return "18岁及以上"
	}
	return populationSpecs[p].Label
}

// Known tells whether p is a total or a code of the table.
func (p Population) Known() bool { return p.bit() >= 0 }

// MembershipSource says where a membership comes from.
type MembershipSource string

// The sources of membership.
const (
	FromManual   MembershipSource = "manual"
	FromImport   MembershipSource = "import"
	FromRegistry MembershipSource = "registry"
)

// Membership is a resident's time in a key population, with the evidence for it.
// Age populations have no rows: they follow from the birth date (domain §2.2).
type Membership struct {
	ID         ID
	ResidentID ID         `gorm:"not null;uniqueIndex:ux_memberships_open,priority:1"`
	Code       Population `gorm:"size:4;not null;uniqueIndex:ux_memberships_open,priority:2;index:ix_memberships_code,priority:1"`
	// Open is true while the membership lasts and NULL afterwards, so that the unique
	// index allows one open row per resident and code beside any number of past ones.
	Open        *bool            `gorm:"uniqueIndex:ux_memberships_open,priority:3;index:ix_memberships_code,priority:2"`
	Begin       Date             `gorm:"not null"`
	End         Date             // last day, null while open
	Source      MembershipSource `gorm:"size:16;not null"`
	Evidence    string           `gorm:"size:255;not null"` // what shows it: diagnosis record, card number kind, list name
	CloseReason string           `gorm:"size:128;not null"`
	ClosedBy    ID               `gorm:"not null"` // follow-up that ended the programme (结案), 0 for anything else
	Version     int              `gorm:"not null"`
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// On tells whether the membership holds on the day.
func (m Membership) On(day Date) bool {
	return !day.Before(m.Begin) && (m.End.IsZero() || day.Before(m.End))
}
