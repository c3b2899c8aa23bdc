package clinical

const clauseCOPD = "domain §3.9"

// The bounds of the COPD follow-up. Domain §3.9 names the diagnostic one only; the
// others are common guidance and are kept here (domain §11.2).
const (
	copdRatio        = 70.0 // FEV1/FVC in percent; COPD is below it
	copdLowSpO2      = 90   // %, not controlled below
	copdUrgentSpO2   = 85   // %, emergency below
	copdUrgentBreath = 30   // breaths a minute, emergency above
	copdFever        = 3    // symptom 发热
)

// judgeCOPD applies domain §3.9: the four classes and their cycle are those of §3.1.
func judgeCOPD(e *exam) (Assessment, []FieldError) {
	e.dangerSigns(clauseCOPD, 2, 3, 6, 7)
	if n, ok := e.Int("spo2"); ok && n < copdUrgentSpO2 {
		e.alarm("spo2_emergency", "spo2", clauseCOPD, "血氧饱和度低于 85 %")
	}
	if n, ok := e.Int("respiration"); ok && n > copdUrgentBreath {
		e.alarm("breathing_fast", "respiration", clauseCOPD, "呼吸频率超过 30 次/分")
	}
	c := e.copdControl()
	if n, ok := e.Decimal("fev1_fvc"); ok && n >= copdRatio {
		e.note("ratio_not_copd", "fev1_fvc", clauseCOPD, "FEV1/FVC 不低于 70 %,请核对检查条件和诊断")
	}
	if !e.Has("fev1_fvc") {
		e.advise("每年至少做一次肺功能检查")
	}
	if e.is("vaccination", 1) {
		e.advise("建议接种流感疫苗和肺炎球菌疫苗")
	}
	for _, key := range []string{"home_oxygen_adr", "nippv_adr"} {
		if e.is(key, adrPresent) {
			e.note("home_therapy_adr", key, clauseCOPD, "家庭治疗有不良反应,请查明原因")
		}
	}
	e.heartRateNote()
	e.medication()
	e.lifestyle()
	return e.decide(c)
}

// copdControl tells whether oxygen, fever and signs are under control.
func (e *exam) copdControl() Control {
	n, ok := e.Int("spo2")
	if !ok {
		e.note("spo2_missing", "spo2", clauseCOPD, "本次无血氧饱和度测量值,请尽快面对面测量")
		return Unmeasured
	}
	c := Controlled
	for _, x := range []struct {
		found       bool
		code, field string
		message     string
	}{
		{n < copdLowSpO2, "spo2_low", "spo2", "血氧饱和度低于 90 %"},
		{e.holds(Condition{"symptoms", []int{copdFever}}, e.visit), "fever", "symptoms", "有发热,请排除急性加重或感染"},
		{e.is("cyanosis", 2), "cyanosis", "cyanosis", "有口唇紫绀"},
		{e.is("oedema", 2), "oedema", "oedema", "有外周水肿"},
	} {
		if x.found {
			c = Uncontrolled
			e.note(x.code, x.field, clauseCOPD, x.message)
		}
	}
	return c
}
