package clinical

import "slices"

// hypertensionFields is 高血压患者随访服务记录表 (domain §3.1). The blood pressure
// is all the rule cannot do without.
func hypertensionFields() []Field {
	symptoms := append(
		symptomFields("无症状", "头痛头晕", "恶心呕吐", "眼花耳鸣", "呼吸困难", "心悸胸闷", "鼻衄出血不止", "四肢发麻", "下肢水肿", "其他"),
		clause(dangerSignField("意识改变", "剧烈头痛或头晕", "恶心呕吐", "视力模糊", "眼痛", "心悸", "胸闷", "喘憋不能平卧", "其他不能处理的疾病"), clauseHTN))
	signs := pressureFields()
	for i := range signs {
		signs[i] = signs[i].decisive()
	}
	signs = slices.Concat(signs, bodyFields(), []Field{
		intField("heart_rate", "心率", "次/分", 30, 220).starred(),
		textField("sign_other", "其他体征", longText),
	})
	habits := slices.Concat(habitFields(),
		withTarget(codeField("salt", "摄盐情况", numbered("轻", "中", "重")...).must()),
		attitudeFields())
	return slices.Concat(
		section(sectionSymptoms, "domain §3.1 items 3–4", symptoms...),
		section(sectionSigns, "domain §3.1 items 7–11", signs...),
		section(sectionLifestyle, "domain §3.1 items 12–18", habits...),
		section(sectionExam, "domain §3.1 item 19", textField("aux_exam", "辅助检查", longText)),
		section(sectionDrugs, "domain §3.1 items 20–23", append(adherenceFields(), drugsField())...),
		section(sectionOutcome, "domain §3.1 items 22, 26, 28", outcomeFields()...),
		section(sectionReferral, "domain §3.1 items 24–25, 28", referralFields("连续两次血压控制不满意")...),
	)
}
