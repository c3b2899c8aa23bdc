package clinical

const clauseCheck = "domain §2.3"

// healthCheckFields is the yearly check of people with a chronic disease: what the
// elderly are examined for, the laboratory and imaging as far as they were done. For
// the elderly it is elderlyFields, with every examination.
func healthCheckFields() []Field {
	var exams []Field
	for _, f := range elderlyChecks(checkLabels) {
		if f.Key == "exams_not_done" || f.Key == "exams_not_done_reason" {
			continue
		}
		f.Required, f.RequiredUnless, f.ConflictsWith = false, nil, nil
		exams = append(exams, f)
	}
	guidance := append(withOther(codesField("risk_control", "危险因素控制", numbered("戒烟", "健康饮酒", "饮食", "锻炼", "减体重", "建议接种疫苗", "其他")...)),
		codesField("guidance", "健康指导", numbered("纳入慢性病患者健康管理", "建议复查", "建议转诊")...).must())
	return joinSections(
		section(sectionSymptoms, clauseCheck, append(symptomFields("无症状", "头痛", "头晕", "心悸", "胸闷", "胸痛", "慢性咳嗽", "咳痰", "呼吸困难",
			"多饮", "多尿", "体重下降", "乏力", "关节肿痛", "视力模糊", "手脚麻木", "其他"),
			dangerSignField("意识改变", "剧烈头痛或头晕", "胸闷或呼吸困难", "其他不能处理的疾病"))...),
		section(sectionLifestyle, clauseCheck, habitFields()...),
		section(sectionSigns, clauseCheck, elderlySigns()...),
		section(sectionExam, clauseCheck, exams...),
		section("健康指导", clauseCheck, guidance...),
		section(sectionDrugs, clauseCheck, drugsField()),
		section(sectionOutcome, "domain §3.0", plainOutcomeFields(numbered("体检无异常", "体检有异常")...)...),
		section(sectionReferral, "domain §3.0", abnormalReferral()...),
	)
}

// judgeHealthCheck is the yearly check (domain §2.3). It asks for no recheck by itself:
// the disease has a programme of its own that follows a high value up.
func judgeHealthCheck(e *exam) (Assessment, []FieldError) {
	e.pressureAlarms(clauseHTN)
	e.glucoseAlarms("fpg", "空腹血糖", expectingFPG)
	e.dangerSigns(clauseCheck)
	abnormal := len(e.deviations()) > 0
	abnormal = e.labNotes() || abnormal
	abnormal = e.newlyHigh() || abnormal
	e.lowPressureNote()
	e.lifestyle()
	suggested := ClassNormal
	if abnormal || e.emergency {
		suggested = ClassAbnormal
		e.advise("对检查异常的项目复查,必要时转诊")
	}
	class, problems := e.weigh(suggested)
	if len(problems) > 0 {
		return Assessment{}, problems
	}
	v := verdict{class: class, due: e.visit.On.AddMonths(elderlyMonths), within: "1 年"}
	if e.holds(Condition{"guidance", []int{3}}, e.visit) {
		v.reasons = []int{ReasonAbnormal}
	}
	return e.conclude(v)
}
