package clinical

// The bounds beyond which life style earns advice.
const (
	overweightBMI = 24.0 // kg/m², domain §2.3
	waistMale     = 90   // cm, 腹型肥胖, domain §2.3
	waistFemale   = 85   // cm, 腹型肥胖, domain §2.3
	activeMinutes = 150  // minutes of sport a week, by common guidance
	drinkLimit    = 2.0  // 两 of spirits a day, the 100 mL of domain §2.3
)

// lifestyle notes what a doctor would raise at any chronic-disease visit. None of
// it changes class or step.
func (e *exam) lifestyle() {
	if n, ok := e.Int("smoke"); ok && n > 0 {
		e.advise("建议戒烟,避免被动吸烟")
	}
	if n, ok := e.Decimal("drink"); ok && n > 0 {
		e.advise("建议限酒,最好不饮酒")
		if n >= drinkLimit {
			e.note("heavy_drinking", "drink", "domain §2.3", "日饮酒量达到或超过 2 两(100 mL)")
		}
	}
	if e.is("salt", heavySalt) {
		e.advise("减少钠盐摄入,每人每日食盐不超过 5 克")
	}
	if n, ok := e.Decimal("bmi"); ok && n >= overweightBMI {
		e.note("overweight", "bmi", "domain §2.3", "体质指数达到或超过 24 kg/m²")
		e.advise("控制体重,合理膳食")
	}
	if n, ok := e.Decimal("waist"); ok && (e.subject.Sex == Male && n >= waistMale || e.subject.Sex == Female && n >= waistFemale) {
		e.note("central_obesity", "waist", "domain §2.3", "腹型肥胖(腰围男性≥90 cm,女性≥85 cm)")
		e.advise("控制体重,合理膳食")
	}
	times, okTimes := e.Int("sport_times")
	minutes, okMinutes := e.Int("sport_minutes")
	if okTimes && okMinutes && times*minutes < activeMinutes {
		e.advise("在身体允许的情况下增加运动,每周累计不少于 150 分钟")
	}
	if e.is("psychology", poorAdjustment) {
		e.note("psychology_poor", "psychology", "domain §3.1", "心理调整差")
		e.advise("给予心理疏导,必要时转介心理服务")
	}
	if e.is("compliance_behaviour", poorAdjustment) {
		e.note("compliance_poor", "compliance_behaviour", "domain §3.1", "遵医行为差")
	}
}

// medication notes adherence, adverse reactions and complications.
func (e *exam) medication() {
	if n, ok := e.Code("med_adherence"); ok && n != regularMeds {
		message := "间断服药"
		if n == noMeds {
			message = "未服药"
		}
		e.note("adherence_poor", "med_adherence", "domain §3.1", message+",请了解原因")
		e.advise("按医嘱规律服药,不自行停药或减量")
	}
	if e.adrHard() {
		e.note("adr_hard_to_control", "adr_hard_to_control", "domain §3.1 分类干预", "药物不良反应难以控制,应转诊")
	} else if e.is("adr", adrPresent) {
		e.note("adr", "adr", "domain §3.1", "有药物不良反应,请考虑调整用药")
	}
	switch {
	case e.is("complication", complicationNew):
		e.note("complication_new", "complication", "domain §3.1 分类干预", "出现新的并发症,应转诊")
	case e.is("complication", complicationWorse):
		e.note("complication_worse", "complication", "domain §3.1 分类干预", "原有并发症加重,应转诊")
	}
}

// adviseStep says what the step asks of the doctor (domain §3.1, 分类干预).
func (e *exam) adviseStep(class, step int) {
	e.adviseReferral(step)
	switch step {
	case StepRecheck:
		e.advise("调整治疗:结合服药依从性,必要时增加剂量、更换或增加药物,2周内随访")
	case StepRoutine:
		if class != ClassControlled {
			e.advise("按上级医院意见调整治疗,恢复常规随访;下次仍控制不满意,按第一次控制不满意处理")
		}
		e.advise("按期进行下一次随访")
	}
}

// adviseReferral says what a referral asks of the doctor (domain §3.1, 分类干预).
func (e *exam) adviseReferral(step int) {
	switch step {
	case StepUrgent:
		e.advise("紧急处理后立即转诊,2周内主动随访转诊结果")
	case StepReferral:
		e.advise("建议转诊到上级医院,2周内主动随访转诊结果")
	}
}

// dangerSigns raises an alarm for every danger sign ticked, and reminds the doctor
// to ask when a symptom may hide one: symptoms alone never make an emergency,
// since they occur in mild cases (domain §3.1).
func (e *exam) dangerSigns(clause string, suspicious ...int) {
	signs, _ := e.Codes("danger_signs")
	field, _ := e.form.Field("danger_signs")
	for _, code := range signs {
		o, _ := field.option(code)
		e.alarm("danger_sign", field.Key, clause, "危急情况:"+o.Label)
	}
	if len(signs) == 0 && e.holds(Condition{"symptoms", suspicious}, e.visit) {
		e.note("check_danger_signs", "danger_signs", clause, "所选症状可能是危急情况,请逐项核对危急体征")
	}
}
