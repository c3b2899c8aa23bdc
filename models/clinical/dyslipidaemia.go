package clinical

import "strconv"

const clauseThreeHigh = "domain §2.4"

// The reasons for referral from 三高之家 to 三高基地 that §2.4 adds to those of §3.1.
const (
	ReasonVeryHighRisk  = 6
	ReasonOrganAbnormal = 7
)

// severeTG is the triglyceride in mmol/L from which pancreatitis threatens, by common
// guidance.
const severeTG = 5.6

// judgeDyslipidaemia applies domain §2.4: the four-class cycle, with a rhythm and a
// limit of LDL cholesterol that follow the risk layer.
func judgeDyslipidaemia(e *exam) (Assessment, []FieldError) {
	code, _ := e.Code("risk_level")
	risk := RiskLevel(code)
	e.rhythm = risk.Months()
	e.pressureAlarms(clauseThreeHigh)
	e.dangerSigns(clauseThreeHigh, 3, 5)
	c := e.ldlControl(risk)
	e.lipidNotes()
	e.threeHighTriggers(risk)
	e.lowPressureNote()
	e.medication()
	e.lifestyle()
	if last, seen := lastBefore(e.previous, e.visit.On); seen && c == Controlled && last.Class == ClassControlled && risk != RiskVeryHigh {
		e.note("stable_twice", "", clauseThreeHigh, "连续两次控制满意,可由三高中心、三高基地转回三高之家管理")
	}
	return e.decide(c)
}

func (e *exam) ldlControl(risk RiskLevel) Control {
	if risk == 0 {
		e.note("risk_missing", "risk_level", clauseThreeHigh, "未做风险评估,暂按低危管理")
	}
	n, ok := e.Decimal("ldl")
	limit := strconv.FormatFloat(risk.ldl(), 'f', 1, 64) + " mmol/L"
	switch {
	case !ok:
		e.note("ldl_missing", "ldl", clauseThreeHigh, "本次无低密度脂蛋白胆固醇检测值,请尽快检测")
		return Unmeasured
	case n < risk.ldl():
		return Controlled
	}
	e.note("ldl_uncontrolled", "ldl", clauseThreeHigh, "低密度脂蛋白胆固醇未达标(应低于 "+limit+")")
	return Uncontrolled
}

func (e *exam) lipidNotes() {
	switch n, ok := e.Decimal("tg"); {
	case ok && n >= severeTG:
		e.note("tg_severe", "tg", clauseThreeHigh, "甘油三酯达到或超过 5.6 mmol/L,警惕急性胰腺炎")
	case ok && n >= highTG:
		e.note("tg_high", "tg", clauseThreeHigh, "甘油三酯达到或超过 2.3 mmol/L")
	}
	sbp, _ := e.Int("sbp")
	dbp, _ := e.Int("dbp")
	if limit := e.profile.limit(e.subject, e.visit); limit.reachedBy(sbp, dbp) {
		e.note("bp_high", "sbp", e.profile.Clause, "血压高于控制目标,请按高血压规范处理")
	}
}

// threeHighTriggers refers a patient upwards once for what is new: very high risk that
// no earlier visit has referred, and a target organ found abnormal since the last visit
// (domain §2.4).
func (e *exam) threeHighTriggers(risk RiskLevel) {
	last, seen := lastBefore(e.previous, e.visit.On)
	referred := false
	for _, p := range e.previous {
		referred = referred || p.VisitedOn.Before(e.visit.On) && p.step() >= StepReferral
	}
	if risk == RiskVeryHigh {
		e.note("risk_very_high", "risk_level", clauseThreeHigh, "风险评估为很高危,每月随访")
		if !referred {
			e.triggers = append(e.triggers, ReasonVeryHighRisk)
		}
	}
	if !e.is("organ_result", organAbnormal) {
		return
	}
	e.note("organ_abnormal", "organ_result", clauseThreeHigh, "靶器官筛查异常")
	if on, ok := e.Date("organ_date"); !seen || !ok || on.After(last.VisitedOn) {
		e.triggers = append(e.triggers, ReasonOrganAbnormal)
	}
}
