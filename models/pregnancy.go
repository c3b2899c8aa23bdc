package models

import "time"

// PregnancyOutcome is how a pregnancy ended.
type PregnancyOutcome string

// The outcomes; a pregnancy that goes on has none.
const (
	OngoingPregnancy PregnancyOutcome = ""
	LiveBirth        PregnancyOutcome = "live_birth"
	Stillbirth       PregnancyOutcome = "stillbirth"
	PregnancyLoss    PregnancyOutcome = "loss" // 流产 or 终止妊娠: the care under 孕产妇 ends
)

// PregnancyOutcomeLabels are the Chinese names of the outcomes.
var PregnancyOutcomeLabels = map[PregnancyOutcome]string{
	OngoingPregnancy: "孕期", LiveBirth: "活产", Stillbirth: "死胎死产", PregnancyLoss: "流产或终止妊娠",
}

// Pregnancy holds the dates that the care of one pregnancy is planned by (domain §2.3
// code 01): one for each membership in 孕产妇. They come from the handbook, the first
// visit, the report of the birth, or the postpartum visit, whichever knows first.
type Pregnancy struct {
	ID           ID
	ResidentID   ID               `gorm:"not null;index"`
	MembershipID ID               `gorm:"not null;uniqueIndex"`
	LMP          Date             `gorm:"column:lmp"` // 末次月经
	DeliveredOn  Date             `gorm:"index"`
	DischargedOn Date             // from the hospital of birth
	Outcome      PregnancyOutcome `gorm:"size:16;not null"`
	Version      int              `gorm:"not null"`
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// longestPregnancy is the most days from the last menstrual period to the birth.
const longestPregnancy = 310

// Check notes what is wrong with the dates on the day.
func (g Pregnancy) Check(p *Problems, today Date) {
	for _, x := range []struct {
		field string
		on    Date
		label string
	}{{"lmp", g.LMP, "末次月经"}, {"delivered_on", g.DeliveredOn, "分娩日期"}, {"discharged_on", g.DischargedOn, "出院日期"}} {
		if x.on.After(today) {
			p.Add(x.field, "future", x.label+"不能晚于今天")
		}
	}
	days := g.DeliveredOn.Sub(g.LMP)
	switch {
	case g.Outcome != OngoingPregnancy && g.DeliveredOn.IsZero():
		p.Add("delivered_on", "required", "请填写分娩(终止)日期")
	case g.Outcome == OngoingPregnancy && !g.DeliveredOn.IsZero():
		p.Add("outcome", "required", "请填写妊娠结局")
	case !g.LMP.IsZero() && !g.DeliveredOn.IsZero() && (days <= 0 || days > longestPregnancy):
		p.Add("delivered_on", "inconsistent", "分娩日期与末次月经不符")
	case !g.DischargedOn.IsZero() && (g.DeliveredOn.IsZero() || g.DischargedOn.Before(g.DeliveredOn)):
		p.Add("discharged_on", "before_delivery", "出院日期不能早于分娩日期")
	}
	if _, ok := PregnancyOutcomeLabels[g.Outcome]; !ok {
		p.Add("outcome", "enum", "妊娠结局不在可选范围内")
	}
}

// Delivered tells whether a child was born, alive or not: the care goes on to 42 days.
func (g Pregnancy) Delivered() bool { return g.Outcome == LiveBirth || g.Outcome == Stillbirth }

// Learn takes the dates that are not known yet, and tells whether there were any. A birth
// of which nothing else is said was a live one.
func (g *Pregnancy) Learn(lmp, delivered, discharged Date) bool {
	learnt := false
	for _, x := range []struct {
		from Date
		to   *Date
	}{{lmp, &g.LMP}, {delivered, &g.DeliveredOn}, {discharged, &g.DischargedOn}} {
		if x.to.IsZero() && !x.from.IsZero() {
			*x.to, learnt = x.from, true
		}
	}
	if !g.DeliveredOn.IsZero() && g.Outcome == OngoingPregnancy {
		g.Outcome, learnt = LiveBirth, true
	}
	return learnt
}

// EDD is 预产期, 280 days after the last menstrual period; zero while that is not known.
func (g Pregnancy) EDD() Date {
	if g.LMP.IsZero() {
		return Date{}
	}
	return g.LMP.AddDays(gestationDays)
}

// gestationDays is the length of a pregnancy from the last menstrual period.
const gestationDays = 280
