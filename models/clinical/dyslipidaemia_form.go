package clinical

import "slices"

// Codes of domain §2.4 that the rule reads.
const (
	organScreened = 1 // 靶器官已筛查
	organAbnormal = 2
)

// dyslipidaemiaFields is the follow-up of 高血脂 with 医防融合信息表, the sheet of the
// integrated management of 三高 (domain §2.4).
func dyslipidaemiaFields() []Field {
	const c = "domain §2.4"
	lipids := lipidFields()
	lipids[2] = lipids[2].starred().decisive()
	exams := slices.Concat(lipids, []Field{
		decimalField("alt", "血清谷丙转氨酶", "U/L", 0, 5000),
		decimalField("ck", "肌酸激酶", "U/L", 0, 50000),
		pastDateField("lipids_date", "血脂检查日期"),
		textField("aux_exam", "其他辅助检查", longText)})
	signs := slices.Concat(pressureFields(), bodyFields(), []Field{
		intField("heart_rate", "心率", "次/分", 30, 220), textField("sign_other", "其他体征", longText)})
	return slices.Concat(
		section(sectionSymptoms, c, append(
			symptomFields("无症状", "头晕头痛", "胸闷胸痛", "心悸", "肢体麻木", "间歇性跛行", "肌肉疼痛", "其他"),
			dangerSignField("持续胸痛或胸闷", "口角歪斜或一侧肢体无力", "言语不清", "意识改变", "剧烈腹痛", "其他不能处理的疾病"))...),
		section(sectionSigns, c, signs...),
		section(sectionLifestyle, c, slices.Concat(habitFields(), attitudeFields())...),
		section(sectionExam, c, exams...),
		section(sectionDrugs, c, append(adherenceFields(), drugsField())...),
		section("医防融合信息", c, integrationFields()...),
		section(sectionOutcome, c, outcomeFields()...),
		section(sectionReferral, c, dyslipidaemiaReferral()...),
	)
}

// integrationFields is 医防融合信息表 (domain §2.4).
func integrationFields() []Field {
	levels := make([]Option, 0, len(riskLayers))
	for r := RiskLow; r <= RiskVeryHigh; r++ {
		levels = append(levels, Option{Code: int(r), Label: r.Label()})
	}
	return slices.Concat(
		[]Field{pastDateField("filled_on", "填表日期")},
		withOther(codeField("risk_method", "风险评估方式", numbered("总体风险评估", "单项危险因素评估", "其他")...).requiredWhen("risk_level")),
		[]Field{codeField("risk_level", "风险评估结果", levels...)},
		withOther(codesField("insurance_policy", "享受医保政策情况", numbered("未享受", "大病统筹", "门诊慢特病", "“两病”门诊用药", "其他")...).alone(1)),
		[]Field{
			textField("insurance_hospital", "医保定点医院", shortText),
			codeField("organ_screened", "靶器官是否筛查", numbered("是", "否")...),
			pastDateField("organ_date", "靶器官筛查日期").requiredWhen("organ_screened", organScreened),
			textField("organ_institution", "靶器官筛查机构", shortText).requiredWhen("organ_screened", organScreened),
		},
		withOther(codesField("organs", "靶器官筛查内容", numbered("眼", "肾", "心脏", "脑", "周围神经", "周围血管", "其他")...).
			requiredWhen("organ_screened", organScreened).conflictsWith("organ_screened", 2)),
		examinedFields("organ_result", "靶器官筛查结果"),
		withOther(codesField("concerns", "患者最关注并希望得到支持的方面", numbered("心理干预", "饮食指导", "运动指导", "用药指导", "费用与医保", "其他")...)),
		withOther(codesField("home_support", "居家健康支持", numbered("无", "血糖仪", "血压计", "家庭成员支持", "其他")...).alone(1)),
		[]Field{
			codeField("self_group", "自我管理小组", numbered("已参加", "未参加")...),
			codeField("self_group_role", "自我管理小组身份", numbered("组长", "组员")...).requiredWhen("self_group", 1).conflictsWith("self_group", 2),
			intField("self_group_terms", "自我管理小组完成任务期数", "期", 0, 99).conflictsWith("self_group", 2),
		})
}

func dyslipidaemiaReferral() []Field {
	fields := referralFields("连续两次随访血脂控制不满意")
	fields[0].Codes = append(fields[0].Codes,
		Option{Code: ReasonVeryHighRisk, Label: "风险评估为很高危"}, Option{Code: ReasonOrganAbnormal, Label: "靶器官筛查异常"})
	return fields
}
