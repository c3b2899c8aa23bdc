package clinical

import "jiayi/internal/calendar"

const clauseMaternal = "domain §3.5"

// gestation is the length of a pregnancy in days from the last menstrual period.
const gestation = 280

// weekWindow is a span of whole weeks of pregnancy, both included.
type weekWindow struct {
	kind     int
	from, to int
	label    string
}

// antenatalWindows are the weeks of the five antenatal visits (domain §2.3).
var antenatalWindows = []weekWindow{
	{MaternalFirst, 4, 12, "第1次产前检查(孕13周前)"},
	{MaternalSecond, 16, 20, "第2次产前随访(孕16–20周)"},
	{MaternalThird, 21, 24, "第3次产前随访(孕21–24周)"},
	{MaternalFourth, 28, 36, "第4次产前随访(孕28–36周)"},
	{MaternalFifth, 37, 40, "第5次产前随访(孕37–40周)"},
}

// first and last are the days of the window in a pregnancy dated from lmp.
func (w weekWindow) first(lmp calendar.Date) calendar.Date { return lmp.AddDays(w.from * 7) }
func (w weekWindow) last(lmp calendar.Date) calendar.Date  { return lmp.AddDays(w.to*7 + 6) }

// The days after a birth that the visits count from (domain §2.3, §3.6).
const (
	dischargeDays   = 7  // a home visit is due within so many days after the discharge
	fallbackDays    = 10 // the same after the birth, where the discharge is not known
	neonatalDays    = 28 // the last day of the newborn period, and of 产后访视率 (§3.10)
	day42           = 42 // the 42-day check is due from here
	day42Until      = 56 // and counts until here, by common guidance
	urgentRiskColor = 2  // yellow; what is darker is abnormal and referred
)

// homeVisitDue is when mother and newborn are due at home.
func homeVisitDue(birth, discharge calendar.Date) calendar.Date {
	if discharge.IsZero() {
		return birth.AddDays(fallbackDays)
	}
	return discharge.AddDays(dischargeDays)
}

// judgeMaternal applies domain §3.5: what is abnormal is referred, and its result
// followed within two weeks; the 42-day check with 结案 ends the programme.
func judgeMaternal(e *exam) (Assessment, []FieldError) {
	kind, _ := e.Code(maternalKind.Key)
	e.expectingAlarm()
	e.dangerSigns(clauseMaternal)
	suggested := ClassNormal
	if len(e.deviations()) > 0 || e.emergency {
		suggested = ClassAbnormal
	}
	e.riskColour()
	e.lowPressureNote()
	due, latest, problems := e.maternalTiming(kind)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	class, problems := e.weigh(suggested)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	v := verdict{class: class, due: due, latest: latest, within: "规范规定的下次随访时限"}
	if class == ClassAbnormal {
		v.reasons = []int{ReasonAbnormal}
	}
	if kind == MaternalDay42 && e.is("disposal", disposalClose) {
		v.closedBy = "disposal"
	}
	if kind == MaternalDay42 && !e.is("disposal", disposalClose) {
		v.step = StepReferral
	}
	return e.conclude(v)
}

// expectingAlarm is the emergency of a blood pressure above normal in pregnancy and
// lactation, judged as in domain §3.1: one woman has one blood pressure.
func (e *exam) expectingAlarm() {
	e.subject.Pregnant = true
	e.pressureAlarms(clauseHTN)
	e.expectingPressure()
}

// riskColour notes the five-colour risk that asks for more than a primary institution.
func (e *exam) riskColour() {
	switch n, _ := e.Code("pregnancy_risk"); {
	case n == urgentRiskColor:
		e.note("pregnancy_risk_yellow", "pregnancy_risk", clauseMaternal, "妊娠风险分级为黄色,建议在二级以上医疗机构接受孕产期保健")
	case n > urgentRiskColor:
		e.advise("高风险孕产妇专案管理,转诊到有救治能力的医疗机构")
	}
}

// maternalTiming is when the next visit is due, and what stands out in the dates.
func (e *exam) maternalTiming(kind int) (due, latest calendar.Date, problems []FieldError) {
	on := e.visit.On
	if kind < MaternalPostpartum {
		lmp := e.datedFrom()
		e.gestationNotes(kind, lmp)
		for _, w := range antenatalWindows {
			if w.kind > kind && w.last(lmp).After(on) {
				return w.last(lmp), w.last(lmp), nil
			}
		}
		due = calendar.Later(lmp.AddDays(gestation+fallbackDays), on.AddDays(recheckDays))
		return due, due, nil
	}
	born, ok := e.Date("delivery_date")
	if !ok {
		born = on // a draft that does not say counts from the visit
	}
	out, hasOut := e.Date("discharge_date")
	switch {
	case hasOut && out.Before(born):
		return due, due, []FieldError{{"discharge_date", CodeInconsistent, "出院日期不能早于分娩日期"}}
	case kind == MaternalPostpartum:
		if on.After(homeVisitDue(born, out)) {
			e.note("postpartum_late", "discharge_date", "domain §2.3", "产后访视应在出院后 7 天内完成")
		}
		due = calendar.Later(born.AddDays(day42), on.AddDays(1))
		return due, calendar.Later(born.AddDays(day42Until), due), nil
	}
	if ok && on.Before(born.AddDays(day42)) {
		e.note("day42_early", "delivery_date", "domain §2.3", "产后不足 42 天")
	}
	due = on.AddDays(recheckDays)
	return due, due, nil
}

// datedFrom is the first day of the pregnancy as the visit dates it: by the weeks
// entered, which an ultrasound may have corrected, and not by the period.
func (e *exam) datedFrom() calendar.Date {
	weeks, _ := e.Int("gest_weeks")
	days, _ := e.Int("gest_days")
	return e.visit.On.AddDays(-weeks*7 - days)
}

// gestationNotes compares the weeks entered with the period and with the window of
// the visit.
func (e *exam) gestationNotes(kind int, lmp calendar.Date) {
	if period, ok := e.Date("lmp"); ok {
		if n := period.Sub(lmp); n > 7 || n < -7 {
			e.note("gestation_mismatch", "gest_weeks", clauseMaternal, "孕周与末次月经推算的孕周相差超过 1 周,请核对")
		}
	}
	for _, w := range antenatalWindows {
		if w.kind == kind && (e.visit.On.Before(w.first(lmp)) || e.visit.On.After(w.last(lmp))) {
			e.note("outside_window", "gest_weeks", "domain §2.3", "本次不在规定的孕周内:"+w.label)
		}
	}
}
