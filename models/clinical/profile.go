package clinical

import "strconv"

// Pressure is a pair of blood pressures in mmHg.
type Pressure struct {
	SBP, DBP int
}

// reachedBy tells whether either value is at or above p.
func (p Pressure) reachedBy(sbp, dbp int) bool { return sbp >= p.SBP || dbp >= p.DBP }

// String writes the pair as 140/90.
func (p Pressure) String() string { return strconv.Itoa(p.SBP) + "/" + strconv.Itoa(p.DBP) }

// AgeLimit is the control limit of a blood pressure from an age on: controlled
// means both values below it.
type AgeLimit struct {
	FromAge int // completed years at the visit
	Pressure
}

// GuidelineProfile is the set of control limits a district follows. Emergency
// limits are the same in all of them.
type GuidelineProfile struct {
	Name   string
	Limits []AgeLimit // ascending by FromAge, the first from 0
	// HighRisk, unless zero, is the limit for Subject.HighRisk at any age.
	HighRisk Pressure
	// FPG is the fasting glucose in mmol/L below which diabetes is controlled.
	FPG    float64
	Clause string
}

// NBPHS3 is 国家基本公共卫生服务规范(第三版), the default (domain §3.1, §3.2).
var NBPHS3 = GuidelineProfile{
	Name: "NBPHS3",
	Limits: []AgeLimit{
		{0, Pressure{140, 90}},
		{elderlyAge, Pressure{150, 90}},
	},
	FPG:    7.0,
	Clause: "domain §3.1 Control target",
}

// PHC2020 is 国家基层高血压防治管理指南 2020 as the domain recalls it (domain §3.1).
var PHC2020 = GuidelineProfile{
	Name: "PHC2020",
	Limits: []AgeLimit{
		{0, Pressure{140, 90}},
		{elderlyAge, Pressure{150, 90}},
		{80, Pressure{150, 90}},
	},
	HighRisk: highRiskTarget,
	FPG:      7.0,
	Clause:   "domain §3.1 Control target, PHC2020",
}

// elderlyAge is where the limit of the elderly begins, on the birthday (domain §3.1, §10.14).
const elderlyAge = 65

// limit is the control limit of the subject at the visit. Someone without a birth
// date is held to the strictest.
func (g GuidelineProfile) limit(s Subject, visit Visit) Pressure {
	if s.HighRisk && g.HighRisk != (Pressure{}) {
		return g.HighRisk
	}
	limit := g.Limits[0].Pressure
	if s.BirthDate.IsZero() {
		return limit
	}
	age := s.BirthDate.AgeOn(visit.On)
	for _, l := range g.Limits {
		if age >= l.FromAge {
			limit = l.Pressure
		}
	}
	return limit
}
