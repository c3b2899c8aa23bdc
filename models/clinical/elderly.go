package clinical

const clauseElderly = "domain §2.3"

// What the yearly check calls high. The specification names the control limits of
// domain §3.1 and §3.2 only; the rest is common guidance.
var screeningPressure = Pressure{140, 90} // mmHg, domain §3.1

const (
	screeningFPG   = 7.0  // mmol/L, domain §3.2
	impairedFPG    = 6.1  // mmol/L, impaired fasting glucose
	screeningHbA1c = 6.5  // %
	lowHbMale      = 120  // g/L
	lowHbFemale    = 110  // g/L
	highTC         = 6.2  // mmol/L
	highTG         = 2.3  // mmol/L
	highLDL        = 4.1  // mmol/L
	feverElderly   = 37.3 // ℃
)

// The months to the next check. From 2025 those at higher risk are seen more often
// (domain §2.3); the specification does not say how often, so it is set here.
const (
	elderlyMonths         = 12
	elderlyHighRiskMonths = 6
)

// elderlyRule applies domain §2.3 and §3.3; highRiskMonths is the interval of those
// at higher risk.
type elderlyRule struct {
	highRiskMonths int
}

func (r elderlyRule) judge(e *exam) (Assessment, []FieldError) {
	if problems := e.oldEnough(); len(problems) > 0 {
		return Assessment{}, problems
	}
	e.pressureAlarms(clauseHTN)
	e.glucoseAlarms("fpg", "空腹血糖", expectingFPG)
	abnormal := len(e.deviations()) > 0
	recheck := e.newlyHigh()
	abnormal = e.labNotes() || abnormal || recheck
	dependent := e.selfCareNotes()
	e.missingChecks()
	e.lowPressureNote()
	e.lifestyle()
	suggested := ClassNormal
	if abnormal || dependent || e.emergency {
		suggested = ClassAbnormal
		e.advise("对检查异常的项目复查,必要时转诊")
	}
	class, problems := e.weigh(suggested)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	months := elderlyMonths
	if grade, _ := e.Code("selfcare_grade"); grade >= SelfCareModerate {
		months = r.highRiskMonths
	}
	v := verdict{class: class, due: e.visit.On.AddMonths(months), latest: e.visit.On.AddMonths(elderlyMonths), within: "1 年"}
	if recheck {
		v.step = StepRecheck
	}
	if e.holds(Condition{"guidance", []int{3}}, e.visit) {
		v.reasons = []int{ReasonAbnormal}
	}
	return e.conclude(v)
}

// newlyHigh notes a blood pressure or glucose that must be measured again within two
// weeks to tell whether it is a disease.
func (e *exam) newlyHigh() bool {
	high := false
	sbp, _ := e.Int("sbp")
	dbp, _ := e.Int("dbp")
	if screeningPressure.reachedBy(sbp, dbp) {
		high = true
		e.note("bp_high", "sbp", "domain §3.1", "血压达到或超过 140/90 mmHg;未确诊者应在非同日复测")
	}
	switch n, ok := e.Decimal("fpg"); {
	case ok && n >= screeningFPG:
		high = true
		e.note("fpg_high", "fpg", "domain §3.2", "空腹血糖达到或超过 7.0 mmol/L;未确诊者应复测")
	case ok && n >= impairedFPG:
		e.note("fpg_impaired", "fpg", clauseElderly, "空腹血糖受损(6.1–6.9 mmol/L),建议每年至少测一次")
	}
	return high
}

// labNotes reads the laboratory values that have no range of their own in the form,
// since it differs by sex or is only common guidance.
func (e *exam) labNotes() bool {
	before := len(e.findings)
	low := float64(lowHbFemale)
	if e.subject.Sex == Male {
		low = lowHbMale
	}
	if n, ok := e.Decimal("hb"); ok && n < low {
		e.note("hb_low", "hb", clauseElderly, "血红蛋白偏低(男性<120 g/L,女性<110 g/L)")
	}
	for _, x := range []struct {
		key   string
		bound float64
		text  string
	}{
		{"tc", highTC, "总胆固醇达到或超过 6.2 mmol/L"},
		{"tg", highTG, "甘油三酯达到或超过 2.3 mmol/L"},
		{"ldl", highLDL, "低密度脂蛋白胆固醇达到或超过 4.1 mmol/L"},
		{"hba1c", screeningHbA1c, "糖化血红蛋白达到或超过 6.5 %"},
		{"temperature", feverElderly, "体温达到或超过 37.3 ℃"},
	} {
		if n, ok := e.Decimal(x.key); ok && n >= x.bound {
			e.note(x.key+"_high", x.key, clauseElderly, x.text)
		}
	}
	return len(e.findings) > before
}

// selfCareNotes reads the grade of self-care; dependent elders count as abnormal.
func (e *exam) selfCareNotes() bool {
	grade, ok := e.Code("selfcare_grade")
	if !ok || grade == SelfCareIndependent {
		return false
	}
	field, _ := e.form.Field("selfcare_grade")
	o, _ := field.option(grade)
	code := "selfcare_dependent"
	if grade == SelfCareNone {
		code = "selfcare_none" // the evidence for population 34
	}
	e.note(code, field.Key, "domain §3.3", "生活自理能力:"+o.Label)
	e.advise("评估照护需求,指导家属照护,预防跌倒、压疮和误吸")
	return true
}

// missingChecks names the examinations that were not done: the yearly check is not
// complete without them (domain §2.3).
func (e *exam) missingChecks() {
	codes, _ := e.Codes("exams_not_done")
	field, _ := e.form.Field("exams_not_done")
	for _, code := range codes {
		o, _ := field.option(code)
		e.note("exam_missing", field.Key, clauseElderly, "年度体检缺少:"+o.Label)
	}
}
