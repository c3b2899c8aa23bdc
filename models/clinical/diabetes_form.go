package clinical

import "slices"

// diabetesFields is 2型糖尿病患者随访服务记录表 (domain §3.2). The fasting glucose
// is all the class needs; a draft without blood pressure is judged, with a finding.
func diabetesFields() []Field {
	symptoms := append(
		symptomFields("无症状", "多饮", "多食", "多尿", "视力模糊", "感染", "手脚麻木", "下肢浮肿", "体重明显下降", "其他"),
		clause(dangerSignField("意识或行为改变", "呼气有烂苹果样丙酮味", "心悸", "出汗", "食欲减退", "恶心", "呕吐", "多饮", "多尿",
			"腹痛", "深大呼吸", "皮肤潮红", "持续性心动过速(心率超过100次/分)", "视力突然骤降", "其他不能处理的疾病"), clauseDM))
	signs := slices.Concat(pressureFields(), bodyFields(), []Field{
		codeField("dorsalis_pedis", "足背动脉搏动", numbered("触及正常", "减弱", "消失")...).starred(),
		codeField("dorsalis_pedis_side", "足背动脉搏动异常侧", numbered("双侧", "左侧", "右侧")...).requiredWhen("dorsalis_pedis", 2, 3),
		intField("heart_rate", "心率", "次/分", 30, 220),
		decimalField("temperature", "体温", "℃", 34, 43),
		textField("sign_other", "其他体征", longText),
	})
	habits := slices.Concat(habitFields(),
		withTarget(intField("staple", "主食", "克/天", 0, 2000).must()),
		attitudeFields())
	hba1cDate := Field{Key: "hba1c_date", Label: "糖化血红蛋白检查日期", Type: TypeDate, DateRule: UntilVisit}
	exams := []Field{
		decimalField("fpg", "空腹血糖", "mmol/L", 1.0, 33.3).starred().decisive(),
		decimalField("pbg", "餐后血糖", "mmol/L", 1.0, 33.3),
		decimalField("rbg", "随机血糖", "mmol/L", 1.0, 33.3),
		decimalField("hba1c", "糖化血红蛋白", "%", 3.0, 20.0),
		hba1cDate,
		textField("other_exam", "其他检查", longText),
	}
	drugs := append(adherenceFields(),
		codeField("hypoglycaemia", "低血糖反应", numbered("无", "偶尔", "频繁")...).must(),
		drugsField(),
		textField("insulin_name", "胰岛素种类", shortText),
		textField("insulin_usage", "胰岛素用法和用量", longText))
	return slices.Concat(
		section(sectionSymptoms, "domain §3.2 items 3–4", symptoms...),
		section(sectionSigns, "domain §3.2 items 5–9", signs...),
		section(sectionLifestyle, "domain §3.2 items 10–15", habits...),
		section(sectionExam, "domain §3.2 items 16–18", exams...),
		section(sectionDrugs, "domain §3.2 items 19–24", drugs...),
		section(sectionOutcome, "domain §3.2 items 22, 26", outcomeFields()...),
		section(sectionReferral, "domain §3.2 item 25", referralFields("连续两次空腹血糖控制不满意")...),
	)
}
