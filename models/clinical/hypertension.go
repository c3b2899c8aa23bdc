package clinical

const clauseHTN = "domain §3.1 危急"

// judgeHypertension applies domain §3.1.
func judgeHypertension(e *exam) (Assessment, []FieldError) {
	e.pressureAlarms(clauseHTN)
	e.dangerSigns(clauseHTN, 2, 3, 4, 5, 6, 7)
	e.expectingPressure()
	c := e.pressureControl()
	e.lowPressureNote()
	e.heartRateNote()
	e.medication()
	e.lifestyle()
	return e.decide(c)
}

// expectingPressure is the emergency of a pregnant or lactating woman whose blood
// pressure is above normal (domain §3.1).
func (e *exam) expectingPressure() {
	sbp, _ := e.Int("sbp")
	dbp, _ := e.Int("dbp")
	if e.subject.expecting() && expectingPressure.reachedBy(sbp, dbp) {
		e.alarm("expecting_bp", "sbp", clauseHTN, "孕期或哺乳期血压高于正常(≥140/90 mmHg)")
	}
}

// pressureControl compares the blood pressure with the limit of the person's age;
// both values must be below it.
func (e *exam) pressureControl() Control {
	sbp, okS := e.Int("sbp")
	dbp, okD := e.Int("dbp")
	if !okS || !okD {
		e.note("bp_missing", "sbp", "domain §3.1 note *", "本次无血压测量值,请尽快面对面测量")
		return Unmeasured
	}
	if e.subject.BirthDate.IsZero() {
		e.note("birth_date_missing", "", e.profile.Clause, "缺少出生日期,按最严格的年龄标准判定")
	}
	limit := e.profile.limit(e.subject, e.visit)
	if limit.reachedBy(sbp, dbp) {
		e.note("bp_uncontrolled", "sbp", e.profile.Clause, "血压未达标(应低于 "+limit.String()+" mmHg)")
		return Uncontrolled
	}
	target := furtherTarget
	if e.subject.HighRisk {
		target = highRiskTarget
	}
	if target.reachedBy(sbp, dbp) {
		e.note("bp_could_be_lower", "sbp", e.profile.Clause, "已达标;如能耐受,可进一步降至 "+target.String()+" mmHg 以下")
	}
	return Controlled
}
