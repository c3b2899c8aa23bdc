package clinical

import (
	"slices"

	"jiayi/internal/calendar"
)

const clauseNewborn = "domain §3.6"

// Beyond these a newborn is sent to hospital at once, by common guidance.
const (
	newbornTempUrgentLow  = 35.5 // ℃, at or below
	newbornTempUrgentHigh = 38.0 // ℃, at or above
	newbornHandsFeet      = 5    // 黄疸部位: 手足
	neonatalMonths        = 1    // the next contact is at a month
)

// birthFacts are findings of the birth: they make a newborn one of high risk, but are
// no reason to refer it today.
var birthFacts = []string{"asphyxia", "apgar_1", "apgar_5", "birth_weight"}

// judgeNewborn applies the newborn home visit of domain §3.6.
func judgeNewborn(e *exam) (Assessment, []FieldError) {
	born := e.subject.BirthDate
	age := e.visit.On.Sub(born)
	switch {
	case born.IsZero():
		return Assessment{}, []FieldError{{"", CodeAge, "缺少出生日期,不能判定日龄"}}
	case age < 0 || age > neonatalDays:
		return Assessment{}, []FieldError{{"", CodeAge, "新生儿家庭访视表用于出生 28 天内的新生儿"}}
	}
	if n, ok := e.Decimal("temperature"); ok && (n <= newbornTempUrgentLow || n >= newbornTempUrgentHigh) {
		e.alarm("newborn_temperature", "temperature", clauseNewborn, "体温≤35.5 ℃或≥38.0 ℃")
	}
	if n, ok := e.Int("respiration"); ok && n > newbornRespHigh {
		e.alarm("newborn_breathing_fast", "respiration", clauseNewborn, "呼吸超过 60 次/分")
	}
	if e.holds(Condition{"jaundice", []int{newbornHandsFeet}}, e.visit) {
		e.alarm("newborn_jaundice_severe", "jaundice", clauseNewborn, "黄疸已达手足")
	}
	found := e.deviations()
	suggested := ClassNormal
	if len(found) > 0 || e.emergency {
		suggested = ClassAbnormal
	}
	past := func(key string) bool { return slices.Contains(birthFacts, key) }
	if slices.ContainsFunc(found, past) {
		e.note("high_risk_newborn", "", clauseNewborn, "高危新生儿,请增加访视次数")
	}
	e.weightLoss()
	class, problems := e.weigh(suggested)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	due := calendar.Later(born.AddMonths(neonatalMonths), e.visit.On.AddDays(1))
	v := verdict{class: class, due: due, latest: due.AddDays(contactDaysAfter), within: "满月随访时限"}
	if len(slices.DeleteFunc(found, past)) > 0 {
		v.reasons = []int{ReasonAbnormal}
	}
	return e.conclude(v)
}

// weightLoss notes a newborn below its birth weight; most regain it in ten days.
func (e *exam) weightLoss() {
	birth, ok := e.Decimal("birth_weight")
	now, okNow := e.Decimal("weight")
	if ok && okNow && now < birth {
		e.note("weight_below_birth", "weight", clauseNewborn, "目前体重低于出生体重,请评估喂养")
		e.advise("指导喂养,观察体重增长")
	}
}
