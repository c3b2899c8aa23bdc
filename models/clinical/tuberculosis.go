package clinical

const clauseTB = "domain §3.8"

// The classes of the tuberculosis follow-up, in the order of the four-class programmes.
// The form itself has no classification (domain §3.8); these follow what it records.
const (
	ClassRegular        = 1 // 治疗规律
	ClassMissed         = 2 // 漏服药
	ClassTBAdverse      = 3 // 药物不良反应
	ClassTBComplication = 4 // 并发症或合并症
)

// ReasonMissedDoses refers a patient who missed a week of treatment or more.
const ReasonMissedDoses = 1

// The rhythm of tuberculosis (domain §2.3, from memory; §11.10 asks to verify it).
const (
	tbFirstVisitDays    = 3  // the first home visit, after the notice: 72 hours
	tbIntensiveMonths   = 2  // of treatment, the intensive phase
	tbIntensiveDays     = 10 // between visits in it
	tbContinuationMonth = 1  // between visits afterwards
	tbCourseMonths      = 6  // the course of a new patient
	tbMissedWeek        = 7  // doses missed, from here on reported to the designated institution
	// TBRegularAdherence is the percentage of doses from which treatment was regular
	// (domain §3.8).
	TBRegularAdherence = 90.0
)

// judgeTB applies domain §3.8. Adverse reactions and complications are referred and
// their result followed within two weeks; 停止治疗 ends the programme.
func judgeTB(e *exam) (Assessment, []FieldError) {
	if e.Has("stop_reason") {
		return e.closeTB()
	}
	e.dangerSigns(clauseTB)
	e.firstVisitTB()
	suggested, reasons := e.treatmentTB()
	e.consumptionTB()
	class, problems := e.weigh(suggested)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	v := verdict{class: class, reasons: reasons, within: "1 个月"}
	v.due = e.visit.On.AddMonths(tbContinuationMonth)
	if month, ok := e.Int("treatment_month"); !ok || month <= tbIntensiveMonths {
		v.due, v.within = e.visit.On.AddDays(tbIntensiveDays), "10 天"
	}
	if class == ClassMissed {
		v.step = StepRecheck
	}
	return e.conclude(v)
}

// treatmentTB is what went wrong since the last visit, the gravest first.
func (e *exam) treatmentTB() (class int, reasons []int) {
	class = ClassRegular
	if n, _ := e.Int("missed_doses"); n > 0 {
		class = ClassMissed
		e.note("missed_doses", "missed_doses", clauseTB, "有漏服药,请查明原因")
		e.advise("强化健康教育,督促按医嘱规律服药")
		if n >= tbMissedWeek {
			reasons = append(reasons, ReasonMissedDoses)
			e.note("missed_week", "missed_doses", clauseTB, "漏服药达到一周,请向定点医疗机构报告")
		}
	}
	if e.is("adr", adrPresent) {
		class = ClassTBAdverse
		reasons = append(reasons, ReasonAdverseHard)
		e.note("adr", "adr", clauseTB, "有药物不良反应,应转诊")
	}
	if e.is("tb_complication", adrPresent) {
		class = ClassTBComplication
		reasons = append(reasons, ReasonNewComplication)
		e.note("complication_new", "tb_complication", clauseTB, "有并发症或合并症,应转诊")
	}
	return class, reasons
}

// firstVisitTB notes what the first home visit found.
func (e *exam) firstVisitTB() {
	if e.is("drug_resistance", drugResistant) {
		e.note("drug_resistant", "drug_resistance", clauseTB, "耐药患者,按耐多药肺结核管理要求督导")
	}
	if e.is("own_room", noOwnRoom) || e.is("air", poorAir) {
		e.note("home_unsuitable", "own_room", clauseTB, "居住环境不利于隔离或通风")
		e.advise("指导患者尽量单独居住、经常开窗通风、佩戴口罩")
	}
	for _, x := range tbTeaching {
		if e.is(x.key, notMastered) {
			e.note("teaching_needed", x.key, clauseTB, "未掌握:"+x.label)
			e.advise("对未掌握的内容再次进行健康教育")
		}
	}
}

func (e *exam) consumptionTB() {
	smoke, _ := e.Int("smoke")
	drink, _ := e.Decimal("drink")
	if smoke > 0 || drink > 0 {
		e.advise("治疗期间戒烟、禁酒")
	}
}

// closeTB ends the programme with the adherence of the whole course.
func (e *exam) closeTB() (Assessment, []FieldError) {
	reason, _ := e.Code("stop_reason")
	class, _ := e.treatmentTB()
	rate, ok := e.Decimal("adherence")
	switch {
	case ok && rate >= TBRegularAdherence:
		e.note("adherence_regular", "adherence", clauseTB, "规则服药(服药率≥90 %)")
	case ok:
		e.note("adherence_irregular", "adherence", clauseTB, "未规则服药(服药率<90 %)")
	}
	if made, okMade := e.Int("visits_made"); okMade {
		if due, okDue := e.Int("visits_due"); okDue && made < due {
			e.note("visits_missing", "visits_made", clauseTB, "实际访视次数少于应访视次数")
		}
	}
	switch reason {
	case stopCompleted:
		e.dangerSigns(clauseTB)
	case stopTransfer:
		e.advise("转入耐多药治疗,向定点医疗机构交接")
	}
	class, problems := e.weigh(class)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	return e.conclude(verdict{class: class, closedBy: "stop_reason", final: reason != stopCompleted})
}
