package clinical

import "strconv"

const clauseDM = "domain §3.2 Emergency"

// Glucose bounds in mmol/L, and others of domain §3.2.
const (
	glucoseTooHigh = 16.7 // at or above: emergency
	glucoseTooLow  = 3.9  // at or below: emergency
	feverAbove     = 39.0 // °C, above: emergency

	// "Above normal" in pregnancy and lactation. The specification names no
	// numbers; these are the usual diagnostic ones of pregnancy.
	expectingFPG = 5.1
	expectingPBG = 8.5
	expectingRBG = 11.1

	postMealTarget = 10.0 // pbg and rbg at or above are noted, by common guidance
	hba1cTarget    = 7.0  // %, at or above is noted, by common guidance
)

// Codes of domain §3.2 that the rule reads.
const (
	pulseNormal             = 1
	hypoglycaemiaOccasional = 2
	hypoglycaemiaFrequent   = 3
)

// judgeDiabetes applies domain §3.2. The class follows the fasting glucose alone;
// blood pressure decides only the emergency.
func judgeDiabetes(e *exam) (Assessment, []FieldError) {
	e.subject.HighRisk = true // diabetes is one of the diseases it stands for
	e.glucoseAlarms("fpg", "空腹血糖", expectingFPG)
	e.glucoseAlarms("pbg", "餐后血糖", expectingPBG)
	e.glucoseAlarms("rbg", "随机血糖", expectingRBG)
	e.pressureAlarms(clauseDM)
	e.dangerSigns(clauseDM, 2, 4, 5, 6)
	if n, ok := e.Decimal("temperature"); ok && n > feverAbove {
		e.alarm("fever", "temperature", clauseDM, "体温超过 39 ℃")
	}
	c := e.glucoseControl()
	e.diabetesNotes()
	e.lowPressureNote()
	e.heartRateNote()
	e.medication()
	e.lifestyle()
	return e.decide(c)
}

// glucoseAlarms raises the emergencies of one glucose value; normal is the bound of
// "above normal" in pregnancy and lactation.
func (e *exam) glucoseAlarms(key, label string, normal float64) {
	n, ok := e.Decimal(key)
	if !ok {
		return
	}
	switch {
	case n >= glucoseTooHigh:
		e.alarm(key+"_too_high", key, clauseDM, label+"≥16.7 mmol/L")
	case n <= glucoseTooLow:
		e.alarm(key+"_too_low", key, clauseDM, label+"≤3.9 mmol/L")
		e.advise("立即按低血糖处理,15 分钟后复测血糖")
	}
	if e.subject.expecting() && n >= normal {
		e.alarm("expecting_glucose", key, clauseDM, "孕期或哺乳期"+label+"高于正常")
	}
}

func (e *exam) glucoseControl() Control {
	n, ok := e.Decimal("fpg")
	switch {
	case !ok:
		e.note("fpg_missing", "fpg", "domain §3.2", "本次无空腹血糖测量值,请尽快测量")
		return Unmeasured
	case n < e.profile.FPG:
		return Controlled
	}
	e.note("fpg_uncontrolled", "fpg", "domain §3.2 Control", "空腹血糖未达标(应低于 "+strconv.FormatFloat(e.profile.FPG, 'f', 1, 64)+" mmol/L)")
	return Uncontrolled
}

// diabetesNotes are what a careful doctor reads beside the fasting glucose.
func (e *exam) diabetesNotes() {
	sbp, okS := e.Int("sbp")
	dbp, okD := e.Int("dbp")
	switch limit := e.profile.limit(e.subject, e.visit); {
	case !okS || !okD:
		e.note("bp_missing", "sbp", clauseDM, "未测全血压,不能排除血压危急情况")
	case e.subject.expecting() && expectingPressure.reachedBy(sbp, dbp):
		e.note("expecting_bp", "sbp", clauseHTN, "孕期或哺乳期血压高于正常(≥140/90 mmHg),请按高血压规范处理")
	case limit.reachedBy(sbp, dbp):
		e.note("bp_high", "sbp", e.profile.Clause, "血压高于控制目标,请按高血压规范处理")
	}
	for _, key := range []string{"pbg", "rbg"} {
		if n, ok := e.Decimal(key); ok && n >= postMealTarget {
			e.note("glucose_post_meal_high", key, "domain §3.2", "餐后或随机血糖达到或超过 10.0 mmol/L")
		}
	}
	if n, ok := e.Decimal("hba1c"); ok && n >= hba1cTarget {
		e.note("hba1c_high", "hba1c", "domain §3.2", "糖化血红蛋白达到或超过 7.0 %")
	}
	if n, ok := e.Code("dorsalis_pedis"); ok && n != pulseNormal {
		e.note("foot_pulse_weak", "dorsalis_pedis", "domain §3.2", "足背动脉搏动减弱或消失")
		e.advise("检查足部皮肤、感觉和血供,评估糖尿病足风险")
	}
	switch {
	case e.is("hypoglycaemia", hypoglycaemiaFrequent):
		e.note("hypoglycaemia_frequent", "hypoglycaemia", "domain §3.2", "频繁低血糖反应,请评估降糖方案及是否属于药物不良反应")
		e.advise("调整降糖方案,教会患者和家属识别、处理低血糖")
	case e.is("hypoglycaemia", hypoglycaemiaOccasional):
		e.note("hypoglycaemia", "hypoglycaemia", "domain §3.2", "偶有低血糖反应,请了解诱因")
	}
}
